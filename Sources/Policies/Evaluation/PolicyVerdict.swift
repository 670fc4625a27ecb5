public import Cryptography
public import JSONTree

/// What a policy said to an input, and why: enough to say it again and to check it.
public struct PolicyVerdict: Hashable, Sendable {
    public let id: PolicyID
    public let version: Int
    public let digest: Digest
    /// What happens, with the terms of everything that asks people joined.
    public private(set) var effect: Effect
    public let decider: Decider
    /// What asks people, the decider first; empty when nobody is asked.
    public let asking: [Decider]
    /// Every rule, in the order of the document.
    public let answers: [Answer]
    /// The parts of the input that the rules read.
    public let paths: [JSONPointer]

    /// What one rule said.
    public struct Answer: Hashable, Sendable {
        public let rule: RuleID
        public let result: Result

        /// True, false, or why it is neither.
        public enum Result: Hashable, Sendable {
            case matched, notMatched
            case error(String)
        }

        var isError: Bool {
            if case .error = result { true } else { false }
        }
    }

    init(policy: Policy, _ outcome: PolicyOutcome, answers: [Answer], paths: [JSONPointer]) {
        id = policy.id
        version = policy.version
        digest = policy.digest
        effect = outcome.effect
        decider = outcome.decider
        asking = outcome.asking
        self.answers = answers
        self.paths = paths
    }

    /// The stricter of two verdicts, asking of people what both ask; of equals, this one.
    public func joined(with other: PolicyVerdict) -> PolicyVerdict {
        let (decisive, joining) =
            other.effect.isStricter(than: effect) ? (other, self) : (self, other)
        var joined = decisive
        joined.effect = decisive.effect.joined(with: joining.effect)
        return joined
    }

    /// True when a rule had no answer, so that somebody must look.
    public var isUnclear: Bool { decider == .onError || answers.contains(where: \.isError) }

    /// The verdict as programs read it.
    public var json: JSONValue {
        [
            "policy": [
                "id": .string(id.rawValue), "version": .number(JSONNumber(version)),
                "digest": .string(digest.text),
            ],
            "effect": .string(effect.kind.rawValue), "rule": .string(decider.name),
            "rules": .array(answers.map(\.json)),
            "paths": .array(paths.map { .string($0.description) }),
        ]
    }
}

/// What decided.
public enum Decider: Hashable, Sendable {
    case rule(RuleID)
    /// No rule matched.
    case fallback
    /// A rule that could have mattered had no answer.
    case onError

    /// The rule's id, `default` or `on_error`.
    public var name: String {
        switch self {
        case .rule(let id): id.rawValue
        case .fallback: "default"
        case .onError: "on_error"
        }
    }
}

extension PolicyVerdict.Answer {
    /// The answer as programs read it.
    fileprivate var json: JSONValue {
        let id = JSONValue.string(rule.rawValue)
        switch result {
        case .matched: return ["id": id, "result": true]
        case .notMatched: return ["id": id, "result": false]
        case .error(let reason): return ["id": id, "result": "error", "reason": .string(reason)]
        }
    }
}
