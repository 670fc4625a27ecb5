import Approvals
import Audit
import Authority
import ControlPlane
import Cryptography
import Duty
import Policies

/// Everything a store remembers, as one value.
struct MemoryState {
    var tenants: [TenantName: Tenant] = [:]
    /// Names that are not given again, because a log goes by them.
    var namesInLogs: Set<TenantName> = []
    var tokens: [TokenID: Token] = [:]
    var perTenant: [TenantName: MemoryTenant] = [:]
    /// Keys that signed the logs after the first.
    var logKeys: [Ed25519Key] = []
}

/// What one tenant's part of a store remembers.
struct MemoryTenant {
    var groups: [GroupName: Group] = [:]
    var members: [MemberID: Member] = [:]
    /// Everybody as they were when they came.
    var enrolled: [MemberID: Member] = [:]
    var secondFactors: [MemberID: SecondFactor] = [:]
    var refused: [RefusedDecision] = []
    var agents: [AgentID: Agent] = [:]
    /// Names outlive the people and agents they belong to.
    var emails: [MemberID: String] = [:]
    var agentNames: [AgentID: String] = [:]
    var agentOwners: [AgentID: MemberID] = [:]
    var approvals: [ApprovalID: ChangedApproval] = [:]
    /// By id and version.
    var policies: [PublishedPolicy] = []
    var grants: [GrantID: Grant] = [:]
    /// Who looked at which case of which version.
    var reviewers: [ReviewKey: MemberID] = [:]
    var delegations: [DelegationID: Delegation] = [:]
    var plans: [GroupName: GroupPlan] = [:]
    /// Every version, the oldest first.
    var schedules: [GroupName: [PlannedSchedule]] = [:]
    var overrides: [OverrideID: PlannedOverride] = [:]
    var swaps: [SwapID: PlannedSwap] = [:]
    var reaches: [ReachOwner: PlannedReach] = [:]
    var submissions: [SubmissionKey: Submission] = [:]
    var latestAsks: [SameCall: ApprovalID] = [:]
    /// Every step that was counted, and which values people approved.
    var steps: [CountedStep] = []
    var approvedValues: Set<CallValue> = []
    var events: [AuditRecord] = []
    /// By event.
    var disclosures: [Int64: [Disclosure]] = [:]
    /// What is left of those that were erased, by event.
    var erased: [Int64: [DisclosedField]] = [:]
    var erasures: [ErasureID: Erasure] = [:]
    var glass: [ApprovalID: BrokenGlass] = [:]
    var subjects: [ApprovalID: [Int]] = [:]
    var newestPosition: Int64 = 0

    struct ReviewKey: Hashable {
        let policy: PolicyID
        let version: Int
        let approval: ApprovalID
    }

    struct CountedStep {
        let step: CallStep
        let trail: CallTrail
        let at: Timestamp
    }

    struct SubmissionKey: Hashable {
        let agent: AgentID
        let key: [UInt8]
    }
}
