import Approvals
import ControlPlane
import Duty
import ZoneTime

extension MemorySession {
    func swap(_ id: SwapID, of tenant: TenantName) throws(StoreFailure) -> PlannedSwap? {
        part(tenant).swaps[id]
    }

    func swaps(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedSwap] {
        part(tenant).swaps.values.filter { $0.schedule == schedule && $0.end > instant }
            .sorted {
                let (left, right) = ($0.terms.window.start, $1.terms.window.start)
                return left == right ? $0.id < $1.id : left < right
            }
    }

    func insert(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).swaps[swap.id] == nil else { return false }
        change(tenant) { $0.swaps[swap.id] = swap }
        return true
    }

    func replace(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard part(tenant).swaps[swap.id]?.version == swap.version - 1 else { return false }
        change(tenant) { $0.swaps[swap.id] = swap }
        return true
    }
}
