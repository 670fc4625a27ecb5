import Approvals
import Duty
import Testing
import ZoneTime

/// Goal: a schedule survives the way through a calendar file, and nothing strange is taken quietly.
@Suite struct CalendarTests {
    private static let letters = Array("ABCDEFGHT")

    private func names() throws -> [MemberID: String] {
        try Dictionary(
            uniqueKeysWithValues: Self.letters.map {
                (try Cast.person($0), "\($0)@acme".lowercased())
            })
    }

    private func members() throws -> [String: MemberID] {
        try Dictionary(uniqueKeysWithValues: names().map { ($1, $0) })
    }

    @Test("Generated rules come back the same")
    func roundTrip() throws {
        var seed = Seed(Seed.chosen)
        let zones = try Cast.zones(
            "America/New_York", "Australia/Lord_Howe", "Europe/Berlin", "Africa/Cairo")
        let range = try #require(
            InstantRange(Cast.instant("2026-10-24T12:00"), Cast.instant("2026-10-26T00:00")))
        for round in 0..<Seed.rounds(60) {
            var schedule = try Generated.schedule(&seed, near: range)
            schedule.overrides = []
            schedule.temporaries = []
            let text = schedule.calendar(
                names: try names(), zones: zones, writtenAt: range.start)
            let back = try Schedule(
                calendar: text, name: schedule.name, zone: "UTC", members: try members())
            #expect(back == schedule, "seed \(Seed.chosen), round \(round)")
            #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        }
    }

    @Test("The shifts of a range are written one by one")
    func shifts() throws {
        let schedule = try OverrideTableTests.schedule("A")
            .adding(try OverrideTableTests.Step(text: "A>B").override(1), now: try Cast.hour(0))
        let text = schedule.calendar(
            ofShiftsIn: try Cast.range(0, 24), names: try names(), zones: ZoneTable(),
            writtenAt: try Cast.hour(0))
        let lines = text.split(separator: "\r\n")
        #expect(
            lines.filter { $0.hasPrefix("DTSTART:") } == [
                "DTSTART:20260601T000000Z", "DTSTART:20260601T100000Z", "DTSTART:20260601T200000Z",
            ])
        #expect(
            lines.filter { $0.hasPrefix("SUMMARY:") } == [
                "SUMMARY:a@acme", "SUMMARY:b@acme", "SUMMARY:a@acme",
            ])
    }

    @Test("A calendar's zone is written for programs that do not know it")
    func timeZone() throws {
        var schedule = try OverrideTableTests.schedule("A")
        schedule.zone = "Europe/Berlin"
        let text = schedule.calendar(
            names: try names(), zones: try Cast.zones("Europe/Berlin"), writtenAt: try Cast.hour(0))
        #expect(
            text.contains(
                "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\n"
                    + "TZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"))
    }

    private func event(_ lines: String...) -> String {
        (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"])
            .joined(separator: "\r\n")
    }

    @Test("What another program wrote is read: folded lines, quotes, whole days, unknown lines")
    func foreign() throws {
        let text = event(
            "DTSTART;TZID=\"Europe/Berlin\":20260601T220000", "DTEND;TZID=Europe/Berlin:2026060",
            " 2T060000", "X-APPLE:1", "BEGIN:VALARM", "DTSTART:nonsense", "END:VALARM",
            "ATTENDEE;CN=Ann:mailto:A@acme", "RRULE:FREQ=WEEKLY;BYDAY=MO")
        let schedule = try Schedule(
            calendar: text, name: try Cast.name("x"), zone: "UTC", members: try members())
        #expect(schedule.zone == "Europe/Berlin")
        #expect(schedule.rules.map(\.who) == [.member(try Cast.person("A"))])
        let days = event(
            "DTSTART;VALUE=DATE:20260601", "DTEND;VALUE=DATE:20260602", "ATTENDEE:mailto:a@acme")
        let whole = try Schedule(
            calendar: days, name: try Cast.name("x"), zone: "Asia/Tokyo", members: try members())
        #expect(whole.zone == "Asia/Tokyo")
        #expect(whole.rules[0].end.seconds - whole.rules[0].start.seconds == LocalTime.daySeconds)
    }

    @Test("What would change who is on duty is refused with its line and name")
    func refusals() throws {
        let start = "DTSTART:20260601T220000Z"
        let end = "DTEND:20260602T060000Z"
        let ann = "ATTENDEE:mailto:a@acme"
        let table: [(String, CalendarRefusal)] = [
            (event(start, end, ann, "EXDATE:20260608T220000Z"), .unsupported(line: 6, "EXDATE")),
            (event(start, "DURATION:PT8H", ann), .unsupported(line: 4, "DURATION")),
            (
                event(start, end, ann, "RRULE:FREQ=YEARLY"),
                .recurrence(line: 6, .unsupported("FREQ=YEARLY"))
            ),
            (event(start, end, "ATTENDEE:mailto:eve@evil"), .stranger(line: 5, "eve@evil")),
            (event(start, end), .malformed(line: 2, "no ATTENDEE")),
            (event(end, ann), .malformed(line: 2, "no DTSTART")),
            (
                event(start, "DTEND;TZID=Europe/Berlin:20260602T060000", ann),
                .unsupported(line: 4, "a second TZID beside UTC")
            ),
            (
                event(start, end, ann, "ATTENDEE:mailto:b@acme"),
                .unsupported(line: 2, "more than one ATTENDEE; write an event for each")
            ),
            (event("nonsense"), .malformed(line: 3, "no colon")),
            (String(repeating: "x", count: Schedule.calendarBytesMax + 1), .tooBig),
        ]
        let members = try members()
        let name = try Cast.name("x")
        for (text, refusal) in table {
            #expect(throws: refusal) {
                try Schedule(calendar: text, name: name, zone: "UTC", members: members)
            }
        }
    }
}
