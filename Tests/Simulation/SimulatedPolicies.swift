import Approvals
import JSONTree
import Policies

/// What the policies of a simulated tenant say, and the same once more in plain Swift, so that the
/// record can be held against it.
enum SimulatedPolicies {
    static let name = "refunds"
    static let tool = "issue_refund"
    /// Nobody may pay more, whatever was granted.
    static let denyAbove: Int64 = 450_000
    /// Above this two people are asked.
    static let hugeAbove: Int64 = 300_000
    /// Above this the rule `large` asks, below it the default.
    static let largeAbove: Int64 = 100_000

    /// Below this a version lets a call run.
    static func allowBelow(version: Int) -> Int64 { version == 1 ? 5_000 : 20_000 }

    static func document(version: Int) -> JSONValue {
        [
            "id": .string(name), "version": .number(JSONNumber(version)), "status": "shadow",
            "applies_to": ["tools": [.string(tool)]],
            "rules": [
                rule("blocked", ">", denyAbove, ["effect": "deny", "reason_code": "blocked"]),
                rule("huge", ">", hugeAbove, ["effect": "require_approval", "quorum": 2]),
                rule("large", ">", largeAbove, ["effect": "require_approval"]),
                rule("small", "<", allowBelow(version: version), ["effect": "allow"]),
            ],
            "default": ["effect": "require_approval"],
        ]
    }

    private static func rule(
        _ id: String, _ comparison: String, _ cents: Int64, _ effect: JSONValue
    ) -> JSONValue {
        let condition: JSONObject = [
            comparison: [["var": "args.amount_cents"], .number(JSONNumber(cents))]
        ]
        return ["id": .string(id), "when": .object(condition), "then": effect]
    }

    /// What a version says to an amount.
    static func effect(version: Int, _ cents: Int64) -> EffectKind {
        if cents > denyAbove { return .deny }
        return cents < allowBelow(version: version) ? .allow : .requireApproval
    }
}
