import Approvals
import ControlPlane
import Duty
import JSONTree
import Reach
import Simulation
import Testing
import ZoneTime

/// Goal: people say when they may be disturbed; it holds for whom is told and for coverage, and
/// never for who may decide.
@Suite struct ReachingTests {
    private let ada = "ada@acme.test"
    private let bob = "bob@acme.test"
    private let lea = "lea@acme.test"

    /// Quiet hours from an hour ago on for so many hours, on the wall of UTC.
    private func hours(_ count: Int, in desk: Desk) -> QuietHours {
        let now = Zone.utc.local(at: desk.clock.wall).secondOfDay
        let day = LocalTime.daySeconds
        return QuietHours(
            zone: "UTC", start: (now + day - 3_600) % day,
            end: (now + day - 3_600 + count * 3_600) % day)
    }

    @discardableResult
    private func set(
        _ subject: ReachSubject, _ quiet: [QuietHours], version: Int = 0,
        absences: [InstantRange] = [], as name: String, in desk: Desk
    ) throws -> ReachReport {
        let wish = ReachWish(
            of: subject, version: version, zone: "UTC", quiet: quiet, absences: absences)
        let answer = try desk.tell(.people(.setReach(wish)), as: name)
        guard case .people(.reach(let report)) = answer else { throw Surprise(answer) }
        return report
    }

    private func read(
        _ subject: ReachSubject, as name: String, in desk: Desk
    ) throws -> ReachReport {
        let answer = try desk.ask(.people(.reach(subject)), as: name)
        guard case .people(.reach(let report)) = answer else { throw Surprise(answer) }
        return report
    }

    private func quietUntil(_ name: String, in desk: Desk) throws -> Timestamp? {
        let answer = try desk.ask(.me, as: name)
        guard case .me(_, _, _, _, _, let until, _) = answer else { throw Surprise(answer) }
        return until
    }

    @Test func peopleSetTheirOwnAndLeadsEverybodys() throws {
        let desk = try Desk()
        #expect(try read(.member(email: ada), as: ada, in: desk).version == 0)
        let own = try set(.member(email: ada), [hours(9, in: desk)], as: ada, in: desk)
        #expect(own.version == 1 && own.isQuiet && own.changerEmail == ada)
        let until = try #require(try quietUntil(ada, in: desk))
        #expect(until.since(desk.clock.wall) <= 8 * 3_600_000)
        #expect(try set(.member(email: ada), [], version: 1, as: lea, in: desk).version == 2)
        #expect(try quietUntil(ada, in: desk) == nil)
        for name in [bob, Desk.admin, "bot"] {
            let wrong = refusal { try set(.member(email: ada), [], version: 2, as: name, in: desk) }
            #expect(wrong != nil, "\(name)")
        }
        #expect(refusal { try read(.member(email: ada), as: bob, in: desk) } != nil)
        #expect(try read(.member(email: ada), as: "aud@acme.test", in: desk).version == 2)
        let event = try #require(try desk.events().last)
        #expect(event["type"]?.stringValue == "reach.changed")
    }

    @Test func aChangeFromAnOldVersionSaysWhoWasFaster() throws {
        let desk = try Desk()
        try set(.member(email: ada), [hours(9, in: desk)], as: lea, in: desk)
        let late = refusal { try set(.member(email: ada), [], as: ada, in: desk) }
        guard case .conflict(let sentence, _) = late else {
            Issue.record("\(String(describing: late))")
            return
        }
        #expect(sentence.contains(lea) && sentence.contains("version 1"))
        #expect(try read(.member(email: ada), as: ada, in: desk).quiet.count == 1)
    }

    @Test func aGroupsHoldForWhoSetNoneOfTheirOwn() throws {
        let desk = try Desk()
        let finance = ReachSubject.group(try #require(Desk.finance))
        try set(finance, [hours(9, in: desk)], as: lea, in: desk)
        #expect(try quietUntil(ada, in: desk) != nil && quietUntil(bob, in: desk) != nil)
        #expect(try quietUntil("eve@acme.test", in: desk) == nil, "another group")
        try set(.member(email: ada), [], as: ada, in: desk)
        #expect(try quietUntil(ada, in: desk) == nil, "her own word counts")
        #expect(refusal { try set(finance, [], version: 1, as: ada, in: desk) } != nil)
    }

    @Test func whatCannotBeIsRefusedAtItsField() throws {
        let desk = try Desk()
        let (now, ada) = (desk.clock.wall, ReachSubject.member(email: ada))
        let year = try #require(InstantRange(now, now.adding(seconds: 400 * 86_400)))
        let wrong = [
            ReachWish(of: ada, version: 0, zone: "Mars/Base", quiet: [], absences: []),
            ReachWish(of: ada, version: 0, zone: "UTC", quiet: [], absences: [year]),
            ReachWish(
                of: ada, version: 0, zone: "UTC",
                quiet: [QuietHours(zone: "UTC", start: 60, end: 60)], absences: []),
            ReachWish(
                of: ada, version: 0, zone: "UTC",
                quiet: Array(repeating: hours(2, in: desk), count: 15), absences: []),
        ]
        for wish in wrong {
            let why = refusal { try desk.tell(.people(.setReach(wish)), as: lea) }
            guard case .invalid = why else {
                Issue.record("\(String(describing: why))")
                continue
            }
        }
    }

    @Test("O-5: quiet or away, who may decide decides; O-10: a shift suspends quiet hours")
    func authorityAndShifts() throws {
        let desk = try Desk()
        let id = try desk.submit(as: "other")
        let now = desk.clock.wall
        try set(.member(email: ada), [hours(9, in: desk)], as: ada, in: desk)
        let start = LocalTime(seconds: Int(now.milliseconds / 3_600_000) * 3_600)
        let wish = ScheduleWish(
            name: try #require(GroupName("primary")), version: 0,
            group: try #require(Desk.finance), zone: "UTC",
            rotations: [
                .init(name: "turns", emails: [ada], start: start, handOff: Recurrence(.daily))
            ])
        try desk.tell(.people(.putSchedule(wish)), as: lea)
        #expect(try quietUntil(ada, in: desk) == nil, "O-10")
        #expect(try read(.member(email: ada), as: ada, in: desk).isQuiet == false)
        let away = try #require(InstantRange(now, now.adding(seconds: 86_400)))
        try set(.member(email: ada), [], version: 1, absences: [away], as: ada, in: desk)
        #expect(try quietUntil(ada, in: desk) == away.end, "a shift does not end an absence")
        try desk.tell(.decide(try desk.decision(.approve, on: id, as: ada)), as: ada)
        #expect(try desk.stored(id).state == .approved, "O-5")
    }

    @Test func coverageKnowsWhoIsAway() throws {
        let desk = try Desk()
        let now = desk.clock.wall
        let away = try #require(InstantRange(now, now.adding(seconds: 3 * 86_400)))
        for name in [ada, bob] {
            try set(.member(email: name), [], absences: [away], as: name, in: desk)
        }
        let answer = try desk.ask(.people(.coverage(days: 7)), as: lea)
        guard case .people(.coverage(let report)) = answer else { throw Surprise(answer) }
        let row = try #require(report.rows.first { $0.rule.hasPrefix("finance") })
        #expect(row.spans.map(\.isGap) == [true, false])
        #expect(row.spans.first?.range.end == away.end)
        #expect(row.spans.first?.sentence?.contains("have quiet hours or are away") == true)
    }

    /// Where a call of this risk is after the first step of a plan to ada, then bob.
    private func afterTheFirstStep(
        _ risk: Risk, quiet: [String], in desk: Desk
    ) throws -> (steps: [JSONValue], id: ApprovalID) {
        let plan = PlanWish(
            group: try #require(Desk.finance), version: 0,
            steps: [
                .init(afterSeconds: 60, people: [ada]), .init(afterSeconds: 600, people: [bob]),
            ])
        try desk.tell(.people(.plan(plan)), as: lea)
        for name in quiet {
            try set(.member(email: name), [hours(9, in: desk)], as: name, in: desk)
        }
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.defaultGroup = Desk.finance
        settings.defaultRisk = risk
        try desk.tell(.changeTenant(settings), as: Desk.admin)
        var submission = try Desk.submission()
        submission.timeoutSeconds = 7_200
        let id = try desk.submit(submission, as: "other")
        desk.pass(seconds: 60)
        while try desk.ring() > 0 {}
        let steps = try desk.events().filter { $0["type"]?.stringValue == "approval.escalated" }
        return (steps, id)
    }

    @Test("O-2: a step whose people are all quiet goes on at once, and they still see the call")
    func theNextStepComesAtOnce() throws {
        let desk = try Desk()
        let (steps, id) = try afterTheFirstStep(.medium, quiet: [ada], in: desk)
        #expect(steps.count == 2)
        #expect(steps.first?["facts"]?["quiet"]?.stringValue == "everybody")
        #expect(steps.last?["facts"]?["quiet"] == nil)
        #expect(try desk.stored(id).escalation?.people.count == 2)
    }

    @Test("O-1, O-4 and low risk: the step waits for its time", arguments: [true, false])
    func theStepStays(isCritical: Bool) throws {
        let desk = try Desk()
        let (steps, _) = try afterTheFirstStep(
            isCritical ? .critical : .low, quiet: [ada, bob], in: desk)
        #expect(steps.count == 1)
        let clause = steps.first?["facts"]?["break_through"]?.stringValue
        #expect(clause == (isCritical ? "critical" : nil))
        let awake = try Desk()
        #expect(try afterTheFirstStep(.medium, quiet: [bob], in: awake).steps.count == 1)
    }

    @Test("Everybody quiet: the plan runs through its people once, and is not over at once")
    func everybodyQuiet() throws {
        let desk = try Desk()
        let (steps, id) = try afterTheFirstStep(.medium, quiet: [ada, bob, lea], in: desk)
        #expect(steps.count == 2)
        #expect(try desk.stored(id).state == .pending)
        #expect(try #require(desk.stored(id).escalation?.nextAt) > desk.clock.wall)
    }
}
