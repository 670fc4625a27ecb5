public import Approvals
public import ZoneTime

extension Schedule {
    /// The rules of the schedule as iCalendar (RFC 5545), which `init(calendar:)` reads back.
    ///
    /// Whoever's turn it is stands in lines of our own that other programs skip: they see a
    /// rotation's hours with everybody who takes turns. Overrides and temporary schedules are not
    /// rules and are left out; `calendar(ofShiftsIn:)` has them applied. `names` are the e-mails.
    public func calendar(
        names: [MemberID: String], zones: ZoneTable, writtenAt now: Timestamp
    ) -> String {
        var lines = CalendarLines(stamp: now, zone: zone)
        if let zone = zones[zone], let first = rules.map(\.start).min() {
            lines.timeZone(zone, from: zone.meaning(of: first).first)
        }
        for (number, rule) in rules.enumerated() {
            lines.event(uid: "\(name)-rule-\(number)", from: rule.start, to: rule.end) { lines in
                if let recurrence = rule.recurrence {
                    lines.put("RRULE", recurrence.ruleText(start: rule.start))
                }
                switch rule.who {
                case .member(let member): lines.attendees([names[member] ?? member.rawValue])
                case .rotation(let rotation):
                    lines.attendees(rotation.people.map { names[$0] ?? $0.rawValue })
                    lines.put(Self.turnsFrom, CalendarTime.text(rotation.start))
                    lines.put(Self.handOff, rotation.handOffText)
                }
            }
        }
        return lines.finished()
    }

    /// Who is on duty in a range, stretch by stretch, for a person's own calendar.
    public func calendar(
        ofShiftsIn range: InstantRange, names: [MemberID: String], zones: ZoneTable,
        writtenAt now: Timestamp
    ) -> String {
        let shifts = timeline(in: range, zones: zones).map { stretch in
            (stretch.range, stretch.people.sorted().map { names[$0] ?? $0.rawValue })
        }
        return Self.calendar(of: shifts, name: name, writtenAt: now)
    }

    /// Who is on duty, stretch by stretch, as it was found out; people are named by their e-mails.
    public static func calendar(
        of shifts: [(range: InstantRange, emails: [String])], name: GroupName,
        writtenAt now: Timestamp
    ) -> String {
        var lines = CalendarLines(stamp: now, zone: "UTC")
        for shift in shifts {
            let start = Zone.utc.local(at: shift.range.start)
            for email in shift.emails {
                lines.event(
                    uid: "\(name)-\(CalendarTime.text(start))-\(email)", from: start,
                    to: Zone.utc.local(at: shift.range.end)
                ) { $0.attendees([email]) }
            }
        }
        return lines.finished()
    }

    /// When the first turn of a rotation begins.
    static let turnsFrom = "X-COUNTERSIGN-TURNS-FROM"
    /// When the next one takes over.
    static let handOff = "X-COUNTERSIGN-HAND-OFF"
}

extension Rotation {
    var handOffText: String {
        switch handOff {
        case .hours(let hours): "HOURS=\(hours)"
        case .rule(let rule): rule.ruleText(start: start)
        }
    }
}

/// Lines of an iCalendar file: folded at 75 bytes, ended by CR and LF.
private struct CalendarLines {
    private var text = ""
    private let stamp: Timestamp
    private let zone: String

    init(stamp: Timestamp, zone: String) {
        self.stamp = stamp
        self.zone = zone
        put("BEGIN", "VCALENDAR")
        put("VERSION", "2.0")
        put("PRODID", "-//Countersign//Schedule//EN")
    }

    mutating func put(_ name: String, _ value: String) {
        var length = 0
        for character in "\(name):\(value)" {
            let bytes = String(character).utf8.count
            if length + bytes > 75 {
                text += "\r\n "
                length = 1
            }
            text.append(character)
            length += bytes
        }
        text += "\r\n"
    }

    mutating func event(
        uid: String, from start: LocalTime, to end: LocalTime,
        _ body: (inout CalendarLines) -> Void
    ) {
        put("BEGIN", "VEVENT")
        put("UID", uid + "@countersign")
        put("DTSTAMP", CalendarTime.text(stamp))
        if zone == "UTC" {
            put("DTSTART", CalendarTime.text(start) + "Z")
            put("DTEND", CalendarTime.text(end) + "Z")
        } else {
            put("DTSTART;TZID=\(zone)", CalendarTime.text(start))
            put("DTEND;TZID=\(zone)", CalendarTime.text(end))
        }
        body(&self)
        put("END", "VEVENT")
    }

    mutating func attendees(_ names: [String]) {
        put("SUMMARY", Self.escaped(names.joined(separator: ", ")))
        for name in names { put("ATTENDEE", "mailto:" + name) }
    }

    /// The changes of the clock from a year before `start` to five years after it.
    mutating func timeZone(_ zone: Zone, from start: Timestamp) {
        guard zone.name != "UTC" else { return }
        let year = 366 * LocalTime.daySeconds
        let first = start.adding(seconds: -year)
        put("BEGIN", "VTIMEZONE")
        put("TZID", zone.name)
        observance(zone, at: first, from: zone.offset(at: first))
        for change in zone.changes(after: first, through: start.adding(seconds: 5 * year)) {
            observance(zone, at: change, from: zone.offset(at: change.adding(seconds: -1)))
        }
        put("END", "VTIMEZONE")
    }

    private mutating func observance(_ zone: Zone, at change: Timestamp, from offset: Int) {
        let next = zone.offset(at: change)
        let kind = next > offset ? "DAYLIGHT" : "STANDARD"
        put("BEGIN", kind)
        let wall = Zone.utc.local(at: change).adding(seconds: offset)
        put("DTSTART", CalendarTime.text(wall))
        put("TZOFFSETFROM", Self.offsetText(offset))
        put("TZOFFSETTO", Self.offsetText(next))
        put("END", kind)
    }

    private static func offsetText(_ offset: Int) -> String {
        let clock = LocalTime(seconds: abs(offset)).clockText.utf8.filter { $0 != 58 }
        return (offset < 0 ? "-" : "+") + String(decoding: clock, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "\\" || character == ";" || character == "," { result += "\\" }
            result += character.isNewline ? "\\n" : String(character)
        }
        return result
    }

    consuming func finished() -> String {
        put("END", "VCALENDAR")
        return text
    }
}
