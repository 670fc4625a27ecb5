import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
import SQLiteDatabase

extension SQLiteSession {
    func policies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy] {
        try policies("", [.text(tenant.rawValue)])
    }

    func activePolicies(of tenant: TenantName) throws(StoreFailure) -> [PublishedPolicy] {
        try policies("AND m.status IN ('shadow', 'canary', 'enforced')", [.text(tenant.rawValue)])
    }

    func activeVersions(of tenant: TenantName) throws(StoreFailure) -> [ActiveVersion] {
        let found = try rows(
            """
            SELECT v.id, v.version, v.digest, m.status, m.share
            FROM policy_mode AS m JOIN policy_version AS v USING (tenant, id, version)
            WHERE m.tenant = ?1 AND m.status IN ('shadow', 'canary', 'enforced')
            ORDER BY m.id, m.version
            """, [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in
            (
                try row.text(0), try row.integer(1), try row.blob(2), try row.text(3),
                try row.optionalInteger(4)
            )
        }
        return try found.mapped { (id, version, digest, status, share) throws(StoreFailure) in
            ActiveVersion(
                id: try parsed(PolicyID(id), "policy id"), version: Int(version),
                digest: try parsed(Digest(bytes: digest), "digest of a policy"),
                status: try parsed(PolicyStatus(rawValue: status), "status of a policy"),
                share: share.map { Int($0) })
        }
    }

    func policy(
        _ id: PolicyID, version: Int, of tenant: TenantName
    ) throws(StoreFailure) -> PublishedPolicy? {
        try policies(
            "AND m.id = ?2 AND m.version = ?3",
            [.text(tenant.rawValue), .text(id.rawValue), .integer(Int64(version))]
        ).first
    }

    func insert(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure) -> Bool {
        guard try self.policy(policy.id, version: policy.version, of: tenant) == nil else {
            return false
        }
        try change(
            """
            INSERT INTO policy_version
                (tenant, id, version, digest, document, publisher, published)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            [
                .text(tenant.rawValue), .text(policy.id.rawValue), .integer(Int64(policy.version)),
                .blob(policy.digest.bytes), .text(policy.document.text()),
                .text(policy.publishedBy.rawValue), .integer(policy.publishedAt.milliseconds),
            ])
        try change(
            "INSERT INTO policy_mode (tenant, id, version, status) VALUES (?1, ?2, ?3, ?4)",
            [
                .text(tenant.rawValue), .text(policy.id.rawValue), .integer(Int64(policy.version)),
                .text(policy.status.rawValue),
            ])
        try replace(policy, of: tenant)
        return true
    }

    func replace(_ policy: PublishedPolicy, of tenant: TenantName) throws(StoreFailure) {
        let count = try change(
            """
            UPDATE policy_mode SET status = ?4, proposed = ?5, proposer = ?6, proposed_at = ?7,
                share = ?8, proposed_share = ?9
            WHERE tenant = ?1 AND id = ?2 AND version = ?3
            """,
            [
                .text(tenant.rawValue), .text(policy.id.rawValue), .integer(Int64(policy.version)),
                .text(policy.status.rawValue), .optional(policy.proposal?.status.rawValue),
                .optional(policy.proposal?.by.rawValue),
                .optional(policy.proposal?.at.milliseconds),
                .optional(policy.share.map(Int64.init)),
                .optional(policy.proposal?.share.map(Int64.init)),
            ])
        guard count == 1 else { throw .damaged("There is no such version of a policy.") }
    }

    /// What a row holds, before it is known to be right.
    private struct Row {
        let id, document, publisher, status: String
        let proposed, proposer: String?
        let version, published: Int64
        let proposedAt, share, proposedShare: Int64?
        let digest: [UInt8]
    }

    private func policies(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [PublishedPolicy] {
        let found = try rows(
            """
            SELECT v.id, v.version, v.digest, v.document, v.publisher, v.published,
                m.status, m.proposed, m.proposer, m.proposed_at, m.share, m.proposed_share
            FROM policy_mode AS m JOIN policy_version AS v USING (tenant, id, version)
            WHERE m.tenant = ?1 \(condition) ORDER BY m.id, m.version
            """, values
        ) { (row) throws(SQLiteFailure) in
            Row(
                id: try row.text(0), document: try row.text(3), publisher: try row.text(4),
                status: try row.text(6), proposed: try row.optionalText(7),
                proposer: try row.optionalText(8), version: try row.integer(1),
                published: try row.integer(5), proposedAt: try row.optionalInteger(9),
                share: try row.optionalInteger(10), proposedShare: try row.optionalInteger(11),
                digest: try row.blob(2))
        }
        return try found.mapped(Self.policy)
    }

    private static func policy(_ row: Row) throws(StoreFailure) -> PublishedPolicy {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: row.document)
        } catch {
            throw .damaged("A stored policy cannot be read.")
        }
        return PublishedPolicy(
            id: try parsed(PolicyID(row.id), "policy id"), version: Int(row.version),
            digest: try parsed(Digest(bytes: row.digest), "digest of a policy"),
            document: document, publishedBy: try parsed(MemberID(row.publisher), "member id"),
            publishedAt: Timestamp(milliseconds: row.published),
            status: try parsed(PolicyStatus(rawValue: row.status), "status of a policy"),
            share: row.share.map { Int($0) }, proposal: try proposal(row))
    }

    private static func proposal(
        _ row: Row
    ) throws(StoreFailure) -> PublishedPolicy.Proposal? {
        guard let proposed = row.proposed else { return nil }
        return PublishedPolicy.Proposal(
            status: try parsed(PolicyStatus(rawValue: proposed), "status of a policy"),
            share: row.proposedShare.map { Int($0) },
            by: try parsed(row.proposer.flatMap { MemberID($0) }, "member id"),
            at: Timestamp(milliseconds: try parsed(row.proposedAt, "instant")))
    }
}
