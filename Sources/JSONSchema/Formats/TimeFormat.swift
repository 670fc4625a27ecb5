/// The formats of RFC 3339.
enum TimeFormat {
    static func isDateTime(_ bytes: [UInt8]) -> Bool {
        bytes.count > 11 && bytes[10] | 0x20 == UInt8(ascii: "t") && isDate(Array(bytes[..<10]))
            && isTime(Array(bytes[11...]))
    }

    static func isDate(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), (1...12).contains(month)
        else { return false }
        let isLeap =
            year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// A time with its offset; the second 60 is a leap second and only ends a day of UTC.
    static func isTime(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 8, let (hour, minute) = clock(bytes[0..<5]),
            bytes[5] == UInt8(ascii: ":"), let second = number(bytes[6..<8]), second <= 60
        else { return false }
        var rest = bytes[8...]
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: \.isDigit)
            guard !fraction.isEmpty else { return false }
            rest = rest[fraction.endIndex...]
        }
        guard let offset = offsetMinutes(rest) else { return false }
        let minuteOfDay = (hour * 60 + minute - offset + 2_880) % 1_440
        return second < 60 || minuteOfDay == 1_439
    }

    private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 6,
            let (hour, minute) = clock(bytes.dropFirst())
        else { return nil }
        let minutes = hour * 60 + minute
        return sign == UInt8(ascii: "-") ? -minutes : minutes
    }

    private static func clock(_ bytes: ArraySlice<UInt8>) -> (hour: Int, minute: Int)? {
        let start = bytes.startIndex
        guard bytes.count == 5, bytes[start + 2] == UInt8(ascii: ":"),
            let hour = number(bytes[start..<(start + 2)]), hour < 24,
            let minute = number(bytes[(start + 3)...]), minute < 60
        else { return nil }
        return (hour, minute)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy(\.isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// A duration of RFC 3339, appendix A: units in order without a gap, or weeks alone.
    static func isDuration(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == UInt8(ascii: "P") else { return false }
        let parts = bytes.dropFirst().split(
            separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
        let days = units(parts[0])
        guard parts.count == 2 else {
            return days == "W" || isUnbroken(days, in: "YMD")
        }
        return isUnbroken(units(parts[1]), in: "HMS")
            && (parts[0].isEmpty || isUnbroken(days, in: "YMD"))
    }

    /// The letters of `1Y2M`; nil unless each follows a number.
    private static func units(_ bytes: ArraySlice<UInt8>) -> String? {
        var letters = ""
        var rest = bytes
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isDigit)
            guard !digits.isEmpty, digits.endIndex < rest.endIndex else { return nil }
            letters.unicodeScalars.append(Unicode.Scalar(rest[digits.endIndex]))
            rest = rest[(digits.endIndex + 1)...]
        }
        return letters
    }

    private static func isUnbroken(_ letters: String?, in order: String) -> Bool {
        letters.map { !$0.isEmpty && order.contains($0) } ?? false
    }
}
