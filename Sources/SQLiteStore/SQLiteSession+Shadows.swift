import Approvals
import ControlPlane
import Policies
import SQLiteDatabase

// What shadows said to calls: counted in the transaction that stores the call.
extension SQLiteSession {
    func insertShadows(of approval: Approval) throws(StoreFailure) {
        for mark in approval.shadowMarks {
            try change(
                """
                INSERT INTO shadow_verdict
                    (tenant, policy, version, approval, live, said, leaning, answered, person,
                    waited)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                """,
                key(mark, approval) + [
                    .integer(Self.code(mark.live)), .optional(mark.said.map(Self.code)),
                    .text(mark.leaning.rawValue), .integer(mark.isAnswered ? 1 : 0),
                    .integer(Int64(approval.personsWord.rawValue)),
                    .integer(approval.waitedMilliseconds),
                ])
        }
    }

    /// Once it is settled, what people said to it does not change any more.
    func updateShadows(of approval: Approval) throws(StoreFailure) {
        guard approval.state.isTerminal else { return }
        for mark in approval.shadowMarks {
            try change(
                """
                UPDATE shadow_verdict SET person = ?5, waited = ?6
                WHERE tenant = ?1 AND policy = ?2 AND version = ?3 AND approval = ?4
                AND (person <> ?5 OR waited <> ?6)
                """,
                key(mark, approval) + [
                    .integer(Int64(approval.personsWord.rawValue)),
                    .integer(approval.waitedMilliseconds),
                ])
        }
    }

    func shadowTallies(
        of id: PolicyID, version: Int, since: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowTally] {
        let found = try rows(
            """
            SELECT live, said, leaning, answered, person, reviewer IS NOT NULL AS seen,
                count(*), sum(waited)
            FROM shadow_verdict
            WHERE tenant = ?1 AND policy = ?2 AND version = ?3 AND approval >= ?4
            GROUP BY live, said, leaning, answered, person, seen
            """, key(id, version, tenant) + [.text(UUIDv7.floor(at: since))]
        ) { (row) throws(SQLiteFailure) in
            (
                (try row.integer(0), try row.optionalInteger(1), try row.text(2)),
                (try row.integer(3), try row.integer(4), try row.integer(5)),
                (try row.integer(6), try row.integer(7))
            )
        }
        return try found.mapped { (said, person, sums) throws(StoreFailure) in
            ShadowTally(
                live: try Self.kind(said.0),
                said: try said.1.map { (code) throws(StoreFailure) in try Self.kind(code) },
                leaning: try parsed(ShadowLeaning(rawValue: said.2), "leaning"),
                isAnswered: person.0 == 1,
                person: try parsed(PersonsWord(rawValue: Int(person.1)), "person's word"),
                isReviewed: person.2 == 1, count: Int(sums.0), waitedMilliseconds: sums.1)
        }
    }

    func shadowCases(
        of id: PolicyID, version: Int, since: Timestamp, limit: Int, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowCase] {
        let found = try rows(
            """
            SELECT approval, reviewer FROM shadow_verdict
            WHERE tenant = ?1 AND policy = ?2 AND version = ?3 AND approval >= ?4
                AND (leaning <> 'same' OR answered = 0)
            ORDER BY leaning = 'stricter' AND answered, reviewer IS NOT NULL, approval DESC LIMIT ?5
            """,
            key(id, version, tenant) + [
                .text(UUIDv7.floor(at: since)), .integer(Int64(limit)),
            ]
        ) { (row) throws(SQLiteFailure) in (try row.text(0), try row.optionalText(1)) }
        return try found.mapped { (approval, reviewer) throws(StoreFailure) in
            ShadowCase(
                approval: try parsed(ApprovalID(approval), "approval id"),
                reviewer: reviewer.flatMap { MemberID($0) })
        }
    }

    func isShadowCase(
        _ approval: ApprovalID, of id: PolicyID, version: Int, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let found = try first(
            """
            SELECT 1 FROM shadow_verdict
            WHERE tenant = ?1 AND policy = ?2 AND version = ?3 AND approval = ?4
                AND (leaning <> 'same' OR answered = 0)
            """, key(id, version, tenant) + [.text(approval.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.integer(0) }
        return found != nil
    }

    func markReviewed(
        _ approval: ApprovalID, of id: PolicyID, version: Int, by reviewer: MemberID,
        at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let count = try change(
            """
            UPDATE shadow_verdict SET reviewer = ?5, reviewed = ?6
            WHERE tenant = ?1 AND policy = ?2 AND version = ?3 AND approval = ?4
                AND reviewer IS NULL
            """,
            key(id, version, tenant) + [
                .text(approval.rawValue), .text(reviewer.rawValue), .integer(now.milliseconds),
            ])
        return count == 1
    }

    private func key(_ mark: ShadowMark, _ approval: Approval) -> [SQLiteValue] {
        key(mark.policy, mark.version, approval.tenant) + [.text(approval.id.rawValue)]
    }

    private func key(_ id: PolicyID, _ version: Int, _ tenant: TenantName) -> [SQLiteValue] {
        [.text(tenant.rawValue), .text(id.rawValue), .integer(Int64(version))]
    }

    private static func code(_ kind: EffectKind) -> Int64 {
        switch kind {
        case .allow: 0
        case .requireApproval: 1
        case .deny: 2
        }
    }

    private static func kind(_ code: Int64) throws(StoreFailure) -> EffectKind {
        try parsed(EffectKind.allCases.first { self.code($0) == code }, "effect")
    }
}
