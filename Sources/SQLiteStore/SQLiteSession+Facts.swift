import Approvals
import ControlPlane
import Cryptography
import SQLiteDatabase

extension SQLiteSession {
    func counts(
        of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> CallCounts {
        var counts = CallCounts()
        let step = CallCounts.step(of: now)
        let (day, hour) = (step - CallCounts.daySteps, step - CallCounts.hourSteps)
        let whole = try tallies(trail, [], tenant, since: day, and: hour)
        (counts.day, counts.hour) = (whole.day, whole.hour)
        let same = try tallies(trail, mark(of: trail, tenant), tenant, since: day, and: hour)
        (counts.sameDay, counts.sameHour) = (same.day.submitted, same.hour.submitted)
        let total = try first(
            """
            SELECT submitted, first FROM call_total WHERE tenant = ?1 AND agent = ?2 AND tool = ?3
            """, values(trail, tenant)
        ) { (row) throws(SQLiteFailure) in (try row.integer(0), try row.integer(1)) }
        guard let total else { return counts }
        counts.total = Int(total.0)
        counts.firstAt = Timestamp(milliseconds: total.1)
        return counts
    }

    private func tallies(
        _ trail: CallTrail, _ mark: [UInt8], _ tenant: TenantName, since day: Int64,
        and hour: Int64
    ) throws(StoreFailure) -> (day: CallTally, hour: CallTally) {
        let found = try rows(
            """
            SELECT step, submitted, approved, rejected FROM call_count
            WHERE tenant = ?1 AND agent = ?2 AND tool = ?3 AND mark = ?4 AND step >= ?5
            """, values(trail, tenant) + [.blob(mark), .integer(day)]
        ) { (row) throws(SQLiteFailure) in
            (
                try row.integer(0),
                CallTally(
                    submitted: Int(try row.integer(1)), approved: Int(try row.integer(2)),
                    rejected: Int(try row.integer(3)))
            )
        }
        let none = CallTally()
        return (
            found.reduce(none) { $0 + $1.1 },
            found.reduce(none) { $1.0 >= hour ? $0 + $1.1 : $0 }
        )
    }

    func isApproved(_ value: CallValue, in tenant: TenantName) throws(StoreFailure) -> Bool {
        try first(
            """
            SELECT 1 FROM approved_value
            WHERE tenant = ?1 AND agent = ?2 AND tool = ?3 AND mark = ?4
            """, values(value, tenant)
        ) { (row) throws(SQLiteFailure) in try row.integer(0) } != nil
    }

    // MARK: Changes

    func count(
        _ step: CallStep, of trail: CallTrail, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) {
        let at = CallCounts.step(of: now)
        for mark in [[], mark(of: trail, tenant)] {
            try change(
                """
                INSERT INTO call_count (tenant, agent, tool, mark, step, \(step.rawValue))
                VALUES (?1, ?2, ?3, ?4, ?5, 1) ON CONFLICT (tenant, agent, tool, mark, step)
                DO UPDATE SET \(step.rawValue) = \(step.rawValue) + 1
                """, values(trail, tenant) + [.blob(mark), .integer(at)])
        }
        guard step == .submitted else { return }
        try change(
            """
            INSERT INTO call_total (tenant, agent, tool, first, submitted)
            VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT DO UPDATE SET submitted = submitted + 1
            """, values(trail, tenant) + [.integer(now.milliseconds)])
        // More go than come, and never many at once.
        try change(
            """
            DELETE FROM call_count WHERE row IN (
                SELECT row FROM call_count WHERE tenant = ?1 AND step < ?2 LIMIT 20)
            """, [.text(tenant.rawValue), .integer(at - CallCounts.daySteps)])
    }

    func keepApproved(
        _ value: CallValue, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) {
        try change(
            """
            INSERT INTO approved_value (tenant, agent, tool, mark, at)
            VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET at = excluded.at
            """, values(value, tenant) + [.integer(now.milliseconds)])
    }

    private func mark(of trail: CallTrail, _ tenant: TenantName) -> [UInt8] {
        vault.mark("call|\(tenant.rawValue)|\(trail.argumentsDigest.hex)")
    }

    private func values(_ trail: CallTrail, _ tenant: TenantName) -> [SQLiteValue] {
        [.text(tenant.rawValue), .text(trail.agent.rawValue), .text(trail.tool.rawValue)]
    }

    private func values(_ value: CallValue, _ tenant: TenantName) -> [SQLiteValue] {
        let mark = vault.mark("value|\(tenant.rawValue)|\(value.digest.hex)|\(value.path)")
        return [
            .text(tenant.rawValue), .text(value.agent.rawValue), .text(value.tool.rawValue),
            .blob(mark),
        ]
    }
}
