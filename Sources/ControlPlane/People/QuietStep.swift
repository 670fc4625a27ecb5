import Approvals
import Audit
import Authority
import Duty
import JSONTree
import Reach
import ZoneTime

/// What quiet hours do to one step of an escalation, or to the first asking of a group.
struct QuietStep: Hashable {
    /// What comes of it when nobody of the step may be disturbed.
    var next = ReachPlan.Next.told
    /// Why quiet hours did not count.
    var clause: BreakThrough?

    /// True when everybody is quiet and the next step comes at once.
    var isPassedOn: Bool { next == .escalate }
}

extension Session {
    /// Heeds the quiet hours of the group that a new approval asks; the event that it comes to,
    /// nil when nothing of it is worth one.
    func heedQuiet(_ approval: inout Approval) throws(CommandFailure) -> AuditEvent? {
        guard try !stored(try store.reaches(of: tenant)).isEmpty else { return nil }
        let finder = try EscalationFinder(of: approval, in: store)
        let asked = finder.people(of: .group(approval.requirement.group), nil)
        let quiet = try finder.quiet(asked, of: approval, journal, zones)
        if quiet?.isPassedOn == true { approval.escalation?.hurry(at: now) }
        return ControlPlane.heed(quiet, &approval, at: now)
    }
}

extension ControlPlane {
    /// Moves the deadline of an approval that waits for people to wake up, or refuses it.
    ///
    /// It never releases anything: one whose people sleep on is refused, whatever its posture.
    static func heed(
        _ quiet: QuietStep?, _ approval: inout Approval, at now: Timestamp
    ) -> AuditEvent? {
        switch quiet?.next {
        case nil, .told, .escalate: return nil
        case .wait(let deadline): return wait(&approval, until: deadline, at: now)
        case .refuse(let end) where end <= now:
            guard approval.refuseUnheard(at: now) else { return nil }
            return expired(approval, of: "quiet")
        case .refuse(let end):
            approval.requirement.posture = .failClosed
            return wait(&approval, until: end, at: now)
        }
    }

    private static func wait(
        _ approval: inout Approval, until deadline: Timestamp, at now: Timestamp
    ) -> AuditEvent? {
        let before = approval.requirement.deadline
        guard deadline > before else { return nil }
        approval.requirement.deadline = deadline
        approval.heldUntil = nil
        approval.touch(at: now)
        return AuditEvent(
            .approvalExtended, by: .server, about: .of(approval),
            facts: .facts([
                "expires_ms": .fact(deadline), "quiet": .fact("everybody"),
                "posture": .fact(approval.requirement.posture.rawValue),
                "seconds": .fact(Int(deadline.since(before) / 1_000)),
            ]))
    }
}

extension Requirement {
    /// What its policy says about everybody being quiet. Where silence would release the call, it
    /// waits for somebody to wake up instead of going on without them.
    fileprivate func allQuiet(at risk: Risk) -> AllQuiet {
        let said = allQuiet ?? .usual(for: risk)
        return posture == .failOpen && said == .escalate ? .wait : said
    }
}

extension EscalationFinder {
    /// Whether the people of a step may be disturbed now; nil where nobody ever said anything.
    func quiet(
        _ told: Set<MemberID>, of approval: Approval, _ journal: Journal, _ zones: ZoneTable
    ) throws(CommandFailure) -> QuietStep? {
        guard !told.isEmpty else { return nil }
        let (store, tenant, now) = (journal.store, approval.tenant, journal.now)
        let all = try stored(try store.reaches(of: tenant))
        guard !all.isEmpty else { return nil }
        let book = ReachBook(all, of: members)
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
                deadline: approval.requirement.deadline,
                allQuiet: approval.requirement.allQuiet(at: approval.risk)),
            at: now, zones: zones)
        return QuietStep(
            next: plan.next, clause: plan.told.values.lazy.compactMap { $0 }.first)
    }
}
