import Approvals
import Authority
import ControlPlane
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func delegation(
        _ id: DelegationID, of tenant: TenantName
    ) throws(StoreFailure) -> Delegation? {
        try delegations("AND id = ?2", [.text(tenant.rawValue), .text(id.rawValue)]).first
    }

    func delegations(
        of tenant: TenantName, to delegate: MemberID?, from grantor: MemberID?,
        endingAfter instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [Delegation] {
        var condition = "AND ends > ?2"
        var values: [SQLiteValue] = [
            .text(tenant.rawValue), .integer(instant.milliseconds), .integer(Int64(limit)),
        ]
        if let delegate {
            values.append(.text(delegate.rawValue))
            condition += " AND delegate = ?\(values.count)"
        }
        if let grantor {
            values.append(.text(grantor.rawValue))
            condition += " AND grantor = ?\(values.count)"
        }
        // What is over or taken back never crowds out what holds.
        condition += " ORDER BY revoked IS NOT NULL, ends DESC, id DESC LIMIT ?3"
        return try delegations(condition, values).sorted {
            $0.end == $1.end ? $0.id < $1.id : $0.end < $1.end
        }
    }

    func insert(_ delegation: Delegation, of tenant: TenantName) throws(StoreFailure) {
        try change(
            """
            INSERT INTO delegation (tenant, id, grantor, delegate, starts, ends, terms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            [
                .text(tenant.rawValue), .text(delegation.id.rawValue),
                .text(delegation.grantor.rawValue), .text(delegation.delegate.rawValue),
                .integer(delegation.start.milliseconds), .integer(delegation.end.milliseconds),
                .text(delegation.terms.text()),
            ])
    }

    func revoke(
        _ id: DelegationID, by member: MemberID, at now: Timestamp, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        try change(
            """
            UPDATE delegation SET revoked = ?3, revoker = ?4
            WHERE tenant = ?1 AND id = ?2 AND revoked IS NULL
            """,
            [
                .text(tenant.rawValue), .text(id.rawValue), .integer(now.milliseconds),
                .text(member.rawValue),
            ]) == 1
    }

    /// What a row holds, before it is known to be right.
    private struct Row {
        let terms: String
        let revoked: Int64?
        let revoker: String?
    }

    private func delegations(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [Delegation] {
        try rows(
            "SELECT terms, revoked, revoker FROM delegation WHERE tenant = ?1 \(condition)", values
        ) { (row) throws(SQLiteFailure) in
            Row(
                terms: try row.text(0), revoked: try row.optionalInteger(1),
                revoker: try row.optionalText(2))
        }.mapped(Self.delegation)
    }

    private static func delegation(_ row: Row) throws(StoreFailure) -> Delegation {
        let terms: JSONValue
        do {
            terms = try JSONValue(parsing: row.terms)
        } catch {
            throw .damaged("A stored delegation cannot be read.")
        }
        var revoker: MemberID?
        if let text = row.revoker { revoker = try parsed(MemberID(text), "member id") }
        let delegation = Delegation(
            terms: terms, revokedAt: row.revoked.map { Timestamp(milliseconds: $0) },
            revokedBy: revoker)
        return try parsed(delegation, "delegation")
    }
}
