public import Approvals
import Authority
import Duty
import Reach
import ZoneTime

extension CoverageSetup {
    /// Who can decide what a rule sends at an instant: by asking duty, authority and reach.
    public func standing(of rule: CoverageRule, at now: Timestamp) -> CoverageStanding {
        let active = delegations.filter { $0.state(at: now) == .active }
        let onDuty = rule.schedule.map { name in
            schedules[name]?.duty(at: now, zones: zones).people ?? []
        }
        let expected = onDuty.map { Self.expected($0, active: active) }
        let direct = direct(rule)
        let own = Set(direct.map(\.actor))
        let lent = active.sorted { $0.id < $1.id }.compactMap {
            voter($0, own: own, rule, at: now)
        }
        let quiet = Set(book.everybody.map(\.id)).filter {
            reach.people[$0]?.isQuiet(
                at: now, zones: zones, isOnDuty: expected?.contains($0) == true) == true
        }
        let moment = Moment(expected: expected, quiet: quiet, voters: direct + lent)
        return standing(of: rule, moment)
    }

    /// Everybody whose own authority reaches a rule.
    func direct(_ rule: CoverageRule) -> [Voter] {
        book.direct(over: rule.question).map {
            let person = book.person($0.member.id)
            return Voter(
                actor: $0.member.id, authority: $0.member.id, sets: $0.sets, actorPerson: person,
                authorityPerson: person)
        }
    }

    /// Who decides by a delegation; nil when it lends nothing, or to somebody who has it already.
    func voter(
        _ delegation: Delegation, own: Set<MemberID>, _ rule: CoverageRule, at now: Timestamp
    ) -> Voter? {
        guard own.contains(delegation.grantor), !own.contains(delegation.delegate),
            let sets = book.lending(delegation, over: rule.question, at: now)
        else { return nil }
        return Voter(
            actor: delegation.delegate, authority: delegation.grantor, sets: sets,
            actorPerson: book.person(delegation.delegate),
            authorityPerson: book.person(delegation.grantor))
    }

    /// On duty, with those in whose place or beside whom a delegate is.
    static func expected(_ onDuty: Set<MemberID>, active: [Delegation]) -> Set<MemberID> {
        var expected = onDuty
        for delegation in active
        where delegation.mode == .replace && onDuty.contains(delegation.grantor) {
            expected.remove(delegation.grantor)
        }
        for delegation in active
        where delegation.bringsDelegate && onDuty.contains(delegation.grantor) {
            expected.insert(delegation.delegate)
        }
        return expected
    }

    func standing(of rule: CoverageRule, _ moment: Moment) -> CoverageStanding {
        let expected = moment.expected
        let asked = expected.map { expected in
            moment.voters.filter { expected.contains($0.actor) }
        }
        let voters = rule.question.isOnShiftOnly ? asked ?? [] : moment.voters
        let reached = (asked ?? moment.voters).filter { !moment.quiet.contains($0.actor) }
        let state: CoverageStanding.State
        if case let lacking = missing(rule, voters), lacking > 0, !rule.question.isOnShiftOnly {
            state = .nobodyMay(missing: lacking)
        } else if expected?.isEmpty == true {
            state = .nobodyOnDuty
        } else if case let lacking = missing(rule, asked ?? voters), lacking > 0 {
            state = .wrongPeople(missing: lacking)
        } else if case let lacking = missing(rule, reached), lacking > 0 {
            state = .quiet(missing: lacking)
        } else {
            state = .covered
        }
        return CoverageStanding(
            able: Set(voters.map(\.actor)), available: Set(reached.map(\.actor)), state: state)
    }

    /// How many people are missing: one person votes once, one authority counts once.
    private func missing(_ rule: CoverageRule, _ voters: [Voter]) -> Int {
        var actors: Set<MemberID> = []
        var authorities: Set<MemberID> = []
        var votes: [Set<Int>] = []
        for voter in voters
        where !actors.contains(voter.actorPerson)
            && !authorities.contains(voter.authorityPerson)
        {
            actors.insert(voter.actorPerson)
            authorities.insert(voter.authorityPerson)
            votes.append(voter.sets)
            // Where there is one set, everybody counts for it.
            if rule.question.sets.count == 1, votes.count >= rule.question.sets[0].min { return 0 }
        }
        return rule.question.sets.count == 1
            ? rule.question.sets[0].min - votes.count
            : SetMatching.missing(sets: rule.question.sets.map(\.min), votes: votes)
    }
}

extension Delegation {
    /// True when whoever borrows is asked while the grantor is on duty.
    var bringsDelegate: Bool { mode == .replace || reaches == true }
}
