public import Approvals
import Authority
public import ZoneTime

extension CoverageStretch {
    /// True when nothing is missing.
    public var isCovered: Bool { standing.state == .covered }

    /// Why what a rule sends is decided by nobody in this stretch; nil when it is.
    public func sentence(for rule: CoverageRule, in zone: Zone) -> String? {
        let when = Self.words(range, in: zone)
        let groups = rule.question.sets.map(\.group.rawValue).joined(separator: " and ")
        switch standing.state {
        case .covered: return nil
        case .nobodyMay(let missing):
            return "\(when): \(Self.people(missing)) missing who may decide \(rule.name);"
                + " \(groups) has too few."
        case .nobodyOnDuty:
            return "\(when): nobody is on shift in \(rule.schedule?.rawValue ?? groups)"
                + " for \(rule.name)."
        case .wrongPeople(let missing):
            return "\(when): who is on shift may not decide \(rule.name);"
                + " \(Self.people(missing)) missing."
        case .quiet(let missing):
            return "\(when): \(Self.people(missing)) missing for \(rule.name), because those who"
                + " could decide have quiet hours or are away."
        }
    }

    /// What would close the gap; nil when there is none.
    public func remedy(for rule: CoverageRule) -> String? {
        let groups = rule.question.sets.map(\.group.rawValue).joined(separator: " and ")
        switch standing.state {
        case .covered: return nil
        case .nobodyMay:
            return "Put somebody into \(groups), or have somebody of it lend their authority."
        case .nobodyOnDuty:
            return "Add an override for these hours, or a rule to the schedule."
        case .wrongPeople:
            return "Lend authority of \(groups) to who is on shift, or add an override with"
                + " somebody of it."
        case .quiet:
            return "Put somebody of \(groups) on shift, which suspends quiet hours, or let"
                + " somebody who is awake borrow authority."
        }
    }

    private static func people(_ count: Int) -> String {
        count == 1 ? "1 person is" : "\(count) people are"
    }

    private static func words(_ range: InstantRange, in zone: Zone) -> String {
        let (start, end) = (zone.local(at: range.start), zone.local(at: range.end))
        return "\(start.date.weekday.shortName) \(start.date) \(start.clockText) – "
            + "\(end.date.weekday.shortName) \(end.date) \(end.clockText) \(zone.name)"
    }
}

/// What one hour of a rule looks like.
public struct CoverageHour: Hashable, Sendable {
    public var start: Timestamp
    /// True when every instant of the hour is covered.
    public var isCovered: Bool
    /// The fewest people who are available at any instant of it.
    public var availableMin: Int
}

extension [CoverageStretch] {
    /// The hours of a range, each with the worst that happens in it.
    public func hours(of range: InstantRange) -> [CoverageHour] {
        let count = Int((range.milliseconds + 3_599_999) / 3_600_000)
        return (0..<count).compactMap { number in
            let start = range.start.adding(seconds: number * 3_600)
            guard let hour = InstantRange(start, start.adding(seconds: 3_600)) else { return nil }
            let parts = filter { $0.range.overlaps(hour) }
            return CoverageHour(
                start: start, isCovered: parts.allSatisfy(\.isCovered),
                availableMin: parts.map(\.standing.available.count).min() ?? 0)
        }
    }
}
