import JSONTree
import Policies
import TextGrid
import WireAPI

/// Why an approval was decided as it was, as plain lines.
enum ExplanationPage {
    /// What decided, then every policy that was asked with its rules as trees.
    static func lines(_ answer: ExplanationAnswer) -> [SafeText] {
        let head = answer.decisive.map { "\($0) decided" }
        var lines = [SafeText(escaping: head ?? "no policy in force spoke about the tool")]
        if !answer.replayable {
            lines.append("what the policies saw is gone: only what each rule said is known")
        }
        for policy in answer.policies {
            lines.append(.empty)
            lines.append(SafeText(escaping: title(of: policy)))
            for rule in policy.rules { lines += self.lines(rule) }
        }
        return lines
    }

    /// One change between two published versions.
    static func line(_ change: PolicyChangeView) -> SafeText {
        PolicyPage.line(
            PolicyDifference.Kind(rawValue: change.kind),
            change.pointer.isEmpty ? change.name : "\(change.name) \(change.pointer)",
            [change.before, change.after].compactMap(\.self), change.leaning)
    }

    private static func title(of policy: ExplainedPolicy) -> String {
        let name = "\(policy.policy) version \(policy.version), \(policy.mode)"
        let leaning = policy.leaning.map { $0 == "same" ? "" : " (\($0))" } ?? ""
        guard let effect = policy.effect, let rule = policy.rule else {
            let isBroken = policy.leaning.map { $0 == "error" } ?? true
            return isBroken
                ? "\(name): could not be asked" : "\(name): leaves this tool out\(leaning)"
        }
        return "\(name): \(effect) by \(rule)\(leaning)"
    }

    private static func lines(_ rule: ExplainedRule) -> [SafeText] {
        let head =
            switch rule.matches {
            case true?: "  rule \(rule.id): matches, \(rule.effect)"
            case false?: "  rule \(rule.id): does not match"
            case nil: "  rule \(rule.id): has no answer. \(rule.error ?? "")"
            }
        var lines = [SafeText(escaping: head)]
        if let summary = rule.summary { lines.append(SafeText(escaping: "    \(summary)")) }
        return lines + (rule.when ?? []).map(line)
    }

    private static func line(_ part: ExplainedPart) -> SafeText {
        let label = SafeText.spaces(6 + 2 * max(0, part.depth)) + SafeText(escaping: part.part)
        if part.hidden == true { return label + " = redacted" }
        if part.needed == false { return label + " (not needed)" }
        if let error = part.error { return label + SafeText(escaping: " ? \(error)") }
        return part.value.map { label + " = " + ApprovalPage.inline($0) } ?? label
    }
}
