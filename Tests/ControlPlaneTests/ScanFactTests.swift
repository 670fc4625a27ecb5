import Approvals
import ControlPlane
import JSONTree
import Policies
import Testing

/// Goal: an agent cannot keep a policy from seeing a secret in its call.
struct ScanFactTests {
    private static let iban: JSONValue = "DE89370400440532013000"

    /// A desk whose policy refuses calls with an IBAN, and lets all others run.
    private static func desk(_ condition: JSONValue) throws -> Desk {
        let desk = try Desk()
        let document = PublishingTests.document(
            status: "enforced",
            rules: [
                ["id": "leak", "when": condition, "then": ["effect": "deny"]]
            ], default: ["effect": "allow", "ack": "Anything without a secret."])
        try desk.tell(.publishPolicy(document), as: "lea@acme.test")
        let id = try #require(PolicyID("refunds"))
        try desk.tell(.changePolicyMode(id, version: 1, .enforced), as: Desk.admin)
        return desk
    }

    private static func state(
        _ condition: JSONValue, _ arguments: JSONValue, _ schema: JSONValue? = nil
    ) throws -> ApprovalState {
        let desk = try desk(condition)
        var command = try Desk.submission(arguments: arguments)
        command.schema = schema
        return try desk.stored(try desk.submit(command)).state
    }

    @Test(
        arguments: [
            ["has_secret": []], ["has_secret": ["iban"]], ["has_secret": ["/note"]],
            ["has_secret": ["/note", "iban"]],
        ] as [JSONValue])
    func theSecretIsSeen(_ condition: JSONValue) throws {
        #expect(try Self.state(condition, ["note": "hello"]) == .approved)
        #expect(try Self.state(condition, ["note": Self.iban]) == .rejected)
        #expect(try Self.state(condition, ["note": ["\u{301}x": Self.iban]]) == .rejected)
        #expect(try Self.state(condition, ["note": ["a/b": Self.iban]]) == .rejected)
    }

    /// Method: each way to blind the scanner. The call is refused or waits, and never runs.
    @Test(
        arguments: [
            ["has_secret": []], ["has_secret": ["iban"]], ["has_secret": ["/note"]],
            ["has_secret": ["/note", "iban"]],
        ] as [JSONValue])
    func theScannerIsNotBlinded(_ condition: JSONValue) throws {
        let pins = JSONValue.array((0..<80).map { _ in ["pin": "4711"] })
        for (what, arguments, schema) in [
            ("its own schema", ["note": Self.iban], ["x-sensitive": true]),
            ("too many", ["note": Self.iban, "list": pins], nil),
            (
                "a secret in a name",
                ["note": ["GB29NWBK60161331926819": 1, "a": Self.iban]], nil
            ),
            (
                "a key in a name",
                ["ghp_OWyAHArcFc2qn021BEwabk19Z3LCcr945G6C": 1, "note": Self.iban], nil
            ),
        ] as [(String, JSONValue, JSONValue?)] {
            let state = try Self.state(condition, arguments, schema)
            #expect(state == .rejected || state == .pending, "\(what): \(state)")
        }
        #expect(try Self.state(condition, ["list": pins]) == .pending)
    }
}
