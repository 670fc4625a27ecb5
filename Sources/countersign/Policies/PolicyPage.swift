import JSONTree
import Policies
import TextGrid

/// What policies say, as plain lines.
enum PolicyPage {
    /// A verdict and every rule as a tree.
    static func lines(_ explanation: PolicyExplanation, of policy: Policy) -> [SafeText] {
        let verdict = explanation.verdict
        var lines = [SafeText(escaping: "\(verdict.words), says \(policy.title)")]
        for rule in explanation.rules {
            lines.append(.empty)
            lines.append(SafeText(escaping: head(of: rule)))
            if let summary = rule.summary { lines.append(SafeText(escaping: "  \(summary)")) }
            lines += rule.parts.map(line)
        }
        return lines
    }

    /// One change between two versions.
    static func line(_ change: PolicyDifference.Change) -> SafeText {
        line(
            change.kind, "\(change.name)\(change.pointer.isRoot ? "" : " \(change.pointer)")",
            [change.before, change.after].compactMap(\.self), change.leaning?.rawValue)
    }

    /// One change: what became of which place, its values, and which way it leans.
    static func line(
        _ kind: PolicyDifference.Kind?, _ place: String, _ values: [JSONValue], _ leaning: String?
    ) -> SafeText {
        let sign =
            switch kind {
            case .added: "+"
            case .removed: "-"
            case .changed: "~"
            case .moved: ">"
            case nil: "?"
            }
        var line = SafeText(escaping: "\(sign) \(place)")
        let values = values.map(ApprovalPage.inline)
        if let first = values.first {
            line = line + ": " + first
            if values.count > 1 { line = line + " -> " + values[1] }
        }
        return leaning.map { line + SafeText(escaping: " (\($0))") } ?? line
    }

    private static func head(of rule: PolicyExplanation.Rule) -> String {
        switch rule.answer {
        case .matched: "rule \(rule.id): matches, \(rule.effect.rawValue)"
        case .notMatched: "rule \(rule.id): does not match"
        case .error(let reason): "rule \(rule.id): has no answer. \(reason)"
        }
    }

    private static func line(_ part: PolicyExplanation.Part) -> SafeText {
        let label = SafeText.spaces(4 + 2 * part.depth) + SafeText(escaping: part.label)
        switch part.value {
        case .constant: return label
        case .known(let value): return label + " = " + ApprovalPage.inline(value)
        case .hidden: return label + " = redacted"
        case .notNeeded: return label + " (not needed)"
        case .error(let reason): return label + SafeText(escaping: " ? \(reason)")
        }
    }
}
