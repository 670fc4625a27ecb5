import Approvals
import ControlPlane
import JSONTree
import Policies
import Testing

/// Goal: a version leans the same way in its shadow's report and in a backtest of its file.
///
/// Method: two policies in force, a version of the first as a shadow, the same calls; then the
/// document of that version is backtested over them, and all counts are compared.
struct LaxerTests {
    private static let lea = "lea@acme.test"

    private static let rules: [JSONValue] = [
        rule("bad", ["==": [["var": "args.customer"], "cus_bad"]], ["effect": "deny"]),
        rule(
            "large", [">": [["var": "args.amount_cents"], 50_000]],
            ["effect": "require_approval", "quorum": 2, "risk": "high", "reason_required": true]),
        rule("small", ["<": [["var": "args.amount_cents"], 300]], ["effect": "allow"]),
    ]

    /// What else is in force: nobody pays vip customers alone, and robots are refused.
    private static let others: JSONValue = [
        "id": "limits", "version": 1, "status": "enforced",
        "applies_to": ["tools": ["issue_refund"]],
        "rules": [
            rule(
                "vip", ["==": [["var": "args.customer"], "cus_vip"]],
                ["effect": "require_approval", "risk": "critical"]),
            rule("robot", ["==": [["var": "args.customer"], "cus_robot"]], ["effect": "deny"]),
        ],
        "default": ["effect": "allow", "ack": "The other policy speaks about the rest."],
    ]

    private static func rule(_ id: String, _ when: JSONValue, _ then: JSONValue) -> JSONValue {
        ["id": .string(id), "when": when, "then": then]
    }

    private static let allowAll: JSONValue = ["effect": "allow", "ack": "A trial."]

    private static func document(
        _ rules: [JSONValue], default fallback: JSONValue = ["effect": "require_approval"],
        tools: JSONValue = ["issue_refund"]
    ) -> JSONValue {
        var members =
            PublishingTests.document(version: 2, rules: rules, default: fallback).objectValue
            ?? JSONObject()
        members["applies_to"] = ["tools": tools]
        return .object(members)
    }

    @Test(
        arguments: [
            ("the same", document(rules), 0, 0),
            ("everything runs", document([], default: allowAll), 7, 0),
            ("everything is refused", document([], default: ["effect": "deny"]), 0, 7),
            ("one person instead of two", document([rules[0], rules[2]]), 2, 0),
            (
                "a person more, but the flag counts",
                document(
                    rules,
                    default: ["effect": "require_approval", "quorum": 2, "auto_approve": true]),
                1, 2
            ),
            ("the tool is left out", document(rules, tools: ["other_tool"]), 7, 0),
        ] as [(String, JSONValue, Int, Int)])
    func meansTheSameInBoth(
        _ name: String, _ candidate: JSONValue, _ laxer: Int, _ stricter: Int
    ) throws {
        let desk = try Self.desk(with: candidate)
        try Self.submitAll(desk)
        let shadow = try ReplayDesk.report(desk)
        let backtest = try ReplayDesk.backtest(desk, candidate, as: Self.lea)
        #expect(shadow.samples == backtest.replayed, "\(name)")
        #expect(shadow.agreement == backtest.agreement, "\(name)")
        #expect(Self.shown(shadow.cases) == Self.shown(backtest.changed), "\(name)")
        #expect(shadow.agreement.laxer == laxer, "\(name)")
        #expect(shadow.agreement.stricter == stricter, "\(name)")
    }

    /// A version that leaves a tool out is asked about nothing there, and still is a case.
    @Test func leavingAToolOutIsExplained() throws {
        let desk = try Self.desk(with: Self.document(Self.rules, tools: ["other_tool"]))
        let id = try ReplayDesk.submit(desk, 100, customer: "cus_bad", key: "k")
        let entry = try #require(try ReplayDesk.explanation(of: id, desk).policies.last)
        #expect(entry.mode == "shadow")
        #expect(entry.effect == nil)
        #expect(entry.leaning == "laxer")
        #expect(entry.rules.isEmpty)
        #expect(try ReplayDesk.explanation(of: id, desk).isReplayable)
    }

    private static func desk(with candidate: JSONValue) throws -> Desk {
        let desk = try Desk()
        let live = PublishingTests.document(status: "enforced", rules: rules)
        for (document, id) in [(live, "refunds"), (others, "limits")] {
            try desk.tell(.publishPolicy(document), as: lea)
            let name = try #require(PolicyID(id))
            try desk.tell(.changePolicyMode(name, version: 1, .enforced), as: Desk.admin)
        }
        try desk.tell(.publishPolicy(candidate), as: lea)
        return desk
    }

    private static func submitAll(_ desk: Desk) throws {
        let customers = ["cus_1", "cus_bad", "cus_vip", "cus_robot"]
        let amounts: [JSONValue?] = [100, 1_000, 60_000]
        for (place, customer) in customers.enumerated() {
            for (number, cents) in amounts.enumerated() {
                try ReplayDesk.submit(
                    desk, cents, customer: .string(customer), key: "k\(place).\(number)")
            }
        }
        try ReplayDesk.submit(desk, nil, key: "none")
    }

    private static func shown(_ cases: [PolicyCase]) -> Set<String> {
        Set(
            cases.map {
                "\($0.approval) \($0.live) \($0.said.map { "\($0)" } ?? "-") \($0.rule ?? "-") "
                    + "\($0.leaning)"
            })
    }
}
