import Approvals
import JSONLogic
public import JSONTree

/// What a document is worth: whether it may be published, and what its author should look at.
public struct PolicyLint: Sendable {
    /// The policy, ready to decide; nil when something is wrong with its form or its conditions.
    public let program: PolicyProgram?
    /// What keeps it from being published.
    public let problems: [PolicyProblem]
    /// What an author should look at; a policy may be published with these.
    public let hints: [PolicyProblem]
    /// How each of its tests went.
    public let tests: [PolicyTestRun]

    /// Whether it may be published.
    public var isPublishable: Bool { problems.isEmpty }

    /// Looks at a document.
    public init(_ document: JSONValue) {
        let program: PolicyProgram
        do {
            program = try PolicyProgram(try Policy(document))
        } catch {
            self.program = nil
            problems = error.problems
            hints = []
            tests = []
            return
        }
        let tests = PolicyTestRun.all(of: program)
        self.program = program
        self.tests = tests
        problems = Self.problems(of: program) + tests.compactMap(\.problem)
        hints = Self.hints(for: program.policy, tests)
    }

    private static func problems(of program: PolicyProgram) -> [PolicyProblem] {
        let policy = program.policy
        var problems: [PolicyProblem] = []
        for (index, rule) in policy.rules.enumerated() {
            let pointer = JSONPointer(tokens: ["rules", String(index)])
            if let sentence = Reachability.obstacle(to: index, of: program) {
                problems.append(PolicyProblem(pointer.appending("when"), sentence))
            } else if rule.effect == .allow(isAcknowledged: false),
                Reachability.isEverything(index, of: program)
            {
                problems.append(PolicyProblem(pointer.appending("then"), Self.allowsEverything))
            }
        }
        if policy.fallback == .allow(isAcknowledged: false) {
            problems.append(PolicyProblem(JSONPointer(tokens: ["default"]), Self.allowsByDefault))
        }
        return problems
    }

    private static let allowsEverything =
        "This rule allows every call. If that is meant, say so with \"ack\": true beside "
        + "\"effect\"."
    private static let allowsByDefault =
        "Whatever no rule names is allowed. If that is meant, say so with \"ack\": true beside "
        + "\"effect\"."

    private static func hints(
        for policy: Policy, _ tests: [PolicyTestRun]
    ) -> [PolicyProblem] {
        guard !tests.isEmpty else {
            return [PolicyProblem(.root, "It has no tests: add some, so that a change is noticed.")]
        }
        return policy.rules.enumerated().compactMap { index, rule in
            guard !tests.contains(where: { $0.verdict.decider == .rule(rule.id) }) else {
                return nil
            }
            return PolicyProblem(
                JSONPointer(tokens: ["rules", String(index)]),
                "No test is decided by the rule \"\(rule.id)\".")
        }
    }
}

/// One test of a policy, and what the policy said.
public struct PolicyTestRun: Hashable, Sendable {
    public let test: PolicyTest
    /// Where the test stands in the document.
    public let pointer: JSONPointer
    public let verdict: PolicyVerdict
    /// What went wrong; nil when it passed.
    public let failure: String?

    /// Runs every test of a policy.
    static func all(of program: PolicyProgram) -> [PolicyTestRun] {
        program.policy.tests.enumerated().map { index, test in
            let verdict = program.decide(test.input)
            let failure = obstacle(test, program.policy) ?? difference(test, verdict)
            return PolicyTestRun(
                test: test, pointer: JSONPointer(tokens: ["tests", String(index)]),
                verdict: verdict, failure: failure)
        }
    }

    /// The failure as a problem of the document.
    var problem: PolicyProblem? {
        failure.map { PolicyProblem(pointer, "The test \"\(test.name.cut)\" fails: \($0)") }
    }

    /// Why a test says nothing about its policy.
    private static func obstacle(_ test: PolicyTest, _ policy: Policy) -> String? {
        if let rule = test.rule, !RuleID.taken.contains(rule),
            !policy.rules.contains(where: { $0.id.rawValue == rule })
        {
            return "there is no rule \"\(rule.cut)\"."
        }
        guard let tool = test.input["tool"] else { return nil }
        guard let name = tool.stringValue.flatMap(ToolName.init), policy.applies(to: name) else {
            return "its tool is none that the policy applies to."
        }
        return nil
    }

    private static func difference(_ test: PolicyTest, _ verdict: PolicyVerdict) -> String? {
        let isRight =
            verdict.effect.kind == test.effect
            && (test.rule.map { $0.utf8.elementsEqual(verdict.decider.name.utf8) } ?? true)
        guard !isRight else { return nil }
        let wanted =
            test.rule.map { "\(test.effect.rawValue) by \($0.cut)" } ?? test.effect.rawValue
        let errors = verdict.answers.compactMap { answer -> String? in
            guard case .error(let reason) = answer.result else { return nil }
            return " The rule \"\(answer.rule)\" has no answer: \(reason)"
        }
        return "expected \(wanted), but it is \(verdict.effect.kind.rawValue) by "
            + "\(verdict.decider.name).\(errors.joined())"
    }
}
