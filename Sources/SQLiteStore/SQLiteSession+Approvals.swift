import Approvals
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    /// A row as it is stored: what is searched for, and what is sealed.
    private struct SealedApproval {
        let id: String
        let version: Int64
        let isPending: Bool
        let position: Int64
        let sealed: [UInt8]
    }

    func approval(
        _ id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> Approval? {
        let found = try approvals(
            "WHERE tenant = ?1 AND id = ?2", [.text(tenant.rawValue), .text(id.rawValue)], tenant)
        return found.first?.approval
    }

    func changes(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval] {
        try approvals(
            "WHERE tenant = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
            [.text(tenant.rawValue), .integer(position), .integer(Int64(limit))], tenant)
    }

    func pending(
        of tenant: TenantName, after position: Int64, limit: Int
    ) throws(StoreFailure) -> [ChangedApproval] {
        try approvals(
            "WHERE tenant = ?1 AND pending = 1 AND position > ?2 ORDER BY position LIMIT ?3",
            [.text(tenant.rawValue), .integer(position), .integer(Int64(limit))], tenant)
    }

    func newestPosition(of tenant: TenantName) throws(StoreFailure) -> Int64 {
        try first(
            "SELECT coalesce(max(position), 0) FROM approval WHERE tenant = ?1",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.integer(0) } ?? 0
    }

    func settled(
        of tenant: TenantName, before id: ApprovalID?, limit: Int
    ) throws(StoreFailure) -> [Approval] {
        // Every id is smaller than this.
        let bound = id?.rawValue ?? "g"
        return try approvals(
            "WHERE tenant = ?1 AND pending = 0 AND id < ?2 ORDER BY id DESC LIMIT ?3",
            [.text(tenant.rawValue), .text(bound), .integer(Int64(limit))], tenant
        ).map(\.approval)
    }

    func due(at now: Timestamp, limit: Int) throws(StoreFailure) -> [DueApproval] {
        let found = try rows(
            """
            SELECT tenant, id, due FROM approval WHERE due IS NOT NULL AND due <= ?1
            ORDER BY due, id LIMIT ?2
            """, [.integer(now.milliseconds), .integer(Int64(limit))]
        ) { (row) throws(SQLiteFailure) in
            (try row.text(0), try row.text(1), try row.integer(2))
        }
        return try found.mapped { (tenant, id, due) throws(StoreFailure) in
            DueApproval(
                tenant: try parsed(TenantName(tenant), "tenant name"),
                approval: try parsed(ApprovalID(id), "approval id"),
                dueAt: Timestamp(milliseconds: due))
        }
    }

    func nextDue() throws(StoreFailure) -> Timestamp? {
        try first(
            "SELECT due FROM approval WHERE due IS NOT NULL ORDER BY due LIMIT 1", []
        ) { (row) throws(SQLiteFailure) in Timestamp(milliseconds: try row.integer(0)) }
    }

    func submission(
        key: String, by agent: AgentID, of tenant: TenantName
    ) throws(StoreFailure) -> Submission? {
        let found = try first(
            """
            SELECT payload, approval FROM submission
            WHERE tenant = ?1 AND agent = ?2 AND key = ?3
            """, [.text(tenant.rawValue), .text(agent.rawValue), .text(key)]
        ) { (row) throws(SQLiteFailure) in (try row.blob(0), try row.text(1)) }
        guard let found else { return nil }
        let id = try parsed(ApprovalID(found.1), "approval id")
        let payload: [UInt8]
        do {
            payload = try vault.open(found.0, at: payloadPlace(id, tenant))
        } catch {
            throw .damaged("The submission of \(id) cannot be read: wrong key or damage.")
        }
        return Submission(
            key: key, agent: agent, payloadDigest: try parsed(Digest(bytes: payload), "digest"),
            approval: id)
    }

    // MARK: Changes

    func insert(_ submission: Submission, of tenant: TenantName) throws(StoreFailure) -> Bool {
        let payload = vault.seal(
            submission.payloadDigest.bytes, at: payloadPlace(submission.approval, tenant))
        return try change(
            """
            INSERT INTO submission (tenant, agent, key, payload, approval)
            VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
            """,
            [
                .text(tenant.rawValue), .text(submission.agent.rawValue),
                .text(submission.key), .blob(payload),
                .text(submission.approval.rawValue),
            ]) == 1
    }

    func insert(_ approval: Approval, submission: Submission) throws(StoreFailure) -> Bool {
        guard try insert(submission, of: approval.tenant) else { return false }
        let position = try newestPosition(of: approval.tenant) + 1
        try change(
            """
            INSERT INTO approval (tenant, id, version, pending, position, due, sealed, erased)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """, values(approval, position))
        try insertShadows(of: approval)
        note(approval, position)
        return true
    }

    func replace(_ approval: Approval) throws(StoreFailure) -> Bool {
        var next = approval
        next.version += 1
        let position = try newestPosition(of: approval.tenant) + 1
        let count = try change(
            """
            UPDATE approval SET version = ?3, pending = ?4, position = ?5, due = ?6, sealed = ?7,
                erased = ?8
            WHERE tenant = ?1 AND id = ?2 AND version = ?9
            """, values(next, position) + [.integer(Int64(approval.version))])
        guard count == 1 else { return false }
        try updateShadows(of: next)
        note(next, position)
        return true
    }

    private func values(_ approval: Approval, _ position: Int64) -> [SQLiteValue] {
        let version = Int64(approval.version)
        let place = place(approval.id.rawValue, approval.tenant, version)
        return [
            .text(approval.tenant.rawValue), .text(approval.id.rawValue), .integer(version),
            .integer(approval.state == .pending ? 1 : 0), .integer(position),
            .optional(approval.dueAt?.milliseconds),
            .blob(vault.seal(Array(approval.record.text().utf8), at: place)),
            .integer(approval.erasedAt == nil ? 0 : 1),
        ]
    }

    private func note(_ approval: Approval, _ position: Int64) {
        changes.append(
            CommittedChange(
                tenant: approval.tenant, approval: approval.id, position: position))
    }

    // MARK: Reading

    /// Bound to the version as well, so that an older state cannot be put back in its place.
    func place(_ id: String, _ tenant: TenantName, _ version: Int64) -> String {
        "approval|\(tenant.rawValue)|\(id)|\(version)"
    }

    func payloadPlace(_ id: ApprovalID, _ tenant: TenantName) -> String {
        "payload|\(tenant.rawValue)|\(id.rawValue)"
    }

    private func approvals(
        _ condition: String, _ values: [SQLiteValue], _ tenant: TenantName
    ) throws(StoreFailure) -> [ChangedApproval] {
        let sql = "SELECT id, version, pending, position, sealed FROM approval \(condition)"
        let found = try rows(sql, values) { (row) throws(SQLiteFailure) in
            SealedApproval(
                id: try row.text(0), version: try row.integer(1),
                isPending: try row.integer(2) == 1, position: try row.integer(3),
                sealed: try row.blob(4))
        }
        return try found.mapped { (row) throws(StoreFailure) in
            ChangedApproval(position: row.position, approval: try opened(row, tenant))
        }
    }

    private func opened(
        _ row: SealedApproval, _ tenant: TenantName
    ) throws(StoreFailure) -> Approval {
        let approval: Approval
        do {
            let place = place(row.id, tenant, row.version)
            let plain = try vault.open(row.sealed, at: place)
            let record = try JSONValue(parsing: plain, limits: Approval.recordLimits)
            approval = try Approval(record: record)
        } catch {
            throw .damaged("The approval \(row.id) cannot be read: wrong key or damage.")
        }
        let fits =
            approval.id.rawValue == row.id && approval.tenant == tenant
            && Int64(approval.version) == row.version
            && (approval.state == .pending) == row.isPending
        guard fits else { throw .damaged("The approval \(row.id) is not what its row says.") }
        return approval
    }
}
