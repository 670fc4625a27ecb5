import Approvals
public import JSONTree

/// A rule that would ask for more, were the arguments changed so that it matches.
public struct StricterRule: Hashable, Sendable {
    public let rule: RuleID
    /// A condition over `args` alone, with what it names put in its place.
    public let condition: JSONValue
    public let effect: Effect

    /// As it stays with the call, for whoever edits it; `name` is that of the version.
    public func json(of name: String) -> JSONValue {
        var members: JSONObject = [
            "rule": .string("\(name)#\(rule)"), "when": condition,
            "effect": .string(effect.kind.rawValue),
        ]
        if let terms = effect.terms {
            members["group"] = terms.group.map { .string($0.rawValue) }
            members["quorum"] = .number(JSONNumber(terms.quorum))
        }
        return .object(members)
    }
}

extension PolicyProgram {
    /// More rules are not told beforehand, nor longer ones; every edit is judged anyway.
    public static let stricterRulesMax = 16
    private static let conditionBytesMax = 1_024

    /// The rules that did not match, and would take the decision from those who are asked now, as
    /// far as that hangs on nothing but the arguments.
    public func stricterRules(than verdict: PolicyVerdict) -> [StricterRule] {
        guard verdict.effect.terms != nil, verdict.effect.terms?.editable != [] else { return [] }
        let held = verdict.decider
        let decider = policy.rules.firstIndex { .rule($0.id) == held } ?? policy.rules.count
        let stricter = policy.rules.indices.filter { index in
            verdict.answers[index].result == .notMatched
                && takesOver(index, from: verdict.effect, of: decider)
                && !paths(of: index).isEmpty
                && paths(of: index).allSatisfy { $0.tokens.first == "args" }
        }
        let told = stricter.map { index in
            StricterRule(
                rule: policy.rules[index].id, condition: whole(policy.rules[index].condition),
                effect: policy.rules[index].effect)
        }
        return Array(
            told.filter { $0.condition.text(.compact).utf8.count <= Self.conditionBytesMax }
                .prefix(Self.stricterRulesMax))
    }

    /// Whether a rule decides instead of another one once it matches, and asks for something else.
    private func takesOver(_ index: Int, from held: Effect, of decider: Int) -> Bool {
        let effect = policy.rules[index].effect
        switch policy.hitPolicy {
        case .first where index > decider: return false
        case .first, .strictest: break
        }
        guard let terms = effect.terms, let others = held.terms else {
            return effect.kind > held.kind
        }
        let asksMore =
            terms.quorum > others.quorum || terms.risk ?? .low > others.risk ?? .low
            || terms.isReasonRequired && !others.isReasonRequired
            || terms.lending > others.lending
        let decides = decider == policy.rules.count || effect.isStricter(than: held)
        return asksMore || decides && terms.group != others.group
    }
}
