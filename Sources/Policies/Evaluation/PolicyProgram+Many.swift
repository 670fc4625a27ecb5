import JSONLogic
public import JSONTree

extension PolicyProgram {
    /// What decides and how, as `decide` says it, without a word on each rule: for many inputs.
    public func outcome(of input: JSONValue) -> (decider: Decider, effect: Effect) {
        let truths = logic.truths(on: logic.resolve(input), first: policy.rules.count)
        let answers = zip(policy.rules, truths).map { rule, truth in
            PolicyVerdict.Answer(rule: rule.id, result: Self.unexplained(truth))
        }
        let outcome = outcome(answers)
        return (outcome.decider, outcome.effect)
    }

    /// Every path of the input that a condition or an edit limit can read; it sees nothing else.
    public var readPaths: [JSONPointer] { logic.paths }

    private static func unexplained(_ truth: LogicTruth) -> PolicyVerdict.Answer.Result {
        switch truth {
        case .yes: .matched
        case .no: .notMatched
        case .indeterminate: .error("")
        }
    }
}
