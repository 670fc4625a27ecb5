import Approvals
public import ZoneTime

/// Why a recurrence was not taken; names the part.
public enum RecurrenceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// A part of RFC 5545 that schedules do not have, as it was written.
    case unsupported(String)
    /// A part that is not what RFC 5545 says it looks like.
    case malformed(String)
    /// Two parts that exclude each other, or one part twice.
    case contradictory(String)
    /// A monthly rule on this day: calendars leave short months out, and schedules do not.
    case skipsMonths(day: Int)

    /// A sentence for a person.
    public var description: String {
        switch self {
        case .unsupported(let part):
            "\(part) is not supported; use FREQ=DAILY, WEEKLY or MONTHLY with INTERVAL, BYDAY, "
                + "UNTIL and COUNT"
        case .malformed(let part): "\(part) is not a part of a recurrence rule"
        case .contradictory(let part): "\(part) contradicts another part of the rule"
        case .skipsMonths(let day):
            "FREQ=MONTHLY on day \(day) leaves out the months that are shorter; write "
                + "BYMONTHDAY=\(Recurrence.monthDays(to: day)) with BYSETPOS=-1 for their last day"
        }
    }
}

extension Recurrence {
    /// Reads the value of an `RRULE` that belongs to something that begins at `start`.
    public init(rule text: String, start: LocalTime) throws(RecurrenceRefusal) {
        var parts: [String: String] = [:]
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { throw .malformed(String(part)) }
            let name = halves[0].uppercased()
            guard parts.updateValue(halves[1].uppercased(), forKey: name) == nil else {
                throw .contradictory(String(part))
            }
        }
        guard let name = parts.removeValue(forKey: "FREQ") else { throw .malformed("no FREQ") }
        guard let frequency = Frequency(rawValue: name) else { throw .unsupported("FREQ=\(name)") }
        let days = try Self.days(parts.removeValue(forKey: "BYDAY"), frequency)
        let interval = try Self.number(
            "INTERVAL", parts.removeValue(forKey: "INTERVAL"), max: Self.intervalMax)
        let count = try Self.number("COUNT", parts.removeValue(forKey: "COUNT"), max: Self.countMax)
        let until = parts.removeValue(forKey: "UNTIL")
        if let weekStart = parts.removeValue(forKey: "WKST"), weekStart != "MO" {
            throw .unsupported("WKST=\(weekStart)")
        }
        if frequency == .monthly, days.isEmpty, start.date.day > 28 {
            try Self.requireClamp(&parts, day: start.date.day)
        }
        if let strange = parts.keys.min() {
            throw .unsupported("\(strange)=\(parts[strange] ?? "")")
        }
        if count != nil, until != nil { throw .contradictory("UNTIL") }
        var bound = Bound.never
        if let count { bound = .count(count) }
        if let until { bound = try Self.bound(until: until) }
        self.init(frequency, interval: interval ?? 1, days: days, bound: bound)
    }

    /// The value of an `RRULE`, for something that begins at `start`.
    public func ruleText(start: LocalTime) -> String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        if interval > 1 { parts.append("INTERVAL=\(interval)") }
        if !days.isEmpty {
            let codes = days.map { ($0.ordinal.map(String.init) ?? "") + $0.weekday.code }
            parts.append("BYDAY=" + codes.joined(separator: ","))
        }
        if frequency == .monthly, days.isEmpty, start.date.day > 28 {
            parts.append("BYMONTHDAY=\(Self.monthDays(to: start.date.day))")
            parts.append("BYSETPOS=-1")
        }
        switch bound {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let last): parts.append("UNTIL=\(CalendarTime.text(last))")
        case .untilInstant(let last): parts.append("UNTIL=\(CalendarTime.text(last))")
        }
        return parts.joined(separator: ";")
    }

    /// `28,29,30` for day 30.
    static func monthDays(to day: Int) -> String {
        (28...max(28, day)).map(String.init).joined(separator: ",")
    }

    /// Takes the two parts that mean "the last day of a shorter month".
    private static func requireClamp(
        _ parts: inout [String: String], day: Int
    ) throws(RecurrenceRefusal) {
        guard parts["BYMONTHDAY"] == monthDays(to: day), parts["BYSETPOS"] == "-1" else {
            if parts["BYMONTHDAY"] == nil { throw .skipsMonths(day: day) }
            return
        }
        parts["BYMONTHDAY"] = nil
        parts["BYSETPOS"] = nil
    }

    private static func number(
        _ name: String, _ text: String?, max: Int
    ) throws(RecurrenceRefusal) -> Int? {
        guard let text else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text),
            (1...max).contains(value)
        else { throw .malformed("\(name)=\(text)") }
        return value
    }

    private static func days(
        _ text: String?, _ frequency: Frequency
    ) throws(RecurrenceRefusal) -> [Day] {
        guard let text else { return [] }
        var days: [Day] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let weekday = Weekday.allCases.first(where: { part.hasSuffix($0.code) }) else {
                throw .malformed("BYDAY=\(text)")
            }
            let number = part.dropLast(2)
            guard !number.isEmpty else {
                days.append(Day(weekday))
                continue
            }
            guard let ordinal = Int(number), (1...5).contains(abs(ordinal)) else {
                throw .malformed("BYDAY=\(text)")
            }
            guard frequency == .monthly else { throw .contradictory("BYDAY=\(text)") }
            days.append(Day(weekday, ordinal: ordinal))
        }
        return days
    }

    private static func bound(until text: String) throws(RecurrenceRefusal) -> Bound {
        if let instant = CalendarTime.instant(text) { return .untilInstant(instant) }
        if let local = CalendarTime.local(text) { return .until(local) }
        // A day alone means all of it.
        if let date = CalendarTime.date(text) {
            return .until(LocalTime(date, secondOfDay: LocalTime.daySeconds - 1))
        }
        throw .malformed("UNTIL=\(text)")
    }
}

/// How calendars write times: `20261024T220000`, with a `Z` for an instant.
enum CalendarTime {
    static func text(_ local: LocalTime) -> String {
        let digits = local.description.utf8.filter { $0 != 45 && $0 != 58 }
        let text = String(decoding: digits, as: UTF8.self)
        return text.utf8.count == 13 ? text + "00" : text
    }

    static func text(_ instant: Timestamp) -> String { text(Zone.utc.local(at: instant)) + "Z" }

    static func date(_ text: some StringProtocol) -> CivilDate? {
        let bytes = Array(text.utf8)
        guard bytes.count == 8, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let parts = [bytes[0..<4], bytes[4..<6], bytes[6..<8]]
        return CivilDate(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"))
    }

    static func local(_ text: some StringProtocol) -> LocalTime? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15, bytes[8] == 84, let date = date(text.prefix(8)) else { return nil }
        let clock = [bytes[9..<11], bytes[11..<13], bytes[13..<15]]
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: ":")
        return LocalTime("\(date)T\(clock)")
    }

    static func instant(_ text: some StringProtocol) -> Timestamp? {
        guard text.hasSuffix("Z"), let local = local(text.dropLast()) else { return nil }
        return Zone.utc.meaning(of: local).first
    }
}
