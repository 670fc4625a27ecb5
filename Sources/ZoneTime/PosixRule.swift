/// The last line of a zone file: what holds after its last transition, for ever.
///
/// It is a POSIX `TZ` text with the hours of RFC 8536, up to 167 and below zero.
struct PosixRule: Hashable, Sendable {
    let standardOffset: Int
    /// Nil when the clock is never changed.
    let summer: Summer?

    struct Summer: Hashable, Sendable {
        let offset: Int
        let begins: Day
        let ends: Day
    }

    /// A day of the year and a second of it on the wall.
    struct Day: Hashable, Sendable {
        let kind: Kind
        let second: Int

        enum Kind: Hashable, Sendable {
            /// From 1 to 365; 29 February is never counted.
            case julian(Int)
            /// From 0 to 365.
            case zeroBased(Int)
            /// The fifth is the last one.
            case weekday(month: Int, week: Int, day: Int)
        }
    }

    /// Nil when the text is not one that we can follow.
    init?(_ text: String) {
        var reader = PosixReader(text)
        guard reader.skipName(), let offset = reader.offset() else { return nil }
        standardOffset = -offset
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var shifted = standardOffset + 3_600
        if !reader.isNext(",") {
            guard let offset = reader.offset() else { return nil }
            shifted = -offset
        }
        guard
            reader.skip(","), let begins = reader.day(), reader.skip(","), let ends = reader.day(),
            reader.isAtEnd
        else { return nil }
        summer = Summer(offset: shifted, begins: begins, ends: ends)
    }

    /// The changes of one year, in order: when, and the offset from then on.
    func changes(in year: Int) -> [(at: Int, offset: Int)] {
        guard let summer else { return [] }
        let begin = summer.begins.seconds(in: year) - standardOffset
        let end = summer.ends.seconds(in: year) - summer.offset
        let opening = (at: begin, offset: summer.offset)
        let closing = (at: end, offset: standardOffset)
        return begin <= end ? [opening, closing] : [closing, opening]
    }
}

extension PosixRule.Day {
    /// Seconds since 1970 as the wall shows them.
    func seconds(in year: Int) -> Int {
        let newYear = CivilDate.clamped(day: 1, inMonth: year * 12).dayNumber
        let isLeap = CivilDate.days(in: 2, of: year) == 29
        let number =
            switch kind {
            case .julian(let day): newYear + day - 1 + (isLeap && day > 59 ? 1 : 0)
            case .zeroBased(let day): newYear + day
            case .weekday(let month, let week, let day):
                Self.number(year: year, month: month, week: week, weekday: day)
            }
        return number * LocalTime.daySeconds + second
    }

    private static func number(year: Int, month: Int, week: Int, weekday: Int) -> Int {
        let first = CivilDate.clamped(day: 1, inMonth: year * 12 + month - 1)
        // POSIX counts from Sunday, we from Monday.
        let lead = Floored.remainder(weekday - (first.weekday.rawValue + 1), 7)
        let day = 1 + lead + (week - 1) * 7
        let isPast = day > CivilDate.days(in: month, of: year)
        return first.dayNumber + day - 1 - (isPast ? 7 : 0)
    }
}

/// Reads a POSIX `TZ` text from left to right.
private struct PosixReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { index == bytes.count }

    func isNext(_ character: Character) -> Bool {
        index < bytes.count && bytes[index] == character.asciiValue
    }

    mutating func skip(_ character: Character) -> Bool {
        guard isNext(character) else { return false }
        index += 1
        return true
    }

    /// Letters, or anything between `<` and `>`.
    mutating func skipName() -> Bool {
        let start = index
        if skip("<") {
            while index < bytes.count, !isNext(">") { index += 1 }
            return skip(">")
        }
        while index < bytes.count, isLetter(bytes[index]) { index += 1 }
        return index - start >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func offset() -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(), hours <= 167 else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where skip(":") {
            guard let part = number(), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    mutating func day() -> PosixRule.Day? {
        guard let kind = dayKind() else { return nil }
        guard skip("/") else { return PosixRule.Day(kind: kind, second: 7_200) }
        guard let second = offset() else { return nil }
        return PosixRule.Day(kind: kind, second: second)
    }

    private mutating func dayKind() -> PosixRule.Day.Kind? {
        if skip("J") {
            guard let day = number(), (1...365).contains(day) else { return nil }
            return .julian(day)
        }
        guard skip("M") else {
            guard let day = number(), day <= 365 else { return nil }
            return .zeroBased(day)
        }
        guard
            let month = number(), skip("."), let week = number(), skip("."), let day = number(),
            (1...12).contains(month), (1...5).contains(week), day < 7
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }

    private mutating func number() -> Int? {
        let start = index
        while index < bytes.count, (48...57).contains(bytes[index]), index - start < 4 {
            index += 1
        }
        return Digits.value(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte)
    }
}
