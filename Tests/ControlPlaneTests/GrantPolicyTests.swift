import Approvals
import ControlPlane
import JSONTree
import Policies
import Testing

/// Goal: a grant answers the rule that it was given under, and never one that asks for more.
struct GrantPolicyTests {
    private static let ask: JSONObject = [
        "effect": "require_approval", "group": "finance", "timeout_s": 300, "risk": "medium",
    ]

    private static func large(_ changes: JSONObject = [:]) -> JSONValue {
        var then = ask
        for member in changes.members { then[member.name] = member.value }
        return [
            "id": "large", "when": [">": [["var": "args.amount_cents"], 100]],
            "then": .object(then),
        ]
    }

    private static func publish(
        _ desk: Desk, version: Int, _ rules: [JSONValue], isEnforced: Bool = true
    ) throws {
        let document = PublishingTests.document(
            version: version, status: "enforced", rules: rules,
            default: ["effect": "require_approval", "group": "ops"])
        try desk.tell(.publishPolicy(document), as: "lea@acme.test")
        guard isEnforced else { return }
        try desk.tell(
            .changePolicyMode(
                try #require(PolicyID("refunds")), version: version, .enforced, ack: "a trial"),
            as: Desk.admin)
    }

    private static func desk(_ rules: [JSONValue] = [large()]) throws -> Desk {
        let desk = try Desk()
        try publish(desk, version: 1, rules)
        let id = try GrantTests.submit(desk, key: "k0")
        try GrantTests.grant(desk, on: id, GrantWish(seconds: 3_600))
        return desk
    }

    private static func isReleased(_ desk: Desk, key: String = "k1") throws -> Bool {
        try desk.stored(try GrantTests.submit(desk, key: key)).isReleased
    }

    @Test func theSameRuleIsAnswered() throws {
        let desk = try Self.desk()
        #expect(try Self.isReleased(desk))
        let decided = try #require(
            try desk.events().last { $0["type"]?.stringValue == "approval.decided" })
        #expect(decided["provenance"]?["policy"]?["rule"] == "large")
        #expect(try GrantTests.only(desk).terms.rule == "refunds#large")
    }

    /// Whatever the next version asks for beyond the granted one, a person is asked, and the grant
    /// is over.
    @Test(
        arguments: [
            ["quorum": 2], ["group": "ops"], ["risk": "high"], ["reason_required": true],
            ["timeout_s": 60],
        ] as [JSONObject])
    func aStricterVersionEndsIt(_ changes: JSONObject) throws {
        let desk = try Self.desk()
        try Self.publish(desk, version: 2, [Self.large(changes)])
        #expect(try !Self.isReleased(desk))
        let grant = try GrantTests.only(desk)
        #expect(grant.ending?.cause == .policyStricter && grant.revokedBy == nil)
    }

    @Test func aDenyWins() throws {
        let desk = try Self.desk()
        let denied: JSONValue = ["id": "large", "when": true, "then": ["effect": "deny"]]
        try Self.publish(desk, version: 2, [denied])
        let id = try GrantTests.submit(desk, key: "k1")
        #expect(try desk.stored(id).state == .rejected)
        #expect(try GrantTests.only(desk).state == .revoked)
    }

    /// A rule beside the granted one that denies a part of the calls wins inside of the bounds.
    @Test func aDenyWinsWithinTheBounds() throws {
        let desk = try Desk()
        let denied: JSONValue = [
            "id": "cursed", "when": ["==": [["var": "args.amount_cents"], 404]],
            "then": ["effect": "deny"],
        ]
        try Self.publish(desk, version: 1, [Self.large(), denied])
        let place = try JSONPointer(parsing: "/amount_cents")
        try GrantTests.grant(
            desk, on: try GrantTests.submit(desk, key: "k0"),
            GrantWish(seconds: 60, bounds: [GrantBound(place, .max(JSONNumber(900)))]))
        for (amount, state) in [(403, ApprovalState.approved), (404, .rejected), (99, .pending)] {
            let id = try GrantTests.submit(
                desk,
                ["amount_cents": .number(JSONNumber(amount)), "customer": "cus_1", "pin": "1234"],
                key: "k\(amount)")
            #expect(try desk.stored(id).state == state)
        }
    }

    /// Another rule that asks about the call was not on the screen of who granted it.
    @Test func aSecondRuleThatAsksIsNotAnswered() throws {
        let desk = try Desk()
        let night: JSONValue = [
            "id": "many", "when": [">": [["var": "args.amount_cents"], 500]],
            "then": ["effect": "require_approval", "group": "finance", "timeout_s": 900],
        ]
        try Self.publish(desk, version: 1, [Self.large(), night])
        let place = try JSONPointer(parsing: "/amount_cents")
        try GrantTests.grant(
            desk, on: try GrantTests.submit(desk, key: "k0"),
            GrantWish(seconds: 60, bounds: [GrantBound(place, .max(JSONNumber(900)))]))
        for (amount, isReleased) in [(500, true), (501, false)] {
            let id = try GrantTests.submit(
                desk,
                ["amount_cents": .number(JSONNumber(amount)), "customer": "cus_1", "pin": "1234"],
                key: "k\(amount)")
            #expect(try desk.stored(id).isReleased == isReleased)
        }
    }

    @Test func aLaxerVersionLetsItStand() throws {
        let desk = try Self.desk()
        try Self.publish(desk, version: 2, [Self.large(["timeout_s": 900, "risk": "low"])])
        #expect(try GrantTests.only(desk).state == .active)
        #expect(try Self.isReleased(desk))
    }

    /// A rule without an answer is a doubt, also when another one decided.
    @Test func aRuleWithoutAnAnswerAsks() throws {
        let desk = try Self.desk()
        let blind: JSONValue = [
            "id": "blind", "when": ["==": [["var": "args.nowhere"], 1]],
            "then": ["effect": "allow"],
        ]
        try Self.publish(desk, version: 2, [Self.large(), blind])
        #expect(try !Self.isReleased(desk))
    }

    @Test(
        arguments: [["quorum": 2], ["reason_required": true], ["risk": "critical"]]
            as [JSONObject])
    func whatOneWordCannotAnswerIsNotGranted(_ changes: JSONObject) throws {
        let desk = try Desk()
        try Self.publish(desk, version: 1, [Self.large(changes)])
        let id = try GrantTests.submit(desk, key: "k0")
        var command = try desk.decision(.approve, on: id, as: GrantTests.ada)
        command.comment = "because"
        command.grant = GrantWish(seconds: 60)
        let asked = command
        guard
            case .invalid(let problems) = refusal({
                try desk.tell(.decide(asked), as: GrantTests.ada)
            })
        else { return #expect(Bool(false), "it was granted") }
        #expect(problems.first?.field == "/grant")
        #expect(try desk.stored(id).state == .pending)
    }

    /// Edits that bring the call under another group's rule are approved, but not granted.
    @Test func whatAnotherGroupDecidesIsNotGranted() throws {
        let desk = try Desk()
        try Self.publish(desk, version: 1, [Self.large()])
        let id = try GrantTests.submit(desk, key: "k0")
        let place = try JSONPointer(parsing: "/amount_cents")
        var command = try desk.decision(
            .approve, on: id, as: GrantTests.ada, edits: JSONPatch([.replace(place, 50)]))
        command.grant = GrantWish(seconds: 60)
        let asked = command
        #expect(refusal { try desk.tell(.decide(asked), as: GrantTests.ada) } != nil)
    }
}
