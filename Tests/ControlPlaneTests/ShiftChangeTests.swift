import Approvals
import ControlPlane
import Duty
import JSONTree
import Simulation
import Testing
import ZoneTime

/// Goal: people see whether they are on shift, go off it with the hand-over shown, and come back;
/// what they may decide stays the same all the time.
@Suite struct ShiftChangeTests {
    private let ada = "ada@acme.test"
    private let bob = "bob@acme.test"
    private let lea = "lea@acme.test"
    private let name = GroupName("primary")

    /// A desk whose schedule has each of these rotations: people who take turns every day.
    private func desk(_ rotations: [[String]], hours: Int? = nil) throws -> Desk {
        let desk = try Desk()
        let start = LocalTime(seconds: Int(desk.clock.wall.milliseconds / 3_600_000) * 3_600)
        let wish = ScheduleWish(
            name: try #require(name), version: 0, group: try #require(Desk.finance), zone: "UTC",
            rotations: rotations.map {
                .init(
                    name: "turns", emails: $0, start: start, handOff: Recurrence(.daily),
                    lengthSeconds: hours.map { $0 * 3_600 })
            })
        try desk.tell(.people(.putSchedule(wish)), as: lea)
        return desk
    }

    private func duty(of name: String, in desk: Desk) throws -> DutyReport? {
        let answer = try desk.ask(.me, as: name)
        guard case .me(_, _, _, _, let duty, _) = answer else { throw Surprise(answer) }
        return duty
    }

    private func leave(
        _ name: String, until: Timestamp? = nil, in desk: Desk
    ) throws -> ShiftChangeReport {
        try change(.leaveShift(until: until), as: name, in: desk)
    }

    private func change(
        _ command: PeopleCommand, as name: String, in desk: Desk
    ) throws -> ShiftChangeReport {
        let answer = try desk.tell(.people(command), as: name)
        guard case .people(.shiftChange(let report)) = answer else { throw Surprise(answer) }
        return report
    }

    @Test func dutySaysUntilWhenAndWhatWasHandedOver() throws {
        let desk = try desk([[ada, bob]])
        _ = try desk.submit()
        let first = try #require(try duty(of: ada, in: desk))
        #expect(first.isOn && first.handedOver == 0)
        #expect(first.schedules.map(\.rawValue) == ["primary"])
        let end = try #require(first.until)
        let waiting = try #require(try duty(of: bob, in: desk))
        #expect(!waiting.isOn && waiting.next == end && waiting.schedules.isEmpty)
        #expect(try duty(of: "eve@acme.test", in: desk) == nil, "no schedule of hers")
        #expect(try duty(of: "aud@acme.test", in: desk) == nil, "decides nothing")
    }

    @Test func theNextShiftHasWhatWaitedBeforeIt() throws {
        let desk = try desk([[ada, bob]])
        let next = try #require(try duty(of: bob, in: desk)?.next)
        desk.pass(seconds: Int(next.since(desk.clock.wall) / 1_000) - 300)
        _ = try desk.submit(as: "other")
        #expect(try duty(of: ada, in: desk)?.handedOver == 0)
        desk.pass(seconds: 301)
        #expect(try duty(of: bob, in: desk)?.handedOver == 0, "only what was recorded counts")
        try desk.ring()
        let now = try #require(try duty(of: bob, in: desk))
        #expect(now.isOn && now.handedOver == 1)
        #expect(try duty(of: ada, in: desk)?.isOn == false)
        _ = try desk.submit(try Desk.submission(key: "k2"), as: "other")
        #expect(try duty(of: bob, in: desk)?.handedOver == 1, "what came in it is no hand-over")
    }

    @Test func goingOffShiftHandsOverAndTakesNoAuthority() throws {
        let desk = try desk([[ada], [bob]])
        let id = try desk.submit(as: "other")
        desk.pass(seconds: 1)
        let report = try leave(ada, until: desk.clock.wall.adding(seconds: 7_200), in: desk)
        #expect(!report.isOn && report.handedOver == [id] && report.to == [bob])
        #expect(report.sentence.contains("expected of \(bob)"))
        #expect(report.warnings.contains { $0.contains("coverage falls from 2 to 1") })
        #expect(try duty(of: ada, in: desk)?.isOn == false)
        #expect(try duty(of: bob, in: desk)?.isOn == true)
        // Authority is another question: she decides off shift as well as on.
        let decision = try desk.decision(.approve, on: id, as: ada)
        try desk.tell(.decide(decision), as: ada)
        #expect(try desk.stored(id).state == .approved)
    }

    @Test func theLastOneWhoGoesIsWarnedOfTheGap() throws {
        let desk = try desk([[ada]])
        _ = try desk.submit(as: "other")
        desk.pass(seconds: 1)
        let report = try leave(ada, in: desk)
        #expect(report.to == [] && report.sentence.contains("expected of nobody"))
        #expect(report.warnings.contains("Nobody is on shift in primary now."))
        let again = refusal { try leave(ada, in: desk) }
        guard case .conflict = again else {
            Issue.record("\(String(describing: again))")
            return
        }
    }

    @Test func aPreviewSaysWhatWouldComeOfItAndChangesNothing() throws {
        let desk = try desk([[ada]])
        let id = try desk.submit(as: "other")
        desk.pass(seconds: 1)
        let count = try desk.events().count
        let report = try change(.leaveShift(until: nil, isPreview: true), as: ada, in: desk)
        #expect(report.isOn && report.handedOver == [id] && report.to == [])
        #expect(report.sentence.contains("would be expected of nobody"))
        #expect(report.warnings.first == "Nobody is on shift in primary then.")
        #expect(try duty(of: ada, in: desk)?.isOn == true)
        #expect(try desk.events().count == count)
    }

    @Test func comingBackTakesBackWhatGoingMade() throws {
        let desk = try desk([[ada], [bob]])
        _ = try leave(ada, until: desk.clock.wall.adding(seconds: 7_200), in: desk)
        desk.pass(seconds: 600)
        let back = try change(.joinShift, as: ada, in: desk)
        #expect(back.isOn && back.to == [ada])
        #expect(try duty(of: ada, in: desk)?.isOn == true)
        let types = try desk.events().compactMap { $0["type"]?.stringValue }
        #expect(types.suffix(2) == ["override.made", "override.removed"])
    }

    @Test func whoTookAShiftOverGoesOffItToo() throws {
        let desk = try desk([[ada]])
        let now = desk.clock.wall
        let wish = OverrideWish(
            schedule: try #require(name), start: now, end: now.adding(seconds: 7_200),
            removeEmail: ada, addEmail: bob, reason: "Dentist")
        try desk.tell(.people(.override(wish)), as: lea)
        desk.pass(seconds: 60)
        let report = try leave(bob, in: desk)
        #expect(!report.isOn && report.until == now.adding(seconds: 7_200))
        #expect(try duty(of: bob, in: desk)?.isOn == false)
        #expect(try change(.joinShift, as: bob, in: desk).isOn)
    }

    @Test func whoDecidesNothingHasNoShift() throws {
        let desk = try desk([[ada]])
        for name in ["aud@acme.test", Desk.admin, "bot"] {
            #expect(refusal { try leave(name, in: desk) } != nil, "\(name)")
        }
        guard case .conflict = refusal({ try leave("eve@acme.test", in: desk) }) else {
            Issue.record("eve is on no shift")
            return
        }
        let past = desk.clock.wall.adding(seconds: -1)
        guard case .invalid = refusal({ try leave(ada, until: past, in: desk) }) else {
            Issue.record("the past is no time to be off")
            return
        }
    }
}
