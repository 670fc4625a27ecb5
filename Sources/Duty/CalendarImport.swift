public import Approvals
import ZoneTime

/// Why an iCalendar file was not taken; `line` counts from 1.
public enum CalendarRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Longer than `Schedule.calendarBytesMax`, or with more events than a schedule has rules.
    case tooBig
    /// Not `NAME:VALUE`, or an event without what it needs.
    case malformed(line: Int, String)
    /// Something that would change who is on duty and that schedules do not have.
    case unsupported(line: Int, String)
    case recurrence(line: Int, RecurrenceRefusal)
    /// Nobody of the tenant has this e-mail.
    case stranger(line: Int, String)

    /// What is wrong and where, for a person.
    public var description: String {
        switch self {
        case .tooBig:
            "is too big: at most \(Schedule.calendarBytesMax) bytes and"
                + " \(Schedule.rulesMax) events"
        case .malformed(let line, let what): "cannot be read at line \(line): \(what)"
        case .unsupported(let line, let what):
            "has at line \(line) what schedules do not have: \(what)"
        case .recurrence(let line, let refusal): "at line \(line): \(refusal)"
        case .stranger(let line, let email):
            "names at line \(line) somebody who decides nothing here: \(email)"
        }
    }
}

extension Schedule {
    /// The biggest file that is read.
    public static let calendarBytesMax = 1 << 20

    /// Reads the rules of a schedule from iCalendar (RFC 5545).
    ///
    /// `zone` is what times without one are in. Everything that would change who is on duty is
    /// taken or refused by name; the rest is skipped.
    public init(
        calendar text: String, name: GroupName, zone: String, members: [String: MemberID]
    ) throws(CalendarRefusal) {
        guard text.utf8.count <= Self.calendarBytesMax else { throw .tooBig }
        var reader = CalendarReader(zone: nil, members: members)
        for line in CalendarReader.unfolded(text) { try reader.take(line) }
        guard reader.rules.count <= Self.rulesMax else { throw .tooBig }
        self.init(name: name, zone: reader.zone ?? zone, rules: reader.rules)
    }
}

/// Collects events line by line.
private struct CalendarReader {
    var zone: String?
    let members: [String: MemberID]
    var rules: [DutyRule] = []
    private var event: Event?
    /// What is open around an event and is skipped.
    private var skipped: [String] = []

    init(zone: String?, members: [String: MemberID]) {
        self.zone = zone
        self.members = members
    }

    struct Line {
        let number: Int
        let name: String
        let parameters: [String]
        let value: String
    }

    struct Event {
        let line: Int
        var start: LocalTime?
        var end: LocalTime?
        var rule: (line: Int, text: String)?
        var people: [MemberID] = []
        var turnsFrom: LocalTime?
        var handOff: (line: Int, text: String)?
    }

    /// Lines with their continuations joined; the number is that of the first.
    static func unfolded(_ text: String) -> [(number: Int, text: String)] {
        var lines: [(number: Int, text: String)] = []
        for (number, bytes) in text.utf8.split(separator: 10, omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = bytes.last == 13 ? bytes.dropLast() : bytes
            if let first = line.first, first == 32 || first == 9, !lines.isEmpty {
                lines[lines.count - 1].text += String(decoding: line.dropFirst(), as: UTF8.self)
            } else if !line.isEmpty {
                lines.append((number + 1, String(decoding: line, as: UTF8.self)))
            }
        }
        return lines
    }

    mutating func take(_ raw: (number: Int, text: String)) throws(CalendarRefusal) {
        let halves = raw.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw .malformed(line: raw.number, "no colon") }
        let head = halves[0].split(separator: ";").map { $0.uppercased() }
        guard let name = head.first else { throw .malformed(line: raw.number, "no name") }
        // Names of zones keep their case.
        let parameters = halves[0].split(separator: ";").dropFirst().map(String.init)
        let line = Line(
            number: raw.number, name: name, parameters: parameters, value: String(halves[1]))
        switch name {
        case "BEGIN": try begin(line)
        case "END": try end(line)
        default: if skipped.isEmpty, event != nil { try property(line) }
        }
    }

    private mutating func begin(_ line: Line) throws(CalendarRefusal) {
        switch line.value {
        case "VCALENDAR" where event == nil && skipped.isEmpty: break
        case "VEVENT" where event == nil && skipped.isEmpty: event = Event(line: line.number)
        default: skipped.append(line.value)
        }
    }

    private mutating func end(_ line: Line) throws(CalendarRefusal) {
        if let open = skipped.popLast() {
            guard open == line.value else { throw .malformed(line: line.number, "END:\(open)") }
        } else if line.value == "VEVENT", let event {
            rules.append(try rule(event))
            self.event = nil
        }
    }

    private mutating func property(_ line: Line) throws(CalendarRefusal) {
        switch line.name {
        case "DTSTART":
            let start = try time(line)
            event?.start = start
        case "DTEND":
            let end = try time(line)
            event?.end = end
        case "RRULE": event?.rule = (line.number, line.value)
        case "ATTENDEE": try attendee(line)
        case Schedule.turnsFrom:
            guard let start = CalendarTime.local(line.value) else {
                throw .malformed(line: line.number, line.name)
            }
            event?.turnsFrom = start
        case Schedule.handOff: event?.handOff = (line.number, line.value)
        case "DURATION", "EXDATE", "RDATE", "EXRULE", "RECURRENCE-ID":
            throw .unsupported(line: line.number, line.name)
        default: break
        }
    }

    private mutating func time(_ line: Line) throws(CalendarRefusal) -> LocalTime {
        var named = zone
        for parameter in line.parameters {
            let halves = parameter.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].uppercased() == "TZID" else { continue }
            named = String(halves[1].filter { $0 != "\"" })
            if let zone, zone != named {
                throw .unsupported(line: line.number, "a second TZID beside \(zone)")
            }
        }
        if CalendarTime.instant(line.value) != nil {
            named = "UTC"
            if let zone, zone != "UTC" {
                throw .unsupported(line: line.number, "UTC beside \(zone)")
            }
        }
        zone = named
        let bare = line.value.hasSuffix("Z") ? line.value.dropLast() : line.value[...]
        if let local = CalendarTime.local(bare) { return local }
        guard let date = CalendarTime.date(bare) else {
            throw .malformed(line: line.number, line.name)
        }
        return LocalTime(date)
    }

    private mutating func attendee(_ line: Line) throws(CalendarRefusal) {
        let address = line.value.lowercased()
        let email = address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address
        guard let member = members[email] else { throw .stranger(line: line.number, email) }
        event?.people.append(member)
    }

    private func rule(_ event: Event) throws(CalendarRefusal) -> DutyRule {
        guard let start = event.start else { throw .malformed(line: event.line, "no DTSTART") }
        guard let end = event.end else { throw .malformed(line: event.line, "no DTEND") }
        guard let first = event.people.first else {
            throw .malformed(line: event.line, "no ATTENDEE")
        }
        var who = DutyRule.Who.member(first)
        if let handOff = event.handOff {
            let turnsFrom = event.turnsFrom ?? start
            who = .rotation(
                Rotation(
                    people: event.people, start: turnsFrom,
                    handOff: try self.handOff(handOff, turnsFrom)))
        } else if event.people.count > 1 {
            throw .unsupported(line: event.line, "more than one ATTENDEE; write an event for each")
        }
        var recurrence: Recurrence?
        if let rule = event.rule { recurrence = try self.recurrence(rule, start) }
        guard let rule = DutyRule(who, from: start, to: end, recurrence: recurrence) else {
            throw .malformed(line: event.line, "DTEND is not within 31 days after DTSTART")
        }
        return rule
    }

    private func handOff(
        _ part: (line: Int, text: String), _ start: LocalTime
    ) throws(CalendarRefusal) -> Rotation.HandOff {
        guard part.text.hasPrefix("HOURS=") else { return .rule(try recurrence(part, start)) }
        guard let hours = Int(part.text.dropFirst(6)), (1...744).contains(hours) else {
            throw .malformed(line: part.line, part.text)
        }
        return .hours(hours)
    }

    private func recurrence(
        _ part: (line: Int, text: String), _ start: LocalTime
    ) throws(CalendarRefusal) -> Recurrence {
        do {
            return try Recurrence(rule: part.text, start: start)
        } catch {
            throw .recurrence(line: part.line, error)
        }
    }
}
