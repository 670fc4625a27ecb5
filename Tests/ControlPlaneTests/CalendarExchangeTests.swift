import Approvals
import ControlPlane
import Duty
import Simulation
import Testing
import ZoneTime

/// Goal: a schedule goes out as iCalendar and comes back with the same people at the same times,
/// and what cannot be taken changes nothing.
@Suite struct CalendarExchangeTests {
    private let lea = "lea@acme.test"

    private func turns(
        _ people: [String], _ start: String, hours: Int? = nil, repeats: Recurrence? = nil,
        handOff: Recurrence = Recurrence(.weekly)
    ) throws -> ScheduleWish.Turns {
        ScheduleWish.Turns(
            name: "of \(people.count)", emails: people, start: try #require(LocalTime(start)),
            handOff: handOff, lengthSeconds: hours.map { $0 * 3_600 }, repeats: repeats)
    }

    private func schedule(_ answer: Answer) throws -> PlannedSchedule {
        guard case .people(.schedule(let report, _)) = answer else { throw Surprise(answer) }
        return report.schedule
    }

    private func calendar(of name: GroupName, in desk: Desk) throws -> String {
        let answer = try desk.ask(.people(.calendar(name, nil)), as: "aud@acme.test")
        guard case .people(.calendar(let text)) = answer else { throw Surprise(answer) }
        return text
    }

    private func wish(
        _ text: String, version: Int = 0, zone: String? = nil
    ) throws -> CalendarWish {
        CalendarWish(
            name: try #require(GroupName("copy")), version: version,
            group: try #require(Desk.finance), zone: zone, calendar: text)
    }

    @Test func whatGoesOutComesBackTheSame() throws {
        let desk = try Desk()
        let name = try #require(GroupName("primary"))
        let weekdays = Recurrence(
            .weekly, days: [.monday, .tuesday, .friday].map { Recurrence.Day($0) })
        let rotations = [
            try turns(["ada@acme.test", "bob@acme.test"], "2026-01-05T09:00"),
            try turns(["bob@acme.test"], "2026-01-05T22:00", hours: 9, repeats: weekdays),
            try turns(
                ["eve@acme.test", "ada@acme.test"], "2026-02-02T08:30", hours: 24,
                repeats: Recurrence(.daily, interval: 2, bound: .count(40)),
                handOff: Recurrence(.monthly)),
        ]
        let put = ScheduleWish(
            name: name, version: 0, group: try #require(Desk.finance), zone: "UTC",
            rotations: rotations)
        let made = try schedule(try desk.tell(.people(.putSchedule(put)), as: lea))
        let text = try calendar(of: name, in: desk)
        let copy = try schedule(
            try desk.tell(.people(.putCalendar(try wish(text))), as: lea))
        #expect(copy.zone == made.zone)
        #expect(copy.rotations.map(\.rule) == made.rotations.map(\.rule))
        #expect(copy.rotations.map(\.lengthSeconds) == made.rotations.map(\.lengthSeconds))
        #expect(try calendar(of: copy.name, in: desk).contains("mailto:eve@acme.test"))
    }

    private func event(_ lines: String...) -> String {
        (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"])
            .joined(separator: "\r\n")
    }

    @Test func whatCannotBeTakenIsNamedAndChangesNothing() throws {
        let desk = try Desk()
        let times = "DTSTART:20260105T090000Z\r\nDTEND:20260105T170000Z"
        let local = "DTSTART:20260105T090000\r\nDTEND:20260105T170000"
        let ada = "ATTENDEE:mailto:ada@acme.test"
        let rows: [(String, String)] = [
            (event(times, "ATTENDEE:mailto:aud@acme.test"), "line 5 somebody who decides nothing"),
            (event(times, ada, "EXDATE:20260106T090000Z"), "line 6 what schedules do not have"),
            (event(times, ada, "RRULE:FREQ=YEARLY"), "line 6: FREQ=YEARLY is not supported"),
            (event("DTSTART;TZID=Mars/Base:20260105T090000", ada), "no DTEND"),
            (
                event("DTSTART;TZID=Mars/Base:20260105T090000", "DTEND:20260105T170000", ada),
                "is in Mars/Base"
            ),
            (event(local, ada), "no time in the calendar names one"),
            (
                event(times, ada, "X-COUNTERSIGN-HAND-OFF:HOURS=8"), "or by hours"
            ),
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "has no event"),
            ("nonsense", "line 1: no colon"),
        ]
        for (text, words) in rows {
            let why = refusal {
                _ = try desk.tell(.people(.putCalendar(try wish(text))), as: lea)
            }
            let said = String(describing: why)
            #expect(said.contains(words), "\(text): \(said)")
        }
        #expect(throws: (any Error).self) {
            try calendar(of: try #require(GroupName("copy")), in: desk)
        }
        let taken = try schedule(
            try desk.tell(
                .people(.putCalendar(try wish(event(local, ada), zone: "UTC"))), as: lea))
        let once = try #require(taken.rotations.first?.rule)
        #expect(once.recurrence?.bound == .count(1))
        #expect(taken.rotations.count == 1)
        for who in ["ada@acme.test", "aud@acme.test"] {
            let late = try wish(event(times, ada), version: 1)
            #expect(refusal { _ = try desk.tell(.people(.putCalendar(late)), as: who) } != nil)
        }
        let stale = try wish(event(times, ada))
        guard case .conflict = refusal({ _ = try desk.tell(.people(.putCalendar(stale)), as: lea) })
        else {
            Issue.record("a calendar from an old version was taken")
            return
        }
    }
}
