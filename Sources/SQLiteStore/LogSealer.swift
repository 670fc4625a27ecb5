import Approvals
import Audit
import ControlPlane
import Cryptography
import Dispatch
import SQLiteDatabase

/// Signs checkpoints of the logs, in the transaction that their events are committed in.
///
/// So an event that somebody waits for and the checkpoint that covers it become durable by one
/// sync, and no answer about it can go out before. Events that nobody waits for share a checkpoint:
/// a log gets a new one every 250 milliseconds or 256 events, whichever is sooner.
final class LogSealer {
    /// How long events may be without a checkpoint.
    static let tailMilliseconds = 250
    /// How many events may be without a checkpoint.
    static let tailMax: Int64 = 256
    /// How many events a log that has no nodes yet reads at once.
    private static let chunkMax: Int64 = 4_096

    private struct Log {
        let origin: String
        var growth: TreeGrowth
        var signedSize: Int64
        var signedAt: Int64
        /// True when an answer waits for the checkpoint.
        var isUrgent = false

        var hasTail: Bool { growth.size > signedSize }
    }

    /// All sign, the one in use last; two of them while the former one is not retired.
    let keys: [Ed25519SigningKey]
    private var logs: [TenantName: Log] = [:]

    init(_ keys: [Ed25519SigningKey]) { self.keys = keys }

    /// True while events are without a checkpoint.
    private(set) var hasTail = false

    /// Brings every log's tree and checkpoints up to its last event, before anything is served.
    func catchUp(_ session: SQLiteSession) throws(StoreFailure) {
        for tenant in try session.tenantsWithLogs() {
            try load(tenant, session)
            try sign(tenant, session, isForced: true)
        }
        hasTail = false
    }

    /// Takes in the events of the running transaction and signs what must be signed.
    func seal(_ session: SQLiteSession, isForced: Bool = false) throws(StoreFailure) {
        for event in session.appended {
            guard let log = logs[event.tenant], log.growth.size <= event.sequence else {
                // The log is new here, or this event was read with it.
                if logs[event.tenant] == nil { try load(event.tenant, session) }
                if event.isUrgent { logs[event.tenant]?.isUrgent = true }
                continue
            }
            guard log.growth.size == event.sequence else {
                throw .damaged("An event was added that the tree of its log does not follow.")
            }
            let whole = logs[event.tenant]?.growth.append(event.leaf) ?? []
            if event.isUrgent { logs[event.tenant]?.isUrgent = true }
            try session.insert(whole, of: event.tenant)
        }
        for tenant in logs.keys { try sign(tenant, session, isForced: isForced) }
        hasTail = logs.values.contains { $0.hasTail }
    }

    private func sign(
        _ tenant: TenantName, _ session: SQLiteSession, isForced: Bool
    ) throws(StoreFailure) {
        guard var log = logs[tenant], log.hasTail else { return }
        let now = Self.milliseconds
        let isDue =
            log.isUrgent || log.growth.size - log.signedSize >= Self.tailMax
            || now - log.signedAt >= Int64(Self.tailMilliseconds)
        guard isDue || isForced else { return }
        let checkpoint = Checkpoint(
            origin: log.origin, size: log.growth.size, root: log.growth.root)
        guard let signed = SignedCheckpoint(checkpoint, signedBy: keys) else {
            throw .damaged("The origin of a log cannot stand in a checkpoint.")
        }
        try session.insert(signed, of: tenant)
        log.signedSize = log.growth.size
        log.signedAt = now
        log.isUrgent = false
        logs[tenant] = log
    }

    /// Reads a log's tree, adds the nodes that are missing, and holds it against what was signed.
    private func load(
        _ tenant: TenantName, _ session: SQLiteSession
    ) throws(StoreFailure) {
        guard let origin = try session.logOrigin(of: tenant),
            let head = try session.chainHead(of: tenant)
        else { return }
        let size = head.sequence + 1
        let known = try session.nodesCount(of: tenant) * TreeGrowth.fanOut
        guard known <= size else { throw .damaged("A log has fewer events than its tree.") }
        let read = { (level, number, count) throws(StoreFailure) in
            try session.treeNodes(of: tenant, level: level, from: number, count: count)
        }
        var growth = try TreeGrowth(size: known, reading: read)
        while growth.size < size {
            let count = min(Self.chunkMax, size - growth.size)
            for leaf in try read(0, growth.size, count) {
                try session.insert(growth.append(leaf), of: tenant)
            }
        }
        let signed = try session.newestCheckpoint(of: tenant)
        if let signed, signed.size <= size {
            let root = try session.tree(of: tenant, size: signed.size).root()
            guard signed.checkpoint?.root == root else { throw .damaged(Self.rewritten) }
        } else if signed != nil {
            throw .damaged(Self.rewritten)
        }
        logs[tenant] = Log(
            origin: origin, growth: growth, signedSize: signed?.size ?? 0, signedAt: 0)
    }

    private static let rewritten =
        "The audit log is not the one that was signed: its file was changed by somebody else."

    static var milliseconds: Int64 {
        Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
    }
}
