import Approvals
import JSONLogic
public import JSONTree

/// What a policy says to arguments that an approver changed.
public enum EditVerdict: Hashable, Sendable {
    /// They may be approved by whoever may approve the call.
    case fits
    /// They break the limit of this rule, one of those that asked.
    case pastLimit(Decider)
    /// Whether they keep the limit cannot be told, for this reason.
    case unclear(String)
    /// A stricter rule speaks about them.
    case stricter(PolicyVerdict)
}

extension PolicyProgram {
    /// Judges changed arguments against the limits of what asked people, and by the whole policy.
    ///
    /// `input` is what the call was decided on. Changed arguments that a stricter rule speaks about
    /// need somebody else: an approver may cap an amount, not raise it past what they may approve.
    /// `facts` are the parts of the input that hang on the arguments, as they are for the changed
    /// ones.
    public func judge(
        edited arguments: JSONValue, of input: JSONValue, facts: JSONObject = JSONObject()
    ) -> EditVerdict {
        guard var members = input.objectValue else { return .unclear("The input is no object.") }
        let before = decide(input)
        members["edited"] = arguments
        for asking in before.asking {
            switch keepsLimit(of: asking, .object(members)) {
            case .value(.bool(true)), nil: break
            case .value: return .pastLimit(asking)
            case .indeterminate(let reason): return .unclear(reason.sentence)
            }
        }
        members["edited"] = nil
        members["args"] = arguments
        for fact in facts.members { members[fact.name] = fact.value }
        let after = decide(.object(members))
        return isStricter(after, than: before) ? .stricter(after) : .fits
    }

    /// True unless the changed arguments are plainly for the same people to approve, or for nobody.
    ///
    /// The order of the rules says nothing: another group's rule is another group's to decide.
    private func isStricter(_ after: PolicyVerdict, than before: PolicyVerdict) -> Bool {
        if losesAnswers(after, before) { return true }
        guard let terms = after.effect.terms else { return after.effect.kind > before.effect.kind }
        guard let held = before.effect.terms else { return before.effect.kind == .allow }
        if after.decider == .onError, before.decider != .onError { return true }
        let isMore =
            terms.quorum > held.quorum || terms.risk ?? .low > held.risk ?? .low
            || terms.isReasonRequired && !held.isReasonRequired
            || terms.lending > held.lending
        if isMore { return true }
        if after.decider == .fallback, hasLimit(before) { return false }
        return terms.group != held.group
            || terms.editable.map(Set.init) != held.editable.map(Set.init)
    }

    /// Whether a rule that had an answer has none any more: it might have been the strictest.
    private func losesAnswers(_ after: PolicyVerdict, _ before: PolicyVerdict) -> Bool {
        zip(after.answers, before.answers).contains { $0.isError && !$1.isError }
    }

    /// Whether the rule that decided says itself how far its people may change the arguments, so
    /// that they may also leave it for where no rule speaks.
    private func hasLimit(_ verdict: PolicyVerdict) -> Bool {
        limits[verdict.decider] != nil
    }
}
