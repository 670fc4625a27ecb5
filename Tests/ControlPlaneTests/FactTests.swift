import Approvals
import ControlPlane
import JSONTree
import Policies
import Simulation
import Testing

/// Goal: policies read what happened before, and an agent cannot make it up.
struct FactTests {
    private static func desk(_ rules: [JSONValue], _ fallback: JSONValue) throws -> Desk {
        let desk = try Desk()
        let document = PublishingTests.document(
            status: "enforced", rules: rules, default: fallback)
        try desk.tell(.publishPolicy(document), as: "lea@acme.test")
        let id = try #require(PolicyID("refunds"))
        try desk.tell(.changePolicyMode(id, version: 1, .enforced), as: Desk.admin)
        return desk
    }

    private static func submit(
        _ desk: Desk, _ key: String, _ arguments: JSONValue, as agent: String = "bot"
    ) throws -> Approval {
        let command = try Desk.submission(key: key, arguments: arguments)
        return try desk.stored(try desk.submit(command, as: agent))
    }

    private static let asking: JSONValue = ["effect": "require_approval"]

    @Test func theInputSaysWhatHappenedBefore() throws {
        let desk = try Self.desk([], Self.asking)
        func history(_ key: String, _ n: JSONValue, as agent: String = "bot") throws -> JSONValue {
            let approval = try Self.submit(desk, key, ["n": n], as: agent)
            return try #require(approval.policyRecord?["input"]?["history"])
        }
        let first = try history("k1", 1)
        #expect(first["count_1h"] == 0 && first["count_total"] == 0 && first["same_24h"] == 0)
        #expect(first["first_seen"] == nil)
        let started = desk.clock.wall
        let second = try Self.submit(desk, "k2", ["n": 1])
        try desk.decide(.approve, on: second.id)
        let third = try Self.submit(desk, "k3", ["n": 2])
        try desk.tell(
            .decide(try desk.decision(.reject, on: third.id, comment: "no")), as: "ada@acme.test")
        let now = try history("k4", 1)
        #expect(now["count_1h"] == 3 && now["count_24h"] == 3 && now["count_total"] == 3)
        #expect(now["same_1h"] == 2 && now["approved_1h"] == 1 && now["rejected_24h"] == 1)
        #expect(now["first_seen"]?.stringValue == started.rfc3339)
        #expect(try history("k5", 1, as: "other")["count_total"] == 0, "another agent")
        desk.pass(seconds: 3_600 + 300)
        let later = try history("k6", 1)
        #expect(later["count_1h"] == 0 && later["count_24h"] == 4 && later["same_24h"] == 3)
        desk.pass(seconds: 86_400 + 300)
        #expect(try history("k7", 1)["count_24h"] == 0)
        #expect(try history("k8", 1)["count_total"] == 6)
    }

    /// Too many in an hour wait for people.
    @Test func aRateHoldsCallsUp() throws {
        let desk = try Self.desk(
            [
                [
                    "id": "many", "when": [">=": [["rate": ["count", "1h"]], 3]],
                    "then": Self.asking,
                ]
            ],
            ["effect": "allow", "ack": "Until there are many."])
        let states = try (1...4).map { try Self.submit(desk, "k\($0)", ["n": 1]).state }
        #expect(states == [.approved, .approved, .approved, .pending])
    }

    /// Only what a person approved is known: asking twice is not enough, nor is a policy's word.
    @Test func aValueIsKnownOnceAPersonApprovedIt() throws {
        let desk = try Self.desk(
            [["id": "known", "when": ["seen_before": "args.iban"], "then": ["effect": "allow"]]],
            Self.asking)
        let one: JSONValue = ["iban": "X1", "n": 1]
        #expect(try Self.submit(desk, "k1", one).state == .pending)
        let second = try Self.submit(desk, "k2", one)
        #expect(second.state == .pending)
        try desk.decide(.approve, on: second.id)
        #expect(try Self.submit(desk, "k3", ["iban": "X1", "n": 2]).state == .approved)
        #expect(try Self.submit(desk, "k4", ["iban": "X2", "n": 1]).state == .pending)
        #expect(try Self.submit(desk, "k5", ["n": 1]).requirement.rule == "refunds@1#on_error")
        #expect(try Self.submit(desk, "k6", one, as: "other").state == .pending, "another agent")
    }

    /// What ran counts, not what was asked for.
    @Test func anEditedValueIsKnownAsItRan() throws {
        let desk = try Self.desk(
            [["id": "known", "when": ["seen_before": "args"], "then": ["effect": "allow"]]],
            Self.asking)
        let id = try Self.submit(desk, "k1", ["n": 5]).id
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["n"]), 4)])
        try desk.tell(
            .decide(try desk.decision(.approve, on: id, edits: edits)), as: "ada@acme.test")
        #expect(try Self.submit(desk, "k2", ["n": 5]).state == .pending)
        #expect(try Self.submit(desk, "k3", ["n": 4]).state == .approved)
    }

    /// A known value is not the word for another one that an edit puts in its place.
    @Test func anEditIsKnownByItsOwnValues() throws {
        let desk = try Self.desk(
            [
                [
                    "id": "unknown", "when": ["!": ["seen_before": "args.iban"]],
                    "then": ["effect": "require_approval", "group": "ops"],
                ]
            ], ["effect": "require_approval", "group": "finance"])
        let first = try Self.submit(desk, "k1", ["iban": "X1", "n": 1])
        #expect(first.requirement.group == Desk.ops)
        try desk.tell(
            .decide(try desk.decision(.approve, on: first.id, as: "eve@acme.test")),
            as: "eve@acme.test")
        let id = try Self.submit(desk, "k2", ["iban": "X1", "n": 2]).id
        #expect(try desk.stored(id).requirement.group == Desk.finance)
        for (iban, isTaken) in [("X2", false), ("X1", true)] {
            let edits = JSONPatch([
                .replace(JSONPointer(tokens: ["iban"]), .string(iban)),
                .replace(JSONPointer(tokens: ["n"]), 3),
            ])
            let again = try Self.submit(desk, "k\(iban)", ["iban": "X1", "n": 2]).id
            let decision = try desk.decision(.approve, on: again, edits: edits)
            let refused = refusal { try desk.tell(.decide(decision), as: "ada@acme.test") }
            #expect((refused == nil) == isTaken, "\(iban): \(String(describing: refused))")
        }
    }

    /// An agent is in the groups of the person it runs for; one of nobody is in none.
    @Test func anAgentHasTheGroupsOfItsOwner() throws {
        let desk = try Self.desk(
            [["id": "ours", "when": ["member_of": "finance"], "then": ["effect": "allow"]]],
            Self.asking)
        #expect(try Self.submit(desk, "k1", ["n": 1]).state == .approved)
        #expect(try Self.submit(desk, "k2", ["n": 1], as: "other").state == .pending)
    }

    @Test(
        arguments: [
            ([">": [["var": "history.count_1d"], 1]], "history.count_1h"),
            (["seen_before": "iban"], "args.iban"),
            ([">": [["rate": ["calls", "1h"]], 1]], "history.count_1h"),
        ] as [(JSONValue, String)])
    func whatIsNotKeptIsRefused(_ condition: JSONValue, _ hint: String) throws {
        let document = PublishingTests.document(
            rules: [["id": "a", "when": condition, "then": ["effect": "allow"]]])
        guard
            case .invalid(let problems)? = refusal({
                try Desk().tell(.publishPolicy(document), as: "lea@acme.test")
            })
        else {
            Issue.record("\(condition.text()) was taken")
            return
        }
        #expect(problems.contains { $0.sentence.contains(hint) }, "\(problems)")
    }
}
