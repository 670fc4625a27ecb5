public import Approvals
public import Audit
public import Cryptography
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
public protocol StoreReader {
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
    func policy(
        _ id: PolicyID, version: Int, of tenant: TenantName
    ) throws(StoreFailure) -> PublishedPolicy?

    func approval(_ id: ApprovalID, of tenant: TenantName) throws(StoreFailure) -> Approval?
    /// What an agent submitted under a key before.
    func submission(
        key: String, by agent: AgentID, of tenant: TenantName
    ) throws(StoreFailure) -> Submission?
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
public protocol StoreWriter: StoreReader {
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

    /// Adds an approval under its agent's key; false when the key is taken.
    func insert(_ approval: Approval, submission: Submission) throws(StoreFailure) -> Bool
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
