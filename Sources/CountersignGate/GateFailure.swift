public import Gate

/// Why a call did not run. Nothing ran, but for `unknown`, where nobody can tell.
public enum GateFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A person or a rule rejected it; tell the model so.
    case rejected(Rejection)
    /// Nobody decided, or nobody claimed, in time.
    case expired
    /// The approval was cancelled, or the task was.
    case cancelled
    /// No answer came from the control plane until the end.
    case unreachable(String)
    /// It was claimed before: whether the tool ran is not known here. This is no rejection.
    case unknown
    /// The control plane refused the submission itself: its words, and what to do.
    case refused(status: Int, String)
    /// What came back is not what was sent or decided.
    case tampered(String)
    /// The call or the settings cannot be used as they are.
    case misconfigured(String)

    /// A sentence that a model may read.
    public var description: String {
        switch self {
        case .rejected(let rejection): rejection.sentence
        case .expired: "Nobody approved the call in time, so it did not run."
        case .cancelled: "The approval was cancelled; the call did not run."
        case .unreachable(let sentence):
            "The control plane cannot be reached, so the call did not run. \(sentence)"
        case .unknown: GateVerdict.alreadyClaimed.refusal ?? ""
        case .refused(_, let sentence), .tampered(let sentence), .misconfigured(let sentence):
            "\(sentence) The call did not run."
        }
    }

    /// What an ending means for the caller; nil when the tool ran.
    init?(_ verdict: GateVerdict) {
        switch verdict {
        case .executed: return nil
        case .rejected(let rejection): self = .rejected(rejection)
        case .expired, .claimTooLate, .gaveUp: self = .expired
        case .cancelled, .interrupted: self = .cancelled
        case .alreadyClaimed: self = .unknown
        case .unreachable(let sentence): self = .unreachable(sentence)
        case .refused(let status, let detail, let nextStep):
            self = .refused(status: status, "\(detail) \(nextStep)")
        case .tampered(let sentence): self = .tampered(sentence)
        // The gate was told that the tool is run here, so it never hands a release over like this.
        case .released: self = .tampered("The gate ended in a way that it cannot end in.")
        }
    }
}
