import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase

// What somebody wants erased, and where it is.
extension SQLiteSession {
    func erasure(_ id: ErasureID, of tenant: TenantName) throws(StoreFailure) -> Erasure? {
        try erasures("AND id = ?2", [.text(tenant.rawValue), .text(id.rawValue)]).first
    }

    func erasures(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Erasure] {
        try erasures("ORDER BY id DESC LIMIT ?2", [.text(tenant.rawValue), .integer(Int64(limit))])
    }

    func save(_ erasure: Erasure, in tenant: TenantName) throws(StoreFailure) -> Bool {
        let place = Self.erasurePlace(erasure.id.rawValue, tenant.rawValue)
        return try change(
            """
            INSERT INTO erasure (tenant, id, open, sealed) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET open = excluded.open, sealed = excluded.sealed
            WHERE erasure.open = 1
            """,
            [
                .text(tenant.rawValue), .text(erasure.id.rawValue),
                .integer(erasure.doneAt == nil ? 1 : 0),
                .blob(vault.seal(Array(erasure.record.text().utf8), at: place)),
            ]) == 1
    }

    func memberIDs(
        everNamed email: String, of tenant: TenantName
    ) throws(StoreFailure) -> [MemberID] {
        try rows(
            "SELECT id FROM member WHERE tenant = ?1 AND email = ?2 ORDER BY id",
            [.text(tenant.rawValue), .text(email)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        .mapped { (id) throws(StoreFailure) in try parsed(MemberID(id), "member id") }
    }

    func agentIDs(
        everNamed name: String, of tenant: TenantName
    ) throws(StoreFailure) -> [AgentID] {
        try rows(
            "SELECT id FROM agent WHERE tenant = ?1 AND name = ?2 ORDER BY id",
            [.text(tenant.rawValue), .text(name)]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        .mapped { (id) throws(StoreFailure) in try parsed(AgentID(id), "agent id") }
    }

    func kept(
        by agent: AgentID, of tenant: TenantName, limit: Int
    ) throws(StoreFailure) -> [ApprovalID] {
        try rows(
            """
            SELECT DISTINCT approval.id FROM submission
            JOIN approval ON approval.tenant = submission.tenant
                AND approval.id = submission.approval
            WHERE submission.tenant = ?1 AND submission.agent = ?2 AND approval.erased = 0
            ORDER BY approval.id LIMIT ?3
            """, [.text(tenant.rawValue), .text(agent.rawValue), .integer(Int64(limit))]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        .mapped { (id) throws(StoreFailure) in try parsed(ApprovalID(id), "approval id") }
    }

    func kept(
        in tenant: TenantName, before instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [ApprovalID] {
        try rows(
            """
            SELECT id FROM approval
            WHERE tenant = ?1 AND pending = 0 AND erased = 0 AND id < ?2 ORDER BY id LIMIT ?3
            """,
            [
                .text(tenant.rawValue), .text(UUIDv7.floor(at: instant)), .integer(Int64(limit)),
            ]
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        .mapped { (id) throws(StoreFailure) in try parsed(ApprovalID(id), "approval id") }
    }

    func documents(
        about approval: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [CommittedDocument] {
        try documents(
            "event.approval = ?2", [.text(tenant.rawValue), .text(approval.rawValue)], tenant)
    }

    func documents(
        of member: MemberID, named names: [String], in tenant: TenantName, limit: Int
    ) throws(StoreFailure) -> [CommittedDocument] {
        let actor = #"{"actor":{"id":"\#(member.rawValue)","kind":"user"},"#
        let subject = #""subject":{"id":"\#(member.rawValue)","kind":"member"},"#
        let places = names.indices.map { "?\($0 + 5)" }.joined(separator: ", ")
        // The line is canonical, so that the actor stands at its beginning.
        return try documents(
            """
            disclosure.document IN (\(places))
            AND (substr(event.line, 1, length(?2)) = ?2 OR instr(event.line, ?3) > 0)
            LIMIT ?4
            """,
            [
                .text(tenant.rawValue), .blob(Array(actor.utf8)), .blob(Array(subject.utf8)),
                .integer(Int64(limit)),
            ] + names.map { .text($0) }, tenant)
    }

    private func documents(
        _ condition: String, _ values: [SQLiteValue], _ tenant: TenantName
    ) throws(StoreFailure) -> [CommittedDocument] {
        let found = try rows(
            """
            SELECT disclosure.sequence, disclosure.document, event.approval FROM disclosure
            JOIN event ON event.tenant = disclosure.tenant
                AND event.sequence = disclosure.sequence
            WHERE disclosure.tenant = ?1 AND \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            (try row.integer(0), try row.text(1), try row.optionalText(2))
        }
        return try found.mapped { (sequence, name, approval) throws(StoreFailure) in
            CommittedDocument(
                sequence: sequence, name: name, approval: approval.flatMap { ApprovalID($0) },
                digests: try disclosures(of: sequence, in: tenant)
                    .filter { $0.document.hasSameBytes(as: name) }.map(\.digest))
        }.sorted { ($0.sequence, $0.name) < ($1.sequence, $1.name) }
    }

    private func erasures(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Erasure] {
        let found = try rows(
            "SELECT tenant, id, sealed FROM erasure WHERE tenant = ?1 \(condition)", values
        ) { (row) throws(SQLiteFailure) in
            (tenant: try row.text(0), id: try row.text(1), sealed: try row.blob(2))
        }
        return try found.mapped { (row) throws(StoreFailure) in
            do {
                let plain = try vault.open(row.sealed, at: Self.erasurePlace(row.id, row.tenant))
                return try parsed(Erasure(record: JSONValue(parsing: plain)), "erasure")
            } catch {
                throw .damaged("An erasure cannot be read: wrong key or damage.")
            }
        }
    }

    private static func erasurePlace(_ id: String, _ tenant: String) -> String {
        "erasure|\(tenant)|\(id)"
    }
}

// What goes.
extension SQLiteSession {
    func erase(
        _ document: CommittedDocument, toldBy event: Int64, in tenant: TenantName
    ) throws(StoreFailure) {
        let place: [SQLiteValue] = [
            .text(tenant.rawValue), .integer(document.sequence), .text(document.name),
        ]
        try change(
            """
            INSERT INTO erased_document (tenant, sequence, document, digests, event)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """, place + [.blob(document.digests.flatMap(\.bytes)), .integer(event)])
        try change(
            "DELETE FROM disclosure WHERE tenant = ?1 AND sequence = ?2 AND document = ?3", place)
        hasErased = true
    }

    func eraseTraces(of approval: ApprovalID, in tenant: TenantName) throws(StoreFailure) {
        let place: [SQLiteValue] = [.text(tenant.rawValue), .text(approval.rawValue)]
        try change("DELETE FROM latest_ask WHERE tenant = ?1 AND approval = ?2", place)
        try change("DELETE FROM refused_decision WHERE tenant = ?1 AND approval = ?2", place)
        // The key stays taken, and no payload is the one that was sent with it.
        let none = vault.seal(
            Array(repeating: 0, count: 32), at: payloadPlace(approval, tenant))
        try change(
            "UPDATE submission SET payload = ?3 WHERE tenant = ?1 AND approval = ?2",
            place + [.blob(none)])
        hasErased = true
    }

    func eraseEmail(
        of member: MemberID, as pseudonym: String, in tenant: TenantName
    ) throws(StoreFailure) {
        let place: [SQLiteValue] = [.text(tenant.rawValue), .text(member.rawValue)]
        try change(
            "UPDATE member SET email = ?3 WHERE tenant = ?1 AND id = ?2 AND removed = 1",
            place + [.text(pseudonym)])
        try change(
            "DELETE FROM reach WHERE tenant = ?1 AND kind = 'member' AND name = ?2", place)
        try change(
            "UPDATE duty_override SET reason = '' WHERE tenant = ?1 AND creator = ?2", place)
        hasErased = true
    }

    /// The digests of what an event committed to and was erased, document by document.
    func erasedFields(
        of sequence: Int64, in tenant: TenantName
    ) throws(StoreFailure) -> [DisclosedField] {
        let found = try rows(
            """
            SELECT document, digests FROM erased_document
            WHERE tenant = ?1 AND sequence = ?2 ORDER BY document
            """, [.text(tenant.rawValue), .integer(sequence)]
        ) { (row) throws(SQLiteFailure) in (try row.text(0), try row.blob(1)) }
        var fields: [DisclosedField] = []
        for (document, bytes) in found {
            for start in stride(from: 0, to: bytes.count, by: 32) {
                let digest = Digest(bytes: Array(bytes[start..<start + 32]))
                fields.append(
                    .erased(
                        sequence, document, index: start / 32,
                        try parsed(digest, "digest")))
            }
        }
        return fields
    }
}

extension Erasure {
    fileprivate var record: JSONValue {
        var members = JSONObject()
        members["id"] = .string(id.rawValue)
        let ids: [String]
        switch subject {
        case .approval(let id): (members["kind"], ids) = ("approval", [id.rawValue])
        case .agent(let all): (members["kind"], ids) = ("agent", all.map(\.rawValue))
        case .member(let all): (members["kind"], ids) = ("member", all.map(\.rawValue))
        }
        members["ids"] = .array(ids.map { .string($0) })
        members["reason"] = .string(reason)
        members["by"] = .string(proposedBy.rawValue)
        members["at"] = .number(JSONNumber(proposedAt.milliseconds))
        members["second"] = confirmedBy.map { .string($0.rawValue) }
        members["done"] = doneAt.map { .number(JSONNumber($0.milliseconds)) }
        members["approvals"] = .number(JSONNumber(approvals))
        members["documents"] = .number(JSONNumber(documents))
        return .object(members)
    }

    fileprivate init?(record: JSONValue) {
        let ids = (record["ids"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard let id = record["id"]?.stringValue.flatMap({ ErasureID($0) }),
            let subject = Subject(record["kind"]?.stringValue ?? "", ids),
            let reason = record["reason"]?.stringValue,
            let by = record["by"]?.stringValue.flatMap({ MemberID($0) }),
            let at = record["at"]?.intValue, let approvals = record["approvals"]?.intValue,
            let documents = record["documents"]?.intValue
        else { return nil }
        self.init(
            id: id, subject: subject, reason: reason, proposedBy: by,
            proposedAt: Timestamp(milliseconds: at))
        confirmedBy = record["second"]?.stringValue.flatMap { MemberID($0) }
        doneAt = record["done"]?.intValue.map { Timestamp(milliseconds: $0) }
        self.approvals = Int(approvals)
        self.documents = Int(documents)
    }
}

extension Erasure.Subject {
    fileprivate init?(_ kind: String, _ ids: [String]) {
        switch kind {
        case "approval":
            guard let id = ids.first.flatMap({ ApprovalID($0) }) else { return nil }
            self = .approval(id)
        case "agent": self = .agent(ids.compactMap { AgentID($0) })
        case "member": self = .member(ids.compactMap { MemberID($0) })
        default: return nil
        }
    }
}
