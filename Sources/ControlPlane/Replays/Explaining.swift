import Approvals
import JSONTree
import Policies

// Why an approval was decided as it was: the same input, given to the same versions once more.
extension Reader {
    mutating func explanation(_ id: ApprovalID) throws(CommandFailure) -> Answer {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let approval = try visible(id)
        guard let record = approval.policyRecord else {
            return .explanation(
                Explanation(approval: id, isReplayable: true, decisive: nil, policies: []))
        }
        let replay = Replay(of: approval, record)
        var isReplayable = replay.input != nil
        var entries: [Explanation.Entry] = []
        for verdict in record["verdicts"]?.arrayValue ?? [] {
            let mode = verdict["mode"]?.stringValue ?? PolicyStatus.enforced.rawValue
            try explain(verdict, as: mode, replay, &entries, &isReplayable)
        }
        for verdict in record["shadows"]?.arrayValue ?? [] {
            try explain(verdict, as: PolicyStatus.shadow.rawValue, replay, &entries, &isReplayable)
        }
        return .explanation(
            Explanation(
                approval: id, isReplayable: isReplayable,
                decisive: record["decisive"]?.stringValue, policies: entries))
    }

    private func explain(
        _ verdict: JSONValue, as mode: String, _ replay: Replay,
        _ entries: inout [Explanation.Entry], _ isReplayable: inout Bool
    ) throws(CommandFailure) {
        guard let policy = try policy(judging: verdict) else {
            throw .store(.damaged("an approval names a policy that is not there"))
        }
        var rules: [Explanation.Rule] = []
        if verdict["effect"] != nil {
            let program = try PolicyProgram(of: policy)
            if let replayed = replay.rules(of: program, recorded: verdict) {
                rules = replayed
            } else {
                isReplayable = false
                rules = Replay.recordedRules(of: program.policy, verdict)
            }
        }
        entries.append(
            Explanation.Entry(
                policy: policy.id, version: policy.version, digest: policy.digest, mode: mode,
                effect: verdict["effect"]?.stringValue, rule: verdict["rule"]?.stringValue,
                leaning: verdict["leaning"]?.stringValue, rules: rules))
    }

    private func policy(judging verdict: JSONValue) throws(CommandFailure) -> PublishedPolicy? {
        guard let known = PolicyReference(of: verdict) else { return nil }
        return try stored(try store.policy(known.id, version: known.version, of: tenant))
    }

    /// What one published version changes against another.
    func policyDifference(
        of id: PolicyID, from: Int, to: Int
    ) throws(CommandFailure) -> Answer {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        guard let before = try stored(try store.policy(id, version: from, of: tenant)),
            let after = try stored(try store.policy(id, version: to, of: tenant))
        else { throw .refusing(.notFound) }
        let difference = PolicyDifference(
            from: try PolicyProgram(of: before).policy, to: try PolicyProgram(of: after).policy)
        return .policyDifference(id, from: from, to: to, difference)
    }
}

/// A call as its policies saw it, and what of it approvers must not see.
private struct Replay {
    /// Nil when it was erased.
    let input: JSONValue?
    private let hiddenPlaces: [JSONPointer]
    private let shownFacts: JSONValue
    private let scrubber: Scrubber

    init(of approval: Approval, _ record: JSONValue) {
        input = record["input"]?.objectValue.map {
            PolicyJudgement.input($0, approval.arguments)
        }
        hiddenPlaces =
            approval.redactions + approval.found.map(\.pointer)
            + approval.masked.redacted.map(\.pointer)
        scrubber = approval.scrubber()
        let (context, origin) = (approval.context.served, approval.origin.served)
        shownFacts = [
            "context": .texts([
                ("summary", context.summary), ("reason", context.reason),
                ("preview", context.preview),
            ]),
            "origin": .texts([
                ("framework", origin.framework), ("run_id", origin.runID),
                ("call_id", origin.callID), ("session_id", origin.sessionID),
            ]),
        ]
    }

    /// Every rule with its parts; nil when it does not come to what was recorded.
    func rules(of program: PolicyProgram, recorded: JSONValue) -> [Explanation.Rule]? {
        guard let input else { return nil }
        let explanation = PolicyExplanation(
            program, of: input, isHidden: isHidden, isHiddenFact: isHiddenFact)
        let now = explanation.verdict.json
        guard now["effect"] == recorded["effect"], now["rule"] == recorded["rule"] else {
            return nil
        }
        return explanation.rules.map { rule in
            let parts = rule.parts.map(shown)
            return Explanation.Rule(
                id: rule.id, summary: rule.summary, effect: rule.effect,
                matches: rule.answer.matches, error: Self.error(of: rule, parts), parts: parts)
        }
    }

    /// What was recorded at the time, when it cannot be replayed: reasons may tell what is hidden.
    static func recordedRules(of policy: Policy, _ verdict: JSONValue) -> [Explanation.Rule] {
        let answers = verdict["rules"]?.arrayValue ?? []
        return policy.rules.enumerated().map { index, rule in
            let matches =
                answers.indices.contains(index) ? answers[index]["result"]?.boolValue : nil
            return Explanation.Rule(
                id: rule.id, summary: rule.summary, effect: rule.effect.kind, matches: matches,
                error: matches == nil ? "It had no answer." : nil, parts: nil)
        }
    }

    private static func error(
        of rule: PolicyExplanation.Rule, _ parts: [PolicyExplanation.Part]
    ) -> String? {
        guard rule.answer.matches == nil else { return nil }
        if case .error(let sentence)? = parts.first?.value { return sentence }
        return "It has no answer."
    }

    private func isHidden(_ place: JSONPointer) -> Bool {
        hiddenPlaces.contains { $0.isPrefix(of: place) }
    }

    /// Words of the agent are shown only as they are shown anyway; the rest names what it is.
    private func isHiddenFact(_ place: JSONPointer) -> Bool {
        switch place.tokens.first {
        case "tool", "agent", "time", "history": false
        case "scan": !hiddenPlaces.isEmpty
        default: input?[place] != shownFacts[place]
        }
    }

    /// The last look: what stands elsewhere too, or what nobody declared.
    private func shown(_ part: PolicyExplanation.Part) -> PolicyExplanation.Part {
        let value: PolicyExplanation.Value
        switch part.value {
        case .known(let known):
            value = scrubber.finds(in: known) || known.served != known ? .hidden : part.value
        case .error(let sentence):
            let text = JSONValue.string(sentence)
            let isSecret = scrubber.finds(in: text) || text.served != text
            value = isSecret ? .error("It has no answer.") : part.value
        case .hidden, .notNeeded, .constant: value = part.value
        }
        // A constant of the policy may be a secret, too, and be named by its label.
        let isSecret = scrubber.finds(in: .string(part.label))
        return PolicyExplanation.Part(
            depth: part.depth, label: isSecret ? "redacted" : part.label, value: value)
    }
}

extension PolicyVerdict.Answer.Result {
    /// Nil when there is no answer.
    fileprivate var matches: Bool? {
        switch self {
        case .matched: true
        case .notMatched: false
        case .error: nil
        }
    }
}

extension PolicyProgram {
    /// A published version, ready to decide; it must be what its digest says.
    init(of published: PublishedPolicy) throws(CommandFailure) {
        do {
            try self.init(try Policy(published.document))
        } catch {
            throw .store(.damaged("the policy \(published.name) cannot be read"))
        }
        guard policy.digest == published.digest else {
            throw .store(.damaged("the policy \(published.name) is not what its digest says"))
        }
    }
}
