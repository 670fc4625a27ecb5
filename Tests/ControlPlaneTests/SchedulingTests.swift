import Approvals
import ControlPlane
import Duty
import Simulation
import Testing
import ZoneTime

/// Goal: leads say who is expected to decide, nobody overwrites another's change unseen, and what
/// was on duty stays what it was.
@Suite struct SchedulingTests {
    private let ada = "ada@acme.test"
    private let bob = "bob@acme.test"
    private let eve = "eve@acme.test"
    private let lea = "lea@acme.test"
    private let name = GroupName("primary")

    /// A schedule on which these people take turns, the first from the hour on in which it is.
    private func wish(
        _ people: [String], version: Int = 0, zone: String = "UTC", in desk: Desk
    ) throws -> ScheduleWish {
        let start = LocalTime(seconds: Int(desk.clock.wall.milliseconds / 3_600_000) * 3_600)
        return ScheduleWish(
            name: try #require(name), version: version, group: try #require(Desk.finance),
            zone: zone,
            rotations: people.map {
                .init(name: "of \($0)", emails: [$0], start: start, handOff: Recurrence(.weekly))
            })
    }

    @discardableResult
    private func put(_ wish: ScheduleWish, as name: String, in desk: Desk) throws -> ScheduleReport
    {
        let answer = try desk.tell(.people(.putSchedule(wish)), as: name)
        guard case .people(.schedule(let report, let isNew)) = answer else {
            throw Surprise(answer)
        }
        #expect(isNew == (wish.version == 0))
        return report
    }

    /// An override that begins and ends so many hours from now.
    private func override(
        _ hours: Range<Int>, remove: String? = nil, add: String? = nil, isPreview: Bool = false,
        in desk: Desk
    ) throws -> (OverrideReport, [String]) {
        let now = desk.clock.wall
        let wish = OverrideWish(
            schedule: try #require(name), start: now.adding(seconds: hours.lowerBound * 3_600),
            end: now.adding(seconds: hours.upperBound * 3_600), removeEmail: remove,
            addEmail: add, reason: "Dentist", isPreview: isPreview)
        let answer = try desk.tell(.people(.override(wish)), as: lea)
        guard case .people(.override(let report, let warnings, let isNew)) = answer else {
            throw Surprise(answer)
        }
        #expect(isNew != isPreview)
        return (report, warnings)
    }

    /// Who is on duty so many hours from now, seen by an auditor.
    private func duty(_ hours: Int, in desk: Desk) throws -> [String] {
        let from = desk.clock.wall.adding(seconds: hours * 3_600)
        let range = try #require(InstantRange(from, from.adding(seconds: 60)))
        let query = PeopleQuery.shifts(try #require(name), range)
        let answer = try desk.ask(.people(query), as: "aud@acme.test")
        guard case .people(.shifts(let shifts)) = answer else { throw Surprise(answer) }
        return shifts.first?.onDuty ?? ["no shift"]
    }

    @Test func aChangeFromAnOldVersionIsRefusedAndSaysWhoWasFaster() throws {
        let desk = try Desk()
        #expect(try put(try wish([ada], in: desk), as: lea, in: desk).onDuty == [ada])
        #expect(try put(try wish([bob], version: 1, in: desk), as: lea, in: desk).onDuty == [bob])
        let late = refusal { try put(try wish([eve], version: 1, in: desk), as: lea, in: desk) }
        guard case .conflict(let sentence, _) = late else {
            Issue.record("\(String(describing: late))")
            return
        }
        #expect(sentence.contains(lea) && sentence.contains("version 2"))
        #expect(try duty(0, in: desk) == [bob])
        for name in [ada, "aud@acme.test"] {
            #expect(refusal { try put(try wish([name], in: desk), as: name, in: desk) } != nil)
        }
    }

    @Test func whatCannotBeIsRefusedAtItsField() throws {
        let desk = try Desk()
        for wrong in [
            try wish([], in: desk), try wish(["aud@acme.test"], in: desk),
            try wish(["x@acme.test"], in: desk), try wish([ada], zone: "Mars/Base", in: desk),
        ] {
            let why = refusal { try put(wrong, as: lea, in: desk) }
            guard case .invalid = why else {
                Issue.record("\(String(describing: why))")
                continue
            }
        }
    }

    @Test func overridesHoldWarnAndConflict() throws {
        let desk = try Desk()
        try put(try wish([ada, bob], in: desk), as: lea, in: desk)
        let (first, warnings) = try override(10..<20, remove: ada, add: bob, in: desk)
        #expect(warnings.count == 1 && warnings[0].contains("coverage falls from 2 to 1"), "S-5")
        #expect(try duty(9, in: desk) == [ada, bob])
        #expect(try duty(10, in: desk) == [bob])
        #expect(try duty(20, in: desk) == [ada, bob])
        let clash = refusal { try override(15..<25, remove: bob, add: eve, in: desk) }
        guard case .conflict(let sentence, _) = clash else {
            Issue.record("S-6: \(String(describing: clash))")
            return
        }
        #expect(sentence.contains(first.override.terms.id.rawValue))
        _ = try override(20..<25, remove: bob, add: eve, in: desk)
        #expect(try duty(20, in: desk) == [ada, eve], "S-7")
        try desk.tell(.people(.removeOverride(first.override.terms.id)), as: lea)
        #expect(try duty(15, in: desk) == [ada, bob])
    }

    /// Goal: whoever looks before they save changes nothing, and sees the same refusals.
    @Test func aPreviewSaysWhatComesOfItAndSavesNothing() throws {
        let desk = try Desk()
        try put(try wish([ada, bob], in: desk), as: lea, in: desk)
        for _ in 0..<2 {
            let (_, warnings) = try override(
                10..<20, remove: ada, add: bob, isPreview: true, in: desk)
            #expect(warnings.count == 1 && warnings[0].contains("coverage falls from 2 to 1"))
        }
        #expect(try duty(10, in: desk) == [ada, bob])
        _ = try override(10..<20, remove: ada, add: bob, in: desk)
        let clash = refusal {
            try override(15..<25, remove: bob, add: eve, isPreview: true, in: desk)
        }
        guard case .conflict = clash else {
            Issue.record("\(String(describing: clash))")
            return
        }
    }

    @Test func whatWasStaysAsItWas() throws {
        let desk = try Desk()
        try put(try wish([ada], in: desk), as: lea, in: desk)
        desk.pass(seconds: 12 * 3_600)
        let (made, _) = try override(-2..<8, remove: ada, add: bob, in: desk)
        #expect(made.override.terms.window.start == desk.clock.wall, "S-16")
        #expect(try duty(-1, in: desk) == [ada])
        #expect(try duty(0, in: desk) == [bob])
        desk.pass(seconds: 3_600)
        try put(try wish([eve], version: 1, in: desk), as: lea, in: desk)
        desk.pass(seconds: 3_600)
        #expect(try duty(-2, in: desk) == [bob], "by the version that held then")
        #expect(try duty(0, in: desk) == [eve])
        try desk.tell(.people(.removeSchedule(try #require(name), version: 2)), as: lea)
        #expect(try duty(-1, in: desk) == [eve])
        #expect(try duty(1, in: desk) == [])
    }

    @Test func whoLeftIsNotOnDuty() throws {
        let desk = try Desk()
        try put(try wish([ada], in: desk), as: lea, in: desk)
        try desk.tell(.removeMember(email: ada), as: Desk.admin)
        #expect(try duty(1, in: desk) == [], "S-12")
    }
}
