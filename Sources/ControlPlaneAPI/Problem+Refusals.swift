import Approvals
import ControlPlane
import WireAPI

extension Problem {
    /// What a caller is told when the domain said no: the one place that maps refusals.
    init(_ refusal: Refusal, current: ApproverApproval?) {
        self =
            switch refusal {
            case .notFound: .notFound
            case .unauthenticated: .unauthenticated
            case .forbidden(let why): .forbidden(why, current)
            case .alreadySettled(let state, let by, let at): .settled(state, by, at, current)
            case .moved(let revision): .moved(revision)
            case .pastDeadline(let deadline): .pastDeadline(deadline)
            case .notReleased(let state): .notReleased(state)
            case .claimTooLate(let deadline): .claimTooLate(deadline)
            case .alreadyClaimed(let at): .alreadyClaimed(at)
            case .notClaimer: .notClaimer
            case .receiptDiffers: .receiptDiffers
            case .idempotencyConflict: .idempotencyConflict
            case .editOutOfEnvelope(let pointer): .editOutOfEnvelope(pointer)
            case .editInvalid(let pointer, let sentence): .editInvalid(pointer, sentence)
            case .againstSchema(let fields): .againstSchema(fields)
            case .invalid(let fields): .invalid(fields)
            case .conflict(let sentence, let next): .conflict(sentence, next: next)
            case .limit(let sentence): .limit(sentence)
            case .notFullyDisplayed: .notFullyDisplayed
            case .stepUpRequired: .stepUpRequired
            case .stepUpNotEnrolled: .stepUpNotEnrolled
            case .stepUpPermitNeeded: .stepUpPermitNeeded
            case .stepUpWrongCode(let left): .stepUpWrongCode(left)
            case .stepUpLocked(let seconds): .stepUpLocked(seconds)
            case .tooOften(let seconds): .tooOften(seconds)
            case .halted(let since): .halted(since)
            case .cursorReset: .cursorReset
            }
        approval = current.map { ApproverView($0) }
    }
}

extension Refusal {
    /// The headers that go with the problem.
    var headers: [String: String] {
        switch self {
        case .tooOften(let seconds), .stepUpLocked(let seconds): ["retry-after": String(seconds)]
        case .halted: ["retry-after": "5"]
        case .notFound, .unauthenticated, .forbidden, .alreadySettled, .moved, .pastDeadline,
            .notReleased, .claimTooLate, .alreadyClaimed, .notClaimer, .receiptDiffers,
            .idempotencyConflict, .editOutOfEnvelope, .editInvalid, .againstSchema, .invalid,
            .conflict, .limit, .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled,
            .stepUpPermitNeeded, .stepUpWrongCode, .cursorReset:
            [:]
        }
    }
}

// Who is asking, and what they may not.
extension Problem {
    static let notFound = Problem(
        "not-found", status: 404, title: "There is no such thing",
        detail: "It does not exist, or it is not for you to know about.",
        nextStep: "Check the id, and that your token belongs to the right tenant.")

    static let unauthenticated = Problem(
        "unauthenticated", status: 401, title: "The request carries no valid token",
        detail: "The bearer token is missing, unknown, revoked or expired.",
        nextStep: "Log in again with `countersign login`, or ask an admin for a new token.")

    static func forbidden(
        _ why: Refusal.Forbidden, _ current: ApproverApproval?
    ) -> Problem {
        let whoCould = current?.whoCanDecide ?? []
        return Problem(
            "forbidden", status: 403, title: "You do not have the authority",
            detail: why.sentence(names: current?.names ?? [:]),
            nextStep: whoCould.isEmpty
                ? "Ask a lead or an admin of your tenant."
                : "Ask one of those listed in who_could, or have it reassigned.",
            whoCould: whoCould)
    }
}

extension Refusal.Forbidden {
    /// Why not, for the person who is refused.
    func sentence(names: [MemberID: String]) -> String {
        switch self {
        case .roleMissing(let needed):
            let roles = needed.map(\.rawValue).sorted().joined(separator: " or ")
            return "This needs the role \(roles)."
        case .notInGroup(let group, _):
            return "You are not in the group \(group), which decides this."
        case .assignedTo(let member):
            return "It was handed to \(names[member] ?? "another person") alone."
        case .ownRun: return "The run is your own, and nobody approves their own run."
        case .decidedBefore: return "You decided this approval already."
        case .noDelegation(let member):
            return "\(names[member] ?? "That person") lent you no authority for this."
        case .lent(let obstacle, let member):
            return obstacle.sentence(names[member] ?? "that person")
        case .authorityUsed(let member):
            return "The authority of \(names[member] ?? "that person") was used for another"
                + " decision on it; it counts once."
        case .ownRunOfGrantor:
            return "The run belongs to the person whose authority you would use, and nobody"
                + " approves their own run through somebody else."
        case .operatorsOnly: return "Only who runs this installation manages tenants and operators."
        }
    }
}

extension DelegationObstacle {
    /// Why what somebody lent does not help here.
    fileprivate func sentence(_ grantor: String) -> String {
        switch self {
        case .coming: "The delegation from \(grantor) has not begun."
        case .over: "The delegation from \(grantor) is over."
        case .revoked: "The delegation from \(grantor) was revoked."
        case .grantorGone: "\(grantor) is no member any more, so nothing is lent."
        case .grantorLacksAuthority: "\(grantor) could not decide this either."
        case .outOfScope: "What \(grantor) lent you does not cover this call."
        case .aboveCeiling: "What \(grantor) lent you does not reach up to this risk."
        case .aboveAmount: "What \(grantor) lent you does not reach up to this amount."
        case .forbidden:
            "Authority for this call cannot be lent: here the people"
                + " themselves decide."
        case .otherTeam: "This call may be decided for \(grantor) by somebody of their team only."
        case .olderApproval:
            "The call is older than the delegation from \(grantor), which is for new"
                + " ones only."
        }
    }
}
