import Approvals
import JSONLogic
public import JSONTree

/// A policy that is ready to decide: its conditions are compiled, its definitions and tables in
/// place.
public struct PolicyProgram: Sendable {
    /// What it was made of.
    public let policy: Policy
    /// The conditions of the rules in their order, then the edit limits.
    let logic: LogicProgram
    /// Which of the compiled conditions is the edit limit of what decides.
    let limits: [Decider: Int]
    /// The parts of the input that the rules read, sorted.
    private let paths: [JSONPointer]

    /// Compiles the conditions; refuses those that name an operator, a definition or a part of the
    /// input that there is not, each with its place.
    public init(_ policy: Policy) throws(PolicyRefusal) {
        let sources = ConditionSource.all(of: policy)
        let settings = LogicSettings(
            definitions: JSONObject(policy.definitions.map { ($0.name, $0.value) }),
            tables: JSONObject(policy.tables.map { ($0.name, $0.value) }))
        let problems = ConditionSource.problems(sources, settings, of: policy)
        guard problems.isEmpty else { throw PolicyRefusal(problems) }
        let compiled: LogicProgram
        do {
            compiled = try LogicProgram(sources.map(\.condition), settings: settings)
        } catch {
            throw PolicyRefusal([sources[error.rule].problem(error)])
        }
        logic = compiled
        self.policy = policy
        var limits: [Decider: Int] = [:]
        for (index, source) in sources.enumerated() where source.isEditLimit {
            limits[source.decider] = index
        }
        self.limits = limits
        let read = policy.rules.indices.reduce(into: Set<JSONPointer>()) { read, rule in
            read.formUnion(compiled.paths(of: rule))
        }
        paths = read.sorted {
            $0.description.utf8.lexicographicallyPrecedes($1.description.utf8)
        }
    }

    /// What the policy says to an input; the same input always gets the same answer.
    public func decide(_ input: JSONValue) -> PolicyVerdict {
        let resolved = logic.resolve(input)
        let answers = policy.rules.indices.map { answer(of: $0, on: resolved) }
        let outcome = outcome(answers)
        return PolicyVerdict(policy: policy, outcome, answers: answers, paths: paths)
    }

    /// The places that the rules ask `seen_before` about, as they name them, sorted.
    public var seenPaths: [String] {
        paths.compactMap { path in
            let tokens = path.tokens
            guard tokens.count == 3, tokens[0] == "history", tokens[1] == "seen" else { return nil }
            return tokens[2]
        }
    }

    /// The parts of the input that one rule reads.
    func paths(of rule: Int) -> [JSONPointer] { logic.paths(of: rule) }

    /// What each part of a rule's condition gave.
    func trace(_ rule: Int, on input: JSONValue) -> LogicTrace {
        logic.trace(rule, on: logic.resolve(input))
    }

    /// What a condition gives that reads nothing of the input; nil for one that reads.
    func constant(_ rule: Int) -> LogicTruth? {
        guard logic.paths(of: rule).isEmpty else { return nil }
        return logic.truth(rule, on: logic.resolve(.object(JSONObject())))
    }

    /// Whether changed arguments keep within the limit of what decided; nil when it has none.
    func keepsLimit(of decider: Decider, _ input: JSONValue) -> LogicOutcome? {
        guard let limit = limits[decider] else { return nil }
        return logic.evaluate(limit, on: logic.resolve(input))
    }

    private func answer(of rule: Int, on input: LogicInput) -> PolicyVerdict.Answer {
        let id = policy.rules[rule].id
        switch logic.truth(rule, on: input) {
        case .yes: return PolicyVerdict.Answer(rule: id, result: .matched)
        case .no: return PolicyVerdict.Answer(rule: id, result: .notMatched)
        case .indeterminate:
            return PolicyVerdict.Answer(rule: id, result: .error(reason(of: rule, on: input)))
        }
    }

    private func reason(of rule: Int, on input: LogicInput) -> String {
        switch logic.evaluate(rule, on: input) {
        case .indeterminate(let reason): reason.sentence
        case .value: "The condition is neither true nor false."
        }
    }

    /// The rule that decides, or what stands in for one.
    ///
    /// A rule without an answer could have been the strictest, or the first: then the effect for
    /// errors holds unless what was found is stricter anyway. So nothing is allowed while a rule
    /// has no answer, and nothing is released without a person either.
    func outcome(_ answers: [PolicyVerdict.Answer]) -> PolicyOutcome {
        let found = policy.hitPolicy == .first ? first(answers) : strictest(answers)
        let asked =
            policy.hitPolicy == .first ? answers.prefix(found ?? answers.count) : answers[...]
        let hasErrors = asked.contains(where: \.isError)
        let (decider, effect) = hasErrors ? decidedBesideError(found) : held(found)
        var outcome = PolicyOutcome(decider, effect)
        guard effect.terms != nil else { return outcome }
        for (other, its) in holding(answers, found, hasErrors) { outcome.join(other, its) }
        if hasErrors { outcome.effect = outcome.effect.waitingForPeople }
        return outcome
    }

    /// Everything that holds for the call, not only what decides.
    private func holding(
        _ answers: [PolicyVerdict.Answer], _ found: Int?, _ hasErrors: Bool
    ) -> [(Decider, Effect)] {
        var holding = [held(found)]
        if found != nil, policy.hitPolicy == .strictest {
            holding = answers.indices.filter { answers[$0].result == .matched }.map(held)
        }
        if hasErrors { holding.append((.onError, policy.onError)) }
        return holding
    }

    private func held(_ found: Int?) -> (Decider, Effect) {
        guard let found else { return (.fallback, policy.fallback) }
        return (.rule(policy.rules[found].id), policy.rules[found].effect)
    }

    private func decidedBesideError(_ found: Int?) -> (Decider, Effect) {
        let (decider, effect) = held(found)
        let onErrorHolds =
            found == nil
            ? !effect.demandsMore(than: policy.onError)
            : policy.onError.demandsMore(than: effect)
        return onErrorHolds ? (.onError, policy.onError) : (decider, effect)
    }

    private func first(_ answers: [PolicyVerdict.Answer]) -> Int? {
        answers.firstIndex { $0.result == .matched }
    }

    private func strictest(_ answers: [PolicyVerdict.Answer]) -> Int? {
        var found: Int?
        for (index, answer) in answers.enumerated() where answer.result == .matched {
            let isFirst = found.map { best in
                policy.rules[index].effect.isStricter(than: policy.rules[best].effect)
            }
            if isFirst ?? true { found = index }
        }
        return found
    }
}

/// What a policy comes to: what decides, and what else its people must keep to.
struct PolicyOutcome {
    let decider: Decider
    var effect: Effect
    /// What asks people, the decider first; empty when nobody is asked.
    private(set) var asking: [Decider]

    init(_ decider: Decider, _ effect: Effect) {
        self.decider = decider
        self.effect = effect
        asking = effect.terms == nil ? [] : [decider]
    }

    /// Takes over what another rule asks of people.
    mutating func join(_ other: Decider, _ its: Effect) {
        guard !asking.contains(other), its.terms != nil else { return }
        effect = effect.joined(with: its)
        asking.append(other)
    }
}

extension Effect {
    /// True when it refuses where the other does not, or asks more people; time does not count.
    func demandsMore(than other: Effect) -> Bool {
        guard kind == other.kind else { return kind > other.kind }
        return (terms?.quorum ?? 0) > (other.terms?.quorum ?? 0)
    }

    /// The same without the ways past a person: neither the agent's flag nor silence releases.
    var waitingForPeople: Effect {
        guard var terms else { return self }
        terms.allowsFlag = false
        terms.posture = .failClosed
        return .requireApproval(terms)
    }
}
