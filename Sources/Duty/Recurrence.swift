public import Approvals
public import ZoneTime

/// On which days something happens again: the part of RFC 5545 that people expect of a schedule.
///
/// `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`), `INTERVAL`, `BYDAY`, `UNTIL` and `COUNT`. A monthly rule
/// that begins on day 29, 30 or 31 takes the last day of a shorter month and comes back to its own;
/// calendars write that with `BYMONTHDAY` and `BYSETPOS`, and so does `RecurrenceText`.
public struct Recurrence: Hashable, Sendable {
    public var frequency: Frequency
    /// Every so many days, weeks or months.
    public var interval: Int
    /// The days of a week or month; empty for the day of the first time.
    public var days: [Day]
    public var bound: Bound

    /// The unit that is counted.
    public enum Frequency: String, Hashable, Sendable, CaseIterable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
    }

    /// A day of the week; in a month it may be the n-th, or below zero the n-th from the end.
    public struct Day: Hashable, Sendable {
        public var weekday: Weekday
        /// Nil for every one.
        public var ordinal: Int?

        /// Puts a day together.
        public init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    /// When it ends.
    public enum Bound: Hashable, Sendable {
        case never
        /// After so many times.
        case count(Int)
        /// The last moment at which it may still begin, as the wall shows it.
        case until(LocalTime)
        /// The same as an instant.
        case untilInstant(Timestamp)
    }

    /// Puts a rule together; an interval below one counts as one.
    public init(
        _ frequency: Frequency, interval: Int = 1, days: [Day] = [], bound: Bound = .never
    ) {
        self.frequency = frequency
        self.interval = max(1, interval)
        self.days = days
        self.bound = bound
    }

    /// The most times that a `COUNT` may ask for.
    public static let countMax = 10_000
    /// The biggest `INTERVAL`.
    public static let intervalMax = 1_000
}

extension Recurrence {
    /// The times at which something that first happened at `start` begins, from `low` to `high`.
    ///
    /// An `UNTIL` that is an instant is read in `zone`.
    public func times(
        from start: LocalTime, in zone: Zone, low: LocalTime, high: LocalTime
    ) -> [LocalTime] {
        var found: [LocalTime] = []
        guard low <= high else { return found }
        var counter = 0
        var period = countsFromStart ? 0 : max(0, period(of: low.date, from: start.date) - 1)
        while true {
            guard firstDay(ofPeriod: period, from: start.date) <= high.date else { return found }
            for date in dates(inPeriod: period, from: start.date) {
                let time = LocalTime(date, secondOfDay: start.secondOfDay)
                guard time >= start else { continue }
                guard time <= high, isWithin(time, number: counter, zone) else { return found }
                counter += 1
                if time >= low { found.append(time) }
            }
            period += 1
            guard period <= Self.periodsMax else { return found }
        }
    }

    /// How many times it happened at or before `local`, whatever the bound says.
    public func count(from start: LocalTime, through local: LocalTime) -> Int {
        guard local >= start else { return 0 }
        let last = period(of: local.date, from: start.date)
        // All periods but the first and the last are alike, unless they are months with weekdays.
        if frequency != .monthly || days.isEmpty {
            let edges = Set([0, max(0, last - 1), last])
            let whole = max(0, max(0, last - 1) - 1) * max(1, frequency == .daily ? 1 : days.count)
            guard frequency == .daily, !days.isEmpty else {
                return whole + edges.reduce(0) { $0 + inPeriod($1, from: start, through: local) }
            }
        }
        return (0...last).reduce(0) { $0 + inPeriod($1, from: start, through: local) }
    }

    private func inPeriod(_ period: Int, from start: LocalTime, through local: LocalTime) -> Int {
        dates(inPeriod: period, from: start.date).reduce(0) { count, date in
            let time = LocalTime(date, secondOfDay: start.secondOfDay)
            return count + (time >= start && time <= local ? 1 : 0)
        }
    }

    private var countsFromStart: Bool {
        if case .count = bound { return true }
        return false
    }

    private func isWithin(_ time: LocalTime, number: Int, _ zone: Zone) -> Bool {
        switch bound {
        case .never: true
        case .count(let count): number < count
        case .until(let last): time <= last
        case .untilInstant(let last): zone.meaning(of: time).first <= last
        }
    }

    /// Far beyond anything a schedule holds; stops a rule that never matches.
    private static let periodsMax = 200_000

    /// The number of the period that a day lies in.
    private func period(of date: CivilDate, from start: CivilDate) -> Int {
        switch frequency {
        case .daily: Floored.quotient(date.dayNumber - start.dayNumber, interval)
        case .weekly:
            Floored.quotient(date.monday.dayNumber - start.monday.dayNumber, 7 * interval)
        case .monthly: Floored.quotient(date.monthNumber - start.monthNumber, interval)
        }
    }

    private func firstDay(ofPeriod period: Int, from start: CivilDate) -> CivilDate {
        switch frequency {
        case .daily: start.adding(days: period * interval)
        case .weekly: start.monday.adding(days: period * interval * 7)
        case .monthly: .clamped(day: 1, inMonth: start.monthNumber + period * interval)
        }
    }

    private func dates(inPeriod period: Int, from start: CivilDate) -> [CivilDate] {
        let first = firstDay(ofPeriod: period, from: start)
        switch frequency {
        case .daily:
            let isWanted = days.isEmpty || days.contains { $0.weekday == first.weekday }
            return isWanted ? [first] : []
        case .weekly:
            guard !days.isEmpty else { return [first.adding(days: start.weekday.rawValue)] }
            return Set(days.map(\.weekday.rawValue)).sorted().map { first.adding(days: $0) }
        case .monthly:
            guard !days.isEmpty else {
                return [.clamped(day: start.day, inMonth: first.monthNumber)]
            }
            return Set(days.flatMap { Self.dates(of: $0, inMonthOf: first) }).sorted()
        }
    }

    private static func dates(of day: Day, inMonthOf first: CivilDate) -> [CivilDate] {
        let lead = Floored.remainder(day.weekday.rawValue - first.weekday.rawValue, 7)
        let length = CivilDate.days(in: first.month, of: first.year)
        let all = stride(from: lead, to: length, by: 7).map { first.adding(days: $0) }
        guard let ordinal = day.ordinal else { return all }
        let index = ordinal > 0 ? ordinal - 1 : all.count + ordinal
        return all.indices.contains(index) ? [all[index]] : []
    }
}
