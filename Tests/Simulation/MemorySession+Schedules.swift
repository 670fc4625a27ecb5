import Approvals
import ControlPlane
import Duty
import ZoneTime

extension MemorySession {
    func schedules(of tenant: TenantName) throws(StoreFailure) -> [PlannedSchedule] {
        part(tenant).schedules.values.compactMap(\.last).filter { !$0.isRemoved }
            .sorted { $0.name < $1.name }
    }

    func scheduleVersions(
        _ name: GroupName, of tenant: TenantName
    ) throws(StoreFailure) -> [PlannedSchedule] { part(tenant).schedules[name] ?? [] }

    func insert(
        _ schedule: PlannedSchedule, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let count = part(tenant).schedules[schedule.name]?.count ?? 0
        guard schedule.version == count + 1 else { return false }
        change(tenant) { $0.schedules[schedule.name, default: []].append(schedule) }
        return true
    }

    func override(
        _ id: OverrideID, of tenant: TenantName
    ) throws(StoreFailure) -> PlannedOverride? { part(tenant).overrides[id] }

    func overrides(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedOverride] {
        guard !flaws.contains(.ignoresConflicts) else { return [] }
        return part(tenant).overrides.values.filter {
            $0.schedule == schedule && $0.terms.window.end > instant
        }.sorted {
            let (left, right) = ($0.terms, $1.terms)
            return left.window.start == right.window.start
                ? left.id < right.id : left.window.start < right.window.start
        }
    }

    func insert(
        _ override: PlannedOverride, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let standing = try overrides(
            on: override.schedule, of: tenant, endingAfter: override.terms.window.start)
        let schedule = Schedule(
            name: override.schedule, zone: "UTC", overrides: standing.map(\.terms))
        do {
            _ = try schedule.adding(override.terms, now: override.terms.window.start)
        } catch {
            return false
        }
        change(tenant) { $0.overrides[override.terms.id] = override }
        return true
    }

    func end(
        _ id: OverrideID, at now: Timestamp, of tenant: TenantName
    ) throws(StoreFailure) {
        guard var override = part(tenant).overrides[id] else { return }
        let ended = InstantRange(override.terms.window.start, min(override.terms.window.end, now))
        if let ended { override.terms.window = ended }
        let kept = ended == nil ? nil : override
        change(tenant) { $0.overrides[id] = kept }
    }
}
