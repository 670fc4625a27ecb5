import Approvals
import ControlPlane
import Policies

extension MemorySession {
    func activeVersions(of tenant: TenantName) throws(StoreFailure) -> [ActiveVersion] {
        try activePolicies(of: tenant).map {
            ActiveVersion(
                id: $0.id, version: $0.version, digest: $0.digest, status: $0.status,
                share: $0.share)
        }
    }

    func counts(
        of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> CallCounts {
        var counts = CallCounts()
        let step = CallCounts.step(of: now)
        for one in part(tenant).steps
        where one.trail.agent == trail.agent && one.trail.tool == trail.tool {
            let isSame = one.trail == trail && one.step == .submitted
            let age = step - CallCounts.step(of: one.at)
            if age <= CallCounts.daySteps {
                counts.day.count(one.step)
                if isSame { counts.sameDay += 1 }
            }
            if age <= CallCounts.hourSteps {
                counts.hour.count(one.step)
                if isSame { counts.sameHour += 1 }
            }
            guard one.step == .submitted else { continue }
            counts.total += 1
            counts.firstAt = counts.firstAt ?? one.at
        }
        return counts
    }

    func isApproved(_ value: CallValue, in tenant: TenantName) throws(StoreFailure) -> Bool {
        part(tenant).approvedValues.contains(value)
    }
}
