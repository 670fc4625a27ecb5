import Approvals
import ControlPlane
import Cryptography
import SQLiteDatabase

// Which approval a call of a run got last.
extension SQLiteSession {
    func latestAsk(
        for call: SameCall, in tenant: TenantName
    ) throws(StoreFailure) -> ApprovalID? {
        let found = try first(
            "SELECT approval FROM latest_ask WHERE tenant = ?1 AND agent = ?2 AND call = ?3",
            place(of: call, in: tenant)
        ) { (row) throws(SQLiteFailure) in try row.text(0) }
        guard let found else { return nil }
        return try parsed(ApprovalID(found), "approval id")
    }

    func keepLatestAsk(
        _ approval: ApprovalID, for call: SameCall, in tenant: TenantName
    ) throws(StoreFailure) {
        try change(
            """
            INSERT INTO latest_ask (tenant, agent, call, approval) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET approval = excluded.approval
            """, place(of: call, in: tenant) + [.text(approval.rawValue)])
    }

    private func place(of call: SameCall, in tenant: TenantName) -> [SQLiteValue] {
        let mark = vault.mark("ask\n\(tenant.rawValue)\n\(call.agent.rawValue)\n\(call.digest.hex)")
        return [.text(tenant.rawValue), .text(call.agent.rawValue), .blob(mark)]
    }
}
