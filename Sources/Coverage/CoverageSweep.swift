import Approvals
import Authority
import Duty
import Reach
public import ZoneTime

extension CoverageSetup {
    /// Who can decide what each rule sends, all through a range.
    ///
    /// Everything that changes with time is computed once for the range; a test holds the result
    /// against `standing` at single instants.
    public func coverage(
        of rules: [CoverageRule], in range: InstantRange
    ) -> [[CoverageStretch]] {
        let sweep = CoverageSweep(self, rules, range)
        return rules.map { sweep.stretches(of: $0) }
    }
}

/// One range, with what changes in it.
private struct CoverageSweep {
    private let setup: CoverageSetup
    private let range: InstantRange
    private var shifts: [GroupName: [DutyStretch]] = [:]
    /// Quiet hours and absences of everybody who may be asked.
    private var quiet: [MemberID: [InstantRange]] = [:]
    private var away: [MemberID: [InstantRange]] = [:]

    init(_ setup: CoverageSetup, _ rules: [CoverageRule], _ range: InstantRange) {
        self.setup = setup
        self.range = range
        for name in Set(rules.compactMap(\.schedule)) {
            shifts[name] = setup.schedules[name]?.timeline(in: range, zones: setup.zones)
        }
        for (id, person) in setup.reach.people {
            quiet[id] = person.silences(meeting: range, zones: setup.zones)
            away[id] = person.silences(meeting: range, zones: setup.zones, isOnDuty: true)
        }
    }

    /// What of one rule does not change with time.
    private struct Fixed {
        var direct: [Voter]
        /// Who decides by a delegation, and while which holds.
        var lent: [(voter: Voter, delegation: Delegation)] = []
        /// The delegations that change who is expected.
        var bringing: [Delegation] = []
        var relevant: Set<MemberID> = []
    }

    func stretches(of rule: CoverageRule) -> [CoverageStretch] {
        let shifts = rule.schedule.map { self.shifts[$0] ?? [] }
        let fixed = fixed(rule, shifts)
        let edges = edges(fixed, shifts)
        var stretches: [CoverageStretch] = []
        var place = 0
        for (start, end) in zip(edges, edges.dropFirst()) {
            guard let part = InstantRange(start, end) else { continue }
            while let shifts, place < shifts.count, shifts[place].range.end <= start { place += 1 }
            let onDuty = shifts.map { place < $0.count ? $0[place].people : [] }
            let standing = setup.standing(of: rule, moment(fixed, onDuty, at: start))
            if let last = stretches.last, last.standing == standing,
                let joined = InstantRange(last.range.start, end)
            {
                stretches[stretches.count - 1].range = joined
            } else {
                stretches.append(CoverageStretch(range: part, standing: standing))
            }
        }
        return stretches
    }

    private func moment(_ fixed: Fixed, _ onDuty: Set<MemberID>?, at now: Timestamp) -> Moment {
        let expected = onDuty.map { people in
            CoverageSetup.expected(
                people, active: fixed.bringing.filter { $0.state(at: now) == .active })
        }
        let silent = fixed.relevant.filter { id in
            let silences = expected?.contains(id) == true ? away[id] : quiet[id]
            return silences?.contains { $0.contains(now) } == true
        }
        let lent = fixed.lent.filter { $0.delegation.state(at: now) == .active }.map(\.voter)
        return Moment(expected: expected, quiet: silent, voters: fixed.direct + lent)
    }

    private func fixed(_ rule: CoverageRule, _ shifts: [DutyStretch]?) -> Fixed {
        var fixed = Fixed(direct: setup.direct(rule))
        let own = Set(fixed.direct.map(\.actor))
        var people = Set(shifts?.flatMap(\.people) ?? [])
        for delegation in setup.delegations.sorted(by: { $0.id < $1.id }) {
            if let voter = setup.voter(delegation, own: own, rule, at: delegation.start) {
                fixed.lent.append((voter, delegation))
            }
            if delegation.bringsDelegate, people.contains(delegation.grantor) {
                fixed.bringing.append(delegation)
            }
        }
        let able = own.union(fixed.lent.map(\.voter.actor))
        people.formUnion(fixed.bringing.map(\.delegate))
        fixed.relevant = shifts == nil ? able : able.intersection(people)
        return fixed
    }

    private func edges(_ fixed: Fixed, _ shifts: [DutyStretch]?) -> [Timestamp] {
        var instants: Set = [range.start, range.end]
        for stretch in shifts ?? [] { instants.insert(stretch.range.start) }
        for delegation in fixed.bringing + fixed.lent.map(\.delegation) {
            instants.formUnion([delegation.start, delegation.end])
            if let revokedAt = delegation.revokedAt { instants.insert(revokedAt) }
        }
        for id in fixed.relevant {
            for silence in quiet[id] ?? [] { instants.formUnion([silence.start, silence.end]) }
        }
        return instants.filter { range.start <= $0 && $0 <= range.end }.sorted()
    }
}
