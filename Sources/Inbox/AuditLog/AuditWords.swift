package import Approvals
package import ZoneTime

/// What somebody looks for in the audit log.
package struct AuditWords: Hashable, Sendable {
    package var approval: String?
    package var tool: String?
    package var by: String?
    package var rule: String?
    package var type: String?
    package var since: Timestamp?
    package var until: Timestamp?

    /// What cannot be looked for, as a sentence.
    package struct Problem: Error, Hashable, Sendable {
        package let sentence: String
    }

    /// Looks for everything.
    package init() {}

    /// Reads words: `tool:issue_refund by:ada@acme.test since:7d`. A word without a name is an
    /// approval, a person, a rule, a type of event or a tool, by what it looks like.
    package init(typed text: String, in zone: Zone, now: Timestamp) throws(Problem) {
        self.init()
        for word in text.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                .map(String.init)
            guard parts.count == 2 else {
                take(String(word))
                continue
            }
            guard !parts[1].isEmpty else {
                throw Problem(sentence: "\(parts[0]): says nothing to look for.")
            }
            try take(parts[1], as: parts[0], in: zone, now)
        }
    }

    private mutating func take(_ word: String) {
        if ApprovalID(word) != nil {
            approval = word
        } else if word.contains("@") {
            by = word
        } else if word.contains("#") {
            rule = word
        } else if word.contains(".") {
            type = word
        } else {
            tool = word
        }
    }

    private mutating func take(
        _ value: String, as name: String, in zone: Zone, _ now: Timestamp
    ) throws(Problem) {
        switch name {
        case "approval": approval = value
        case "tool": tool = value
        case "by": by = value
        case "rule": rule = value
        case "type": type = value
        case "since": since = try Self.time(value, name, in: zone, now)
        case "until": until = try Self.time(value, name, in: zone, now)
        case _:
            throw Problem(
                sentence: "There is no \(name): to look for. "
                    + "Known are approval:, tool:, by:, rule:, type:, since: and until:.")
        }
    }

    private static func time(
        _ text: String, _ name: String, in zone: Zone, _ now: Timestamp
    ) throws(Problem) -> Timestamp {
        do {
            return try zone.pastInstant(written: text, now: now)
        } catch {
            guard case .twice(let first, let second) = error else {
                throw Problem(
                    sentence: "\(name): is no time. Write 2026-11-30, 2026-11-30T09:00 or 7d.")
            }
            throw Problem(
                sentence: "\(name): comes twice, the clock is put back: write \(first) "
                    + "or \(second).")
        }
    }

    /// How the control plane is asked.
    package var query: [(String, String)] {
        let named: [(String, String?)] = [
            ("approval", approval), ("tool", tool), ("by", by), ("rule", rule), ("type", type),
            ("since", since?.rfc3339), ("until", until?.rfc3339),
        ]
        return named.compactMap { name, value in value.map { (name, $0) } }
    }

    /// What is looked for, in words.
    func sentence(in zone: Zone) -> String {
        let parts = [
            approval.map { "approval \($0)" }, tool.map { "tool \($0)" }, by.map { "by \($0)" },
            rule.map { "rule \($0)" }, type.map { "type \($0)" },
            since.map { "since \(zone.text($0))" }, until.map { "until \(zone.text($0))" },
        ].compactMap(\.self)
        return parts.isEmpty ? "every event" : parts.joined(separator: ", ")
    }
}
