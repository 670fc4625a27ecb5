import Approvals
import ControlPlane

extension MemorySession {
    func reach(
        of owner: ReachOwner, in tenant: TenantName
    ) throws(StoreFailure) -> PlannedReach? { part(tenant).reaches[owner] }

    func reaches(of tenant: TenantName) throws(StoreFailure) -> [PlannedReach] {
        Array(part(tenant).reaches.values)
    }

    func save(_ reach: PlannedReach, in tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).reaches[reach.owner]?.version ?? 0 == reach.version - 1 else {
            return false
        }
        change(tenant) { $0.reaches[reach.owner] = reach }
        return true
    }
}
