public import Cryptography
public import JSONTree

/// The durable record of one gated call, from submission to receipt.
public struct Approval: Hashable, Sendable {
    public let id: ApprovalID
    public let tenant: TenantName
    public let agent: AgentID
    public let tool: ToolName
    /// What the agent sent, exactly.
    public let arguments: JSONValue
    /// The digest of `arguments`.
    public let proposedDigest: Digest
    /// The tool's JSON Schema, when the agent sent one.
    public let schema: JSONValue?
    /// The values that an approver must not see.
    public let redactions: [JSONPointer]
    /// Those of them that the scanner found, with what is shown in their place.
    public let found: [FoundValue]
    public let context: Context
    public let origin: Origin
    public let createdAt: Timestamp

    public var risk: Risk
    public var requirement: Requirement
    public var state: ApprovalState = .pending
    /// True when a claim may succeed.
    public var isReleased = false
    public var execution: Execution = .none
    /// Counts every change an approver could care about; begins at 1.
    public var revision = 1
    public var updatedAt: Timestamp
    /// When the state became terminal.
    public var settledAt: Timestamp?
    /// Why it was released or refused.
    public var provenance: Provenance?
    public var decisions: [Decision] = []
    public var comments: [Comment] = []
    /// What will run, once it was decided; nil until then.
    public var effectiveArguments: JSONValue?
    /// The digest of `effectiveArguments`.
    public var effectiveDigest: Digest?
    /// The last instant before which a released call may be claimed.
    public var claimDeadline: Timestamp?
    public var claim: Claim?
    public var receipt: Receipt?
    /// Who is looking at it now: a soft lock that others see and that binds nobody.
    public var reviewers: [Reviewer] = []
    /// Who was asked before a reassignment, so that their queues can drop it.
    public var formerGroups: [GroupName] = []
    /// The persons it was handed to before a reassignment, for the same purpose.
    public var formerAssignees: [MemberID] = []
    /// The root of the salted commitment to `arguments` in the audit log.
    public var argumentsRoot: Digest?
    /// The root of the salted commitment to `effectiveArguments` in the audit log.
    public var effectiveRoot: Digest?
    /// The monotonic clock at submission: tells time that passed from a wall clock that jumped.
    public var submittedUptime: Uptime?
    /// No release by timeout before this instant, because the clocks disagreed about the time
    /// passed.
    public var heldUntil: Timestamp?
    /// Counts every save, those that an approver need not care about too; the store compares it.
    public var version = 1
    /// What policies said to the call, and on what; nil when none was asked. A store seals it.
    public var policyRecord: JSONValue?
    /// How often the agent asked for it: by more than one key when it asked again while it waited.
    public var asks = 1
    /// The rejected approval of the same call of the same run, when the agent asked once more.
    public var follows: ApprovalID?
    /// To whom it is brought when nobody answers; nil without a plan.
    public var escalation: Escalation?
    /// Who is on duty for it; nil where no schedule says.
    public var watch: DutyWatch?
    /// True for a release by timeout, an execution nobody reported and one of other arguments,
    /// until a person looked at it.
    public var needsReview = false
    /// When its values were erased; nil while they are there.
    public var erasedAt: Timestamp?

    /// A fresh pending approval; its digest must belong to its arguments.
    public init(
        id: ApprovalID, tenant: TenantName, agent: AgentID, tool: ToolName, arguments: JSONValue,
        proposedDigest: Digest, schema: JSONValue? = nil, redactions: [JSONPointer] = [],
        found: [FoundValue] = [],
        context: Context = Context(), origin: Origin = Origin(), risk: Risk,
        requirement: Requirement, createdAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.agent = agent
        self.tool = tool
        self.arguments = arguments
        self.proposedDigest = proposedDigest
        self.schema = schema
        self.redactions = redactions
        self.found = found
        self.context = context
        self.origin = origin
        self.risk = risk
        self.requirement = requirement
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    /// The one future instant at which this approval changes by itself, if there is one.
    ///
    /// Pending: the next step of its escalation, a change of shifts, or the deadline.
    /// Claimed: the end of the lease. Otherwise nothing is due.
    public var dueAt: Timestamp? {
        if state == .pending {
            let end = max(requirement.deadline, heldUntil ?? requirement.deadline)
            return min(end, escalation?.nextAt ?? end, watch?.nextAt ?? end)
        }
        if execution == .claimed { return claim?.leaseUntil }
        return nil
    }
}

/// A reading of the monotonic clock, which only means something within one boot.
public struct Uptime: Hashable, Sendable {
    public let boot: String
    public let milliseconds: Int64

    /// Puts a reading together.
    public init(boot: String, milliseconds: Int64) {
        self.boot = boot
        self.milliseconds = milliseconds
    }
}

/// Somebody who said "I am looking at it".
public struct Reviewer: Hashable, Sendable {
    public var member: MemberID
    /// When it lapses by itself.
    public var until: Timestamp

    /// Puts a reviewer together.
    public init(member: MemberID, until: Timestamp) {
        self.member = member
        self.until = until
    }
}
