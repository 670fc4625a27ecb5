import Approvals
import Audit
import ControlPlane
import Cryptography

/// Holds the record against the ledger and against what people were told, when all is at rest.
struct FinalCheck {
    private let world: World
    private var complain: (String) -> Void { { world.checker.complain($0) } }

    init(of world: World) { self.world = world }

    func run() {
        do {
            try world.server.store.truth { store throws(CommandFailure) in
                do throws(StoreFailure) {
                    try check(store)
                } catch {
                    throw .store(error)
                }
            }
        } catch {
            complain("the store cannot be read: \(error)")
        }
    }

    private func check(_ store: any StoreReader) throws(StoreFailure) {
        guard let tenant = TenantName("acme") else { return }
        let all = try store.changes(of: tenant, after: 0, limit: .max).map(\.approval)
        world.follower?.check(all)
        try checkLedger(store, tenant)
        try checkAcknowledged(store, tenant)
        try checkSubmitted(store, tenant)
        try checkChain(store, tenant)
        var granted = GrantedCheck(of: world, store, tenant)
        try granted.run()
        let head = try store.newestPosition(of: tenant)
        let resting = try store.pending(of: tenant, after: 0, limit: 10_000)
        if !resting.isEmpty {
            complain("\(resting.count) approvals are still pending long after their deadline")
        }
        if head == 0 { complain("nothing happened in this run") }
    }

    /// Nothing that is old and settled has a value any more.
    func checkForgotten() {
        guard let tenant = TenantName("acme") else { return }
        do {
            let kept = try world.server.store.truth { store throws(CommandFailure) in
                do throws(StoreFailure) {
                    return try store.kept(in: tenant, before: world.clock.wall, limit: .max)
                } catch {
                    throw .store(error)
                }
            }
            if !kept.isEmpty { complain("\(kept.count) approvals kept their values for ever") }
        } catch {
            complain("the store cannot be read: \(error)")
        }
    }

    /// Every tool ran at most once, released, and with what was decided.
    private func checkLedger(_ store: any StoreReader, _ tenant: TenantName) throws(StoreFailure) {
        var seen: Set<ApprovalID> = []
        for entry in world.ledger.entries {
            if !seen.insert(entry.approval).inserted {
                complain("\(entry.approval): the tool ran twice")
            }
            guard let approval = try store.approval(entry.approval, of: tenant) else {
                complain("\(entry.approval): ran, and the store does not know it")
                continue
            }
            if !approval.isReleased { complain("\(entry.approval): ran without a release") }
            // Erasing takes the digest; while it was there, each step held it to be the same.
            if approval.erasedAt == nil, approval.effectiveDigest != entry.digest {
                complain("\(entry.approval): ran with other arguments than decided")
            }
        }
    }

    /// Whoever was told "decided" is right for ever.
    private func checkAcknowledged(
        _ store: any StoreReader, _ tenant: TenantName
    ) throws(StoreFailure) {
        for (id, state) in world.checker.acknowledged {
            let stored = try store.approval(id, of: tenant)?.state
            if stored != state {
                complain("\(id): acknowledged as \(state), stored as \(stored?.rawValue ?? "lost")")
            }
        }
    }

    private func checkSubmitted(
        _ store: any StoreReader, _ tenant: TenantName
    ) throws(StoreFailure) {
        for agent in world.agents {
            for (key, id) in agent.submitted where try store.approval(id, of: tenant) == nil {
                complain("\(key): the approval that the agent was given is lost")
            }
        }
    }

    /// The log links from its first event to its last, and tells every change of state once.
    private func checkChain(_ store: any StoreReader, _ tenant: TenantName) throws(StoreFailure) {
        let events = try store.events(of: tenant, from: 0, limit: .max)
        guard let head = try store.chainHead(of: tenant) else { return complain("no log") }
        if events.count != Int(head.sequence) + 1 { complain("the log has gaps") }
        for record in events {
            let leaf = SHA256.hash([0] + record.line)
            if leaf != record.leafHash { complain("event \(record.sequence) was altered") }
        }
    }
}
