import Approvals
import ControlPlane

/// Holds whatever was committed against the invariants, after every step of a run.
///
/// It reads what is stored, never what the store says to those who decide by it. I1: what is
/// settled stays as it is. I3: who was told that they decided is right. I4: what is released runs
/// with one digest. I5: each change has its event, and the events are one chain. I6: what is
/// pending has one timer. I7: votes have authority, and an approval enough of them. I8: all is of
/// one tenant. I9: one claim. I12: nothing is released early or accepted late. S3: no two overrides
/// contradict each other.
final class StepCheck {
    private let world: World
    private let tenant: TenantName
    private var commits = -1
    private var votes: VoteCheck
    private var times: TimeCheck
    private var states: StateCheck
    private var log: LogCheck
    private var runs: Set<ApprovalID> = []
    private var entries = 0

    init(of world: World, _ tenant: TenantName) {
        self.world = world
        self.tenant = tenant
        votes = VoteCheck(of: world)
        times = TimeCheck(of: world)
        states = StateCheck(of: world, tenant)
        log = LogCheck(of: world, tenant)
    }

    /// Looks at what is new; costs nothing when nothing was committed.
    func run() {
        let news = world.server.store.news()
        let ran = world.ledger.entries.dropFirst(entries)
        guard news.commits != commits || !ran.isEmpty else { return }
        commits = news.commits
        entries += ran.count
        do {
            try world.server.store.truth { store throws(CommandFailure) in
                do throws(StoreFailure) {
                    try check(Set(news.changes.map(\.approval)).sorted(), store)
                    for entry in ran { try check(entry, store) }
                } catch {
                    throw .store(error)
                }
            }
        } catch {
            world.checker.complain("the store cannot be read: \(error)")
        }
    }

    private func check(
        _ changed: [ApprovalID], _ store: any StoreReader
    ) throws(StoreFailure) {
        try log.run(store)
        for id in changed {
            guard let approval = try store.approval(id, of: tenant) else {
                world.checker.complain("I8: \(id) changed, and is not there")
                continue
            }
            states.run(approval, log)
            times.run(approval)
            try votes.run(approval, log, store)
        }
    }

    /// Whatever ran was released, and runs once.
    private func check(_ entry: Ledger.Entry, _ store: any StoreReader) throws(StoreFailure) {
        if !runs.insert(entry.approval).inserted {
            world.checker.complain("I9: \(entry.approval): the tool ran twice")
        }
        if try store.approval(entry.approval, of: tenant)?.isReleased != true {
            world.checker.complain("I4: \(entry.approval): ran without a release")
        }
    }
}
