public import JSONTree

/// Why the domain says no. Each maps to one answer of the API.
public enum Refusal: Error, Hashable, Sendable {
    /// There is no such thing, or it belongs to another tenant, or the asker may not know of it.
    case notFound
    /// No token, a wrong one, a revoked one or one that ran out.
    case unauthenticated
    /// Known, but without the authority.
    case forbidden(Forbidden)
    /// The approval was settled before.
    case alreadySettled(ApprovalState, by: MemberID?, at: Timestamp?)
    /// The approver looked at another revision or another text than the current one.
    case moved(currentRevision: Int)
    /// The deadline passed, whether or not a timer noticed.
    case pastDeadline(Timestamp)
    /// A claim on something that may not run.
    case notReleased(ApprovalState)
    /// A released call that nobody claimed in time.
    case claimTooLate(Timestamp)
    /// Another nonce claimed it.
    case alreadyClaimed(at: Timestamp)
    /// A receipt without a claim, or with another claim's fencing token.
    case notClaimer
    /// A second receipt that says something else than the first.
    case receiptDiffers
    /// The same idempotency key came with another payload.
    case idempotencyConflict
    /// An edit outside of what the rule lets an approver change.
    case editOutOfEnvelope(JSONPointer)
    /// An edit that cannot be applied, or that would write a mask.
    case editInvalid(JSONPointer, String)
    /// The arguments do not fit the tool's schema.
    case againstSchema([FieldProblem])
    /// A field of the request that is missing, wrong or too big.
    case invalid([FieldProblem])
    /// What is there stands in the way; and what to do about it, where it is not just a name.
    case conflict(String, next: String? = nil)
    /// Named `…Max` was reached.
    case limit(String)
    /// Risk is at least medium, and the approver's client does not say that every value was on the
    /// screen.
    case notFullyDisplayed
    /// At this risk the tenant wants a code of the second factor with the decision.
    case stepUpRequired
    /// Such a code is wanted or given, and the asker has no second factor.
    case stepUpNotEnrolled
    /// A first second factor is begun only with an admin's enrolment code.
    case stepUpPermitNeeded
    /// The code is not the one of this time; nil attempts left: it was used before.
    case stepUpWrongCode(attemptsLeft: Int?)
    /// Too many wrong codes: none is looked at for so many seconds.
    case stepUpLocked(retryAfterSeconds: Int)
    /// Too many in a row; another one may be asked for after this many seconds.
    case tooOften(retryAfterSeconds: Int)
    /// Releases of the tenant are halted since then; nothing is lost by trying again.
    case halted(since: Timestamp)
    /// The cursor is unknown, of another history or ahead of it: read everything again without one.
    case cursorReset

    /// Why authority is missing.
    public enum Forbidden: Hashable, Sendable {
        case roleMissing(needed: [Role])
        /// Not in the group that decides; these members could.
        case notInGroup(GroupName, couldDecide: [MemberID])
        /// The approval was handed to one person.
        case assignedTo(MemberID)
        /// Their own run.
        case ownRun
        /// The approver said already what they think.
        case decidedBefore
        /// That member lent them nothing.
        case noDelegation(from: MemberID)
        /// What that member lent them does not reach this approval.
        case lent(DelegationObstacle, from: MemberID)
        /// That member's authority was used for another decision on it.
        case authorityUsed(of: MemberID)
        /// The run of the person whose authority they would use.
        case ownRunOfGrantor
        /// Only who runs the installation may manage tenants.
        case operatorsOnly
    }
}

/// A pointer into the request, and a sentence for a person; the sentence never quotes the value.
public struct FieldProblem: Hashable, Sendable {
    /// A JSON Pointer into the body, or the name of a header or query item.
    public let field: String
    public let sentence: String

    /// Puts a problem together.
    public init(_ field: String, _ sentence: String) {
        self.field = field
        self.sentence = sentence
    }
}
