import JSONLogic
public import JSONTree

/// What a policy says to arguments that an approver changed.
public enum EditVerdict: Hashable, Sendable {
    /// They may be approved by whoever may approve the call.
    case fits
    /// They break the limit of the rule that asked.
    case pastLimit
    /// Whether they keep the limit cannot be told, for this reason.
    case unclear(String)
    /// A stricter rule speaks about them.
    case stricter(PolicyVerdict)
}

extension PolicyProgram {
    /// Judges changed arguments against the limit of what decided, and by the whole policy.
    ///
    /// `input` is what the call was decided on. Changed arguments that a stricter rule speaks about
    /// need somebody else: an approver may cap an amount, not raise it past what they may approve.
    /// `scan` is what the scanner finds in the changed arguments; nil leaves it as it was.
    public func judge(
        edited arguments: JSONValue, of input: JSONValue, scan: JSONValue? = nil
    ) -> EditVerdict {
        guard var members = input.objectValue else { return .unclear("The input is no object.") }
        let before = decide(input)
        members["edited"] = arguments
        switch keepsLimit(of: before.decider, .object(members)) {
        case .value(.bool(true)), nil: break
        case .value: return .pastLimit
        case .indeterminate(let reason): return .unclear(reason.sentence)
        }
        members["edited"] = nil
        members["args"] = arguments
        if let scan { members["scan"] = scan }
        let after = decide(.object(members))
        return isStricter(after, than: before) ? .stricter(after) : .fits
    }

    /// By effect, then by the order of the rules; what could not be answered is stricter than that.
    private func isStricter(_ after: PolicyVerdict, than before: PolicyVerdict) -> Bool {
        if after.decider == before.decider { return false }
        if after.effect.isStricter(than: before.effect) { return true }
        if before.effect.isStricter(than: after.effect) { return after.decider == .onError }
        return place(of: after.decider) < place(of: before.decider)
    }

    private func place(of decider: Decider) -> Int {
        switch decider {
        case .onError: -1
        case .rule(let id): policy.rules.firstIndex { $0.id == id } ?? -1
        case .fallback: policy.rules.count
        }
    }
}
