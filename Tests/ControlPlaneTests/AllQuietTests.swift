import Approvals
import ControlPlane
import JSONTree
import Reach
import Simulation
import Testing
import ZoneTime

/// Goal: a call that comes in while everybody sleeps waits, goes on or is refused as its policy
/// says, and is never released because of that.
@Suite struct AllQuietTests {
    private static let people = ["ada@acme.test", "bob@acme.test"]
    private static let hour: Int64 = 3_600_000

    /// Everybody of finance is away for so many hours; a policy asks them.
    private func desk(_ terms: JSONObject, hours: Int, plans: Bool = false) throws -> Desk {
        var then: JSONObject = [
            "effect": "require_approval", "group": "finance", "timeout_s": 7200,
        ]
        for member in terms.members { then[member.name] = member.value }
        let desk = try PolicyDecidingTests.desk(
            rules: [
                [
                    "id": "all", "when": [">": [["var": "args.amount_cents"], 0]],
                    "then": .object(then),
                ]
            ])
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.defaultGroup = Desk.finance
        settings.defaultRisk = .low
        try desk.tell(.changeTenant(settings), as: Desk.admin)
        let now = desk.clock.wall
        let away = try #require(InstantRange(now, now.adding(seconds: hours * 3_600)))
        for name in Self.people {
            let wish = ReachWish(
                of: .member(email: name), version: 0, zone: "UTC", quiet: [], absences: [away])
            try desk.tell(.people(.setReach(wish)), as: name)
        }
        guard plans else { return desk }
        let plan = PlanWish(
            group: try #require(Desk.finance), version: 0,
            steps: [.init(afterSeconds: 600, people: ["eve@acme.test"])])
        try desk.tell(.people(.plan(plan)), as: "lea@acme.test")
        return desk
    }

    private func submitted(_ desk: Desk) throws -> Approval {
        let command = try Desk.submission(arguments: ["amount_cents": 700])
        return try desk.stored(try desk.submit(command, as: "other"))
    }

    private func events(_ type: String, _ desk: Desk) throws -> [JSONValue] {
        try desk.events().filter { $0["type"]?.stringValue == type }
    }

    @Test("O-3: at low risk the deadline moves to when somebody wakes up, and the agent sees it")
    func lowRiskWaits() throws {
        let desk = try desk(["risk": "low"], hours: 9)
        let began = desk.clock.wall
        let approval = try submitted(desk)
        let wanted = began.adding(seconds: 9 * 3_600 + 900)
        #expect(approval.requirement.deadline == wanted)
        let event = try #require(try events("approval.extended", desk).last)
        #expect(event["facts"]?["expires_ms"]?.intValue == wanted.milliseconds)
        #expect(event["actor"]?["kind"]?.stringValue == "system")
        desk.pass(seconds: 8 * 3_600)
        while try desk.ring() > 0 {}
        #expect(try desk.stored(approval.id).state == .pending)
        desk.pass(seconds: 3_600 + 901)
        while try desk.ring() > 0 {}
        #expect(try desk.stored(approval.id).state == .expired)
    }

    @Test("O-9: whom nobody wakes up for within 72 hours is refused then, whatever its posture")
    func nobodyWakesUp() throws {
        for posture in ["fail_closed", "fail_open"] {
            let desk = try desk(
                ["risk": "low", "all_quiet": "wait", "on_timeout": .string(posture)], hours: 100)
            let approval = try submitted(desk)
            #expect(
                approval.requirement.deadline.since(approval.createdAt) == 72 * Self.hour)
            desk.pass(seconds: 72 * 3_600 + 1)
            while try desk.ring() > 0 {}
            let ended = try desk.stored(approval.id)
            #expect(ended.state == .expired && !ended.isReleased, "\(posture)")
        }
    }

    @Test("O-2: above low risk the plan's first step comes at once")
    func theFirstStepComesAtOnce() throws {
        let desk = try desk(["risk": "medium"], hours: 9, plans: true)
        let approval = try submitted(desk)
        #expect(approval.requirement.deadline.since(approval.createdAt) == 2 * Self.hour)
        #expect(try #require(approval.escalation?.nextAt) <= desk.clock.wall)
        while try desk.ring() > 0 {}
        #expect(try desk.stored(approval.id).escalation?.people.count == 1)
    }

    @Test("A policy that says deny refuses at once, and no later answer changes that")
    func denies() throws {
        let desk = try desk(["risk": "high", "all_quiet": "deny"], hours: 9)
        let approval = try submitted(desk)
        #expect(approval.state == .expired && !approval.isReleased)
        let event = try #require(try events("approval.expired", desk).last)
        #expect(event["facts"]?["escalation"]?.stringValue == "quiet")
        #expect(event["outcome"]?.stringValue == "refused")
        let late = refusal {
            try desk.tell(
                .decide(try desk.decision(.approve, on: approval.id, as: "ada@acme.test")),
                as: "ada@acme.test")
        }
        #expect(late != nil)
    }

    @Test("O8: where silence would release the call, it waits for somebody instead")
    func silenceReleasesNothing() throws {
        let desk = try desk(["risk": "medium", "on_timeout": "fail_open"], hours: 9)
        let approval = try submitted(desk)
        #expect(
            approval.requirement.deadline.since(approval.createdAt) == 9 * Self.hour + 900_000)
        desk.pass(seconds: 3 * 3_600)
        while try desk.ring() > 0 {}
        #expect(try desk.stored(approval.id).state == .pending)
    }

    @Test("O-4 and break_through: they are disturbed, so nothing moves")
    func breaksThrough() throws {
        for terms: JSONObject in [
            ["risk": "critical"], ["risk": "medium", "all_quiet": "break_through"],
        ] {
            let desk = try desk(terms, hours: 9, plans: true)
            let approval = try submitted(desk)
            #expect(approval.requirement.deadline.since(approval.createdAt) == 2 * Self.hour)
            #expect(try #require(approval.escalation?.nextAt) > desk.clock.wall)
            #expect(try events("approval.extended", desk).isEmpty)
        }
    }

    @Test("One of them awake: nothing moves")
    func somebodyIsAwake() throws {
        let desk = try desk(["risk": "low", "all_quiet": "deny"], hours: 9)
        let wish = ReachWish(
            of: .member(email: "bob@acme.test"), version: 1, zone: "UTC", quiet: [], absences: [])
        try desk.tell(.people(.setReach(wish)), as: "bob@acme.test")
        let approval = try submitted(desk)
        #expect(approval.state == .pending)
        #expect(approval.requirement.deadline.since(approval.createdAt) == 2 * Self.hour)
    }
}
