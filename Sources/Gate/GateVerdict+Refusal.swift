extension GateVerdict {
    /// Why the call does not run, in a sentence for the agent; nil when it was released.
    ///
    /// A model reads it: what is no rejection is not called one, and it says what not to do next.
    public var refusal: String? {
        switch self {
        case .released: nil
        case .rejected(let rejection): rejection.sentence
        case .expired: "Nobody approved the call in time, so it is refused."
        case .cancelled: "The approval was cancelled."
        case .alreadyClaimed:
            "This is no rejection: the call was claimed before, and whether it ran is not "
                + "known. Do not run it again; ask a person to look."
        case .claimTooLate: "The call was approved, but not claimed in time."
        case .unreachable(let sentence): "The control plane cannot be reached. \(sentence)"
        case .refused(_, let detail, let nextStep): "\(detail) \(nextStep)"
        case .tampered(let sentence): sentence
        case .gaveUp: "Nobody decided before the gate's own time was over."
        case .interrupted, .executed: "The gate was stopped before the call was approved."
        }
    }
}
