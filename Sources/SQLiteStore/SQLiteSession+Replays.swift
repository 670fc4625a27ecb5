import Approvals
import ControlPlane
import JSONTree
import SQLiteDatabase

// Stored calls, to be judged again.
extension SQLiteSession {
    func replay(
        of tenant: TenantName, after id: String, limit: Int, only parts: JSONSelection,
        _ body: (StoredCall?) -> Void
    ) throws(StoreFailure) -> String? {
        try rows(
            """
            SELECT id, version, sealed FROM approval
            WHERE tenant = ?1 AND id > ?2 AND erased = 0 ORDER BY id LIMIT ?3
            """, [.text(tenant.rawValue), .text(id), .integer(Int64(limit))]
        ) { (row) throws(SQLiteFailure) in
            let id = try row.text(0)
            let place = place(id, tenant, try row.integer(1))
            body(call(try row.blob(2), at: place, only: parts))
            return id
        }.last
    }

    func replayableCount(of tenant: TenantName, after id: String) throws(StoreFailure) -> Int {
        try first(
            "SELECT count(*) FROM approval WHERE tenant = ?1 AND id > ?2 AND erased = 0",
            [.text(tenant.rawValue), .text(id)]
        ) { (row) throws(SQLiteFailure) in Int(try row.integer(0)) } ?? 0
    }

    /// The seal proves that the bytes are this program's own.
    private func call(
        _ sealed: [UInt8], at place: String, only parts: JSONSelection
    ) -> StoredCall? {
        do {
            return StoredCall(
                record: try JSONValue(
                    parsing: try vault.open(sealed, at: place), only: parts,
                    limits: Approval.recordLimits))
        } catch {
            return nil
        }
    }
}
