import Approvals
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func refusedDecision(
        key: String, on approval: ApprovalID, by id: MemberID, of tenant: TenantName
    ) throws(StoreFailure) -> RefusedDecision? {
        let found = try first(
            """
            SELECT at, sealed FROM refused_decision
            WHERE tenant = ?1 AND member = ?2 AND approval = ?3 AND key = ?4
            """,
            [
                .text(tenant.rawValue), .text(id.rawValue), .text(approval.rawValue), .text(key),
            ]
        ) { (row) throws(SQLiteFailure) in (try row.integer(0), try row.blob(1)) }
        guard let (at, sealed) = found else { return nil }
        do {
            let plain = try vault.open(sealed, at: refusalPlace(key, approval, id, tenant))
            let record = try JSONValue(parsing: plain, limits: Approval.recordLimits)
            return RefusedDecision(
                key: key, approval: approval, member: id,
                payloadDigest: try parsed(
                    record["payload"]?.stringValue.flatMap { Digest(hex: $0) }, "digest"),
                refusal: try Refusal(record: record["refusal"] ?? .null),
                hasView: record["view"] == .bool(true), at: Timestamp(milliseconds: at))
        } catch {
            throw .damaged("The answer to a refused decision cannot be read: wrong key or damage.")
        }
    }

    func insert(_ decision: RefusedDecision, of tenant: TenantName) throws(StoreFailure) {
        guard let refusal = decision.refusal.record else {
            preconditionFailure("Only a refusal that has a record is remembered.")
        }
        let (key, approval, id) = (decision.key, decision.approval, decision.member)
        let record: JSONValue = [
            "payload": .string(decision.payloadDigest.hex), "refusal": refusal,
            "view": .bool(decision.hasView),
        ]
        let place = refusalPlace(key, approval, id, tenant)
        try forgetRefusals(of: id, at: decision.at, in: tenant)
        try change(
            """
            INSERT INTO refused_decision (tenant, member, approval, key, at, sealed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """,
            [
                .text(tenant.rawValue), .text(id.rawValue), .text(approval.rawValue), .text(key),
                .integer(decision.at.milliseconds),
                .blob(vault.seal(Array(record.text().utf8), at: place)),
            ])
    }

    /// Makes room for one more.
    private func forgetRefusals(
        of id: MemberID, at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) {
        let oldest = now.adding(seconds: -Limits.refusedDecisionSeconds)
        try change(
            """
            DELETE FROM refused_decision WHERE tenant = ?1 AND member = ?2 AND (
                at < ?3 OR (approval, key) IN (
                    SELECT approval, key FROM refused_decision
                    WHERE tenant = ?1 AND member = ?2 ORDER BY at DESC LIMIT -1 OFFSET ?4))
            """,
            [
                .text(tenant.rawValue), .text(id.rawValue), .integer(oldest.milliseconds),
                .integer(Int64(Limits.refusedDecisionsMax - 1)),
            ])
    }

    private func refusalPlace(
        _ key: String, _ approval: ApprovalID, _ id: MemberID, _ tenant: TenantName
    ) -> String {
        "refused|\(tenant.rawValue)|\(id.rawValue)|\(approval.rawValue)|\(key)"
    }
}
