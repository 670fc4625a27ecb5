import Approvals
import ControlPlane
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func grant(_ id: GrantID, of tenant: TenantName) throws(StoreFailure) -> Grant? {
        try grants(
            "AND id = ?2", [.text(tenant.rawValue), .text(id.rawValue)]
        ).first
    }

    func grants(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Grant] {
        try grants("ORDER BY id DESC LIMIT ?2", [.text(tenant.rawValue), .integer(Int64(limit))])
    }

    func openGrants(
        of tenant: TenantName, after now: Timestamp
    ) throws(StoreFailure) -> [Grant] {
        try grants(
            "AND open = 1 AND expires > ?2 ORDER BY id DESC",
            [.text(tenant.rawValue), .integer(now.milliseconds)])
    }

    func openGrants(
        to agent: AgentID, of tenant: TenantName, after now: Timestamp
    ) throws(StoreFailure) -> [Grant] {
        try grants(
            "AND agent = ?2 AND open = 1 AND expires > ?3 ORDER BY expires, id",
            [.text(tenant.rawValue), .text(agent.rawValue), .integer(now.milliseconds)])
    }

    func insert(_ grant: Grant) throws(StoreFailure) {
        try change(
            """
            INSERT INTO standing_grant (tenant, id, agent, expires, open, version, sealed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            [
                .text(grant.tenant.rawValue), .text(grant.id.rawValue),
                .text(grant.agent.rawValue), .integer(grant.expiresAt.milliseconds),
                .integer(grant.isOpen ? 1 : 0), .integer(Int64(grant.version)),
                .blob(sealed(grant)),
            ])
    }

    func replace(_ grant: Grant) throws(StoreFailure) -> Bool {
        var saved = grant
        saved.version += 1
        return try change(
            """
            UPDATE standing_grant SET open = ?4, version = ?5, sealed = ?6
            WHERE tenant = ?1 AND id = ?2 AND version = ?3 AND open = 1
            """,
            [
                .text(grant.tenant.rawValue), .text(grant.id.rawValue),
                .integer(Int64(grant.version)), .integer(saved.isOpen ? 1 : 0),
                .integer(Int64(saved.version)), .blob(sealed(saved)),
            ]) == 1
    }

    func saveErased(_ grant: Grant) throws(StoreFailure) {
        var saved = grant
        saved.version += 1
        let count = try change(
            """
            UPDATE standing_grant SET open = ?4, version = ?5, sealed = ?6
            WHERE tenant = ?1 AND id = ?2 AND version = ?3
            """,
            [
                .text(grant.tenant.rawValue), .text(grant.id.rawValue),
                .integer(Int64(grant.version)), .integer(saved.isOpen ? 1 : 0),
                .integer(Int64(saved.version)), .blob(sealed(saved)),
            ])
        guard count == 1 else { throw .damaged("A grant that was read is not there.") }
        hasErased = true
    }

    private func grants(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Grant] {
        let found = try rows(
            "SELECT tenant, id, sealed FROM standing_grant WHERE tenant = ?1 \(condition)", values
        ) { (row) throws(SQLiteFailure) in
            (tenant: try row.text(0), id: try row.text(1), sealed: try row.blob(2))
        }
        return try found.mapped { (row) throws(StoreFailure) in
            do {
                let plain = try vault.open(row.sealed, at: Self.grantPlace(row.id, row.tenant))
                return try Grant(record: JSONValue(parsing: plain, limits: Approval.recordLimits))
            } catch {
                throw .damaged("A standing grant cannot be read: wrong key or damage.")
            }
        }
    }

    private func sealed(_ grant: Grant) -> [UInt8] {
        vault.seal(
            Array(grant.record.text().utf8),
            at: Self.grantPlace(grant.id.rawValue, grant.tenant.rawValue))
    }

    private static func grantPlace(_ id: String, _ tenant: String) -> String {
        "grant|\(tenant)|\(id)"
    }
}
