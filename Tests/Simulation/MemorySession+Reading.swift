import Approvals
import Audit
import ControlPlane
import Cryptography
import Policies

extension MemorySession {
    func epoch() throws(StoreFailure) -> String { "simulated" }

    func tenant(_ name: TenantName) throws(StoreFailure) -> Tenant? {
        var tenant = state.tenants[name]
        if flaws.contains(.forgetsHalts) { tenant?.halt = nil }
        return tenant
    }

    func tenants() throws(StoreFailure) -> [Tenant] {
        state.tenants.values.sorted { $0.name < $1.name }
    }

    func groups(of tenant: TenantName) throws(StoreFailure) -> [Group] {
        part(tenant).groups.values.sorted { $0.name < $1.name }
    }

    func member(_ id: MemberID, of tenant: TenantName) throws(StoreFailure) -> Member? {
        guard var member = part(tenant).members[id] else {
            return flaws.contains(.keepsLeavers) ? part(tenant).enrolled[id] : nil
        }
        if flaws.contains(.keepsAuthority), member.roles.contains(.approver) {
            member.groups.formUnion(part(tenant).groups.keys)
        }
        return member
    }

    func member(email: String, of tenant: TenantName) throws(StoreFailure) -> Member? {
        part(tenant).members.values.first { $0.email.utf8.elementsEqual(email.utf8) }
    }

    func members(of tenant: TenantName) throws(StoreFailure) -> [Member] {
        part(tenant).members.values.sorted { $0.email < $1.email }
    }

    func email(of id: MemberID, in tenant: TenantName) throws(StoreFailure) -> String? {
        part(tenant).emails[id]
    }

    func secondFactor(
        of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) -> SecondFactor? {
        part(tenant).secondFactors[id]
    }

    func refusedDecision(
        key: String, on approval: ApprovalID, by id: MemberID, of tenant: TenantName
    ) throws(StoreFailure) -> RefusedDecision? {
        part(tenant).refused.first {
            $0.member == id && $0.approval == approval && $0.key.utf8.elementsEqual(key.utf8)
        }
    }

    func agent(_ id: AgentID, of tenant: TenantName) throws(StoreFailure) -> Agent? {
        part(tenant).agents[id]
    }

    func agent(named name: String, of tenant: TenantName) throws(StoreFailure) -> Agent? {
        part(tenant).agents.values.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    func agents(of tenant: TenantName) throws(StoreFailure) -> [Agent] {
        part(tenant).agents.values.sorted { $0.name < $1.name }
    }

    func agentName(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> String? {
        part(tenant).agentNames[id]
    }

    func agentOwner(of id: AgentID, in tenant: TenantName) throws(StoreFailure) -> MemberID? {
        flaws.contains(.forgetsOwners) ? nil : part(tenant).agentOwners[id]
    }

    func token(secretDigest: Digest) throws(StoreFailure) -> Token? {
        state.tokens.values.first { $0.secretDigest == secretDigest }
    }

    func tokens(of tenant: TenantName) throws(StoreFailure) -> [Token] {
        state.tokens.values.filter { $0.tenant == tenant }.sorted { $0.id < $1.id }
    }

    func policies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy] {
        part(tenant).policies
    }

    func activePolicies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy] {
        part(tenant).policies.filter { $0.status != .draft && $0.status != .retired }
    }

    func policy(
        _ id: PolicyID, version: Int, of tenant: TenantName
    ) throws(StoreFailure) -> PublishedPolicy? {
        part(tenant).policies.first { $0.id == id && $0.version == version }
    }

    func grant(_ id: GrantID, of tenant: TenantName) throws(StoreFailure) -> Grant? {
        part(tenant).grants[id]
    }

    func grants(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Grant] {
        Array(part(tenant).grants.values.sorted { $0.id > $1.id }.prefix(limit))
    }

    func openGrants(
        of tenant: TenantName, after now: Timestamp
    ) throws(StoreFailure) -> [Grant] {
        part(tenant).grants.values.filter { $0.state(at: now) == .active }
            .sorted { $0.id > $1.id }
    }

    func openGrants(
        to agent: AgentID, of tenant: TenantName, after now: Timestamp
    ) throws(StoreFailure) -> [Grant] {
        part(tenant).grants.values.filter { $0.agent == agent && $0.state(at: now) == .active }
            .sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }
    }

    func approval(_ id: ApprovalID, of tenant: TenantName) throws(StoreFailure) -> Approval? {
        seen(id, of: tenant)
    }

    func submission(
        key: String, by agent: AgentID, of tenant: TenantName
    ) throws(StoreFailure) -> Submission? {
        guard !flaws.contains(.forgetsKeys) else { return nil }
        let key = MemoryTenant.SubmissionKey(agent: agent, key: Array(key.utf8))
        return part(tenant).submissions[key]
    }

    func latestAsk(for call: SameCall, in tenant: TenantName) throws(StoreFailure) -> ApprovalID? {
        part(tenant).latestAsks[call]
    }

    func changes(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval] {
        let later = part(tenant).approvals.values.filter { $0.position > position }
        return Array(later.sorted { $0.position < $1.position }.prefix(limit))
    }

    func pending(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval] {
        let later = part(tenant).approvals.values.filter {
            $0.position > position && $0.approval.state == .pending
        }
        return Array(later.sorted { $0.position < $1.position }.prefix(limit))
    }

    func newestPosition(of tenant: TenantName) throws(StoreFailure) -> Int64 {
        part(tenant).newestPosition
    }

    func settled(
        of tenant: TenantName, before id: ApprovalID?, limit: Int
    ) throws(StoreFailure) -> [Approval] {
        let settled = part(tenant).approvals.values.map(\.approval).filter { approval in
            approval.state.isTerminal && (id.map { approval.id < $0 } ?? true)
        }
        return Array(settled.sorted { $0.id > $1.id }.prefix(limit))
    }

    func due(at now: Timestamp, limit: Int) throws(StoreFailure) -> [DueApproval] {
        guard !flaws.contains(.losesTimers) else { return [] }
        return Array(allDue.filter { $0.dueAt <= now }.prefix(limit))
    }

    func nextDue() throws(StoreFailure) -> Timestamp? { allDue.first?.dueAt }

    func chainHead(of tenant: TenantName) throws(StoreFailure) -> ChainHead? {
        part(tenant).events.last.map {
            ChainHead(sequence: $0.sequence, leafHash: $0.leafHash)
        }
    }

    func events(
        about id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [AuditRecord] {
        let events = part(tenant).events
        return part(tenant).subjects[id, default: []].map { events[$0] }
    }

    func events(
        of tenant: TenantName, from sequence: Int64, limit: Int
    ) throws(StoreFailure) -> [AuditRecord] {
        // The number of an event is its place.
        Array(part(tenant).events.dropFirst(Int(max(0, sequence))).prefix(limit))
    }

    func events(
        of tenant: TenantName, in stretch: Range<Int64>, fitting sieve: EventSieve, limit: Int
    ) throws(StoreFailure) -> [AuditRecord] {
        let subjects = sieve.approval.map { Set(part(tenant).subjects[$0, default: []]) }
        let fitting = part(tenant).events.lazy.reversed().filter { record in
            guard stretch.contains(record.sequence) else { return false }
            if let subjects, !subjects.contains(Int(record.sequence)) { return false }
            if let since = sieve.since, record.at < since { return false }
            if let until = sieve.until, record.at >= until { return false }
            return sieve.type.map { record.type.utf8.starts(with: $0.utf8) } ?? true
        }
        return Array(fitting.prefix(limit))
    }

    private var allDue: [DueApproval] {
        let due = state.perTenant.flatMap { tenant, part in
            part.approvals.values.compactMap { changed in
                changed.approval.dueAt.map {
                    DueApproval(tenant: tenant, approval: changed.approval.id, dueAt: $0)
                }
            }
        }
        return due.sorted { ($0.dueAt, $0.approval) < ($1.dueAt, $1.approval) }
    }
}
