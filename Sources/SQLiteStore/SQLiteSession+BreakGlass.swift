import Approvals
import ControlPlane
import SQLiteDatabase

extension SQLiteSession {
    func brokenGlass(
        _ id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> BrokenGlass? {
        try glass("AND approval = ?2", [.text(tenant.rawValue), .text(id.rawValue)]).first
    }

    func brokenGlass(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [BrokenGlass] {
        try glass(
            "ORDER BY reviewed IS NULL DESC, at DESC, approval DESC LIMIT ?2",
            [.text(tenant.rawValue), .integer(Int64(limit))])
    }

    func save(_ glass: BrokenGlass, in tenant: TenantName) throws(StoreFailure) -> Bool {
        guard let reviewer = glass.reviewedBy, let reviewed = glass.reviewedAt else {
            return try change(
                """
                INSERT INTO break_glass (tenant, approval, member, at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO NOTHING
                """,
                [
                    .text(tenant.rawValue), .text(glass.approval.rawValue),
                    .text(glass.by.rawValue), .integer(glass.at.milliseconds),
                ]) == 1
        }
        return try change(
            """
            UPDATE break_glass SET reviewer = ?3, reviewed = ?4
            WHERE tenant = ?1 AND approval = ?2 AND reviewed IS NULL
            """,
            [
                .text(tenant.rawValue), .text(glass.approval.rawValue), .text(reviewer.rawValue),
                .integer(reviewed.milliseconds),
            ]) == 1
    }

    private struct GlassRow {
        let approval: String
        let member: String
        let at: Int64
        let reviewer: String?
        let reviewed: Int64?
    }

    private func glass(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(StoreFailure) -> [BrokenGlass] {
        try rows(
            """
            SELECT approval, member, at, reviewer, reviewed FROM break_glass
            WHERE tenant = ?1 \(condition)
            """, values
        ) { (row) throws(SQLiteFailure) in
            GlassRow(
                approval: try row.text(0), member: try row.text(1), at: try row.integer(2),
                reviewer: try row.optionalText(3), reviewed: try row.optionalInteger(4))
        }.mapped { (row) throws(StoreFailure) in
            BrokenGlass(
                approval: try parsed(ApprovalID(row.approval), "approval id"),
                by: try parsed(MemberID(row.member), "member id"),
                at: Timestamp(milliseconds: row.at),
                reviewedBy: try row.reviewer.map { (id) throws(StoreFailure) in
                    try parsed(MemberID(id), "member id")
                },
                reviewedAt: row.reviewed.map { Timestamp(milliseconds: $0) })
        }
    }
}
