public import Approvals
public import Audit
public import Authority
public import Cryptography
public import Duty
public import JSONTree
public import Policies

/// Why the store could not do what it was asked.
public enum StoreFailure: Error, Hashable, Sendable {
    /// Somebody else holds it; a retry may help.
    case busy(String)
    /// The disk, the file or the memory failed: nothing more is written until a restart.
    case stopped(String)
    /// What was read is not what was written: wrong key, damage or a bug.
    case damaged(String)
}

/// What a snapshot of the store can be asked. Every call but `token` names a tenant.
public protocol StoreReader: LogReader, ErasureReader, BreakGlassReader {
    /// Identifies this store's history; another one makes every cursor invalid.
    func epoch() throws(StoreFailure) -> String

    func tenant(_ name: TenantName) throws(StoreFailure) -> Tenant?
    /// All tenants, by name; for operators and the server itself.
    func tenants() throws(StoreFailure) -> [Tenant]

    func groups(of tenant: TenantName) throws(StoreFailure) -> [Group]
    func member(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Member?
    func member(email: String, of tenant: TenantName) throws(StoreFailure) -> Member?
    func members(of tenant: TenantName) throws(StoreFailure) -> [Member]
    /// The e-mail of a member, also of one who was removed: the record keeps naming them.
    func email(of id: MemberID, in tenant: TenantName) throws(StoreFailure) -> String?
    /// A member's second factor; nil when they never began one.
    func secondFactor(
        of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) -> SecondFactor?
    /// The refusal that a member's decision on an approval got under a key.
    func refusedDecision(
        key: String, on approval: ApprovalID, by id: MemberID, of tenant: TenantName
    ) throws(StoreFailure) -> RefusedDecision?
    func agent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Agent?
    func agent(named name: String, of tenant: TenantName) throws(StoreFailure) -> Agent?
    func agents(of tenant: TenantName) throws(StoreFailure) -> [Agent]
    /// The name of an agent, also of one that was removed.
    func agentName(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> String?
    /// Whose runs an agent's are, also of one that was removed: what it asked for is still theirs.
    func agentOwner(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> MemberID?

    /// The token with this secret, whatever its tenant: the answer says which.
    func token(secretDigest: Digest) throws(StoreFailure) -> Token?
    func tokens(of tenant: TenantName) throws(StoreFailure) -> [Token]

    /// Every version of every policy, by id and version.
    func policies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy]
    /// The versions that are asked: those in force and the shadows, by id and version.
    func activePolicies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy]
    /// The same without their documents, for every call.
    func activeVersions(of tenant: TenantName) throws(StoreFailure) -> [ActiveVersion]
    /// Policies that were compiled before, whatever the tenant.
    var shelf: ProgramShelf { get }
    func policy(
        _ id: PolicyID, version: Int, of tenant: TenantName
    ) throws(StoreFailure) -> PublishedPolicy?

    func delegation(
        _ id: DelegationID, of tenant: TenantName
    ) throws(StoreFailure) -> Delegation?
    /// What a tenant's people lent each other and ends after an instant, by end and id.
    ///
    /// `delegate` and `grantor` narrow it to what one person borrowed or lent. When there are more
    /// than `limit`, those that were revoked are left out first, then those that end first.
    func delegations(
        of tenant: TenantName, to delegate: MemberID?, from grantor: MemberID?,
        endingAfter instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [Delegation]

    /// To whom a group's approvals go when nobody answers; nil when nobody ever planned it.
    func escalationPlan(
        of group: GroupName, in tenant: TenantName
    ) throws(StoreFailure) -> GroupPlan?
    /// Whether any group of a tenant has one.
    func hasEscalationPlan(in tenant: TenantName) throws(StoreFailure) -> Bool
    /// Pending approvals without an instant at which a timer looks at them: there must be none.
    func untimed(limit: Int) throws(StoreFailure) -> [PendingPlace]

    /// The newest version of every schedule that was not removed, by name.
    func schedules(of tenant: TenantName) throws(StoreFailure) -> [PlannedSchedule]
    /// Every version of a schedule, the oldest first.
    func scheduleVersions(
        _ name: GroupName, of tenant: TenantName
    ) throws(StoreFailure) -> [PlannedSchedule]
    func override(
        _ id: OverrideID, of tenant: TenantName
    ) throws(StoreFailure) -> PlannedOverride?
    /// Those that end after an instant, by their beginning and id.
    func overrides(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedOverride]

    func swap(_ id: SwapID, of tenant: TenantName) throws(StoreFailure) -> PlannedSwap?
    /// Those whose hours end after an instant, by their beginning and id.
    func swaps(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedSwap]

    /// When a person, or everybody of a group, may be disturbed; nil when nobody ever said.
    func reach(
        of owner: ReachOwner, in tenant: TenantName
    ) throws(StoreFailure) -> PlannedReach?
    func reaches(of tenant: TenantName) throws(StoreFailure) -> [PlannedReach]

    func grant(_ id: GrantID, of tenant: TenantName) throws(StoreFailure) -> Grant?
    /// Standing grants, newest first, those that ended too.
    func grants(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Grant]
    /// Those that are not used up, not taken back and not expired at `now`, newest first.
    func openGrants(of tenant: TenantName, after now: Timestamp) throws(StoreFailure) -> [Grant]
    /// The same of one agent; what expires first comes first.
    func openGrants(
        to agent: AgentID, of tenant: TenantName, after now: Timestamp
    ) throws(StoreFailure) -> [Grant]

    /// How the calls since an instant met a version that was a shadow when they were submitted.
    func shadowTallies(
        of id: PolicyID, version: Int, since: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowTally]
    /// The calls since an instant that a version judges otherwise: laxer ones and those without an
    /// answer that nobody looked at, then the other ones of these, then the stricter ones; each
    /// newest first.
    func shadowCases(
        of id: PolicyID, version: Int, since: Timestamp, limit: Int, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowCase]
    /// Whether a version was asked about a call, and judges it otherwise.
    func isShadowCase(
        _ approval: ApprovalID, of id: PolicyID, version: Int, in tenant: TenantName
    ) throws(StoreFailure) -> Bool

    /// Hands over these parts of the calls after an id, in the order of their ids; nil for one that
    /// cannot be read. Answers the id of the last one.
    func replay(
        of tenant: TenantName, after id: String, limit: Int, only parts: JSONSelection,
        _ body: (StoredCall?) -> Void
    ) throws(StoreFailure) -> String?
    /// How many calls there are after an id.
    func replayableCount(of tenant: TenantName, after id: String) throws(StoreFailure) -> Int

    func approval(_ id: ApprovalID, of tenant: TenantName) throws(StoreFailure) -> Approval?
    /// What an agent submitted under a key before.
    func submission(
        key: String, by agent: AgentID, of tenant: TenantName
    ) throws(StoreFailure) -> Submission?
    /// The approval that a call of a run got when it was asked for last.
    func latestAsk(for call: SameCall, in tenant: TenantName) throws(StoreFailure) -> ApprovalID?
    /// What an agent did with a tool before, a call that is being submitted not counted.
    func counts(
        of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> CallCounts
    /// Whether a person approved a call with this value.
    func isApproved(_ value: CallValue, in tenant: TenantName) throws(StoreFailure) -> Bool
    /// Approvals in the order of their last change, after a position of the feed; each once.
    func changes(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval]
    /// Pending approvals in the order of their last change, after a position of the feed.
    func pending(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval]
    /// The position of the newest change; 0 when there is none.
    ///
    /// Positions grow with every saved change of a tenant's approvals and are never used again.
    func newestPosition(of tenant: TenantName) throws(StoreFailure) -> Int64
    /// Settled approvals, newest id first, before an id.
    func settled(
        of tenant: TenantName, before id: ApprovalID?, limit: Int
    ) throws(StoreFailure) -> [Approval]
    /// What is due at or before `now`, earliest first, whatever the tenant: for the timers.
    func due(at now: Timestamp, limit: Int) throws(StoreFailure) -> [DueApproval]
    /// The earliest instant at which something is due.
    func nextDue() throws(StoreFailure) -> Timestamp?

    /// The last event of a tenant's log, or nil before the first.
    func chainHead(of tenant: TenantName) throws(StoreFailure) -> ChainHead?
    /// The events about one approval, in order.
    func events(
        about id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [AuditRecord]
    /// A stretch of a tenant's log, in order.
    func events(
        of tenant: TenantName, from sequence: Int64, limit: Int
    ) throws(StoreFailure) -> [AuditRecord]
}

/// What a transaction can do. Nothing is visible or durable before the whole transaction is.
public protocol StoreWriter: StoreReader, ErasureWriter, BreakGlassWriter {
    /// Adds a key that signs the logs from now on.
    func insert(_ key: Ed25519Key) throws(StoreFailure)
    /// Adds a tenant; false when the name is taken, or was by one whose log is kept.
    func insert(_ tenant: Tenant) throws(StoreFailure) -> Bool
    func replace(_ tenant: Tenant) throws(StoreFailure)
    /// Removes a tenant that holds no approvals; false when it holds some or is not there.
    func removeTenant(_ name: TenantName) throws(StoreFailure) -> Bool
    /// Adds a group; false when the name is taken.
    func insert(_ group: Group, of tenant: TenantName) throws(StoreFailure) -> Bool
    func removeGroup(_ name: GroupName, of tenant: TenantName) throws(StoreFailure) -> Bool
    /// Adds a member; false when the e-mail is taken.
    func insert(_ member: Member, of tenant: TenantName) throws(StoreFailure) -> Bool
    func replace(_ member: Member, of tenant: TenantName) throws(StoreFailure)
    /// Removes a member, their tokens and second factor; past decisions keep naming them, so the
    /// name stays readable.
    func removeMember(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Bool
    func save(
        _ factor: SecondFactor, of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure)
    /// Takes a member's second factor away; false when there is none.
    func removeSecondFactor(of id: MemberID, in tenant: TenantName) throws(StoreFailure) -> Bool
    /// Adds an agent; false when the name is taken.
    func insert(_ agent: Agent, of tenant: TenantName) throws(StoreFailure) -> Bool
    /// Removes an agent and its tokens.
    func removeAgent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Bool
    func insert(_ token: Token) throws(StoreFailure)
    func removeToken(_ id: TokenID, of tenant: TenantName) throws(StoreFailure) -> Bool

    /// Adds a version of a policy; false when it is there. It is never changed or removed again.
    func insert(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure) -> Bool
    /// Saves the status and the proposal of a version.
    func replace(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure)

    /// Adds a delegation; its terms are never changed or removed again.
    func insert(_ delegation: Delegation, of tenant: TenantName) throws(StoreFailure)
    /// Keeps by whom and when a delegation was revoked; false when it was before, or is not there.
    func revoke(
        _ id: DelegationID, by member: MemberID, at now: Timestamp, of tenant: TenantName
    ) throws(StoreFailure) -> Bool

    /// Saves a plan if the stored one has the version before it; else false.
    func save(_ plan: GroupPlan, in tenant: TenantName) throws(StoreFailure) -> Bool

    /// Adds the next version of a schedule; false when it is not the next. It is never changed.
    func insert(
        _ schedule: PlannedSchedule, of tenant: TenantName
    ) throws(StoreFailure) -> Bool
    /// Adds an override; false when it shares a person and an instant with another, or does not
    /// fit its parent.
    func insert(
        _ override: PlannedOverride, of tenant: TenantName
    ) throws(StoreFailure) -> Bool
    /// Ends an override; one that did not begin is forgotten.
    func end(_ id: OverrideID, at now: Timestamp, of tenant: TenantName) throws(StoreFailure)

    func insert(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool
    /// Saves an offer if the stored one has the version before it; else false.
    func replace(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool

    /// Saves quiet hours if the stored ones have the version before them; else false.
    func save(_ reach: PlannedReach, in tenant: TenantName) throws(StoreFailure) -> Bool

    func insert(_ grant: Grant) throws(StoreFailure)
    /// Saves the grant if its `version` is still the stored one and it is open, and counts that
    /// up; else false.
    func replace(_ grant: Grant) throws(StoreFailure) -> Bool

    /// Remembers that a member looked at a call that a version judges otherwise; false when
    /// somebody did before.
    func markReviewed(
        _ approval: ApprovalID, of id: PolicyID, version: Int, by reviewer: MemberID,
        at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> Bool

    /// Adds an approval under its agent's key; false when the key is taken.
    ///
    /// What shadows said to it is counted from here on, as `Approval.shadowMarks` tells.
    func insert(_ approval: Approval, submission: Submission) throws(StoreFailure) -> Bool
    /// Adds a further key of an approval that is there; false when the key is taken.
    func insert(_ submission: Submission, of tenant: TenantName) throws(StoreFailure) -> Bool
    /// Remembers the approval that a call of a run got.
    func keepLatestAsk(
        _ approval: ApprovalID, for call: SameCall, in tenant: TenantName
    ) throws(StoreFailure)
    /// Counts a step of a call, and forgets counts that nobody asks for any more.
    func count(
        _ step: CallStep, of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure)
    /// Remembers a value that a person approved.
    func keepApproved(
        _ value: CallValue, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure)
    /// Saves the approval if its `version` is still the stored one, and counts that up; else false.
    func replace(_ approval: Approval) throws(StoreFailure) -> Bool
    /// Remembers a refused decision, and forgets the oldest of this member past the limits.
    func insert(_ decision: RefusedDecision, of tenant: TenantName) throws(StoreFailure)
    /// Runs a part of the transaction whose changes are undone alone when it throws.
    func attempt(
        _ body: () throws(CommandFailure) -> Void
    ) throws(CommandFailure)
    /// Adds the next event of a tenant's log, about an approval or not.
    func append(
        _ record: AuditRecord, disclosures: [Disclosure], about id: ApprovalID?,
        of tenant: TenantName
    ) throws(StoreFailure)
}

/// What an agent submitted under an idempotency key.
public struct Submission: Hashable, Sendable {
    public let key: String
    public let agent: AgentID
    /// Of the whole canonical body, so that another payload is noticed.
    public let payloadDigest: Digest
    public let approval: ApprovalID

    /// Puts a submission together.
    public init(key: String, agent: AgentID, payloadDigest: Digest, approval: ApprovalID) {
        self.key = key
        self.agent = agent
        self.payloadDigest = payloadDigest
        self.approval = approval
    }
}

/// The answer that the key of a refused decision keeps.
public struct RefusedDecision: Hashable, Sendable {
    public let key: String
    public let approval: ApprovalID
    public let member: MemberID
    /// Of what was decided, so that another decision under the key is noticed.
    public let payloadDigest: Digest
    /// One that has a record.
    public let refusal: Refusal
    /// True when the fresh view of the approval went with it.
    public let hasView: Bool
    public let at: Timestamp

    /// Puts it together.
    public init(
        key: String, approval: ApprovalID, member: MemberID, payloadDigest: Digest,
        refusal: Refusal, hasView: Bool, at: Timestamp
    ) {
        self.key = key
        self.approval = approval
        self.member = member
        self.payloadDigest = payloadDigest
        self.refusal = refusal
        self.hasView = hasView
        self.at = at
    }
}

/// An approval and the position of its last change in its tenant's feed.
public struct ChangedApproval: Hashable, Sendable {
    public let position: Int64
    public let approval: Approval

    /// Puts a change together.
    public init(position: Int64, approval: Approval) {
        self.position = position
        self.approval = approval
    }
}

/// An approval whose deadline or lease has come.
public struct DueApproval: Hashable, Sendable {
    public let tenant: TenantName
    public let approval: ApprovalID
    public let dueAt: Timestamp

    /// Puts it together.
    public init(tenant: TenantName, approval: ApprovalID, dueAt: Timestamp) {
        self.tenant = tenant
        self.approval = approval
        self.dueAt = dueAt
    }
}
