import Approvals
import ControlPlane
import Duty
import Simulation
import Testing
import ZoneTime

/// Goal: what waits when the shift changes is brought to whoever comes, once, and is not lost.
///
/// Method: the clock of a whole installation in memory is turned over the hand-off of a schedule,
/// and its timers are run; the row of the table of escalation is named in the words of the tests.
@Suite struct HandingOverTests {
    private static let lead = "lea@acme.test"
    private let ada = "ada@acme.test"
    private let eve = "eve@acme.test"

    /// Two people take turns, and the next hand-off is in a minute; eve is in ops alone.
    private func desk(steps: [PlanWish.Step] = [], group: String = "finance") throws -> Desk {
        let desk = try Desk()
        let wall = Int(desk.clock.wall.milliseconds / 1_000)
        let wish = ScheduleWish(
            name: try #require(GroupName("primary")), version: 0,
            group: try #require(GroupName(group)), zone: "UTC",
            rotations: [
                .init(
                    name: "turns", emails: [ada, eve],
                    start: LocalTime(seconds: wall + 60 - 86_400), handOff: Recurrence(.daily))
            ])
        try desk.tell(.people(.putSchedule(wish)), as: Self.lead)
        if !steps.isEmpty {
            let plan = PlanWish(group: try #require(Desk.finance), version: 0, steps: steps)
            try desk.tell(.people(.plan(plan)), as: Self.lead)
        }
        return desk
    }

    private func count(_ id: ApprovalID, in desk: Desk) throws -> Int {
        try desk.types(id).filter { $0 == "approval.handed_over" }.count
    }

    @Test("E5: what waits is brought to the next people once, and there is one timer all along")
    func once() throws {
        let desk = try desk()
        let id = try desk.submit()
        let start = try desk.stored(id).createdAt
        for (seconds, handed) in [(59, 0), (1, 1), (1, 1), (300, 1)] {
            desk.pass(seconds: seconds)
            try desk.ring()
            #expect(try desk.ring() == 0, "nothing is left to do at one instant")
            #expect(try count(id, in: desk) == handed, "\(seconds)")
            #expect(try #require(try desk.stored(id).dueAt) > desk.clock.wall)
        }
        let approval = try desk.stored(id)
        let handOver = try #require(approval.watch?.handOver)
        #expect(handOver.at == start.adding(seconds: 60))
        #expect(handOver.from.count == 1 && handOver.to.count == 1 && handOver.from != handOver.to)
        #expect(try Approval(record: approval.record) == approval)
        #expect(approval.revision == 1, "a dialog that is open stays good")
    }

    @Test("E5: whom a step told by a schedule hands it to who comes next, who sees it then")
    func afterAStep() throws {
        let step = PlanWish.Step(afterSeconds: 30, schedule: "primary")
        let long = PlanWish.Step(afterSeconds: 600, people: [Self.lead])
        let desk = try desk(steps: [step, long], group: "ops")
        let id = try desk.submit()
        desk.pass(seconds: 30)
        try desk.ring()
        #expect(refusal { try desk.view(id, as: eve) } == .notFound)
        desk.pass(seconds: 30)
        try desk.ring()
        #expect(try desk.view(id, as: eve).row.id == id)
        #expect(try count(id, in: desk) == 1)
    }

    @Test("E5: who went off duty holds it back for fifteen minutes at most, and not later")
    func heldBack() throws {
        let long = PlanWish.Step(afterSeconds: 5_000, people: [Self.lead])
        let desk = try desk(steps: [long])
        var submission = try Desk.submission()
        submission.timeoutSeconds = 3_600
        let id = try desk.submit(submission)
        desk.pass(seconds: 60)
        try desk.ring()
        let end = desk.clock.wall.adding(seconds: DutyWatch.keptSeconds)
        desk.pass(seconds: 600)
        try desk.tell(.people(.acknowledge(id)), as: ada)
        #expect(try desk.stored(id).escalation?.acknowledgements.last?.until == end)
        desk.pass(seconds: 300)
        #expect(refusal { try desk.tell(.people(.acknowledge(id)), as: ada) } != nil)
    }

    @Test("A schedule that is changed hands over at once, without waiting for the next turn")
    func changed() throws {
        let desk = try desk()
        let id = try desk.submit()
        let start = LocalTime(seconds: Int(desk.clock.wall.milliseconds / 1_000) - 60)
        let wish = ScheduleWish(
            name: try #require(GroupName("primary")), version: 1,
            group: try #require(Desk.finance), zone: "UTC",
            rotations: [
                .init(name: "turns", emails: [eve], start: start, handOff: Recurrence(.daily))
            ])
        try desk.tell(.people(.putSchedule(wish)), as: Self.lead)
        try desk.ring()
        #expect(try count(id, in: desk) == 1)
        try desk.ring()
        #expect(try count(id, in: desk) == 1)
    }
}
