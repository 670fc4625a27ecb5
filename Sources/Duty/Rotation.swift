public import Approvals
public import ZoneTime

/// People who take turns.
public struct Rotation: Hashable, Sendable {
    /// In the order of their turns.
    public var people: [MemberID]
    /// When the first turn begins, on the wall of the schedule.
    public var start: LocalTime
    public var handOff: HandOff

    /// When the next one takes over.
    public enum HandOff: Hashable, Sendable {
        /// Every so many hours of the wall.
        case hours(Int)
        /// On the days of a rule, at the time at which the rotation began. A bounded rule ends the
        /// rotation: `COUNT` is a number of turns, and after `UNTIL` nobody takes over or stays.
        case rule(Recurrence)
    }

    /// Puts a rotation together.
    public init(people: [MemberID], start: LocalTime, handOff: HandOff) {
        self.people = people
        self.start = start
        self.handOff = handOff
    }

    /// Whose turn it is at an instant; nil before the first turn and after the last.
    public func person(at instant: Timestamp, in zone: Zone) -> MemberID? {
        guard !people.isEmpty else { return nil }
        guard let turn = turn(at: instant, in: zone) else { return nil }
        return people[turn % people.count]
    }

    /// The number of the turn, from 0.
    private func turn(at instant: Timestamp, in zone: Zone) -> Int? {
        guard zone.meaning(of: start).first <= instant else { return nil }
        switch handOff {
        case .hours(let hours):
            return Self.hourlyTurn(hours: max(1, hours), start, at: instant, in: zone)
        case .rule(let rule):
            return Self.turn(of: rule, start, at: instant, in: zone)
        }
    }

    /// Turns begin the first time that the wall shows their hour; so an hour that comes twice
    /// belongs to one turn, and one that is left out is nobody's.
    private static func hourlyTurn(
        hours: Int, _ start: LocalTime, at instant: Timestamp, in zone: Zone
    ) -> Int {
        let length = hours * 3_600
        // The wall may have shown a later time already, before it was put back.
        var turn = Floored.quotient(zone.local(at: instant).seconds - start.seconds, length)
        let later = Floored.quotient(LocalTime.daySeconds, length) + 1
        for ahead in stride(from: turn + later, to: turn, by: -1)
        where zone.meaning(of: start.adding(seconds: ahead * length)).first <= instant {
            turn = ahead
            break
        }
        return turn
    }

    private static func turn(
        of rule: Recurrence, _ start: LocalTime, at instant: Timestamp, in zone: Zone
    ) -> Int? {
        let local = zone.local(at: instant)
        // Two days on either side cover every clock that was put back or forward.
        let high = local.adding(seconds: 2 * LocalTime.daySeconds)
        let low = local.adding(seconds: -2 * LocalTime.daySeconds)
        var unbounded = rule
        unbounded.bound = .never
        var number = unbounded.count(from: start, through: low)
        for time in unbounded.times(from: start, in: zone, low: low.adding(seconds: 1), high: high)
        where zone.meaning(of: time).first <= instant {
            number += 1
        }
        // A rule that leaves the first day out still gives the first turn to the first person.
        let startsOffRule = unbounded.count(from: start, through: start) == 0
        let turn = number - (startsOffRule ? 0 : 1)
        switch rule.bound {
        case .never: return turn
        case .count(let count): return turn < count ? turn : nil
        case .until(let last): return instant <= zone.meaning(of: last).last ? turn : nil
        case .untilInstant(let last): return instant <= last ? turn : nil
        }
    }

    /// The instants in a stretch at which somebody takes over, the first turn included.
    public func handOffs(in range: InstantRange, zone: Zone) -> [Timestamp] {
        let low = zone.local(at: range.start).adding(seconds: -2 * LocalTime.daySeconds)
        let high = zone.local(at: range.end).adding(seconds: 2 * LocalTime.daySeconds)
        var locals: [LocalTime] = [start]
        switch handOff {
        case .hours(let hours):
            let length = max(1, hours) * 3_600
            let first = max(0, Floored.quotient(low.seconds - start.seconds, length))
            let last = Floored.quotient(high.seconds - start.seconds, length)
            if first <= last {
                locals += (first...last).map { start.adding(seconds: $0 * length) }
            }
        case .rule(let rule):
            var unbounded = rule
            unbounded.bound = .never
            locals += unbounded.times(from: start, in: zone, low: low, high: high)
        }
        var instants = locals.map { zone.meaning(of: $0).first }
        if case .rule(let rule) = handOff {
            // The first instant after the last one that counts.
            if case .until(let last) = rule.bound {
                instants.append(zone.meaning(of: last).last.adding(milliseconds: 1))
            }
            if case .untilInstant(let last) = rule.bound {
                instants.append(last.adding(milliseconds: 1))
            }
        }
        return instants.filter(range.contains)
    }
}
