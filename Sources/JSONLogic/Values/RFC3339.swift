/// Points in time as RFC 3339 texts.
enum RFC3339 {
    /// The seconds since 1970; nil unless `text` is a date, a time and an offset.
    static func seconds(_ text: String) -> Double? {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
            reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take("t"),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
            reader.take(":"), let second = reader.number(2)
        else { return nil }
        guard (1...12).contains(month), (1...days(inMonth: month, year)).contains(day),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        guard let fraction = reader.fraction(), let offset = offset(&reader), reader.isAtEnd
        else { return nil }
        let whole = days(before: year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Double(whole - offset) + fraction
    }

    private static func offset(_ reader: inout DigitReader) -> Int? {
        if reader.take("Z") || reader.take("z") { return 0 }
        let isNegative = reader.take("-")
        guard isNegative || reader.take("+"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), hour < 24, minute < 60
        else { return nil }
        let seconds = hour * 3_600 + minute * 60
        return isNegative ? -seconds : seconds
    }

    private static func days(inMonth month: Int, _ year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The days from 1 January 1970 to a date of the Gregorian calendar.
    private static func days(before year: Int, _ month: Int, _ day: Int) -> Int {
        // Years that begin in March put the leap day last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400 - (shifted < 0 ? 1 : 0)
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}

/// A time of day, as in `08:00` or `23:59:30`.
struct DayTime {
    let seconds: Int

    init?(_ text: String) {
        var reader = DigitReader(text)
        guard let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
            hour < 24, minute < 60
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let written = reader.number(2), written < 60 else { return nil }
            second = written
        }
        guard reader.isAtEnd else { return nil }
        seconds = hour * 3_600 + minute * 60 + second
    }
}

/// A distance from UTC, as in `+01:00` or `Z`.
struct ZoneOffset {
    let seconds: Int

    init?(_ text: String) {
        var reader = DigitReader(text)
        if reader.take("Z"), reader.isAtEnd {
            seconds = 0
            return
        }
        let isNegative = reader.take("-")
        guard isNegative || reader.take("+"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.isAtEnd, hour < 24, minute < 60
        else { return nil }
        seconds = (isNegative ? -1 : 1) * (hour * 3_600 + minute * 60)
    }
}

/// The days of the week by their first three letters.
enum Weekday {
    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    static func index(_ name: String) -> Int? {
        names.firstIndex(of: name)
    }

    /// The weekday of a day since 1970, which was a Thursday.
    static func index(ofDay day: Double) -> Int {
        let place = (day + 3).truncatingRemainder(dividingBy: 7)
        return Int(place < 0 ? place + 7 : place)
    }
}

/// Reads digits and marks from the front of a text.
struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) {
        rest = Array(text.utf8)[...]
    }

    var isAtEnd: Bool {
        rest.isEmpty
    }

    /// The byte in front, without taking it.
    var next: UInt8? {
        rest.first
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard let digits = digits(count...count) else { return nil }
        return Int(digits)
    }

    /// As many digits as there are, so many at least and at most.
    mutating func digits(_ range: ClosedRange<Int>) -> String? {
        let found = rest.prefix { $0 &- 48 < 10 }.prefix(range.upperBound)
        guard range.contains(found.count) else { return nil }
        rest.removeFirst(found.count)
        return String(decoding: Array(found), as: UTF8.self)
    }

    /// A point and digits, or nothing for zero.
    mutating func fraction() -> Double? {
        guard take(".") else { return 0 }
        guard let found = digits(1...18) else { return nil }
        return Double("0." + found)
    }
}
