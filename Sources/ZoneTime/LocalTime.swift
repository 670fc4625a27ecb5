/// What a clock on a wall shows: a day and a time, without a zone.
public struct LocalTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00 as the wall shows it.
    public let seconds: Int

    /// Wraps a count of seconds since 1970-01-01T00:00:00.
    public init(seconds: Int) { self.seconds = seconds }

    /// A second of a day; past midnight it is one of a later day.
    public init(_ date: CivilDate, secondOfDay: Int = 0) {
        seconds = date.dayNumber * Self.daySeconds + secondOfDay
    }

    /// Reads `2026-10-24T22:00` and `2026-10-24T22:00:30`, with a space for the `T` as well.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16 || bytes.count == 19, bytes[10] == 84 || bytes[10] == 32 else {
            return nil
        }
        guard let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)) else {
            return nil
        }
        let parts = String(decoding: bytes[11...], as: UTF8.self)
            .split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count == 2 ? Digits.value($0) : nil }
        guard numbers.count == parts.count, (2...3).contains(numbers.count) else { return nil }
        let second = numbers.count == 3 ? numbers[2] : 0
        guard numbers[0] < 24, numbers[1] < 60, second < 60 else { return nil }
        self.init(date, secondOfDay: numbers[0] * 3_600 + numbers[1] * 60 + second)
    }

    /// Earlier on the wall sorts first.
    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        left.seconds < right.seconds
    }

    /// The day.
    public var date: CivilDate {
        CivilDate(dayNumber: Floored.quotient(seconds, Self.daySeconds))
    }

    /// Seconds since midnight as the wall shows it.
    public var secondOfDay: Int { Floored.remainder(seconds, Self.daySeconds) }

    /// What the wall shows so many seconds on, when nobody changes the clock.
    public func adding(seconds: Int) -> LocalTime { LocalTime(seconds: self.seconds + seconds) }

    /// The hour and minute, as in `22:00`.
    public var clockText: String {
        Digits.padded(secondOfDay / 3_600, 2) + ":" + Digits.padded(secondOfDay / 60 % 60, 2)
    }

    /// As in `2026-10-24T22:00`, with seconds only where there are any.
    public var description: String {
        let second = secondOfDay % 60
        return "\(date)T\(clockText)" + (second == 0 ? "" : ":" + Digits.padded(second, 2))
    }

    /// Seconds of a day on the wall.
    public static let daySeconds = 86_400
}
