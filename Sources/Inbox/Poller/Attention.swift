import Approvals
import WireAPI

/// What the person was told of arrivals by bell and by notice, so that neither comes too often.
struct Attention: Sendable {
    /// However much comes, the bell rings no oftener.
    static let ringPauseMilliseconds: Int64 = 10_000
    /// However much comes, a notice is shown no oftener.
    static let noticePauseMilliseconds: Int64 = 30_000

    private var rangAt = Timestamp(milliseconds: .min)
    private var noticedAt = Timestamp(milliseconds: .min)
    /// What arrived since the last notice.
    private var arrived = 0
    private var highRisk = 0

    /// What to do about approvals that are new.
    mutating func effects(of fresh: [ApprovalSummary], at now: Timestamp) -> [InboxEffect] {
        guard !fresh.isEmpty else { return [] }
        let grave = fresh.count { $0.risk >= .high }
        var effects: [InboxEffect] = []
        if grave > 0, now.since(rangAt) >= Self.ringPauseMilliseconds {
            rangAt = now
            effects.append(.bell)
        }
        arrived += fresh.count
        highRisk += grave
        return effects
    }

    /// The notice that is due, if one is.
    mutating func notice(at now: Timestamp) -> InboxEffect? {
        guard let dueAt, now >= dueAt else { return nil }
        defer { (noticedAt, arrived, highRisk) = (now, 0, 0) }
        return .notify(arrived: arrived, highRisk: highRisk)
    }

    /// When what arrived is to be told; nil when all of it was.
    var dueAt: Timestamp? {
        arrived == 0 ? nil : noticedAt.adding(milliseconds: Self.noticePauseMilliseconds)
    }
}

extension Inbox {
    /// Draws attention to what is new, but not to what was there at the start.
    mutating func drawAttention(to rows: [ApprovalSummary]) {
        guard !queue.isSettling, poller.isComplete, !poller.isReloading else { return }
        var fresh = rows.filter { $0.state == .pending && queue.row($0.id) == nil }
        // In quiet hours only what is critical disturbs; the rows are there all the same.
        if isQuiet { fresh.removeAll { $0.risk < .critical } }
        effects += network.attention.effects(of: fresh, at: now)
    }

    /// True while the person is not to be disturbed, as the control plane says.
    private var isQuiet: Bool { me?.quietUntil.map { serverTime < $0 } ?? false }

    /// Tells of arrivals that were kept back because the last notice had just been shown.
    mutating func notifyIfDue() {
        if let notice = network.attention.notice(at: now) { effects.append(notice) }
    }
}
