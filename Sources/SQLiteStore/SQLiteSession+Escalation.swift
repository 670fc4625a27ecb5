import Approvals
import ControlPlane
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func escalationPlan(
        of group: GroupName, in tenant: TenantName
    ) throws(StoreFailure) -> GroupPlan? {
        let found = try first(
            """
            SELECT version, plan, changer, changed FROM escalation_plan
            WHERE tenant = ?1 AND member_group = ?2
            """, [.text(tenant.rawValue), .text(group.rawValue)]
        ) { (row) throws(SQLiteFailure) in
            (try row.integer(0), try row.text(1), try row.text(2), try row.integer(3))
        }
        guard let found else { return nil }
        let plan: EscalationPlan
        do {
            plan = try EscalationPlan(record: try JSONValue(parsing: found.1))
        } catch {
            throw .damaged("A stored escalation plan cannot be read.")
        }
        return GroupPlan(
            group: group, version: Int(found.0), plan: plan,
            changedBy: try parsed(MemberID(found.2), "member id"),
            changedAt: Timestamp(milliseconds: found.3))
    }

    func hasEscalationPlan(in tenant: TenantName) throws(StoreFailure) -> Bool {
        try first(
            "SELECT version FROM escalation_plan WHERE tenant = ?1 LIMIT 1",
            [.text(tenant.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.integer(0) } != nil
    }

    func save(_ plan: GroupPlan, in tenant: TenantName) throws(StoreFailure) -> Bool {
        let values: [SQLiteValue] = [
            .text(tenant.rawValue), .text(plan.group.rawValue), .integer(Int64(plan.version)),
            .text(plan.plan.record.text()), .text(plan.changedBy.rawValue),
            .integer(plan.changedAt.milliseconds),
        ]
        if plan.version == 1 {
            return try change(
                """
                INSERT INTO escalation_plan
                    (tenant, member_group, version, plan, changer, changed)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING
                """, values) == 1
        }
        return try change(
            """
            UPDATE escalation_plan SET version = ?3, plan = ?4, changer = ?5, changed = ?6
            WHERE tenant = ?1 AND member_group = ?2 AND version = ?3 - 1
            """, values) == 1
    }

    func untimed(limit: Int) throws(StoreFailure) -> [PendingPlace] {
        let found = try rows(
            """
            SELECT tenant, id FROM approval INDEXED BY approval_untimed
            WHERE pending = 1 AND due IS NULL LIMIT ?1
            """, [.integer(Int64(limit))]
        ) { (row) throws(SQLiteFailure) in (try row.text(0), try row.text(1)) }
        return try found.mapped { (tenant, id) throws(StoreFailure) in
            PendingPlace(
                tenant: try parsed(TenantName(tenant), "tenant name"),
                approval: try parsed(ApprovalID(id), "approval id"))
        }
    }
}
