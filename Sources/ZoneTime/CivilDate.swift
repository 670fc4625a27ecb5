/// A day of the Gregorian calendar, without a zone.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int

    /// Wraps a count of days since 1970-01-01.
    public init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// Nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day) else {
            return nil
        }
        self.init(dayNumber: Self.number(year, month, day))
    }

    /// Reads `2026-10-24`; nil otherwise.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            let year = Digits.value(parts[0]), let month = Digits.value(parts[1]),
            let day = Digits.value(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Earlier days sort first.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    public var year: Int { fields.year }
    public var month: Int { fields.month }
    public var day: Int { fields.day }

    /// The day of the week.
    public var weekday: Weekday { Weekday(number: Floored.remainder(dayNumber + 3, 7)) }

    /// The day so many days later.
    public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    /// The Monday on or before this day.
    public var monday: CivilDate { adding(days: -weekday.rawValue) }

    /// Months since year 0; tells how many lie between two days.
    public var monthNumber: Int { fields.year * 12 + fields.month - 1 }

    /// The day of a month, or the last one when the month is too short.
    public static func clamped(day: Int, inMonth monthNumber: Int) -> CivilDate {
        let year = Floored.quotient(monthNumber, 12)
        let month = Floored.remainder(monthNumber, 12) + 1
        return CivilDate(dayNumber: number(year, month, min(day, days(in: month, of: year))))
    }

    /// How many days a month has.
    public static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// As in `2026-10-24`.
    public var description: String {
        let fields = fields
        return [Digits.padded(fields.year, 4), Digits.padded(fields.month, 2)]
            .joined(separator: "-") + "-" + Digits.padded(fields.day, 2)
    }

    /// Counted in eras of 400 years that begin on 1 March, when the leap day stands last.
    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = Floored.quotient(shifted, 400)
        let yearOfEra = Floored.remainder(shifted, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var fields: (year: Int, month: Int, day: Int) {
        let era = Floored.quotient(dayNumber + 719_468, 146_097)
        let ofEra = Floored.remainder(dayNumber + 719_468, 146_097)
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, ofYear - (153 * shifted + 2) / 5 + 1)
    }
}

/// A day of the week; Monday is the first.
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Takes a remainder of seven, Monday being 0.
    init(number: Int) { self = Self(rawValue: number) ?? .monday }

    /// Its two letters in a recurrence rule.
    public var code: String {
        switch self {
        case .monday: "MO"
        case .tuesday: "TU"
        case .wednesday: "WE"
        case .thursday: "TH"
        case .friday: "FR"
        case .saturday: "SA"
        case .sunday: "SU"
        }
    }

    /// Its three letters in a sentence.
    public var shortName: String {
        switch self {
        case .monday: "Mon"
        case .tuesday: "Tue"
        case .wednesday: "Wed"
        case .thursday: "Thu"
        case .friday: "Fri"
        case .saturday: "Sat"
        case .sunday: "Sun"
        }
    }
}

/// Division that rounds towards the past.
public enum Floored {
    /// The quotient, rounded down.
    public static func quotient(_ value: Int, _ by: Int) -> Int {
        value >= 0 ? value / by : -((by - 1 - value) / by)
    }

    /// What is left; never negative.
    public static func remainder(_ value: Int, _ by: Int) -> Int {
        value - quotient(value, by) * by
    }
}

/// Numbers of fixed width, as dates are written.
enum Digits {
    /// The value of digits and nothing else; at most nine of them.
    static func value(_ text: some StringProtocol) -> Int? {
        guard (1...9).contains(text.utf8.count) else { return nil }
        var value = 0
        for byte in text.utf8 {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
