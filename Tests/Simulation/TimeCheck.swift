import Approvals

/// I6 and I12: what is pending has a timer, and nothing is released early or accepted late.
struct TimeCheck {
    private let world: World
    private var votes: [ApprovalID: Int] = [:]
    /// When an approval was first seen, by a clock that nobody can turn.
    private var firstSeen: [ApprovalID: Int64] = [:]

    init(of world: World) { self.world = world }

    mutating func run(_ approval: Approval) {
        let now = world.agenda.now
        let seen = firstSeen[approval.id] ?? now
        firstSeen[approval.id] = seen
        let deadline = approval.requirement.deadline
        if approval.state == .pending {
            let end = max(deadline, approval.heldUntil ?? deadline)
            if approval.dueAt.map({ $0 > end }) ?? true {
                world.checker.complain("I6: \(approval.id) has no timer before its deadline")
            }
        }
        let known = votes[approval.id] ?? 0
        votes[approval.id] = approval.decisions.count
        if approval.decisions.count > known, world.clock.wall >= deadline {
            world.checker.complain("I12: \(approval.id) took a vote after its deadline")
        }
        guard approval.state == .expired, approval.isReleased else { return }
        world.checker.count("released by silence")
        let promised = deadline.since(approval.createdAt)
        if now - seen < promised / 100 * 95 {
            world.checker.complain(
                "I12: \(approval.id) was released \(now - seen) ms after it came, not \(promised)")
        }
    }
}
