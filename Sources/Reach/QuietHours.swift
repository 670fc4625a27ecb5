public import Approvals
public import ZoneTime

/// Hours of the wall in which a person does not want to be disturbed.
public struct QuietHours: Hashable, Sendable {
    /// As in `Europe/Berlin`.
    public var zone: String
    /// Seconds after midnight; an end at or before the start is on the next day.
    public var start: Int
    public var end: Int
    /// The days on which they begin; empty for every day.
    public var days: Set<Weekday>

    /// Puts them together.
    public init(zone: String, start: Int, end: Int, days: Set<Weekday> = []) {
        self.zone = zone
        self.start = start
        self.end = end
        self.days = days
    }

    /// Those windows that may meet a stretch of time.
    func windows(meeting range: InstantRange, zones: ZoneTable) -> [InstantRange] {
        guard let zone = zones[zone] else { return [] }
        let first = zone.local(at: range.start).date.dayNumber - 1
        let last = zone.local(at: range.end).date.dayNumber
        return (first...max(first, last)).compactMap { number in
            let date = CivilDate(dayNumber: number)
            guard days.isEmpty || days.contains(date.weekday) else { return nil }
            let close = end > start ? date : date.adding(days: 1)
            let window = zone.window(
                from: LocalTime(date, secondOfDay: start),
                to: LocalTime(close, secondOfDay: end), for: .silence)
            return window.flatMap { $0.overlaps(range) ? $0 : nil }
        }
    }
}

/// When a person may be disturbed. It changes nothing about what they may decide.
public struct PersonReach: Hashable, Sendable {
    public var quiet: [QuietHours]
    /// When they are out of office; being on duty does not end that.
    public var absences: [InstantRange]

    /// Puts it together.
    public init(quiet: [QuietHours] = [], absences: [InstantRange] = []) {
        self.quiet = quiet
        self.absences = absences
    }

    /// When they are not to be disturbed in a stretch; being on duty suspends quiet hours.
    public func silences(
        meeting range: InstantRange, zones: ZoneTable, isOnDuty: Bool = false
    ) -> [InstantRange] {
        let own = absences.filter { $0.overlaps(range) }
        guard !isOnDuty else { return own }
        return own + quiet.flatMap { $0.windows(meeting: range, zones: zones) }
    }

    /// True when they are not to be disturbed now.
    public func isQuiet(at now: Timestamp, zones: ZoneTable, isOnDuty: Bool = false) -> Bool {
        guard let moment = InstantRange(now, now.adding(milliseconds: 1)) else { return false }
        return silences(meeting: moment, zones: zones, isOnDuty: isOnDuty)
            .contains { $0.contains(now) }
    }

    /// The first instant from `now` on at which they may be disturbed.
    ///
    /// Nil when there is none within `searchedDays`.
    public func awake(
        from now: Timestamp, zones: ZoneTable, isOnDuty: Bool = false
    ) -> Timestamp? {
        guard
            let range = InstantRange(now, now.adding(seconds: Self.searchedDays * 86_400))
        else { return nil }
        var instant = now
        for silence in silences(meeting: range, zones: zones, isOnDuty: isOnDuty)
            .sorted(by: { $0.start < $1.start }) where silence.contains(instant)
        {
            instant = silence.end
        }
        return instant < range.end ? instant : nil
    }

    /// How many days ahead are looked through.
    public static let searchedDays = 60
}
