public import Approvals
public import ZoneTime

/// Who is on duty at an instant, as a function of the schedule, the zones and the instant alone.
public struct Duty: Hashable, Sendable {
    /// Nobody here is a gap: who escalates goes on at once.
    public var people: Set<MemberID>
    /// The version of the zone database that this was computed with.
    public var zoneVersion: String

    /// True when nobody is on duty.
    public var isGap: Bool { people.isEmpty }
}

extension Schedule {
    /// Who is on duty; nobody when the zone is not in the table.
    ///
    /// `inactive` are people who were removed or switched off; they drop out last.
    public func duty(
        at instant: Timestamp, zones: ZoneTable, inactive: Set<MemberID> = []
    ) -> Duty {
        guard let zone = zones[zone] else { return Duty(people: [], zoneVersion: "") }
        let base = people(at: instant, in: zone)
        let people = overridden(base, at: instant).subtracting(inactive)
        return Duty(people: people, zoneVersion: zone.version)
    }

    /// Rules, or what stands in their place.
    private func people(at instant: Timestamp, in zone: Zone) -> Set<MemberID> {
        let temporary = temporaries.filter { $0.window.contains(instant) }
        guard temporary.isEmpty else {
            return temporary.reduce(into: []) { $0.formUnion($1.people) }
        }
        return Set(rules.compactMap { $0.person(at: instant, in: zone) })
    }

    /// Every one of `base` is mapped once and all at the same time, so that order cannot matter.
    private func overridden(_ base: Set<MemberID>, at instant: Timestamp) -> Set<MemberID> {
        let active = overrides.filter { $0.window.contains(instant) }
        guard !active.isEmpty else { return base }
        var result = base
        var added: Set<MemberID> = []
        for override in active where override.parent == nil {
            guard let remove = override.remove else {
                if let add = Self.whoComes(by: override, among: active) { added.insert(add) }
                continue
            }
            result.remove(remove)
            guard base.contains(remove) else { continue }
            if let add = Self.whoComes(by: override, among: active) { added.insert(add) }
        }
        return result.union(added)
    }

    /// The person that an override adds, after those that replace them in turn.
    private static func whoComes(by override: Override, among active: [Override]) -> MemberID? {
        var current = override
        for _ in 0..<Override.depthMax {
            guard let child = active.first(where: { $0.parent == current.id }) else { break }
            current = child
        }
        return current.add
    }
}

extension DutyRule {
    /// Whom this rule puts on duty at an instant.
    func person(at instant: Timestamp, in zone: Zone) -> MemberID? {
        guard holds(at: instant, in: zone) else { return nil }
        switch who {
        case .member(let member): return member
        case .rotation(let rotation): return rotation.person(at: instant, in: zone)
        }
    }

    private func holds(at instant: Timestamp, in zone: Zone) -> Bool {
        let local = zone.local(at: instant)
        return windows(low: local, high: local, in: zone).contains { $0.contains(instant) }
    }

    /// The windows that may meet the wall between two times.
    func windows(low: LocalTime, high: LocalTime, in zone: Zone) -> [InstantRange] {
        let length = end.seconds - start.seconds
        return starts(low: low.adding(seconds: -length), high: high, in: zone).compactMap {
            zone.window(from: $0, to: $0.adding(seconds: length), for: .duty)
        }
    }

    private func starts(low: LocalTime, high: LocalTime, in zone: Zone) -> [LocalTime] {
        guard let recurrence else { return [start] }
        // A clock that is put back or forward moves a window by at most a day.
        return recurrence.times(
            from: start, in: zone, low: low.adding(seconds: -LocalTime.daySeconds),
            high: high.adding(seconds: LocalTime.daySeconds))
    }
}
