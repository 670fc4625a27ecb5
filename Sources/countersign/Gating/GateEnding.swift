import Gate
import Glibc
import JSONTree
import WireAPI

/// What gate prints and how it exits, for each way in which it can end.
struct GateEnding {
    private let verdict: GateVerdict
    private let isJSON: Bool

    init(_ verdict: GateVerdict, isJSON: Bool) {
        self.verdict = verdict
        self.isJSON = isJSON
    }

    /// Prints the arguments, or throws what kept the call from running.
    func tell() throws(Complaint) {
        switch verdict {
        case .released(let claim): tell(claim)
        case .executed(let isReported):
            guard !isReported else { return }
            Output.note("countersign: the control plane did not take the receipt.")
        case .rejected(let rejection):
            throw Complaint(rejection.sentence, next: "", .rejected)
        case .expired: throw Complaint("Nobody approved it in time.", next: "", .expired)
        case .claimTooLate:
            throw Complaint("It was approved, but not claimed in time.", next: "", .expired)
        case .cancelled: throw Complaint("The approval was cancelled.", next: "", .cancelled)
        case .alreadyClaimed:
            throw Complaint(
                "It was claimed before: whether the tool ran is not known here.",
                next: "Do not run it again; look with `countersign show`.", .alreadyClaimed)
        case .unreachable(let sentence):
            throw Complaint(
                sentence, next: "Nothing ran. Check COUNTERSIGN_URL and the control plane.",
                .unreachable)
        case .refused(let status, let detail, let nextStep):
            let isAuthority = status == 401 || status == 403
            throw Complaint(detail, next: nextStep, isAuthority ? .notAllowed : .badInput)
        case .tampered(let sentence): throw Complaint(sentence, next: "Nothing ran.", .tampered)
        case .gaveUp: throw Complaint("Nobody decided in time.", next: "", .expired)
        case .interrupted:
            throw Complaint("Stopped; the approval is cancelled.", next: "", .interrupted)
        }
    }

    /// Exactly the arguments, or with --json the whole claim.
    private func tell(_ claim: ClaimAnswer) {
        if isJSON { return Output.json(claim.wire) }
        let isWatched = Output.isTerminal(STDOUT_FILENO)
        guard !isWatched else { return Output.json(claim.arguments) }
        Output.bytes(Array((claim.arguments.text(.compact) + "\n").utf8))
    }
}
