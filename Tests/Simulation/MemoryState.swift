import Approvals
import Audit
import ControlPlane
import Cryptography
import Policies

/// Everything a store remembers, as one value.
struct MemoryState {
    var tenants: [TenantName: Tenant] = [:]
    /// Names that are not given again, because a log goes by them.
    var namesInLogs: Set<TenantName> = []
    var tokens: [TokenID: Token] = [:]
    var perTenant: [TenantName: MemoryTenant] = [:]
}

/// What one tenant's part of a store remembers.
struct MemoryTenant {
    var groups: [GroupName: Group] = [:]
    var members: [MemberID: Member] = [:]
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
    var submissions: [SubmissionKey: Submission] = [:]
    var events: [AuditRecord] = []
    var subjects: [ApprovalID: [Int]] = [:]
    var newestPosition: Int64 = 0

    struct SubmissionKey: Hashable {
        let agent: AgentID
        let key: [UInt8]
    }
}
