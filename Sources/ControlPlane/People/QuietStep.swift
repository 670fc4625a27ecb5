import Approvals
import Authority
import Duty
import Reach
import ZoneTime

/// What quiet hours do to one step of an escalation.
struct QuietStep: Hashable {
    /// True when everybody of the step is quiet and nothing breaks through that, so that the next
    /// step comes at once.
    var isPassedOn = false
    /// Why quiet hours did not count.
    var clause: BreakThrough?
}

extension EscalationFinder {
    /// Whether the people of a step may be disturbed now; nil where nobody ever said anything.
    func quiet(
        _ target: EscalationPlan.Target?, of approval: Approval, _ journal: Journal,
        _ zones: ZoneTable
    ) throws(CommandFailure) -> QuietStep? {
        guard let target else { return nil }
        let (store, tenant, now) = (journal.store, approval.tenant, journal.now)
        let all = try stored(try store.reaches(of: tenant))
        guard !all.isEmpty else { return nil }
        let book = ReachBook(all, of: members)
        let told = Set(members.filter { Self.names(target, $0) }.map(\.id))
        guard !told.isDisjoint(with: book.people.keys) else { return nil }
        let groups = Set(approval.decidingGroups)
        let deciders = members.filter {
            !groups.isDisjoint(with: $0.groups) && !Authority.deciders.isDisjoint(with: $0.roles)
        }
        var onDuty: Set<MemberID> = []
        for plan in try stored(try store.schedules(of: tenant)) {
            let overrides = try stored(
                try store.overrides(on: plan.name, of: tenant, endingAfter: now))
            onDuty.formUnion(plan.duty(with: overrides).duty(at: now, zones: zones).people)
        }
        let plan = book.plan(
            ReachQuestion(
                recipients: told, onDuty: onDuty, eligible: told.union(deciders.map(\.id)),
                risk: approval.risk, createdAt: approval.createdAt,
                deadline: approval.requirement.deadline), at: now, zones: zones)
        return QuietStep(
            isPassedOn: plan.next == .escalate,
            clause: plan.told.values.lazy.compactMap { $0 }.first)
    }
}
