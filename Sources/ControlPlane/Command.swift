public import Approvals
public import Cryptography
public import JSONTree
public import Policies

/// Something that changes the store. Carried out inside one transaction, with authority checked
/// there.
public enum Command: Hashable, Sendable {
    case submit(SubmitCommand)
    case claim(ApprovalID, nonceDigest: Digest, leaseSeconds: Int, withSalts: Bool = false)
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
    /// Stops everything that could be released, or lets it go on again.
    case halt(isOn: Bool, reason: String)
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
    case revokeGrant(GrantID, reason: String?)
    /// A lead looked at an approval that somebody gave by break-glass.
    case reviewGlass(ApprovalID, note: String)
    /// Something about delegations, shifts or overrides.
    case people(PeopleCommand)
    /// Proposes or confirms that values are erased.
    case erase(EraseCommand)
    /// Publishes a whole document as the next version of its policy.
    case publishPolicy(JSONValue)
    /// Asks that a version come into another status; what is in force needs two people.
    case changePolicyMode(
        PolicyID, version: Int, PolicyStatus, share: Int? = nil, ack: String? = nil)
    /// Says that somebody looked at calls that a version judges otherwise.
    case reviewShadow(PolicyID, version: Int, [ApprovalID])
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
    /// What the approver grants for calls like it, besides.
    public var grant: GrantWish?
    /// Why they approve it without the authority for it; it is recorded as the comment is.
    public var glassReason: String?
    /// True when they have no authority for it.
    public var isBreakGlass: Bool { glassReason != nil }
    /// What is known about the edited arguments and the schema already.
    public var finding: SchemaFinding?

    /// Puts a decision together.
    public init(
        approval: ApprovalID, revision: Int, displayedDigest: Digest, verdict: Verdict,
        edits: JSONPatch = JSONPatch([]), comment: String? = nil,
        onBehalfOf: MemberID? = nil, isFullyShown: Bool = false, stepUpCode: StepUpCode? = nil,
        key: String? = nil, grant: GrantWish? = nil
    ) {
        self.grant = grant
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

/// Which settled approvals are asked for; what is not named is not looked at.
public struct HistoryFilter: Hashable, Sendable {
    /// A text in one of the columns.
    public var matching: String?
    /// The whole name of the tool; capitals and small ASCII letters are the same.
    public var tool: String?
    /// The whole name of the agent, in the same way.
    public var agent: String?
    /// Only those that a person still has to look at.
    public var needsReview: Bool

    /// Puts a filter together; without anything it lets everything through.
    public init(
        matching: String? = nil, tool: String? = nil, agent: String? = nil,
        needsReview: Bool = false
    ) {
        self.matching = matching
        self.tool = tool
        self.agent = agent
        self.needsReview = needsReview
    }
}

/// Something that reads one snapshot of the store.
public enum Query: Hashable, Sendable {
    case me
    case approval(ApprovalID)
    case inbox(since: String?, limit: Int)
    case history(before: ApprovalID?, limit: Int, HistoryFilter = HistoryFilter())
    case tenants, groups, members, agents, tokens
    /// Something about the audit log.
    case audit(AuditQuery)
    /// Something about delegations, shifts or overrides.
    case people(PeopleQuery)
    /// The versions of all policies, or of one.
    case policies(PolicyID?)
    /// Why an approval was decided as it was.
    case explanation(ApprovalID)
    /// What one published version changes against another.
    case policyDifference(PolicyID, from: Int, to: Int)
    /// How a version would have decided in the last so many seconds.
    case shadowReport(PolicyID, version: Int, seconds: Int)
    /// What a policy would have done to a page of stored calls.
    case backtest(BacktestQuery)
    case grants(GrantFilter)
    case grant(GrantID)
    /// Approvals that were given by break-glass.
    case brokenGlass
}

/// What came of a command or a query. People are already named by e-mail where a screen needs it.
public enum Answer: Hashable, Sendable {
    case submitted(Approval, agentName: String, isNew: Bool)
    /// With the salts of the arguments in the log, when they were asked for.
    case claimed(Approval, Claim, salts: [[UInt8]]?)
    case agentApproval(AgentApproval)
    case approverApproval(ApproverApproval)
    case decidedMany([Result<ApproverApproval, BulkRefusal>])
    /// No, but the question itself is on record, so the transaction is kept.
    case refused(Refusal, current: ApproverApproval?)
    case revealed(JSONPointer, JSONValue)
    case inbox(InboxPage)
    case history([ApprovalRow], next: ApprovalID?)
    case me(
        Principal, StepUpState, at: Timestamp, halt: ShownHalt? = nil, duty: DutyReport? = nil,
        quietUntil: Timestamp? = nil, glass: GlassDebt? = nil)
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
    /// Something about delegations, shifts or overrides.
    case people(PeopleAnswer)
    /// Versions of policies; one alone when something was done to it.
    case policies([PublishedPolicy], names: [MemberID: String], isOne: Bool)
    case explanation(Explanation)
    case policyDifference(PolicyID, from: Int, to: Int, PolicyDifference)
    case shadowReport(ShadowSummary)
    /// So many calls were marked as looked at, and so many laxer ones are left.
    case shadowReviewed(Int, laxerLeft: Int)
    case backtest(BacktestResult)
    /// Standing grants; one alone when it was asked for or something was done to it.
    case grants([ShownGrant], isOne: Bool)
    case audit(AuditAnswer)
    /// Uses of break-glass; one alone when it was reviewed.
    case brokenGlass([ShownGlass], isOne: Bool)
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
    /// What changed arguments must keep, as conditions over `edited` and `args`.
    public var editLimits: [JSONValue] = []
    /// Rules that would take the decision from those who are asked, were the arguments changed.
    public var stricterRules: [JSONValue] = []
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
    /// The e-mail of the person on whose behalf the asker would decide; nil for their own.
    public var decidingFor: String?
    /// How often the agent asked for it.
    public var asks = 1
    /// The rejected approval of the same call of the same run.
    public var follows: ApprovalID?
    /// To whom it goes when nobody answers.
    public var escalation: ShownEscalation?

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
