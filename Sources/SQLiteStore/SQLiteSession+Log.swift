import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase

// The trees over the logs, their checkpoints, and the keys that signed them.
extension SQLiteSession {
    /// Whoever has a log, also a tenant that was removed.
    func tenantsWithLogs() throws(StoreFailure) -> [TenantName] {
        // One step through the index for each name, however long the logs are.
        let found = try rows(
            """
            WITH RECURSIVE log (name) AS (
                SELECT min(tenant) FROM event UNION ALL
                SELECT (SELECT min(tenant) FROM event WHERE tenant > log.name) FROM log
                WHERE log.name IS NOT NULL)
            SELECT name FROM log WHERE name IS NOT NULL
            """, []
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        return try found.mapped { (name) throws(StoreFailure) in
            try parsed(TenantName(name), "tenant name")
        }
    }

    func logOrigin(of tenant: TenantName) throws(StoreFailure) -> String? {
        if let known = origins[tenant] { return known }
        let found = try storedOrigin(of: tenant)
        // Not before a later event: the first one may still be undone.
        if let found, try chainHead(of: tenant)?.sequence ?? 0 > 0 { origins[tenant] = found }
        return found
    }

    private func storedOrigin(of tenant: TenantName) throws(StoreFailure) -> String? {
        let line = try first(
            "SELECT line FROM event WHERE tenant = ?1 AND sequence = 0", [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        guard let line else { return nil }
        do {
            return try parsed(try JSONValue(parsing: line)["log"]?.stringValue, "origin of a log")
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .damaged("The first event of a log cannot be read.")
        }
    }

    func treeNodes(
        of tenant: TenantName, level: Int, from number: Int64, count: Int64
    ) throws(StoreFailure) -> [Digest] {
        let range: [SQLiteValue] = [
            .text(tenant.rawValue), .integer(number), .integer(number + count),
        ]
        let found: [[UInt8]]
        if level == 0 {
            found = try rows(
                """
                SELECT leaf FROM event WHERE tenant = ?1 AND sequence >= ?2 AND sequence < ?3
                ORDER BY sequence
                """, range
            ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        } else {
            found = try rows(
                """
                SELECT hash FROM log_node WHERE tenant = ?1 AND number >= ?2 AND number < ?3
                AND level = ?4 ORDER BY number
                """, range + [.integer(Int64(level))]
            ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        }
        guard found.count == Int(count) else { throw .damaged("A log's tree is incomplete.") }
        return try found.mapped { (bytes) throws(StoreFailure) in
            try parsed(Digest(bytes: bytes), "digest")
        }
    }

    /// How many nodes the lowest stored level of a log's tree has.
    func nodesCount(of tenant: TenantName) throws(StoreFailure) -> Int64 {
        try first(
            "SELECT coalesce(max(number) + 1, 0) FROM log_node WHERE tenant = ?1 AND level = 1",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.integer(0) } ?? 0
    }

    func insert(_ nodes: [TreeGrowth.Node], of tenant: TenantName) throws(StoreFailure) {
        for node in nodes {
            try change(
                "INSERT INTO log_node (tenant, level, number, hash) VALUES (?1, ?2, ?3, ?4)",
                [
                    .text(tenant.rawValue), .integer(Int64(node.level)), .integer(node.number),
                    .blob(node.hash.bytes),
                ])
        }
    }

    func insert(_ checkpoint: SignedCheckpoint, of tenant: TenantName) throws(StoreFailure) {
        try change(
            "INSERT INTO checkpoint (tenant, size, note) VALUES (?1, ?2, ?3)",
            [.text(tenant.rawValue), .integer(checkpoint.size), .blob(checkpoint.note)])
    }

    func checkpoints(
        of tenant: TenantName, from size: Int64, limit: Int
    ) throws(StoreFailure) -> [SignedCheckpoint] {
        try rows(
            """
            SELECT size, note FROM checkpoint WHERE tenant = ?1 AND size >= ?2
            ORDER BY size LIMIT ?3
            """, [.text(tenant.rawValue), .integer(size), .integer(Int64(limit))]
        ) { (row) throws(SQLiteFailure) in
            SignedCheckpoint(size: try row.integer(0), note: try row.blob(1))
        }
    }

    func newestCheckpoint(
        of tenant: TenantName
    ) throws(StoreFailure) -> SignedCheckpoint? {
        try first(
            "SELECT size, note FROM checkpoint WHERE tenant = ?1 ORDER BY size DESC LIMIT 1",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in
            SignedCheckpoint(size: try row.integer(0), note: try row.blob(1))
        }
    }

    func logKeys() throws(StoreFailure) -> [Ed25519Key] {
        let found = try rows("SELECT key FROM log_key ORDER BY number", []) {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }
        return try found.mapped { (bytes) throws(StoreFailure) in
            try parsed(Ed25519Key(bytes: bytes), "key of the logs")
        }
    }

    func keyRotations(of tenant: TenantName) throws(StoreFailure) -> [AuditRecord] {
        // Such an event is about no approval, which spares reading nearly all of the log.
        try events(
            "WHERE tenant = ?1 AND approval IS NULL AND type = ?2 ORDER BY sequence",
            [.text(tenant.rawValue), .text(EventType.keyRotated.rawValue)])
    }

    func insert(_ key: Ed25519Key) throws(StoreFailure) {
        try change(
            """
            INSERT INTO log_key (number, key)
            SELECT coalesce(max(number) + 1, 0), ?1 FROM log_key
            """, [.blob(key.bytes)])
    }

    func disclosedFields(
        of sequence: Int64, in tenant: TenantName
    ) throws(StoreFailure) -> [DisclosedField] {
        let kept = try disclosures(of: sequence, in: tenant).map { DisclosedField($0) }
        let erased = try erasedFields(of: sequence, in: tenant)
        guard !erased.isEmpty else { return kept }
        return (kept + erased).sorted {
            ($0.field.document, $0.field.index) < ($1.field.document, $1.field.index)
        }
    }

    func settlingEvent(
        of id: ApprovalID, in tenant: TenantName
    ) throws(StoreFailure) -> AuditRecord? {
        let types = EventType.settling.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try events(
            """
            WHERE tenant = ?1 AND approval = ?2 AND type IN (\(types))
            ORDER BY sequence LIMIT 1
            """, [.text(tenant.rawValue), .text(id.rawValue)]
        ).first
    }
}
