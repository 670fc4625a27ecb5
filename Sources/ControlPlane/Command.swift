public import Approvals
public import Cryptography
public import JSONTree
public import Policies

/// Something that changes the store. Carried out inside one transaction, with authority checked
/// there.
public enum Command: Hashable, Sendable {
    case submit(SubmitCommand)
    case claim(ApprovalID, nonceDigest: Digest, leaseSeconds: Int)
    case report(
        ApprovalID, fencingToken: String, outcome: Outcome, executedDigest: Digest,
        resultSummary: String?)
    case cancel(ApprovalID, reason: String?)
    case decide(DecideCommand)
    /// Each is answered by itself; one that is refused does not undo another.
    case decideMany([DecideCommand])
    case extend(ApprovalID, revision: Int, seconds: Int, reason: String?)
    case reassign(ApprovalID, revision: Int, to: Assignment, reason: String?)
    case comment(ApprovalID, text: String)
    case review(ApprovalID, isActive: Bool)
    case reveal(ApprovalID, JSONPointer, reason: String)
    /// Starts a second factor, with a code of the active one or an admin's enrolment code.
    case beginStepUp(StepUpCode?, EnrolmentCode? = nil)
    case confirmStepUp(StepUpCode)
    case resetStepUp(email: String)
    /// Hands out an enrolment code; with a code of the admin's own factor, when they have one.
    case permitStepUp(email: String, StepUpCode?)
    case addTenant(TenantSettings, adminEmail: String)
    case changeTenant(TenantSettings)
    case removeTenant(TenantName)
    case addGroup(GroupName)
    case removeGroup(GroupName)
    /// Adds the member, or changes roles and groups of the one with this e-mail.
    case putMember(email: String, roles: Set<Role>, groups: Set<GroupName>)
    case removeMember(email: String)
    case addAgent(name: String, ownerEmail: String?)
    case removeAgent(name: String)
    /// Issues a token; one for a person with a code of the admin's own factor, when they have one.
    case addToken(
        TokenFor, label: String?, expiresInSeconds: Int?, proven: StepUpCode? = nil)
    case removeToken(TokenID)
    /// Publishes a whole document as the next version of its policy.
    case publishPolicy(JSONValue)
    /// Asks that a version come into another status; what is in force needs two people.
    case changePolicyMode(PolicyID, version: Int, PolicyStatus)
}

/// What an approver decides.
public struct DecideCommand: Hashable, Sendable {
    public var approval: ApprovalID
    public var revision: Int
    public var displayedDigest: Digest
    public var verdict: Verdict
    public var edits: JSONPatch
    public var comment: String?
    public var onBehalfOf: MemberID?
    /// True when the client says that every value was on the screen.
    public var isFullyShown: Bool
    /// Of the second factor, when one was sent.
    public var stepUpCode: StepUpCode?
    /// Repeating a press of the confirm with the same key gets the same answer, a refusal too.
    public var key: String?
    /// What is known about the edited arguments and the schema already.
    public var finding: SchemaFinding?

    /// Puts a decision together.
    public init(
        approval: ApprovalID, revision: Int, displayedDigest: Digest, verdict: Verdict,
        edits: JSONPatch = JSONPatch([]), comment: String? = nil,
        onBehalfOf: MemberID? = nil, isFullyShown: Bool = false, stepUpCode: StepUpCode? = nil,
        key: String? = nil
    ) {
        self.approval = approval
        self.revision = revision
        self.displayedDigest = displayedDigest
        self.verdict = verdict
        self.edits = edits
        self.comment = comment
        self.onBehalfOf = onBehalfOf
        self.isFullyShown = isFullyShown
        self.stepUpCode = stepUpCode
        self.key = key
    }
}

/// Whom an approval is handed to.
public enum Assignment: Hashable, Sendable {
    case group(GroupName)
    case member(email: String)
}

/// Whom a token is for.
public enum TokenFor: Hashable, Sendable {
    case member(email: String)
    case agent(name: String)
}

/// A tenant as an operator or admin describes it; nil keeps what is or takes the default.
public struct TenantSettings: Hashable, Sendable {
    public var name: TenantName
    public var defaultGroup: GroupName?
    public var defaultTimeoutSeconds: Int?
    public var timeoutMaxSeconds: Int?
    public var claimWindowSeconds: Int?
    public var defaultRisk: Risk?
    public var toolRisks: [ToolName: Risk]?
    public var failOpenTools: Set<ToolName>?
    public var stepUpFrom: StepUpFrom?
    /// Of the admin's own second factor: whoever has one does not ask for less without it.
    public var stepUpCode: StepUpCode?

    /// Names a tenant and says nothing else.
    public init(name: TenantName) { self.name = name }
}

/// Something that reads one snapshot of the store.
public enum Query: Hashable, Sendable {
    case me
    case approval(ApprovalID)
    case inbox(since: String?, limit: Int)
    case history(before: ApprovalID?, limit: Int, matching: String?, needsReview: Bool = false)
    case tenants, groups, members, agents, tokens
    /// The versions of all policies, or of one.
    case policies(PolicyID?)
}

/// What came of a command or a query. People are already named by e-mail where a screen needs it.
public enum Answer: Hashable, Sendable {
    case submitted(Approval, agentName: String, isNew: Bool)
    case claimed(Approval, Claim)
    case agentApproval(AgentApproval)
    case approverApproval(ApproverApproval)
    case decidedMany([Result<ApproverApproval, BulkRefusal>])
    /// No, but the question itself is on record, so the transaction is kept.
    case refused(Refusal, current: ApproverApproval?)
    case revealed(JSONPointer, JSONValue)
    case inbox(InboxPage)
    case history([ApprovalRow], next: ApprovalID?)
    case me(Principal, StepUpState, at: Timestamp)
    /// The one time that the secret leaves the store.
    case stepUpBegun(StepUpSecret, email: String, tenant: TenantName, until: Timestamp?)
    /// The one time that the enrolment code leaves the store.
    case stepUpPermitted(EnrolmentCode, until: Timestamp)
    case tenant(Tenant, adminSecret: String?)
    case tenants([Tenant])
    case group(Group, emails: [String])
    case groups([Group], emails: [GroupName: [String]])
    case member(Member)
    case members([Member])
    case agent(Agent, ownerEmail: String?)
    case agents([Agent], ownerEmails: [MemberID: String])
    case token(Token, holderName: String, secret: String?)
    case tokens([Token], holderNames: [TokenID: String])
    /// Versions of policies; one alone when something was done to it.
    case policies([PublishedPolicy], names: [MemberID: String], isOne: Bool)
    /// It is gone.
    case removed
}

/// One refused decision of many, with the fresh view when there is one to show.
public struct BulkRefusal: Error, Hashable, Sendable {
    public var approval: ApprovalID
    public var refusal: Refusal
    public var current: ApproverApproval?

    /// Puts it together.
    public init(approval: ApprovalID, refusal: Refusal, current: ApproverApproval? = nil) {
        self.approval = approval
        self.refusal = refusal
        self.current = current
    }
}

/// An approval as its agent may see it.
public struct AgentApproval: Hashable, Sendable {
    public var approval: Approval
    public var decidedBy: String?
    public var onBehalfOf: String?

    /// Puts it together.
    public init(approval: Approval, decidedBy: String?, onBehalfOf: String? = nil) {
        self.approval = approval
        self.decidedBy = decidedBy
        self.onBehalfOf = onBehalfOf
    }
}

/// An approval as an approver may see it; nothing in here is a redacted value.
///
/// `arguments`, `effectiveArguments` and the edits of the decisions are masked already; the whole
/// `Approval` is deliberately not in here.
public struct ApproverApproval: Hashable, Sendable {
    public var row: ApprovalRow
    public var arguments: JSONValue
    public var redacted: [RedactedValue]
    public var displayedDigest: Digest
    public var proposedDigest: Digest?
    public var effectiveArguments: JSONValue?
    public var effectiveDigest: Digest?
    public var schema: JSONValue?
    public var context: Context
    public var origin: Origin
    public var agent: AgentID
    public var requirement: Requirement
    public var assigneeEmail: String?
    public var approvalsCount: Int
    public var provenance: Provenance?
    public var decisions: [Decision]
    public var comments: [Comment]
    /// E-mails of everybody named in decisions and comments.
    public var names: [MemberID: String]
    public var whoCanDecide: [String]
    public var cannotDecide: Refusal.Forbidden?
    public var stepUp: StepUpNeed
    public var claimedAt: Timestamp?
    public var leaseUntil: Timestamp?
    public var receipt: Receipt?
    public var timeLine: [TimeLineEntry]
    public var serverTime: Timestamp

    /// Puts it together.
    public init(
        row: ApprovalRow, arguments: JSONValue, redacted: [RedactedValue], displayedDigest: Digest,
        proposedDigest: Digest?, effectiveArguments: JSONValue?, effectiveDigest: Digest?,
        schema: JSONValue?, context: Context, origin: Origin, agent: AgentID,
        requirement: Requirement, assigneeEmail: String?, approvalsCount: Int,
        provenance: Provenance?, decisions: [Decision], comments: [Comment],
        names: [MemberID: String], whoCanDecide: [String], cannotDecide: Refusal.Forbidden?,
        stepUp: StepUpNeed, claimedAt: Timestamp?, leaseUntil: Timestamp?, receipt: Receipt?,
        timeLine: [TimeLineEntry], serverTime: Timestamp
    ) {
        self.row = row
        self.arguments = arguments
        self.redacted = redacted
        self.displayedDigest = displayedDigest
        self.proposedDigest = proposedDigest
        self.effectiveArguments = effectiveArguments
        self.effectiveDigest = effectiveDigest
        self.schema = schema
        self.context = context
        self.origin = origin
        self.agent = agent
        self.requirement = requirement
        self.assigneeEmail = assigneeEmail
        self.approvalsCount = approvalsCount
        self.provenance = provenance
        self.decisions = decisions
        self.comments = comments
        self.names = names
        self.whoCanDecide = whoCanDecide
        self.cannotDecide = cannotDecide
        self.stepUp = stepUp
        self.claimedAt = claimedAt
        self.leaseUntil = leaseUntil
        self.receipt = receipt
        self.timeLine = timeLine
        self.serverTime = serverTime
    }
}

/// One row of a queue.
public struct ApprovalRow: Hashable, Sendable {
    public var id: ApprovalID
    public var revision: Int
    public var state: ApprovalState
    public var isReleased: Bool
    public var execution: Execution
    public var tool: ToolName
    public var summary: String?
    public var agentName: String
    public var risk: Risk
    public var group: GroupName
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var deadline: Timestamp
    public var posture: Posture
    public var settledAt: Timestamp?
    public var decidedBy: String?
    public var reviewing: [String]
    public var needsReview: Bool
    public var runID: String?
    /// Who can decide; nil when it is settled, or nobody who decides asks.
    public var reach: Reach?

    /// Who can decide a pending approval.
    public struct Reach: Hashable, Sendable {
        /// Whether the one who asks can.
        public var youCan: Bool
        /// How many people can.
        public var count: Int

        /// Puts it together.
        public init(youCan: Bool, count: Int) {
            self.youCan = youCan
            self.count = count
        }
    }

    /// Draws the row of an approval; names are looked up by the caller.
    public init(
        _ approval: Approval, agentName: String, decidedBy: String?, reviewing: [String],
        reach: Reach? = nil
    ) {
        id = approval.id
        revision = approval.revision
        state = approval.state
        isReleased = approval.isReleased
        execution = approval.execution
        tool = approval.tool
        summary = approval.context.summary
        self.agentName = agentName
        risk = approval.risk
        group = approval.requirement.group
        createdAt = approval.createdAt
        updatedAt = approval.updatedAt
        deadline = approval.requirement.deadline
        posture = approval.requirement.posture
        settledAt = approval.settledAt
        self.decidedBy = decidedBy
        self.reviewing = reviewing
        needsReview = approval.needsReview
        runID = approval.origin.runID
        self.reach = reach
    }
}

/// One line of an approval's time line.
public struct TimeLineEntry: Hashable, Sendable {
    public var at: Timestamp
    public var type: String
    public var actor: String
    public var text: String

    /// Puts a line together.
    public init(at: Timestamp, type: String, actor: String, text: String) {
        self.at = at
        self.type = type
        self.actor = actor
        self.text = text
    }
}

/// A page of the change feed.
public struct InboxPage: Hashable, Sendable {
    public var changes: [Change]
    public var next: String
    public var hasMore: Bool
    public var serverTime: Timestamp

    /// One change.
    public enum Change: Hashable, Sendable {
        case changed(ApprovalRow)
        case gone(ApprovalID)
    }

    /// Puts a page together.
    public init(changes: [Change], next: String, hasMore: Bool, serverTime: Timestamp) {
        self.changes = changes
        self.next = next
        self.hasMore = hasMore
        self.serverTime = serverTime
    }
}
