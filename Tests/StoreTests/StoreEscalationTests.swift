import Approvals
import ControlPlane
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("Every store keeps escalation plans, and a timer for whatever is pending")
struct StoreEscalationTests {
    private static func plan(_ version: Int, after: Int = 60) throws -> GroupPlan {
        GroupPlan(
            group: try #require(GroupName("finance")), version: version,
            plan: EscalationPlan(
                steps: [.init(afterSeconds: after, to: .people([MemberID(Fixture.uuid(101))]))],
                repeats: 2, end: .wait),
            changedBy: MemberID(Fixture.uuid(101)), changedAt: Fixture.start)
    }

    private func rig(_ kind: StoreKind) throws -> StoreRig {
        let rig = try StoreRig(furnished: kind)
        let member = Member(
            id: MemberID(Fixture.uuid(101)), email: "m@acme.test", roles: [.lead], groups: [],
            createdAt: Fixture.start)
        #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        return rig
    }

    @Test(
        "A plan comes back whole, and only on top of the one before", arguments: StoreKind.allCases)
    func plans(kind: StoreKind) throws {
        let rig = try rig(kind)
        #expect(try rig.read { try !$0.hasEscalationPlan(in: Fixture.acme) })
        for (version, isSaved) in [(2, false), (1, true), (1, false), (3, false), (2, true)] {
            let plan = try Self.plan(version, after: version)
            #expect(try rig.save { try $0.save(plan, in: Fixture.acme) } == isSaved)
        }
        let plan = try Self.plan(2, after: 2)
        #expect(
            try rig.read { try $0.escalationPlan(of: plan.group, in: Fixture.acme) } == plan)
        #expect(
            try rig.read { try $0.escalationPlan(of: plan.group, in: Fixture.other) } == nil)
        #expect(try rig.read { try $0.hasEscalationPlan(in: Fixture.acme) })
    }

    @Test("I6: a pending approval without a timer cannot be stored, and is found when it is there")
    func timers() throws {
        let scratch = try Scratch()
        let approval = Fixture.approval(1)
        let strip = "UPDATE approval SET due = NULL"
        try scratch.withStore { (store) throws in
            try furnish(store, with: approval)
            #expect(try store.see { try $0.untimed(limit: 9) } == [])
            #expect(throws: (any Error).self) {
                try store.commit { writer, _ in
                    _ = try (writer as? SQLiteSession)?.change(strip, [])
                }
            }
        }
        try scratch.raw { database in
            try database.execute("DROP TRIGGER approval_stays_timed; " + strip)
        }
        try scratch.withStore { (store) throws in
            let place = PendingPlace(tenant: Fixture.acme, approval: approval.id)
            #expect(try store.see { try $0.untimed(limit: 9) } == [place])
            let plane = ControlPlane(settings: ControlPlaneSettings(host: "h"))
            #expect(
                try store.commit { writer, _ in try plane.repairTimers(in: writer, limit: 9) } == 1)
            #expect(try store.see { try $0.untimed(limit: 9) } == [])
            #expect(try store.see { try $0.nextDue() } == approval.requirement.deadline)
        }
    }
}
