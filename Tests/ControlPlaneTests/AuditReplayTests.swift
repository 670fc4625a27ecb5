import AuditVerifier
import ControlPlaneAPI
import JSONTree
import Testing
import WireAPI

/// Goal: what the policies of a control plane decided is what the verifier has them say again, and
/// what it cannot know speaks against nobody.
struct AuditReplayTests {
    private static let rules: [JSONValue] = [
        [
            "id": "secret", "when": ["==": [["var": "args.recipient.iban"], "DE1"]],
            "then": ["effect": "deny"],
        ],
        [
            "id": "large", "when": [">": [["var": "args.amount_cents"], 50_000]],
            "then": ["effect": "require_approval", "group": "finance"],
        ],
        [
            "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
            "then": ["effect": "allow"],
        ],
    ]

    /// A rig with these rules in force, and their document.
    private static func rig(_ rules: [JSONValue]) throws -> (APIRig, [UInt8]) {
        let rig = try APIRig()
        let lea: JSONValue = ["email": "lea@api.test", "roles": ["lead"], "groups": ["finance"]]
        try rig.expect(rig.send(.putMember, lea, as: "admin"), 200)
        try rig.giveToken(to: "lea", for: ["member": "lea@api.test"])
        let document = PublishingTests.document(
            status: "enforced", rules: rules,
            default: ["effect": "require_approval", "group": "finance"])
        try rig.expect(rig.send(.publishPolicy, ["document": document], as: "lea"), 200)
        let mode: JSONValue = ["version": 1, "status": "enforced"]
        try rig.expect(
            rig.send(.changePolicyMode, mode, naming: "refunds", as: "admin"), 200)
        return (rig, try document.canonicalBytes())
    }

    private static func submit(
        _ rig: APIRig, _ key: String, cents: JSONValue, hiding pointers: [JSONValue] = []
    ) throws {
        let arguments: JSONValue = [
            "amount_cents": cents, "items": [1, "x"], "recipient": ["iban": "DE2"],
        ]
        let call: JSONValue = [
            "tool": "issue_refund", "arguments": arguments, "redact": .array(pointers),
        ]
        _ = try rig.submit(key: key, call)
    }

    @Test func whatWasDecidedIsSaidAgain() throws {
        let (rig, document) = try Self.rig(Self.rules)
        for (key, cents) in [("a", 299), ("b", 300), ("c", 90_000)] as [(String, JSONValue)] {
            try Self.submit(rig, key, cents: cents)
        }
        try Self.submit(rig, "d", cents: "many")
        try Self.submit(rig, "e", cents: .number(try #require(JSONNumber("299.0"))))
        var told = try ToldLog(rig)
        told.policies = ["refunds.1.json": document]
        let report = told.report()
        #expect(report.result == .verified, "\(report.findings)\n\(report.doubts)")
        #expect(
            report.checked.contains { $0.hasPrefix("what the policies say again of 5 calls") },
            "\(report.checked) \(report.notChecked)")
    }

    @Test func whatIsHiddenSpeaksAgainstNobody() throws {
        let (rig, document) = try Self.rig(Self.rules)
        try Self.submit(rig, "a", cents: 299, hiding: ["/recipient/iban"])
        var told = try ToldLog(rig)
        told.policies = ["refunds.1.json": document]
        let report = told.report()
        #expect(report.result == .verified, "\(report.findings)\n\(report.doubts)")
        #expect(
            report.notChecked.contains { $0.hasPrefix("what the policies say of 1 calls") },
            "\(report.checked) \(report.notChecked)")
    }
}
