import Approvals
import WireAPI

// A decision that wants a second factor.
extension Problem {
    static let stepUpRequired = Problem(
        "step-up-required", status: 403, title: "A code of your second factor is needed",
        detail: "The tenant asks for one at this risk, or you have a second factor and this changes"
            + " who can decide.",
        nextStep: "Send the six digits that your authenticator shows as step_up.code.")

    static let stepUpNotEnrolled = Problem(
        "step-up-not-enrolled", status: 403, title: "You have no second factor",
        detail: "None was begun, it was never confirmed, or an admin reset it.",
        nextStep: "Ask an admin for an enrolment code, run `countersign step-up enroll`, then"
            + " decide again.")

    static let stepUpPermitNeeded = Problem(
        "step-up-permit-needed", status: 403, title: "An enrolment code is needed",
        detail: "A token alone gets no second factor: it may be stolen. The enrolment code is"
            + " missing, was used, ran out after a day, or is not yours.",
        nextStep: "Ask an admin for one: `countersign member enrolment-code` prints it.")

    static func stepUpWrongCode(_ attemptsLeft: Int?) -> Problem {
        let detail =
            switch attemptsLeft {
            case nil: "This code was used before; each one counts once."
            case 1?: "It is not the code of this time. One more may be wrong before a lock."
            case let left?:
                "It is not the code of this time. \(left) more may be wrong before a lock."
            }
        return Problem(
            "step-up-wrong-code", status: 403, title: "The code is not accepted", detail: detail,
            nextStep: attemptsLeft == nil
                ? "Wait for the next code of your authenticator and send that."
                : "Send the code that your authenticator shows now; check its clock if it is right."
        )
    }

    /// Not 429: whoever waits and sends the same again sends a code that has passed by then.
    static func stepUpLocked(_ seconds: Int) -> Problem {
        Problem(
            "step-up-locked", status: 403, title: "Your second factor is locked",
            detail: "Too many codes were wrong. The next one is looked at in \(seconds) s.",
            nextStep: "Wait for as long as Retry-After says, or have a colleague decide. If the"
                + " codes were not yours, have an admin revoke your tokens.")
    }
}
