import Approvals
import ControlPlane
import WireAPI

// An approval that is not, or no longer, where the caller believes it to be.
extension Problem {
    static func settled(
        _ state: ApprovalState, _ by: MemberID?, _ at: Timestamp?, _ current: ApproverApproval?
    ) -> Problem {
        let who = by.flatMap { current?.names[$0] }.map { " by \($0)" } ?? ""
        let when = at.map { " at \($0)" } ?? ""
        return Problem(
            "already-settled", status: 409, title: "The approval was settled before",
            detail: "It is \(state.rawValue), settled\(who)\(when).",
            nextStep: "Nothing was changed and nothing is left to decide; read the approval.")
    }

    static func moved(_ revision: Int) -> Problem {
        Problem(
            "moved", status: 412, title: "The approval is not what you looked at",
            detail: "It is at revision \(revision) now, or its text is another one.",
            nextStep: "Look at the fresh view, then decide on its revision and digest.")
    }

    static func pastDeadline(_ deadline: Timestamp) -> Problem {
        Problem(
            "past-deadline", status: 409, title: "The deadline has passed",
            detail: "A decision had to come before \(deadline).",
            nextStep: "Nothing was changed; the agent can submit the call again.")
    }

    static func notReleased(_ state: ApprovalState) -> Problem {
        Problem(
            "not-released", status: 410, title: "The call was not released",
            detail: "The approval is \(state.rawValue), and it gives no right to run the tool.",
            nextStep: state == .pending
                ? "Wait for the decision with ?wait= and claim then."
                : "Do not run the tool; tell the agent why, and submit a new call if it must be.")
    }

    static func claimTooLate(_ deadline: Timestamp) -> Problem {
        Problem(
            "claim-too-late", status: 410, title: "The release has lapsed",
            detail: "The call had to be claimed before \(deadline).",
            nextStep: "Do not run the tool; submit the call again.")
    }

    static func alreadyClaimed(_ at: Timestamp) -> Problem {
        Problem(
            "already-claimed", status: 409, title: "Another process claimed the call",
            detail: "A process of this agent with another nonce claimed it at \(at).",
            nextStep: "Do not run the tool: it may have run. Have a person look at what happened.")
    }

    static let notClaimer = Problem(
        "not-claimer", status: 409, title: "The receipt is not from the claimer",
        detail: "There is no claim, or its fencing token is another one.",
        nextStep: "Send the fencing_token of the claim that this process made.")

    static let receiptDiffers = Problem(
        "receipt-differs", status: 409, title: "Another receipt came before",
        detail: "The first receipt says something else about what happened; it stays.",
        nextStep: "Have a person look at what happened.")

    static let idempotencyConflict = Problem(
        "idempotency-conflict", status: 409, title: "The key belongs to another payload",
        detail: "This Idempotency-Key came with another body before.",
        nextStep: "Use a new key for a new call, or send the first body again.")

    static func halted(_ since: Timestamp) -> Problem {
        Problem(
            "halted", status: 409, title: "Releases are halted",
            detail: "Everything that could run is held back since \(since), for the whole tenant.",
            nextStep: "Calls wait and can be rejected. A second person lifts the halt.")
    }

    static let cursorReset = Problem(
        "cursor-reset", status: 410, title: "The cursor leads nowhere",
        detail: "It is unknown, of another history or ahead of this one.",
        nextStep: "Forget what the cursor covered and read the whole queue without one.")
}
