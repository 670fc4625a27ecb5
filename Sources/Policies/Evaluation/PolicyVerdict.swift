public import Cryptography
public import JSONTree

/// What a policy said to an input, and why: enough to say it again and to check it.
public struct PolicyVerdict: Hashable, Sendable {
    public let id: PolicyID
    public let version: Int
    public let digest: Digest
    public let effect: Effect
    public let decider: Decider
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

    init(
        policy: Policy, effect: Effect, decider: Decider, answers: [Answer], paths: [JSONPointer]
    ) {
        id = policy.id
        version = policy.version
        digest = policy.digest
        self.effect = effect
        self.decider = decider
        self.answers = answers
        self.paths = paths
    }

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
