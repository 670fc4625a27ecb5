import Approvals
import ControlPlane
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func reach(
        of owner: ReachOwner, in tenant: TenantName
    ) throws(StoreFailure) -> PlannedReach? {
        let (kind, name) = Self.words(of: owner)
        return try reaches(
            "kind = ?2 AND name = ?3", [.text(tenant.rawValue), .text(kind), .text(name)]
        ).first
    }

    func reaches(of tenant: TenantName) throws(StoreFailure) -> [PlannedReach] {
        try reaches("1 ORDER BY kind, name", [.text(tenant.rawValue)])
    }

    func save(_ reach: PlannedReach, in tenant: TenantName) throws(StoreFailure) -> Bool {
        let (kind, name) = Self.words(of: reach.owner)
        let values: [SQLiteValue] = [
            .text(tenant.rawValue), .text(kind), .text(name), .integer(Int64(reach.version)),
            .text(reach.changedBy.rawValue), .integer(reach.changedAt.milliseconds),
            .text(reach.record.text()),
        ]
        if reach.version == 1 {
            return try change(
                """
                INSERT INTO reach (tenant, kind, name, version, changer, changed, record)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
                """, values) == 1
        }
        return try change(
            """
            UPDATE reach SET version = ?4, changer = ?5, changed = ?6, record = ?7
            WHERE tenant = ?1 AND kind = ?2 AND name = ?3 AND version = ?4 - 1
            """, values) == 1
    }

    private static func words(of owner: ReachOwner) -> (kind: String, name: String) {
        switch owner {
        case .member(let id): ("member", id.rawValue)
        case .group(let name): ("group", name.rawValue)
        }
    }

    private struct ReachRow {
        let kind: String
        let name: String
        let version: Int64
        let changer: String
        let changed: Int64
        let record: String
    }

    private func reaches(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [PlannedReach] {
        try rows(
            """
            SELECT kind, name, version, changer, changed, record FROM reach
            WHERE tenant = ?1 AND \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            ReachRow(
                kind: try row.text(0), name: try row.text(1), version: try row.integer(2),
                changer: try row.text(3), changed: try row.integer(4), record: try row.text(5))
        }.mapped(Self.reach)
    }

    private static func reach(_ row: ReachRow) throws(StoreFailure) -> PlannedReach {
        let owner: ReachOwner =
            row.kind == "member"
            ? .member(try parsed(MemberID(row.name), "member id"))
            : .group(try parsed(GroupName(row.name), "group name"))
        let record: JSONValue
        do {
            record = try JSONValue(parsing: row.record)
        } catch {
            throw .damaged("Stored quiet hours cannot be read.")
        }
        return try parsed(
            PlannedReach(
                record: record, owner: owner, version: Int(row.version),
                changedBy: try parsed(MemberID(row.changer), "member id"),
                changedAt: Timestamp(milliseconds: row.changed)),
            "set of quiet hours")
    }
}
