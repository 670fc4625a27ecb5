import JSONTree
import Policies
import Testing

/// Goal: whoever edits is told the rules that would take the decision from them, and no others.
struct StricterRuleTests {
    private static func rule(
        _ id: String, over cents: Int, _ effect: JSONValue, reading path: String = "args.amount"
    ) -> JSONValue {
        let limit = JSONValue.number(JSONNumber(cents))
        return [
            "id": .string(id), "when": [">": [["var": .string(path)], limit]], "then": effect,
        ]
    }

    private static func told(
        _ rules: [JSONValue], hit: String = "strictest",
        default fallback: JSONValue = ask("on-call")
    ) throws -> [String] {
        let program = try PolicyProgram(
            try Policy([
                "id": "refunds", "version": 1, "hit_policy": .string(hit),
                "applies_to": ["tools": ["issue_refund"]], "rules": .array(rules),
                "default": fallback,
            ]))
        let verdict = program.decide([
            "tool": "issue_refund", "args": ["amount": 10, "other": 1],
            "agent": ["name": "bot"], "history": ["count_1h": 0],
        ])
        return program.stricterRules(than: verdict).map {
            "\($0.rule) \($0.condition.text(.compact))"
        }
    }

    private static func ask(
        _ group: String, quorum: Int = 1, editable: JSONValue? = nil
    ) -> JSONValue {
        var effect: JSONObject = [
            "effect": "require_approval", "group": .string(group),
            "quorum": .number(JSONNumber(quorum)),
        ]
        effect["editable"] = editable
        return .object(effect)
    }

    private static let condition = #"{">":[{"var":"args.amount"},50]}"#

    @Test func whatTakesTheDecisionIsTold() throws {
        let deny: JSONValue = ["effect": "deny"]
        for effect in [deny, Self.ask("board"), Self.ask("on-call", quorum: 2)] {
            #expect(try Self.told([Self.rule("r", over: 50, effect)]) == ["r \(Self.condition)"])
        }
    }

    @Test func whatChangesNothingIsNotTold() throws {
        for rules in [
            [Self.rule("same", over: 50, Self.ask("on-call"))],
            [Self.rule("laxer", over: 50, ["effect": "allow"])],
            [Self.rule("matches", over: 5, Self.ask("on-call"))],
            [Self.rule("fact", over: 50, ["effect": "deny"], reading: "history.count_1h")],
        ] {
            #expect(try Self.told(rules) == [])
        }
        let nothing = Self.ask("on-call", editable: [])
        #expect(
            try Self.told([Self.rule("r", over: 50, ["effect": "deny"])], default: nothing) == [])
    }

    /// With `first`, a rule behind the one that matched is not looked at.
    @Test func theOrderCountsWhereItDecides() throws {
        let rules = [
            Self.rule("matches", over: 5, Self.ask("on-call")),
            Self.rule("behind", over: 50, ["effect": "deny"]),
        ]
        #expect(try Self.told(rules, hit: "first") == [])
        #expect(try Self.told(rules).count == 1)
    }

    @Test func namesAreReplacedAndTheRestIsBounded() throws {
        let many = (0..<30).map { Self.rule("r\($0)", over: 50, ["effect": "deny"]) }
        #expect(try Self.told(many).count == PolicyProgram.stricterRulesMax)
        let long: JSONValue = [
            "id": "long",
            "when": ["==": [["var": "args.other"], .string(String(repeating: "x", count: 2_000))]],
            "then": ["effect": "deny"],
        ]
        #expect(try Self.told([long]) == [])
    }
}
