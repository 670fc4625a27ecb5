import Approvals
import ControlPlane

extension MemorySession {
    func escalationPlan(
        of group: GroupName, in tenant: TenantName
    ) throws(StoreFailure) -> GroupPlan? { part(tenant).plans[group] }

    func hasEscalationPlan(in tenant: TenantName) throws(StoreFailure) -> Bool {
        !part(tenant).plans.isEmpty
    }

    func save(_ plan: GroupPlan, in tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).plans[plan.group]?.version ?? 0 == plan.version - 1 else {
            return false
        }
        change(tenant) { $0.plans[plan.group] = plan }
        return true
    }

    func untimed(limit: Int) throws(StoreFailure) -> [PendingPlace] {
        let all = state.perTenant.flatMap { tenant, part in
            part.approvals.values.map(\.approval)
                .filter { $0.state == .pending && $0.dueAt == nil }
                .map { PendingPlace(tenant: tenant, approval: $0.id) }
        }
        return Array(all.prefix(limit))
    }
}
