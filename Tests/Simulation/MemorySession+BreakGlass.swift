import Approvals
import ControlPlane

extension MemorySession {
    func brokenGlass(
        _ id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> BrokenGlass? {
        part(tenant).glass[id]
    }

    func brokenGlass(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [BrokenGlass] {
        let all = part(tenant).glass.values.sorted {
            ($0.reviewedAt == nil ? 1 : 0, $0.at, $0.approval)
                > ($1.reviewedAt == nil ? 1 : 0, $1.at, $1.approval)
        }
        return Array(all.prefix(limit))
    }

    func save(_ glass: BrokenGlass, in tenant: TenantName) throws(StoreFailure) -> Bool {
        let known = part(tenant).glass[glass.approval]
        let isNew = known == nil && glass.reviewedAt == nil
        guard isNew || known?.reviewedAt == nil && known != nil && glass.reviewedAt != nil else {
            return false
        }
        change(tenant) { $0.glass[glass.approval] = glass }
        return true
    }
}
