import Approvals
import Audit
import ControlPlane
import Cryptography
import Policies

/// One transaction over a copy of the state.
final class MemorySession: StoreWriter {
    var state: MemoryState
    private(set) var changes: [CommittedChange] = []
    let shelf: ProgramShelf
    /// Mutations that a test must notice.
    let flaws: Set<Flaw>
    private let stale: MemoryState?
    private let ignoresVersions: Bool

    /// Approvals that this session has not changed are read from `stale`, when there is one.
    init(
        _ state: MemoryState, readingApprovalsFrom stale: MemoryState?, ignoresVersions: Bool,
        shelf: ProgramShelf = ProgramShelf(), flaws: Set<Flaw> = []
    ) {
        self.flaws = flaws
        self.state = state
        self.shelf = shelf
        self.stale = stale
        self.ignoresVersions = ignoresVersions
    }

    /// Changes a tenant's part, from another file of this type.
    func change(_ tenant: TenantName, _ body: (inout MemoryTenant) -> Void) {
        guard var part = state.perTenant[tenant] else { return }
        body(&part)
        state.perTenant[tenant] = part
    }

    func attempt(_ body: () throws(CommandFailure) -> Void) throws(CommandFailure) {
        let (stateBefore, changesBefore) = (state, changes)
        do {
            try body()
        } catch {
            (state, changes) = (stateBefore, changesBefore)
            throw error
        }
    }

    func insert(_ tenant: Tenant) throws(StoreFailure) -> Bool {
        guard state.tenants[tenant.name] == nil, !state.namesInLogs.contains(tenant.name) else {
            return false
        }
        state.tenants[tenant.name] = tenant
        state.perTenant[tenant.name] = MemoryTenant()
        return true
    }

    func replace(_ tenant: Tenant) throws(StoreFailure) { state.tenants[tenant.name] = tenant }

    func removeTenant(_ name: TenantName) throws(StoreFailure) -> Bool {
        guard part(name).approvals.isEmpty, state.tenants[name] != nil else { return false }
        state.tenants[name] = nil
        state.perTenant[name] = nil
        state.tokens = state.tokens.filter { $0.value.tenant != name }
        return true
    }

    func insert(_ group: Group, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).groups[group.name] == nil else { return false }
        state.perTenant[tenant]?.groups[group.name] = group
        return true
    }

    func removeGroup(_ name: GroupName, of tenant: TenantName) throws(StoreFailure) -> Bool {
        state.perTenant[tenant]?.groups.removeValue(forKey: name) != nil
    }

    func insert(_ member: Member, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard try self.member(email: member.email, of: tenant) == nil else { return false }
        state.perTenant[tenant]?.members[member.id] = member
        state.perTenant[tenant]?.enrolled[member.id] = member
        state.perTenant[tenant]?.emails[member.id] = member.email
        return true
    }

    func replace(_ member: Member, of tenant: TenantName) throws(StoreFailure) {
        state.perTenant[tenant]?.members[member.id] = member
    }

    func removeMember(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        if !flaws.contains(.keepsLeavers) {
            state.tokens = state.tokens.filter { $0.value.holder != .member(id) }
        }
        state.perTenant[tenant]?.secondFactors[id] = nil
        state.perTenant[tenant]?.refused.removeAll { $0.member == id }
        return state.perTenant[tenant]?.members.removeValue(forKey: id) != nil
    }

    func save(
        _ factor: SecondFactor, of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) {
        state.perTenant[tenant]?.secondFactors[id] = factor
    }

    func removeSecondFactor(
        of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        state.perTenant[tenant]?.secondFactors.removeValue(forKey: id) != nil
    }

    func insert(_ decision: RefusedDecision, of tenant: TenantName) throws(StoreFailure) {
        let oldest = decision.at.adding(seconds: -Limits.refusedDecisionSeconds)
        var refused = part(tenant).refused
        refused.removeAll { $0.member == decision.member && $0.at < oldest }
        let own = refused.indices.filter { refused[$0].member == decision.member }
        if own.count >= Limits.refusedDecisionsMax, let first = own.first {
            refused.remove(at: first)
        }
        state.perTenant[tenant]?.refused = refused + [decision]
    }

    func insert(_ agent: Agent, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard try self.agent(named: agent.name, of: tenant) == nil else { return false }
        state.perTenant[tenant]?.agents[agent.id] = agent
        state.perTenant[tenant]?.agentNames[agent.id] = agent.name
        state.perTenant[tenant]?.agentOwners[agent.id] = agent.owner
        return true
    }

    func removeAgent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        state.tokens = state.tokens.filter { $0.value.holder != .agent(id) }
        return state.perTenant[tenant]?.agents.removeValue(forKey: id) != nil
    }

    func insert(_ token: Token) throws(StoreFailure) { state.tokens[token.id] = token }

    func removeToken(_ id: TokenID, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard let token = state.tokens[id], token.tenant == tenant else { return false }
        if case .member = token.holder, flaws.contains(.keepsLeavers) { return true }
        state.tokens[id] = nil
        return true
    }

    func insert(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard try self.policy(policy.id, version: policy.version, of: tenant) == nil else {
            return false
        }
        let all = part(tenant).policies + [policy]
        state.perTenant[tenant]?.policies = all.sorted {
            ($0.id.rawValue, $0.version) < ($1.id.rawValue, $1.version)
        }
        return true
    }

    func replace(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure) {
        let place = part(tenant).policies.firstIndex {
            $0.id == policy.id && $0.version == policy.version
        }
        guard let place else { throw .damaged("there is no such version of a policy") }
        state.perTenant[tenant]?.policies[place].status = policy.status
        state.perTenant[tenant]?.policies[place].share = policy.share
        state.perTenant[tenant]?.policies[place].proposal = policy.proposal
    }

    func insert(_ grant: Grant) throws(StoreFailure) {
        state.perTenant[grant.tenant]?.grants[grant.id] = grant
    }

    func replace(_ grant: Grant) throws(StoreFailure) -> Bool {
        guard let stored = part(grant.tenant).grants[grant.id], stored.isOpen,
            ignoresVersions || stored.version == grant.version
        else { return false }
        if flaws.contains(.forgetsGrants) { return true }
        var next = grant
        next.version += 1
        state.perTenant[grant.tenant]?.grants[grant.id] = next
        return true
    }

    func insert(_ submission: Submission, of tenant: TenantName) throws(StoreFailure) -> Bool {
        let key = MemoryTenant.SubmissionKey(
            agent: submission.agent, key: Array(submission.key.utf8))
        guard part(tenant).submissions[key] == nil || flaws.contains(.forgetsKeys) else {
            return false
        }
        state.perTenant[tenant]?.submissions[key] = submission
        return true
    }

    func keepLatestAsk(
        _ approval: ApprovalID, for call: SameCall, in tenant: TenantName
    ) throws(StoreFailure) {
        state.perTenant[tenant]?.latestAsks[call] = approval
    }

    func insert(_ approval: Approval, submission: Submission) throws(StoreFailure) -> Bool {
        guard try insert(submission, of: approval.tenant) else { return false }
        keep(approval)
        return true
    }

    func count(
        _ step: CallStep, of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) {
        state.perTenant[tenant]?.steps.append(.init(step: step, trail: trail, at: now))
    }

    func keepApproved(
        _ value: CallValue, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) {
        state.perTenant[tenant]?.approvedValues.insert(value)
    }

    func replace(_ approval: Approval) throws(StoreFailure) -> Bool {
        let stored = part(approval.tenant).approvals[approval.id]?.approval
        guard ignoresVersions || stored?.version == approval.version else { return false }
        var next = approval
        next.version += 1
        keep(next)
        return true
    }

    func append(
        _ record: AuditRecord, disclosures: [Disclosure], about id: ApprovalID?,
        of tenant: TenantName
    ) throws(StoreFailure) {
        let events = part(tenant).events
        guard record.sequence == Int64(events.count) else {
            throw .damaged("event \(record.sequence) does not follow \(events.count - 1)")
        }
        if let id { state.perTenant[tenant]?.subjects[id, default: []].append(events.count) }
        state.perTenant[tenant]?.events.append(record)
        if !disclosures.isEmpty {
            state.perTenant[tenant]?.disclosures[record.sequence] = disclosures.sorted {
                ($0.document, $0.index) < ($1.document, $1.index)
            }
        }
        state.namesInLogs.insert(tenant)
        damage(tenant)
    }

    func part(_ tenant: TenantName) -> MemoryTenant { state.perTenant[tenant] ?? MemoryTenant() }

    /// What this session sees of an approval: its own change, else perhaps an old one.
    func seen(_ id: ApprovalID, of tenant: TenantName) -> Approval? {
        let current = mangled(part(tenant).approvals[id]?.approval)
        if changes.contains(where: { $0.approval == id }) { return current }
        return mangled(stale?.perTenant[tenant]?.approvals[id]?.approval) ?? current
    }

    private func keep(_ approval: Approval) {
        let position = part(approval.tenant).newestPosition + 1
        state.perTenant[approval.tenant]?.newestPosition = position
        state.perTenant[approval.tenant]?.approvals[approval.id] = ChangedApproval(
            position: position, approval: approval)
        changes.append(
            CommittedChange(
                tenant: approval.tenant, approval: approval.id, position: position))
    }
}
