import Approvals
import ControlPlane
import JSONTree
import SQLiteDatabase

extension SQLiteSession {
    func secondFactor(
        of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) -> SecondFactor? {
        let sealed = try first(
            "SELECT sealed FROM second_factor WHERE tenant = ?1 AND member = ?2",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        guard let sealed else { return nil }
        do {
            let plain = try vault.open(sealed, at: factorPlace(id, tenant))
            return try SecondFactor(
                record: JSONValue(parsing: plain, limits: Approval.recordLimits))
        } catch {
            throw .damaged("A second factor cannot be read: wrong key or damage.")
        }
    }

    func save(
        _ factor: SecondFactor, of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) {
        let plain = Array(factor.record.text().utf8)
        try change(
            """
            INSERT INTO second_factor (tenant, member, sealed) VALUES (?1, ?2, ?3)
            ON CONFLICT (tenant, member) DO UPDATE SET sealed = excluded.sealed
            """,
            [
                .text(tenant.rawValue), .text(id.rawValue),
                .blob(vault.seal(plain, at: factorPlace(id, tenant))),
            ])
    }

    func removeSecondFactor(
        of id: MemberID, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        try change(
            "DELETE FROM second_factor WHERE tenant = ?1 AND member = ?2",
            [.text(tenant.rawValue), .text(id.rawValue)]) == 1
    }

    private func factorPlace(_ id: MemberID, _ tenant: TenantName) -> String {
        "second_factor|\(tenant.rawValue)|\(id.rawValue)"
    }
}
