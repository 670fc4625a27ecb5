import Approvals
import Audit
import Authority
import Duty
import JSONTree
import Reach
import ZoneTime

// The timer brings an approval to the next people.
extension ControlPlane {
    /// Takes the step that is due; false when none is.
    ///
    /// The save is a compare-and-set on the approval's version, so that two nodes cannot take one
    /// step twice.
    static func escalate(
        _ approval: inout Approval, _ journal: inout Journal, _ zones: ZoneTable
    ) throws(CommandFailure) -> Bool {
        let now = journal.now
        guard approval.state == .pending, now < approval.requirement.deadline,
            var escalation = approval.escalation, let due = escalation.nextAt, due <= now
        else { return false }
        if escalation.next == nil {
            guard !escalation.isOver else {
                try finish(&approval, &journal)
                return true
            }
            escalation.beginPass()
        }
        let finder = try EscalationFinder(of: approval, in: journal.store)
        var (skipped, gaps) = (0, [ScheduleAnswer]())
        var taken: EscalationPlan.Step?
        var told: Set<MemberID> = []
        // A step that finds nobody is passed over at once, but never further than this pass.
        while taken == nil, let step = escalation.next {
            let answer = try finder.answer(of: step.target, of: approval, journal, zones)
            told = finder.people(of: step.target, answer)
            escalation.take(reaching: !told.isEmpty, by: answer, at: now)
            if !told.isEmpty { taken = step } else { skipped += 1 }
            if told.isEmpty, let answer { gaps.append(answer) }
        }
        let quiet = try finder.quiet(told, of: approval, journal, zones)
        // They see it when they look; somebody who is awake is told at once.
        if quiet?.isPassedOn == true { escalation.hurry(at: now) }
        let isWider = escalation.deciding != approval.escalation?.deciding
        approval.escalation = escalation
        try watchAlso(&approval, journal, zones)
        // More people may decide it now, which is a change of what it needs.
        if isWider { approval.touch(at: now) }
        try journal.save(
            &approval,
            because: escalated(
                approval, Taken(step: taken, skipped: skipped, gaps: gaps, isWider: isWider),
                quiet))
        if let event = heed(quiet, &approval, at: now) {
            try journal.save(&approval, because: event)
        }
        return true
    }

    /// A schedule that a step asked counts for later changes of shifts, too.
    private static func watchAlso(
        _ approval: inout Approval, _ journal: Journal, _ zones: ZoneTable
    ) throws(CommandFailure) {
        guard approval.escalation?.duties.isEmpty == false else { return }
        let roster = try DutyRoster(of: approval, in: journal.store, at: journal.now, zones)
        approval.watch = roster.watch(after: approval.watch)
    }

    /// Nobody answered in any pass.
    private static func finish(
        _ approval: inout Approval, _ journal: inout Journal
    ) throws(CommandFailure) {
        if approval.giveUp(at: journal.now) {
            return try journal.save(&approval, because: expired(approval, of: "through"))
        }
        approval.escalation?.rest()
        try journal.save(&approval)
    }

    /// What was done with the steps that were due at one instant.
    private struct Taken {
        var step: EscalationPlan.Step?
        var skipped: Int
        /// Schedules that named nobody.
        var gaps: [ScheduleAnswer]
        var isWider: Bool
    }

    private static func escalated(
        _ approval: Approval, _ taken: Taken, _ quiet: QuietStep?
    ) -> AuditEvent {
        let gaps = taken.gaps.map { "\($0.schedule.rawValue)@\($0.version)" }
        var answer = taken.gaps.last
        if case .schedule = taken.step?.target { answer = approval.escalation?.duties.last }
        var facts: JSONObject = .facts([
            "break_through": (quiet?.clause).map { .fact($0.rawValue) },
            "quiet": quiet?.isPassedOn == true ? .fact("everybody") : nil,
            "pass": (approval.escalation?.passes).map { .fact($0) },
            "plan_version": (approval.escalation?.version).map { .fact($0) },
            "gaps": gaps.isEmpty ? nil : .fact(gaps.joined(separator: " ")),
            "skipped": taken.skipped == 0 ? nil : .fact(taken.skipped),
            "step": (approval.escalation?.step).map { .fact($0) },
        ])
        facts["zones"] = (answer?.zoneVersion).map { .fact($0) }
        switch taken.step?.target {
        case .group(let group):
            facts["to_group"] = .fact(group.rawValue)
            if taken.isWider { facts["group_added"] = .fact(group.rawValue) }
        case .people(let people):
            facts["to_people"] = .fact(people.map(\.rawValue).joined(separator: " "))
        case .schedule(let schedule):
            facts["schedule"] = .fact(schedule.rawValue)
            facts["schedule_version"] = (answer?.version).map { .fact($0) }
            let people = answer?.people.map(\.rawValue) ?? []
            facts["to_people"] = .fact(people.joined(separator: " "))
        case nil: break
        }
        return AuditEvent(
            .approvalEscalated, by: .server, about: .of(approval),
            outcome: taken.step == nil ? "nobody" : "told", facts: facts)
    }
}

/// Who can be told of an approval: people who are here, whose own run it is not and who did not
/// decide it already.
struct EscalationFinder {
    let members: [Member]

    init(of approval: Approval, in store: any StoreReader) throws(CommandFailure) {
        let tenant = approval.tenant
        let owner = try stored(try store.agentOwner(of: approval.agent, in: tenant))
        var ownerEmail: String?
        if let owner { ownerEmail = try stored(try store.email(of: owner, in: tenant)) }
        let decided = Set(approval.decisions.map(\.by))
        members = try stored(try store.members(of: tenant)).filter {
            $0.id != owner && $0.email != ownerEmail && !decided.contains($0.id)
        }
    }

    /// Whom a step is for; a schedule's are those that it named.
    func people(of target: EscalationPlan.Target, _ answer: ScheduleAnswer?) -> Set<MemberID> {
        switch target {
        case .group(let group):
            Set(members.filter { $0.groups.contains(group) && Self.decides($0) }.map(\.id))
        case .people(let people): Set(members.map(\.id)).intersection(people)
        case .schedule: Set(answer?.people ?? [])
        }
    }

    /// Asks the schedule that a step goes to; nil for a step that goes to none.
    func answer(
        of target: EscalationPlan.Target, of approval: Approval, _ journal: Journal,
        _ zones: ZoneTable
    ) throws(CommandFailure) -> ScheduleAnswer? {
        guard case .schedule(let name) = target else { return nil }
        return try ScheduleAnswer(
            name, in: journal.store, of: approval.tenant, among: members.filter(Self.decides),
            at: journal.now, zones)
    }

    static func decides(_ member: Member) -> Bool {
        !Authority.deciders.isDisjoint(with: member.roles)
    }
}

extension ScheduleAnswer {
    /// Who of `members` is on duty by a schedule now; nobody by one that is no more.
    init(
        _ name: GroupName, in store: any StoreReader, of tenant: TenantName,
        among members: [Member], at now: Timestamp, _ zones: ZoneTable
    ) throws(CommandFailure) {
        let known = try stored(try store.schedules(of: tenant)).first { $0.name == name }
        guard let known else {
            self.init(schedule: name, version: 0, zoneVersion: "", people: [], at: now)
            return
        }
        let overrides = try stored(try store.overrides(on: name, of: tenant, endingAfter: now))
        let duty = known.duty(with: overrides).duty(at: now, zones: zones)
        let people = members.map(\.id).filter(duty.people.contains)
        self.init(
            schedule: name, version: known.version, zoneVersion: duty.zoneVersion,
            people: people.sorted { $0.rawValue < $1.rawValue }, at: now)
    }
}

extension ControlPlane {
    /// Gives every pending approval without a timer its timer back; how many there were.
    ///
    /// The store refuses to write such a row, so that one is damage from outside.
    public func repairTimers(
        in store: any StoreWriter, limit: Int
    ) throws(StoreFailure) -> Int {
        let untimed = try store.untimed(limit: limit)
        var count = 0
        for one in untimed {
            do {
                guard let approval = try store.approval(one.approval, of: one.tenant),
                    try store.replace(approval)
                else { continue }
                count += 1
            } catch {
                // What cannot be read holds nobody else up; nothing of it can run.
                guard case .damaged = error else { throw error }
            }
        }
        return count
    }
}
