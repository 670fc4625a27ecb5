import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree

// Trees and checkpoints of the logs, made from all events whenever somebody asks.
extension MemorySession {
    /// Signs what this store is asked for: the same events always have the same checkpoint.
    private static let key = Ed25519SigningKey(seed: Array(repeating: 7, count: 32))

    func logOrigin(of tenant: TenantName) throws(StoreFailure) -> String? {
        guard let line = part(tenant).events.first?.line else { return nil }
        do { return try JSONValue(parsing: line)["log"]?.stringValue } catch {
            throw .damaged("the first event of a log cannot be read")
        }
    }

    func treeNodes(
        of tenant: TenantName, level: Int, from number: Int64, count: Int64
    ) throws(StoreFailure) -> [Digest] {
        let width = (0..<level).reduce(1) { size, _ in size * Int(TreeGrowth.fanOut) }
        let leaves = part(tenant).events.map(\.leafHash)
        guard Int(number + count) * width <= leaves.count else {
            throw .damaged("a log's tree is incomplete")
        }
        return (number..<number + count).map { place in
            MerkleTree.root(leaves[Int(place) * width..<(Int(place) + 1) * width])
        }
    }

    func newestCheckpoint(
        of tenant: TenantName
    ) throws(StoreFailure) -> SignedCheckpoint? {
        let events = part(tenant).events
        guard let key = Self.key, let origin = try logOrigin(of: tenant) else { return nil }
        return SignedCheckpoint(
            Checkpoint(
                origin: origin, size: Int64(events.count),
                root: MerkleTree.root(events.map(\.leafHash))), signedBy: [key])
    }

    func checkpoints(
        of tenant: TenantName, from size: Int64, limit: Int
    ) throws(StoreFailure) -> [SignedCheckpoint] {
        guard let newest = try newestCheckpoint(of: tenant), newest.size >= size else { return [] }
        return [newest]
    }

    func logKeys() throws(StoreFailure) -> [Ed25519Key] {
        [Self.key].compactMap { $0?.publicKey } + state.logKeys
    }

    func keyRotations(of tenant: TenantName) throws(StoreFailure) -> [AuditRecord] {
        part(tenant).events.filter { $0.type == EventType.keyRotated.rawValue }
    }

    func insert(_ key: Ed25519Key) throws(StoreFailure) { state.logKeys.append(key) }

    func disclosedFields(
        of sequence: Int64, in tenant: TenantName
    ) throws(StoreFailure) -> [DisclosedField] {
        let kept = part(tenant).disclosures[sequence, default: []].map { DisclosedField($0) }
        let erased = part(tenant).erased[sequence, default: []]
        return (kept + erased).sorted {
            ($0.field.document, $0.field.index) < ($1.field.document, $1.field.index)
        }
    }

    func settlingEvent(
        of id: ApprovalID, in tenant: TenantName
    ) throws(StoreFailure) -> AuditRecord? {
        let settling = EventType.settling.map(\.rawValue)
        return try events(about: id, of: tenant).first { settling.contains($0.type) }
    }
}
