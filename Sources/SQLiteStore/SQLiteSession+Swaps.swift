import Approvals
import ControlPlane
import Duty
import JSONTree
import SQLiteDatabase
import ZoneTime

extension SQLiteSession {
    func swap(_ id: SwapID, of tenant: TenantName) throws(StoreFailure) -> PlannedSwap? {
        try swaps("id = ?2", [.text(tenant.rawValue), .text(id.rawValue)]).first
    }

    func swaps(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedSwap] {
        try swaps(
            "schedule = ?2 AND ends > ?3 ORDER BY starts, id",
            [
                .text(tenant.rawValue), .text(schedule.rawValue), .integer(instant.milliseconds),
            ])
    }

    func insert(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO duty_swap (tenant, id, schedule, starts, ends, version, created, record)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
            """,
            [
                .text(tenant.rawValue), .text(swap.id.rawValue), .text(swap.schedule.rawValue),
                .integer(swap.terms.window.start.milliseconds), .integer(swap.end.milliseconds),
                .integer(Int64(swap.version)), .integer(swap.createdAt.milliseconds),
                .text(swap.record.text()),
            ]) == 1
    }

    func replace(_ swap: PlannedSwap, of tenant: TenantName) throws(StoreFailure) -> Bool {
        try change(
            """
            UPDATE duty_swap SET version = ?3, record = ?4
            WHERE tenant = ?1 AND id = ?2 AND version = ?3 - 1
            """,
            [
                .text(tenant.rawValue), .text(swap.id.rawValue), .integer(Int64(swap.version)),
                .text(swap.record.text()),
            ]) == 1
    }

    private struct SwapRow {
        let id: String
        let schedule: String
        let version: Int64
        let created: Int64
        let record: String
    }

    private func swaps(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [PlannedSwap] {
        try rows(
            """
            SELECT id, schedule, version, created, record FROM duty_swap
            WHERE tenant = ?1 AND \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            SwapRow(
                id: try row.text(0), schedule: try row.text(1), version: try row.integer(2),
                created: try row.integer(3), record: try row.text(4))
        }.mapped(Self.swap)
    }

    private static func swap(_ row: SwapRow) throws(StoreFailure) -> PlannedSwap {
        let record: JSONValue
        do {
            record = try JSONValue(parsing: row.record)
        } catch {
            throw .damaged("A stored swap cannot be read.")
        }
        return try parsed(
            PlannedSwap(
                record: record, id: try parsed(SwapID(row.id), "swap id"),
                schedule: try parsed(GroupName(row.schedule), "schedule name"),
                version: Int(row.version), createdAt: Timestamp(milliseconds: row.created)),
            "swap")
    }
}
