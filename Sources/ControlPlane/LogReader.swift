public import Approvals
public import Audit
public import Cryptography

/// What a snapshot of the store knows about the logs beyond their events.
public protocol LogReader {
    /// The origin line in a log's first event; nil before there is one.
    func logOrigin(of tenant: TenantName) throws(StoreFailure) -> String?
    /// Nodes of a log's tree, by level of sixteen; level 0 are the hashes of the events.
    ///
    /// Gives exactly as many as it is asked for, or throws.
    func treeNodes(
        of tenant: TenantName, level: Int, from number: Int64, count: Int64
    ) throws(StoreFailure) -> [Digest]
    /// The signed checkpoints of a log that speak for at least `size` events, smallest first.
    func checkpoints(
        of tenant: TenantName, from size: Int64, limit: Int
    ) throws(StoreFailure) -> [SignedCheckpoint]
    /// The newest signed checkpoint of a log.
    func newestCheckpoint(of tenant: TenantName) throws(StoreFailure) -> SignedCheckpoint?
    /// The keys that signed or sign the logs, oldest first; the last one is in use.
    func logKeys() throws(StoreFailure) -> [Ed25519Key]
    /// The events of a log that name another key, in order.
    func keyRotations(of tenant: TenantName) throws(StoreFailure) -> [AuditRecord]
    /// What an event committed to, document by document and field by field.
    func disclosedFields(
        of sequence: Int64, in tenant: TenantName
    ) throws(StoreFailure) -> [DisclosedField]
    /// The event that settled an approval; nil while it is pending.
    func settlingEvent(
        of id: ApprovalID, in tenant: TenantName
    ) throws(StoreFailure) -> AuditRecord?
}

extension LogReader {
    /// The tree over the first `size` events of a log.
    public func tree(of tenant: TenantName, size: Int64) -> StoredTree<StoreFailure> {
        StoredTree(size: size) { (level, number, count) throws(StoreFailure) in
            try treeNodes(of: tenant, level: level, from: number, count: count)
        }
    }
}

extension EventType {
    /// The events that settle an approval: an agent gets a proof of them.
    public static let settling: [EventType] = [
        .approvalDecided, .approvalExpired, .approvalCancelled,
    ]
}
