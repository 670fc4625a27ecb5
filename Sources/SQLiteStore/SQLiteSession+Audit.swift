import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func chainHead(of tenant: TenantName) throws(StoreFailure) -> ChainHead? {
        let found = try first(
            "SELECT sequence, leaf FROM event WHERE tenant = ?1 ORDER BY sequence DESC LIMIT 1",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in (try row.integer(0), try row.blob(1)) }
        guard let found else { return nil }
        return ChainHead(
            sequence: found.0, leafHash: try parsed(Digest(bytes: found.1), "digest"))
    }

    func events(
        about id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [AuditRecord] {
        try events(
            "WHERE tenant = ?1 AND approval = ?2 ORDER BY sequence",
            [.text(tenant.rawValue), .text(id.rawValue)])
    }

    func events(
        of tenant: TenantName, from sequence: Int64, limit: Int
    ) throws(StoreFailure) -> [AuditRecord] {
        try events(
            "WHERE tenant = ?1 AND sequence >= ?2 ORDER BY sequence LIMIT ?3",
            [.text(tenant.rawValue), .integer(sequence), .integer(Int64(limit))])
    }

    func events(
        of tenant: TenantName, in stretch: Range<Int64>, fitting sieve: EventSieve, limit: Int
    ) throws(StoreFailure) -> [AuditRecord] {
        var conditions = ["tenant = ?1", "sequence >= ?2", "sequence < ?3"]
        var values: [SQLiteValue] = [
            .text(tenant.rawValue), .integer(stretch.lowerBound), .integer(stretch.upperBound),
        ]
        func add(_ condition: String, _ value: SQLiteValue) {
            values.append(value)
            conditions.append(condition + " ?\(values.count)")
        }
        if let approval = sieve.approval { add("approval =", .text(approval.rawValue)) }
        if let since = sieve.since { add("at >=", .integer(since.milliseconds)) }
        if let until = sieve.until { add("at <", .integer(until.milliseconds)) }
        if let type = sieve.type {
            values += [.text(type), .integer(Int64(type.unicodeScalars.count))]
            conditions.append("substr(type, 1, ?\(values.count)) = ?\(values.count - 1)")
        }
        values.append(.integer(Int64(limit)))
        return try events(
            "WHERE \(conditions.joined(separator: " AND ")) "
                + "ORDER BY sequence DESC LIMIT ?\(values.count)", values)
    }

    func events(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [AuditRecord] {
        let columns = "sequence, id, at, type, line, leaf"
        let found = try rows("SELECT \(columns) FROM event \(condition)", values) {
            (row) throws(SQLiteFailure) in
            (
                sequence: try row.integer(0), id: try row.text(1), at: try row.integer(2),
                type: try row.text(3), line: try row.blob(4), leaf: try row.blob(5)
            )
        }
        return try found.mapped { (row) throws(StoreFailure) in
            AuditRecord(
                sequence: row.sequence, id: try parsed(EventID(row.id), "event id"),
                at: Timestamp(milliseconds: row.at), type: row.type, line: row.line,
                leafHash: try parsed(Digest(bytes: row.leaf), "digest"))
        }
    }

    func append(
        _ record: AuditRecord, disclosures: [Disclosure], about id: ApprovalID?,
        of tenant: TenantName
    ) throws(StoreFailure) {
        try change(
            """
            INSERT INTO event (tenant, sequence, id, at, type, approval, line, leaf)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            [
                .text(tenant.rawValue), .integer(record.sequence), .text(record.id.rawValue),
                .integer(record.at.milliseconds), .text(record.type), .optional(id?.rawValue),
                .blob(record.line), .blob(record.leafHash.bytes),
            ])
        appended.append(AppendedEvent(record, of: tenant))
        for document in Set(disclosures.map(\.document)).sorted() {
            let fields = disclosures.filter { $0.document == document }
            let place = place(document, record.sequence, tenant)
            try change(
                """
                INSERT INTO disclosure (tenant, sequence, document, sealed)
                VALUES (?1, ?2, ?3, ?4)
                """,
                [
                    .text(tenant.rawValue), .integer(record.sequence), .text(document),
                    .blob(vault.seal(Disclosure.sealedText(fields), at: place)),
                ])
        }
    }

    /// What one event committed to, document by document and field by field.
    func disclosures(
        of sequence: Int64, in tenant: TenantName
    ) throws(StoreFailure) -> [Disclosure] {
        let found = try rows(
            """
            SELECT document, sealed FROM disclosure WHERE tenant = ?1 AND sequence = ?2
            ORDER BY document
            """, [.text(tenant.rawValue), .integer(sequence)]
        ) { (row) throws(SQLiteFailure) in (try row.text(0), try row.blob(1)) }
        var all: [Disclosure] = []
        for (document, sealed) in found {
            do {
                let plain = try vault.open(sealed, at: place(document, sequence, tenant))
                let fields = try JSONValue(parsing: plain, limits: Approval.recordLimits)
                let read = Disclosure.read(fields, sequence: sequence, document: document)
                all += try parsed(read, "disclosure")
            } catch {
                throw .damaged("A disclosure cannot be read: wrong key or damage.")
            }
        }
        return all
    }

    private func place(_ document: String, _ sequence: Int64, _ tenant: TenantName) -> String {
        "disclosure|\(tenant.rawValue)|\(sequence)|\(document)"
    }
}

/// An event that the running transaction added.
struct AppendedEvent {
    let tenant: TenantName
    let sequence: Int64
    let leaf: Digest
    /// True when an answer about it goes out only with a signed checkpoint.
    let isUrgent: Bool

    /// What an agent or an inbox waits for, and the beginning of a log.
    private static let urgent = Set(
        (EventType.settling + [
            .logOpened, .keyRotated, .approvalClaimed, .disclosureErased, .erasureDone,
            .retentionSwept,
        ])
        .map(\.rawValue))

    init(_ record: AuditRecord, of tenant: TenantName) {
        self.tenant = tenant
        sequence = record.sequence
        leaf = record.leafHash
        isUrgent = Self.urgent.contains(record.type)
    }
}

extension Disclosure {
    /// The fields of one document as they are sealed: index, pointer, salt, value, digest.
    static func sealedText(_ fields: [Disclosure]) -> [UInt8] {
        let rows = fields.map { field in
            JSONValue.array([
                .number(JSONNumber(field.index)), .string(field.pointer.description),
                .string(Hexadecimal.encode(field.salt)), field.value, .string(field.digest.hex),
            ])
        }
        return Array(JSONValue.array(rows).text().utf8)
    }

    /// Reads what `sealedText` wrote; nil when it did not.
    static func read(
        _ value: JSONValue, sequence: Int64, document: String
    ) -> [Disclosure]? {
        guard let rows = value.arrayValue else { return nil }
        var all: [Disclosure] = []
        for row in rows {
            guard let parts = row.arrayValue, parts.count == 5,
                let field = Disclosure(parts, sequence: sequence, document: document)
            else { return nil }
            all.append(field)
        }
        return all
    }

    private init?(_ parts: [JSONValue], sequence: Int64, document: String) {
        guard let index = parts[0].intValue, let path = parts[1].stringValue,
            let salt = parts[2].stringValue.flatMap(Hexadecimal.decode),
            let digest = parts[4].stringValue.flatMap({ Digest(hex: $0) })
        else { return nil }
        do {
            self.init(
                sequence: sequence, document: document, index: Int(index),
                pointer: try JSONPointer(parsing: path), salt: salt, value: parts[3],
                digest: digest)
        } catch {
            return nil
        }
    }
}
