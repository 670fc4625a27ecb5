import Approvals
import JSONTree
import Policies

/// A policy that is tried on stored calls, one after the other.
struct Backtest {
    let program: PolicyProgram
    /// Who is asked when a rule names nobody.
    let defaultGroup: GroupName
    /// Whether the answer may depend on values that approvers do not see.
    let mayReadHidden: Bool
    var result = BacktestResult()
    /// How many calls it was tried on although they hide something that it reads.
    private var hiddenCount = 0
    private var others: [PolicyCase] = []
    private var applies: [String: Bool] = [:]

    init(_ program: PolicyProgram, defaultGroup: GroupName, mayReadHidden: Bool) {
        self.program = program
        self.defaultGroup = defaultGroup
        self.mayReadHidden = mayReadHidden
    }

    /// What a call meets with the policy in the place of its own versions.
    private struct After {
        let comparison: PolicyComparison
        /// False when no policy speaks about the call: its agent says who is asked.
        let isSpokenFor: Bool
        var rule: String?
        var isAnswered = true

        var live: EffectKind { comparison.live.kind }
        var kind: EffectKind { comparison.instead.kind }

        var leaning: ShadowLeaning {
            switch comparison.leaning {
            case .laxer: .laxer
            case .same: .same
            case .stricter: .stricter
            }
        }
    }

    /// Counts a call that cannot be read.
    mutating func skip() { result.notReplayable += 1 }

    /// Tries the policy on a call; `facts` makes what it would have seen where that was not kept.
    mutating func take(
        _ call: StoredCall, facts: (StoredCall) throws(CommandFailure) -> JSONObject
    ) throws(CommandFailure) {
        guard let inForce = call.inForce else { return skip() }
        let id = program.policy.id
        let isApplied = applies(to: call.tool)
        guard isApplied || inForce.contains(where: { $0.id == id }) else {
            result.unconcerned += 1
            return
        }
        var after = After(
            comparison: PolicyComparison(inForce: inForce, with: id, saying: nil),
            isSpokenFor: inForce.contains { $0.id != id })
        if isApplied {
            let isHidden = call.hides(anyOf: program.readPaths)
            guard mayReadHidden || !isHidden, let input = try input(of: call, facts) else {
                return skip()
            }
            if isHidden { hiddenCount += 1 }
            let (decider, effect) = program.outcome(of: input)
            after = After(
                comparison: PolicyComparison(inForce: inForce, with: id, saying: effect),
                isSpokenFor: true, rule: decider.name, isAnswered: decider != .onError)
        }
        result.replayed += 1
        count(call, after)
    }

    /// Ends the page: its cases, laxer ones first, and what must be on record.
    mutating func finish(_ document: JSONValue) {
        if hiddenCount > 0 {
            result.trial = BacktestTrial(
                policy: program.policy.id, version: program.policy.version,
                digest: program.policy.digest, document: document, calls: hiddenCount)
        }
        result.changed = Array((result.changed + others).prefix(BacktestResult.changedMax))
    }

    private func input(
        of call: StoredCall, _ facts: (StoredCall) throws(CommandFailure) -> JSONObject
    ) throws(CommandFailure) -> JSONValue? {
        guard let policies = call.policies else {
            return PolicyJudgement.input(try facts(call), call.arguments)
        }
        guard let kept = policies["input"]?.objectValue else { return nil }
        return PolicyJudgement.input(kept, call.arguments)
    }

    private mutating func count(_ call: StoredCall, _ after: After) {
        result.agreement.count(
            1, live: after.live, said: after.kind, person: call.person,
            waited: call.waitedMilliseconds)
        if !after.isAnswered { result.agreement.errors += 1 }
        switch after.leaning {
        case .laxer: result.agreement.laxer += 1
        case .stricter: result.agreement.stricter += 1
        case .same, .error: break
        }
        countLoad(call, after)
        guard after.leaning != .same || !after.isAnswered else { return }
        keep(call, after)
    }

    private mutating func countLoad(_ call: StoredCall, _ after: After) {
        let wasAsked = after.live == .requireApproval && call.person != .notAsked
        if wasAsked, let group = call.group { result.loads[group, default: .init()].before += 1 }
        guard let terms = after.comparison.instead.terms, !isSettledAnyway(call, after, terms)
        else { return }
        let named = after.isSpokenFor ? terms.group : call.group
        result.loads[named ?? defaultGroup, default: .init()].after += 1
    }

    /// Whether the call's flag or a grant would have spared people the question still.
    private func isSettledAnyway(
        _ call: StoredCall, _ after: After, _ terms: ApprovalTerms
    ) -> Bool {
        switch call.basis {
        case "grant": true
        case "tool_flag": terms.allowsFlag || !after.isSpokenFor
        default: false
        }
    }

    private mutating func keep(_ call: StoredCall, _ after: After) {
        let isLaxer = after.leaning == .laxer
        let kept = isLaxer ? result.changed.count : others.count
        guard kept < BacktestResult.changedMax,
            let id = call.record["id"]?.stringValue.flatMap({ ApprovalID($0) }),
            let tool = ToolName(call.tool), let state = call.state
        else { return }
        let one = PolicyCase(
            approval: id, tool: tool, at: call.createdAt, live: after.live, said: after.kind,
            rule: after.rule, state: state,
            leaning: ShadowLeaning(after.leaning, isAnswered: after.isAnswered), reviewedBy: nil)
        if isLaxer { result.changed.append(one) } else { others.append(one) }
    }

    private mutating func applies(to tool: String) -> Bool {
        if let known = applies[tool] { return known }
        let answer = ToolName(tool).map(program.policy.applies) ?? false
        applies[tool] = answer
        return answer
    }
}
