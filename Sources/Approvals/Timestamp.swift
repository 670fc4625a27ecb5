/// An instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since the Unix epoch; negative before it.
    public let milliseconds: Int64

    /// Wraps a count of milliseconds since the Unix epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Earlier instants sort first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant `seconds` later; saturates instead of overflowing.
    public func adding(seconds: Int) -> Timestamp {
        let (product, tooBig) = Int64(seconds).multipliedReportingOverflow(by: 1_000)
        guard !tooBig else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        return adding(milliseconds: product)
    }

    /// The instant `milliseconds` later; saturates instead of overflowing.
    public func adding(milliseconds: Int64) -> Timestamp {
        let (sum, tooBig) = self.milliseconds.addingReportingOverflow(milliseconds)
        guard !tooBig else { return Timestamp(milliseconds: milliseconds < 0 ? .min : .max) }
        return Timestamp(milliseconds: sum)
    }

    /// Milliseconds from `other` to this instant; saturates.
    public func since(_ other: Timestamp) -> Int64 {
        let (difference, tooBig) = milliseconds.subtractingReportingOverflow(other.milliseconds)
        guard tooBig else { return difference }
        return milliseconds < other.milliseconds ? .min : .max
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-22T09:04:11.719Z`.
    public var description: String { rfc3339 }
}

extension Timestamp {
    /// RFC 3339 in UTC with milliseconds; years outside 0…9999 are clamped to it.
    public var rfc3339: String {
        let clamped = min(max(milliseconds, Self.earliest), Self.latest)
        let (days, ofDay) = Self.flooredDivision(clamped, 86_400_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let clock = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1_000 % 60]
        let time = clock.map { Self.padded($0, 2) }.joined(separator: ":")
        let date = [Self.padded(year, 4), Self.padded(month, 2), Self.padded(day, 2)]
        return date.joined(separator: "-") + "T" + time + "." + Self.padded(ofDay % 1_000, 3) + "Z"
    }

    /// Reads RFC 3339 (`T` or a space, `Z` or an offset, up to nine digits of a second); nil
    /// otherwise.
    public init?(rfc3339 text: String) {
        var reader = DigitReader(text)
        guard
            let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
            reader.skip("-"), let day = reader.digits(2), reader.skip("T", "t", " "),
            let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
            reader.skip(":"), let second = reader.digits(2)
        else { return nil }
        var fraction: Int64 = 0
        if reader.skip(".") {
            guard let read = reader.fractionMilliseconds() else { return nil }
            fraction = read
        }
        guard
            let offset = reader.offsetMinutes(), reader.isAtEnd, (1...12).contains(month),
            (1...Self.daysIn(month, of: year)).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(fromYear: year, month: month, day: day)
        let minutes = (days * 24 + hour) * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1_000 + fraction)
    }

    private static let earliest: Int64 = -62_167_219_200_000
    private static let latest: Int64 = 253_402_300_799_999

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func flooredDivision(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
        let remainder = ((value % by) + by) % by
        return ((value - remainder) / by, remainder)
    }

    /// The proleptic Gregorian date of a day number, by 400-year eras that begin on 1 March.
    private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
        let (era, ofEra) = flooredDivision(days + 719_468, 146_097)
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(fromYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = flooredDivision(shifted, 400)
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear
        return era * 146_097 + ofEra - 719_468
    }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Reads the fixed columns of an RFC 3339 timestamp.
private struct DigitReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { index == bytes.count }

    mutating func digits(_ count: Int) -> Int64? {
        guard index + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[index..<index + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        index += count
        return value
    }

    mutating func skip(
        _ first: Unicode.Scalar, _ second: Unicode.Scalar? = nil, _ third: Unicode.Scalar? = nil
    ) -> Bool {
        guard index < bytes.count else { return false }
        let found = Unicode.Scalar(bytes[index])
        guard found == first || found == second || found == third else { return false }
        index += 1
        return true
    }

    /// One to nine digits; what is finer than a millisecond is cut off.
    mutating func fractionMilliseconds() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while index < bytes.count, (48...57).contains(bytes[index]), count < 9 {
            if count < 3 { value = value * 10 + Int64(bytes[index] - 48) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    mutating func offsetMinutes() -> Int64? {
        if skip("Z", "z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard
            let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
