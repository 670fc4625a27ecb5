import Approvals
import ControlPlane
import JSONTree
import Simulation
import Testing

/// Goal: a call goes on to further people when nobody answers, step by step, and ends.
///
/// Method: the clock of a whole installation in memory is turned and its timers are run; the rows
/// of the table of escalation are named in the words of the tests.
@Suite struct EscalationPlanTests {
    private static let (lead, admin) = ("lea@acme.test", Desk.admin)

    private func wish(
        _ steps: [PlanWish.Step], version: Int = 0, repeats: Int = 0,
        end: EscalationPlan.End = .refuse
    ) throws -> PlanWish {
        PlanWish(
            group: try #require(Desk.finance), version: version, steps: steps, repeats: repeats,
            end: end)
    }

    private func desk(
        _ steps: [PlanWish.Step], repeats: Int = 0, end: EscalationPlan.End = .refuse
    ) throws -> Desk {
        let desk = try Desk()
        try desk.tell(.people(.plan(wish(steps, repeats: repeats, end: end))), as: Self.lead)
        return desk
    }

    private static let toOps = PlanWish.Step(afterSeconds: 60, group: "ops")
    private static let toLead = PlanWish.Step(afterSeconds: 120, people: ["lea@acme.test"])

    @Test("E1: a plan that is changed later is another plan")
    func snapshot() throws {
        let desk = try desk([Self.toOps])
        let id = try desk.submit()
        try desk.tell(.people(.plan(wish([Self.toLead], version: 1))), as: Self.admin)
        let escalation = try #require(try desk.stored(id).escalation)
        #expect(escalation.version == 1 && escalation.plan.steps.count == 1)
        #expect(
            try desk.stored(try desk.submit(Desk.submission(key: "k2"))).escalation?.version == 2)
    }

    @Test("A plan is changed by leads and admins, on top of what is there")
    func changing() throws {
        let desk = try desk([Self.toOps])
        for (name, version, isGood) in [
            ("ada@acme.test", 1, false), (Self.lead, 0, false), (Self.lead, 2, false),
            (Self.lead, 1, true), (Self.admin, 2, true),
        ] {
            let wish = try wish([Self.toLead], version: version)
            let refused = refusal { try desk.tell(.people(.plan(wish)), as: name) }
            #expect((refused == nil) == isGood, "\(name) \(version)")
        }
    }

    @Test(
        "What a step cannot be is refused",
        arguments: [
            PlanWish.Step(afterSeconds: 0, group: "ops"),
            PlanWish.Step(afterSeconds: 86_401, group: "ops"),
            PlanWish.Step(afterSeconds: 60, group: "nobody"),
            PlanWish.Step(afterSeconds: 60, schedule: "duty"),
            PlanWish.Step(afterSeconds: 60, people: []),
            PlanWish.Step(afterSeconds: 60, people: ["x@acme.test"]),
            PlanWish.Step(afterSeconds: 60, people: ["eve@acme.test"], mayDecide: true),
            PlanWish.Step(afterSeconds: 60, group: "ops", people: ["eve@acme.test"]),
            PlanWish.Step(afterSeconds: 60),
        ])
    func impossible(_ step: PlanWish.Step) throws {
        let desk = try Desk()
        #expect(refusal { try desk.tell(.people(.plan(wish([step]))), as: Self.lead) } != nil)
    }

    @Test("E2: each step is taken once, at its time, and there is always one timer")
    func steps() throws {
        let desk = try desk([Self.toOps, Self.toLead], repeats: 1)
        let id = try desk.submit()
        let start = try desk.stored(id).createdAt
        for (seconds, step, passes) in [(59, 0, 0), (1, 1, 0), (119, 1, 0), (1, 2, 1), (119, 2, 1)]
        {
            desk.pass(seconds: seconds)
            try desk.ring()
            #expect(try desk.ring() == 0, "nothing is left to do at one instant")
            let approval = try desk.stored(id)
            #expect(approval.escalation?.step == step && approval.escalation?.passes == passes)
            #expect(try #require(approval.dueAt) > desk.clock.wall)
            #expect(approval.dueAt != approval.requirement.deadline)
        }
        // As long as the longest step after the last one, the steps are taken again.
        desk.pass(seconds: 1)
        try desk.ring()
        #expect(try desk.stored(id).escalation?.step == 1)
        #expect(try desk.stored(id).escalation?.nextAt == start.adding(seconds: 420))
        #expect(try desk.types(id).filter { $0 == "approval.escalated" }.count == 3)
    }

    @Test("E3: who is not here is passed over at once, at most once around")
    func emptySteps() throws {
        let nobody = PlanWish.Step(afterSeconds: 60, people: ["eve@acme.test"])
        let desk = try desk([nobody, nobody, Self.toLead, nobody])
        let id = try desk.submit()
        try desk.tell(.removeMember(email: "eve@acme.test"), as: Self.admin)
        desk.pass(seconds: 60)
        try desk.ring()
        let escalation = try #require(try desk.stored(id).escalation)
        #expect(escalation.step == 3 && escalation.people.count == 1)
        desk.pass(seconds: 60)
        try desk.ring()
        #expect(try desk.stored(id).escalation?.isOver == true)
        #expect(try desk.types(id).filter { $0 == "approval.escalated" }.count == 2)
        #expect(try desk.ring() == 0)
    }

    @Test("E4: looking at it holds the next step back, twice a person, and no deadline")
    func acknowledging() throws {
        let desk = try desk([Self.toOps])
        let id = try desk.submit()
        let deadline = try desk.stored(id).requirement.deadline
        #expect(
            refusal { try desk.tell(.people(.acknowledge(id)), as: "eve@acme.test") } == .notFound)
        for seconds in [0, 599] {
            desk.pass(seconds: seconds)
            try desk.tell(.people(.acknowledge(id)), as: "ada@acme.test")
            try desk.ring()
            #expect(try desk.stored(id).escalation?.acknowledgements.count == 1)
            #expect(try desk.stored(id).escalation?.step == 0)
        }
        let view = try desk.view(id)
        #expect(view.escalation?.acknowledgedBy == "ada@acme.test")
        desk.pass(seconds: 1)
        try desk.tell(.people(.acknowledge(id)), as: "ada@acme.test")
        #expect(try desk.stored(id).requirement.deadline == deadline)
        // The second time reaches past the deadline, which stands.
        desk.pass(seconds: 300)
        try desk.ring()
        #expect(try desk.stored(id).state == .expired)
    }

    @Test("E4: a third time is refused")
    func acknowledgingTooOften() throws {
        var escalation = Escalation(
            EscalationPlan(steps: [.init(afterSeconds: 60, to: .people([]))]), version: 1,
            at: Timestamp(milliseconds: 0))
        var entropy = SeededEntropy(seed: 1)
        let member = MemberID(UUIDv7(at: Timestamp(milliseconds: 1), from: &entropy))
        let told = (1...3).map { _ in
            escalation?.acknowledge(by: member, at: Timestamp(milliseconds: 5))
        }
        #expect(told == [true, true, false])
    }

    @Test(
        "E6: when the plan is through, the call is refused or waits",
        arguments: [(EscalationPlan.End.refuse, ApprovalState.expired), (.wait, .pending)])
    func end(_ end: EscalationPlan.End, _ state: ApprovalState) throws {
        let desk = try desk([Self.toOps], repeats: 1, end: end)
        let id = try desk.submit()
        for _ in 1...3 {
            desk.pass(seconds: 60)
            try desk.ring()
        }
        let approval = try desk.stored(id)
        #expect(approval.state == state && !approval.isReleased)
        #expect(approval.escalation?.isOver == true)
        if state == .pending { #expect(approval.dueAt == approval.requirement.deadline) }
    }

    @Test("I12: no plan releases a call before its deadline")
    func failOpen() throws {
        let desk = try desk([Self.toOps])
        var submission = try Desk.submission(tool: "ping")
        submission.posture = .failOpen
        let id = try desk.submit(submission)
        for seconds in [60, 60, 779, 1] {
            #expect(try desk.stored(id).state == .pending)
            desk.pass(seconds: seconds)
            try desk.ring()
        }
        #expect(try desk.stored(id).isReleased)
    }

    @Test("Who is told sees it, and decides it only where the plan says so")
    func authority() throws {
        for mayDecide in [false, true] {
            let desk = try desk([.init(afterSeconds: 60, group: "ops", mayDecide: mayDecide)])
            let id = try desk.submit()
            let eve = "eve@acme.test"
            #expect(refusal { try desk.view(id, as: eve) } == .notFound)
            desk.pass(seconds: 60)
            try desk.ring()
            #expect((try desk.view(id, as: eve).cannotDecide == nil) == mayDecide)
            let decision = try desk.decision(.approve, on: id, as: eve)
            #expect((refusal { try desk.tell(.decide(decision), as: eve) } == nil) == mayDecide)
        }
    }

    @Test("A step that lets more people decide is a change of what was on the screen")
    func wideningMoves() throws {
        let desk = try desk([.init(afterSeconds: 60, group: "ops", mayDecide: true)])
        let id = try desk.submit()
        let before = try desk.decision(.approve, on: id)
        desk.pass(seconds: 60)
        try desk.ring()
        #expect(
            refusal { try desk.tell(.decide(before), as: "ada@acme.test") }
                == .moved(currentRevision: 2))
    }

    @Test("A step that only tells moves nothing under an open dialog")
    func tellingMovesNothing() throws {
        let desk = try desk([Self.toOps])
        let id = try desk.submit()
        let before = try desk.decision(.approve, on: id)
        desk.pass(seconds: 60)
        try desk.ring()
        try desk.tell(.decide(before), as: "ada@acme.test")
        #expect(try desk.stored(id).state == .approved)
    }

    @Test("X-8: it goes on at once when the last who could decide is gone")
    func lastOneGone() throws {
        let desk = try desk([Self.toOps])
        let id = try desk.submit()
        try desk.tell(.removeMember(email: "ada@acme.test"), as: Self.admin)
        // It is bob's run, so he cannot decide it either.
        try desk.ring()
        #expect(try desk.stored(id).escalation?.step == 1)
        #expect(try desk.view(id, as: "eve@acme.test").row.id == id)
    }

    @Test("Another group's plan begins when it is handed there, and who was told drops it")
    func handedOn() throws {
        let desk = try desk([Self.toLead, .init(afterSeconds: 9, group: "ops")])
        let id = try desk.submit()
        desk.pass(seconds: 120)
        try desk.ring()
        desk.pass(seconds: 9)
        try desk.ring()
        #expect(try desk.stored(id).escalation?.groups == [try #require(Desk.ops)])
        let third = try #require(GroupName("third"))
        try desk.tell(.addGroup(third), as: Self.admin)
        let view = try desk.view(id)
        try desk.tell(
            .reassign(id, revision: view.row.revision, to: .group(third), reason: nil),
            as: "ada@acme.test")
        let approval = try desk.stored(id)
        #expect(approval.escalation == nil)
        #expect(approval.formerGroups.contains(try #require(Desk.ops)))
        #expect(refusal { try desk.view(id, as: "eve@acme.test") } == .notFound)
    }

    @Test("The record of an approval keeps its plan and where it stands")
    func record() throws {
        let desk = try desk([Self.toOps, Self.toLead], repeats: 2)
        let id = try desk.submit()
        desk.pass(seconds: 60)
        try desk.ring()
        try desk.tell(.people(.acknowledge(id)), as: "ada@acme.test")
        let approval = try desk.stored(id)
        #expect(try Approval(record: approval.record) == approval)
    }
}
