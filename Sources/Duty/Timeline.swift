public import Approvals
public import ZoneTime

/// A stretch in which the same people are on duty.
public struct DutyStretch: Hashable, Sendable {
    public var range: InstantRange
    public var people: Set<MemberID>

    /// Puts a stretch together.
    public init(range: InstantRange, people: Set<MemberID>) {
        self.range = range
        self.people = people
    }
}

extension Schedule {
    /// Who is on duty all through a range: stretches that follow each other without gap or overlap.
    ///
    /// It asks `duty` at every instant at which the answer can change, so that the two cannot
    /// disagree.
    public func timeline(
        in range: InstantRange, zones: ZoneTable, inactive: Set<MemberID> = []
    ) -> [DutyStretch] {
        let edges = edges(in: range, zones: zones)
        var stretches: [DutyStretch] = []
        for (start, end) in zip(edges, edges.dropFirst()) {
            let people = duty(at: start, zones: zones, inactive: inactive).people
            if let last = stretches.last, last.people == people,
                let joined = InstantRange(last.range.start, end)
            {
                stretches[stretches.count - 1].range = joined
            } else if let part = InstantRange(start, end) {
                stretches.append(DutyStretch(range: part, people: people))
            }
        }
        return stretches
    }

    /// The ends of a range and every instant between them at which somebody may come or go.
    public func edges(in range: InstantRange, zones: ZoneTable) -> [Timestamp] {
        var instants: Set = [range.start, range.end]
        if let zone = zones[zone] {
            let low = zone.local(at: range.start)
            let high = zone.local(at: range.end)
            for rule in rules {
                for window in rule.windows(low: low, high: high, in: zone) {
                    instants.formUnion([window.start, window.end])
                }
                if case .rotation(let rotation) = rule.who {
                    instants.formUnion(rotation.handOffs(in: range, zone: zone))
                }
            }
        }
        for window in temporaries.map(\.window) + overrides.map(\.window) {
            instants.formUnion([window.start, window.end])
        }
        return instants.filter { range.start <= $0 && $0 <= range.end }.sorted()
    }
}

/// What a look ahead over a schedule found.
public enum DutyFinding: Hashable, Sendable {
    /// Nobody is on duty.
    case gap(InstantRange)
    /// Somebody who is named was removed or switched off.
    case inactive(MemberID)
    /// Somebody is on duty for longer than a person can be.
    case tooLong(MemberID, InstantRange)
    /// The same person stands on two levels of a plan, so the second asks nobody new.
    case bothLevels(MemberID, InstantRange)
    /// A rule whose window has no length here, because the clock was put forward over it.
    case emptyShift(ruleNumber: Int, at: Timestamp)
    /// The zone of the schedule is not in the database.
    case unknownZone(String)
}

extension Schedule {
    /// Nobody can be on duty for longer, in milliseconds.
    public static let stretchMax: Int64 = 16 * 3_600_000

    /// What leads should know of the days to come.
    ///
    /// `next` is the schedule of the level above, when there is one.
    public func findings(
        in range: InstantRange, zones: ZoneTable, inactive: Set<MemberID> = [],
        next: Schedule? = nil
    ) -> [DutyFinding] {
        guard let zone = zones[zone] else { return [.unknownZone(self.zone)] }
        let stretches = timeline(in: range, zones: zones, inactive: inactive)
        var found = stretches.filter(\.people.isEmpty).map { DutyFinding.gap($0.range) }
        found += named.intersection(inactive).sorted().map(DutyFinding.inactive)
        for person in Set(stretches.flatMap(\.people)).sorted() {
            for stretch in Self.unbroken(person, stretches)
            where stretch.milliseconds > Self.stretchMax {
                found.append(.tooLong(person, stretch))
            }
        }
        for (number, rule) in rules.enumerated() {
            let empty = rule.emptyStarts(in: range, zone: zone)
            found += empty.map { .emptyShift(ruleNumber: number, at: $0) }
        }
        guard let next else { return found }
        for above in next.timeline(in: range, zones: zones, inactive: inactive) {
            for stretch in stretches {
                guard let both = stretch.range.intersection(above.range) else { continue }
                found += stretch.people.intersection(above.people).sorted()
                    .map { .bothLevels($0, both) }
            }
        }
        return found
    }

    /// Everybody who is named anywhere in the schedule.
    public var named: Set<MemberID> {
        var people = Set(overrides.flatMap(\.people))
        for temporary in temporaries { people.formUnion(temporary.people) }
        for rule in rules {
            switch rule.who {
            case .member(let member): people.insert(member)
            case .rotation(let rotation): people.formUnion(rotation.people)
            }
        }
        return people
    }

    private static func unbroken(
        _ person: MemberID, _ stretches: [DutyStretch]
    ) -> [InstantRange] {
        stretches.filter { $0.people.contains(person) }.reduce(into: []) { joined, stretch in
            if let last = joined.last, last.end == stretch.range.start,
                let longer = InstantRange(last.start, stretch.range.end)
            {
                joined[joined.count - 1] = longer
            } else {
                joined.append(stretch.range)
            }
        }
    }
}

extension DutyRule {
    /// Where windows of this rule would begin that have no length.
    func emptyStarts(in range: InstantRange, zone: Zone) -> [Timestamp] {
        let length = end.seconds - start.seconds
        let low = zone.local(at: range.start)
        let high = zone.local(at: range.end)
        let times = recurrence?.times(from: start, in: zone, low: low, high: high) ?? [start]
        return times.compactMap { time in
            let opens = zone.meaning(of: time).first
            guard range.contains(opens) else { return nil }
            let end = time.adding(seconds: length)
            return zone.window(from: time, to: end, for: .duty) == nil ? opens : nil
        }
    }
}
