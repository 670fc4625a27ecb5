import Approvals
import ControlPlane
import Duty
import JSONTree
import SQLiteDatabase
import ZoneTime

extension SQLiteSession {
    func schedules(of tenant: TenantName) throws(StoreFailure) -> [PlannedSchedule] {
        try schedules(
            """
            removed = 0 AND version = (
                SELECT max(version) FROM duty_schedule AS newest
                WHERE newest.tenant = duty_schedule.tenant AND newest.name = duty_schedule.name)
            ORDER BY name
            """, [.text(tenant.rawValue)])
    }

    func scheduleVersions(
        _ name: GroupName, of tenant: TenantName
    ) throws(StoreFailure) -> [PlannedSchedule] {
        try schedules(
            "name = ?2 ORDER BY version", [.text(tenant.rawValue), .text(name.rawValue)])
    }

    func insert(
        _ schedule: PlannedSchedule, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        try change(
            """
            INSERT INTO duty_schedule (tenant, name, version, removed, changer, changed, record)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            [
                .text(tenant.rawValue), .text(schedule.name.rawValue),
                .integer(Int64(schedule.version)), .integer(schedule.isRemoved ? 1 : 0),
                .text(schedule.changedBy.rawValue), .integer(schedule.changedAt.milliseconds),
                .text(schedule.record.text()),
            ]) == 1
    }

    private struct ScheduleRow {
        let name: String
        let version: Int64
        let changer: String
        let changed: Int64
        let record: String
    }

    private func schedules(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [PlannedSchedule] {
        try rows(
            """
            SELECT name, version, changer, changed, record FROM duty_schedule
            WHERE tenant = ?1 AND \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            ScheduleRow(
                name: try row.text(0), version: try row.integer(1), changer: try row.text(2),
                changed: try row.integer(3), record: try row.text(4))
        }.mapped(Self.schedule)
    }

    private static func schedule(_ row: ScheduleRow) throws(StoreFailure) -> PlannedSchedule {
        let record: JSONValue
        do {
            record = try JSONValue(parsing: row.record)
        } catch {
            throw .damaged("A stored schedule cannot be read.")
        }
        return try parsed(
            PlannedSchedule(
                record: record, name: try parsed(GroupName(row.name), "schedule name"),
                version: Int(row.version),
                changedBy: try parsed(MemberID(row.changer), "member id"),
                changedAt: Timestamp(milliseconds: row.changed)),
            "schedule")
    }
}

extension SQLiteSession {
    func override(
        _ id: OverrideID, of tenant: TenantName
    ) throws(StoreFailure) -> PlannedOverride? {
        try overrides("id = ?2", [.text(tenant.rawValue), .text(id.rawValue)]).first
    }

    func overrides(
        on schedule: GroupName, of tenant: TenantName, endingAfter instant: Timestamp
    ) throws(StoreFailure) -> [PlannedOverride] {
        try overrides(
            "schedule = ?2 AND ends > ?3 ORDER BY starts, id",
            [
                .text(tenant.rawValue), .text(schedule.rawValue), .integer(instant.milliseconds),
            ])
    }

    func insert(
        _ override: PlannedOverride, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let terms = override.terms
        func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }
        return try change(
            """
            INSERT INTO duty_override (
                tenant, id, schedule, starts, ends, removes, adds, parent, reason, creator, created)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """,
            [
                .text(tenant.rawValue), .text(terms.id.rawValue), .text(override.schedule.rawValue),
                .integer(terms.window.start.milliseconds), .integer(terms.window.end.milliseconds),
                optional(terms.remove?.rawValue), optional(terms.add?.rawValue),
                optional(terms.parent?.rawValue), .text(override.reason),
                .text(override.createdBy.rawValue), .integer(override.createdAt.milliseconds),
            ]) == 1
    }

    func end(
        _ id: OverrideID, at now: Timestamp, of tenant: TenantName
    ) throws(StoreFailure) {
        let values: [SQLiteValue] = [
            .text(tenant.rawValue), .text(id.rawValue), .integer(now.milliseconds),
        ]
        try change(
            "DELETE FROM duty_override WHERE tenant = ?1 AND id = ?2 AND starts >= ?3", values)
        try change(
            "UPDATE duty_override SET ends = ?3 WHERE tenant = ?1 AND id = ?2 AND ends > ?3", values
        )
    }

    private struct OverrideRow {
        let texts: [String?]
        let starts: Int64
        let ends: Int64
        let created: Int64
    }

    private func overrides(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [PlannedOverride] {
        try rows(
            """
            SELECT starts, ends, created, id, schedule, reason, creator, removes, adds, parent
            FROM duty_override WHERE tenant = ?1 AND \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            OverrideRow(
                texts: [
                    try row.text(3), try row.text(4), try row.text(5), try row.text(6),
                    try row.optionalText(7), try row.optionalText(8), try row.optionalText(9),
                ], starts: try row.integer(0), ends: try row.integer(1),
                created: try row.integer(2))
        }.mapped(Self.override)
    }

    private static func override(_ row: OverrideRow) throws(StoreFailure) -> PlannedOverride {
        let window = InstantRange(
            Timestamp(milliseconds: row.starts), Timestamp(milliseconds: row.ends))
        let terms = Override(
            id: try parsed(row.texts[0].flatMap { OverrideID($0) }, "override id"),
            window: try parsed(window, "window"),
            remove: try member(row.texts[4]), add: try member(row.texts[5]),
            parent: row.texts[6].flatMap { OverrideID($0) })
        return PlannedOverride(
            terms: terms,
            schedule: try parsed(row.texts[1].flatMap { GroupName($0) }, "schedule name"),
            reason: row.texts[2] ?? "",
            createdBy: try parsed(row.texts[3].flatMap { MemberID($0) }, "member id"),
            createdAt: Timestamp(milliseconds: row.created))
    }

    private static func member(_ text: String?) throws(StoreFailure) -> MemberID? {
        guard let text else { return nil }
        return try parsed(MemberID(text), "member id")
    }
}
