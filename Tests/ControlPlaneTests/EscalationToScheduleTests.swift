import Approvals
import ControlPlane
import Duty
import Simulation
import Testing
import ZoneTime

/// Goal: a step of an escalation brings a call to whoever is on duty when it is taken.
///
/// Method: the clock of a whole installation in memory is turned over a hand-off of a schedule,
/// and its timers are run.
@Suite struct EscalationToScheduleTests {
    private static let lead = "lea@acme.test"
    private static let toDuty = PlanWish.Step(afterSeconds: 60, schedule: "primary")
    private static let toLead = PlanWish.Step(afterSeconds: 60, people: [lead])

    private func schedule(_ people: [String], version: Int = 0) throws -> ScheduleWish {
        let start = LocalTime(seconds: Int(try Desk().clock.wall.milliseconds / 1_000))
        return ScheduleWish(
            name: try #require(GroupName("primary")), version: version,
            group: try #require(Desk.finance), zone: "UTC",
            rotations: [
                .init(name: "turns", emails: people, start: start, handOff: Recurrence(.daily))
            ])
    }

    private func desk(
        _ people: [String], _ steps: [PlanWish.Step] = [toDuty, toLead]
    ) throws -> Desk {
        let desk = try Desk()
        try desk.tell(.people(.putSchedule(schedule(people))), as: Self.lead)
        let plan = PlanWish(group: try #require(Desk.finance), version: 0, steps: steps)
        try desk.tell(.people(.plan(plan)), as: Self.lead)
        return desk
    }

    @Test("S-9: who is on duty at the step is told and sees it, and what that came from is kept")
    func told() throws {
        let desk = try desk(["eve@acme.test"])
        let id = try desk.submit()
        #expect(refusal { try desk.view(id, as: "eve@acme.test") } == .notFound)
        #expect(try desk.view(id).escalation?.onDuty.values.first == ["eve@acme.test"])
        desk.pass(seconds: 60)
        try desk.ring()
        let escalation = try #require(try desk.stored(id).escalation)
        let answer = try #require(escalation.duties.first)
        #expect(escalation.duties.count == 1 && answer.version == 1 && answer.people.count == 1)
        #expect(answer.people == escalation.people && answer.at == desk.clock.wall)
        #expect(try desk.view(id, as: "eve@acme.test").cannotDecide != nil)
        let approval = try desk.stored(id)
        #expect(try Approval(record: approval.record) == approval)
    }

    @Test("S-9: a schedule that changes before the step counts as it is at the step, not after")
    func changedBetween() throws {
        let desk = try desk(["eve@acme.test"])
        let id = try desk.submit()
        try desk.tell(
            .people(.putSchedule(schedule(["bob@acme.test"], version: 1))), as: Self.lead)
        desk.pass(seconds: 60)
        try desk.ring()
        // It is bob's run, so that nobody is left on duty and the lead is told at once.
        let escalation = try #require(try desk.stored(id).escalation)
        #expect(escalation.duties.map(\.version) == [2] && escalation.step == 2)
        #expect(refusal { try desk.view(id, as: "eve@acme.test") } == .notFound)
        try desk.tell(
            .people(.putSchedule(schedule(["eve@acme.test"], version: 2))), as: Self.lead)
        #expect(try desk.stored(id).escalation?.duties.map(\.version) == [2])
    }

    @Test("E3: where nobody is on duty the next step comes at once, at most once around")
    func gap() throws {
        let nobody = Self.toDuty
        let desk = try desk(["eve@acme.test"], [nobody, Self.toLead, nobody, nobody])
        let id = try desk.submit()
        try desk.tell(.removeMember(email: "eve@acme.test"), as: Desk.admin)
        desk.pass(seconds: 60)
        try desk.ring()
        let escalation = try #require(try desk.stored(id).escalation)
        #expect(escalation.step == 2 && escalation.people.count == 1)
        #expect(escalation.duties.map(\.people) == [[]])
        #expect(try desk.ring() == 0)
        desk.pass(seconds: 60)
        try desk.ring()
        #expect(try desk.stored(id).escalation?.step == 4)
        #expect(try desk.types(id).filter { $0 == "approval.escalated" }.count == 2)
        #expect(try #require(try desk.stored(id).dueAt) > desk.clock.wall)
        #expect(try desk.ring() == 0)
    }

    @Test("A schedule that a plan goes to is not taken away, until no plan does")
    func removing() throws {
        let desk = try desk(["eve@acme.test"])
        let name = try #require(GroupName("primary"))
        let remove = Command.people(.removeSchedule(name, version: 1))
        let refused = try #require(refusal { try desk.tell(remove, as: Self.lead) })
        #expect("\(refused)".contains("the escalation of finance goes to the schedule primary"))
        let none = PlanWish(group: try #require(Desk.finance), version: 1, steps: [])
        try desk.tell(.people(.plan(none)), as: Self.lead)
        try desk.tell(remove, as: Self.lead)
    }

    @Test("A call that waits for a schedule that is no more goes on to the next step")
    func gone() throws {
        let desk = try desk(["eve@acme.test"])
        let id = try desk.submit()
        let name = try #require(GroupName("primary"))
        let none = PlanWish(group: try #require(Desk.finance), version: 1, steps: [])
        try desk.tell(.people(.plan(none)), as: Self.lead)
        try desk.tell(.people(.removeSchedule(name, version: 1)), as: Self.lead)
        desk.pass(seconds: 60)
        try desk.ring()
        let escalation = try #require(try desk.stored(id).escalation)
        #expect(escalation.step == 2 && escalation.duties.map(\.version) == [0])
    }

    @Test("A step to a schedule lets nobody decide who could not")
    func authority() throws {
        let step = PlanWish.Step(afterSeconds: 60, schedule: "primary", mayDecide: true)
        let refused = refusal { _ = try desk(["eve@acme.test"], [step]) }
        #expect(refused != nil)
    }
}
