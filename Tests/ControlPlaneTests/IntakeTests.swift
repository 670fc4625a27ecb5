import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: what comes in is whole, within its limits, and comes in once.
@Suite struct IntakeTests {
    @Test func sameKeyAndPayloadIsTheSameApproval() throws {
        let desk = try Desk()
        let first = try desk.submit()
        let count = try desk.events().count
        desk.pass(seconds: 5)
        let answer = try desk.tell(.submit(try Desk.submission()), as: "bot")
        guard case .submitted(let again, let name, let isNew) = answer else {
            throw Surprise(answer)
        }
        #expect(again.id == first)
        #expect(name == "bot")
        #expect(!isNew)
        #expect(try desk.events().count == count)
    }

    @Test func sameKeyWithAnotherPayloadIsAConflict() throws {
        let desk = try Desk()
        _ = try desk.submit()
        let other = try Desk.submission(arguments: ["amount_cents": 1])
        #expect(refusal { try desk.submit(other) } == .idempotencyConflict)
    }

    @Test func keysBelongToTheirAgent() throws {
        let desk = try Desk()
        let first = try desk.submit()
        #expect(try desk.submit(as: "other") != first)
    }

    @Test(
        arguments: [
            ("drop_table", nil, Risk.critical), ("drop_table", .low, .critical),
            ("issue_refund", nil, .medium), ("issue_refund", .high, .high),
            ("issue_refund", .low, .medium),
        ] as [(String, Risk?, Risk)])
    func agentsMayRaiseTheRiskAndNeverLowerIt(
        _ tool: String, _ asked: Risk?, _ expected: Risk
    ) throws {
        let desk = try Desk()
        var command = try Desk.submission(tool: tool)
        command.risk = asked
        #expect(try desk.stored(desk.submit(command)).risk == expected)
    }

    @Test func failingOpenIsForNamedToolsOnly() throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.posture = .failOpen
        #expect(refusal { try desk.submit(command) }?.fields == ["/on_timeout"])
        command.tool = try #require(ToolName("ping"))
        #expect(try desk.stored(desk.submit(command)).requirement.posture == .failOpen)
    }

    @Test(arguments: [0, -1, 604_801])
    func timeoutsOutsideOfTheTenantsAreRefused(_ seconds: Int) throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.timeoutSeconds = seconds
        #expect(refusal { try desk.submit(command) }?.fields == ["/timeout_s"])
    }

    @Test func unknownGroupsAreRefused() throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.group = GroupName("nobody")
        #expect(refusal { try desk.submit(command) }?.fields == ["/group"])
    }

    @Test(arguments: [
        ("[1]", "/arguments"), (#"{"a": {"$redacted": "r1"}}"#, "/arguments"),
        (#"{"a": [0, 1.00000000000000000001]}"#, "/arguments/a/1"),
    ])
    func argumentsThatCannotBeShownOrSignedAreRefused(_ text: String, _ field: String) throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.arguments = try JSONValue(parsing: Array(text.utf8))
        #expect(refusal { try desk.submit(command) }?.fields == [field])
    }

    @Test func bigIntegersStayExact() throws {
        let desk = try Desk()
        let ids = try ["9007199254740992", "9007199254740993"].map { text in
            let arguments = try JSONValue(parsing: Array("{\"n\":\(text)}".utf8))
            return try desk.submit(Desk.submission(key: text, arguments: arguments))
        }
        let digests = try ids.map { try desk.stored($0).proposedDigest }
        #expect(digests[0] != digests[1])
    }

    @Test func limitsAreNamed() throws {
        let desk = try Desk()
        let large = JSONValue.string(String(repeating: "x", count: Limits.argumentsBytesMax))
        let command = try Desk.submission(arguments: ["a": large])
        #expect(refusal { try desk.submit(command) }?.limit?.hasPrefix("argumentsBytesMax") == true)
        var deep: JSONValue = 1
        for _ in 0..<Limits.argumentsDepthMax { deep = [deep] }
        let nested = try Desk.submission(arguments: ["a": deep])
        #expect(refusal { try desk.submit(nested) }?.limit?.hasPrefix("argumentsDepthMax") == true)
        let many = try Desk.submission(redact: Array(repeating: "/customer", count: 65))
        #expect(refusal { try desk.submit(many) }?.limit?.hasPrefix("redactionsMax") == true)
    }

    @Test func wordsHaveLimitsToo() throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.context = Context(
            summary: String(repeating: "s", count: 501),
            reason: String(repeating: "r", count: 4_001),
            preview: String(repeating: "p", count: 16_001),
            links: Array(repeating: .init(title: "t", url: "u"), count: 11))
        command.origin = Origin(runID: String(repeating: "o", count: 201))
        #expect(
            refusal { try desk.submit(command) }?.fields == [
                "/context/summary", "/context/reason", "/context/preview", "/context/links",
                "/origin/run_id",
            ])
    }

    /// A misspelt pointer would show what it was meant to hide.
    @Test func redactionsThatHideNothingAreRefusedByName() throws {
        let desk = try Desk()
        let command = try Desk.submission(redact: ["/recipient/iban", "/recipient/ibann", ""])
        #expect(refusal { try desk.submit(command) }?.fields == ["/redact/1", "/redact/2"])
    }

    @Test func schemasAreUnderstoodOrRefused() throws {
        let desk = try Desk()
        var command = try Desk.submission()
        command.schema = ["properties": ["amount_cents": ["$dynamicRef": "#x"]]]
        #expect(
            refusal { try desk.submit(command) }?.fields?.first?
                .hasPrefix("/schema/properties/amount_cents") == true)
        command.schema = ["properties": ["amount_cents": ["maximum": 5]]]
        guard case .againstSchema(let problems) = refusal({ try desk.submit(command) }) else {
            Issue.record("arguments that do not fit came in")
            return
        }
        #expect(problems.map(\.field) == ["/arguments/amount_cents"])
    }

    @Test func secretsAreTakenOutOfTheWordsAroundThem() throws {
        let desk = try Desk()
        var command = try Desk.submission(redact: ["/recipient"])
        command.context = Context(
            summary: "to DE89370400440532!", reason: "DE89370400440532",
            links: [.init(title: "x", url: "https://x.test/DE89370400440532")])
        command.origin = Origin(runID: "run-DE89370400440532")
        let approval = try desk.stored(desk.submit(command))
        #expect(approval.context.summary == "to ▒▒▒!")
        #expect(approval.context.reason == "▒▒▒")
        #expect(approval.context.links.map(\.url) == ["https://x.test/▒▒▒"])
        #expect(approval.origin.runID == "run-▒▒▒")
    }

    @Test func refusedSubmissionsLeaveNothing() throws {
        let desk = try Desk()
        let count = try desk.events().count
        _ = refusal { try desk.submit(Desk.submission(redact: ["/nothing"])) }
        #expect(try desk.events().count == count)
        _ = try desk.submit()
    }
}

extension Refusal {
    var fields: [String]? {
        if case .invalid(let problems) = self { problems.map(\.field) } else { nil }
    }

    var limit: String? { if case .limit(let text) = self { text } else { nil } }

    var isMoved: Bool { if case .moved = self { true } else { false } }

    var isForbidden: Bool { if case .forbidden = self { true } else { false } }

    var settledState: ApprovalState? {
        if case .alreadySettled(let state, _, _) = self { state } else { nil }
    }
}

extension Result where Failure == BulkRefusal {
    /// Why this one of many was refused.
    var refusal: Refusal? {
        do {
            _ = try get()
            return nil
        } catch {
            return error.refusal
        }
    }
}
