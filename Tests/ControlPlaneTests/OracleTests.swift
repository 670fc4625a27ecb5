import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: nobody learns a hidden value by asking questions about it.
@Suite struct OracleTests {
    private static let ada = "ada@acme.test"
    private static let secret = "hunter2-hunter2"

    private static let arguments: JSONValue = [
        "mode": "safe", "tags": ["plain", "hunter2-hunter2"],
        "keys": ["AKIA-SECRET-NAME": 1, "list": [1, 2]],
    ]

    private func submission(
        _ schema: JSONValue? = nil, redact: [String] = ["/tags/1", "/keys"]
    ) throws -> SubmitCommand {
        var command = try Desk.submission(arguments: Self.arguments, redact: redact)
        command.schema = schema
        return command
    }

    /// A value is revealed whole; the names inside of it are a part of the secret.
    @Test(arguments: ["/keys/AKIA-SECRET-NAME", "/keys/list/0", "/keys/list", "/keys/no"])
    func partsOfAHiddenValueAreNotAskedFor(_ pointer: String) throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let command = Command.reveal(id, try JSONPointer(parsing: pointer), reason: "probing")
        #expect(refusal { try desk.tell(command, as: Self.ada) }?.fields == ["/pointer"])
    }

    /// A tool's schema may list, default or name what the arguments hide.
    @Test(
        arguments: [
            ["properties": ["mode": ["enum": ["safe", "x hunter2-hunter2"]]]],
            ["properties": ["tags": ["default": ["hunter2-hunter2"]]]],
            ["description": "AKIA", "properties": ["hunter2-hunter2": true]],
        ] as [JSONValue])
    func schemaThatHoldsTheSecretIsNotShown(_ schema: JSONValue) throws {
        let desk = try Desk()
        let id = try desk.submit(submission(schema))
        #expect(try desk.view(id).schema == nil)
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["mode"]), "safe")])
        try desk.decide(.approve, on: id, edits: edits)
    }

    @Test func schemaWithoutTheSecretIsShown() throws {
        let desk = try Desk()
        let schema: JSONValue = ["type": "object"]
        let id = try desk.submit(submission(schema))
        #expect(try desk.view(id).schema == schema)
    }

    /// The place of a violation names no member inside of a hidden value.
    @Test func violationsPointToTheMaskAndNoDeeper() throws {
        let desk = try Desk()
        let schema: JSONValue = [
            "if": ["properties": ["mode": ["const": "strict"]]],
            "then": ["properties": ["keys": ["additionalProperties": ["type": "string"]]]],
        ]
        let id = try desk.submit(submission(schema))
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["mode"]), "strict")])
        let command = try desk.decision(.approve, on: id, edits: edits)
        let answer = try desk.tell(.decide(command), as: Self.ada)
        guard case .refused(.againstSchema(let problems), _) = answer else {
            throw Surprise(answer)
        }
        #expect(problems.map(\.field) == ["/arguments/keys"])
        #expect(problems.allSatisfy { $0.sentence == "does not fit the schema" })
    }

    /// `uniqueItems` answers "is it this one?". Each such answer is on record, and there are few.
    @Test func guessesAreCountedAndOnRecord() throws {
        let desk = try Desk()
        let id = try desk.submit(submission(["properties": ["tags": ["uniqueItems": true]]]))
        let before = try desk.events().count
        let add = JSONPointer(tokens: ["tags", "-"])
        let guess = JSONPatch([.add(add, .string(Self.secret))])
        for _ in 0..<10 {
            let command = try desk.decision(.approve, on: id, edits: guess)
            let answer = try desk.tell(.decide(command), as: Self.ada)
            guard case .refused(.againstSchema, _) = answer else { throw Surprise(answer) }
        }
        let events = try desk.events()
        #expect(events.count == before + 10)
        #expect(events.last?["type"] == "value.revealed")
        #expect(events.last?["outcome"] == "guessed")
        #expect(try desk.view(id).timeLine.last?.text.contains(Self.secret) == false)
        let command = try desk.decision(.approve, on: id, edits: guess)
        let wrong = try desk.decision(.approve, on: id, edits: JSONPatch([.add(add, "other")]))
        for command in [command, wrong] {
            guard case .tooOften = refusal({ try desk.tell(.decide(command), as: Self.ada) })
            else {
                Issue.record("the eleventh guess was answered")
                return
            }
        }
        #expect(try desk.stored(id).state == .pending)
        try desk.decide(.approve, on: id)
    }

    @Test func guessesInBulkCountToo() throws {
        let desk = try Desk()
        let id = try desk.submit(submission(["properties": ["tags": ["uniqueItems": true]]]))
        let before = try desk.events().count
        let guess = JSONPatch([.add(JSONPointer(tokens: ["tags", "-"]), .string(Self.secret))])
        let command = try desk.decision(.approve, on: id, edits: guess)
        let answer = try desk.tell(
            .decideMany(Array(repeating: command, count: 12)), as: Self.ada)
        guard case .decidedMany(let results) = answer else { throw Surprise(answer) }
        let refusals = results.map { result -> Refusal? in
            if case .failure(let failure) = result { return failure.refusal }
            return nil
        }
        #expect(refusals.count { if case .againstSchema = $0 { true } else { false } } == 10)
        #expect(refusals.count { if case .tooOften = $0 { true } else { false } } == 2)
        #expect(try desk.events().count == before + 10)
    }

    /// A cursor of somebody else, or of another tenant, covers what this person was never shown.
    @Test func cursorsBelongToTheirReader() throws {
        let desk = try Desk()
        _ = try desk.submit()
        let answer = try desk.ask(.inbox(since: nil, limit: 9), as: Self.ada)
        guard case .inbox(let page) = answer else { throw Surprise(answer) }
        try desk.join("zoe@acme.test", [.approver], ["finance"], by: Desk.admin)
        try desk.join("zoe@rival.test", [.approver], ["finance"], by: "admin@rival.test")
        _ = try desk.submit(Desk.submission(), as: "spy")
        for name in ["zoe@acme.test", "zoe@rival.test"] {
            #expect(
                refusal { try desk.ask(.inbox(since: page.next, limit: 9), as: name) }
                    == .cursorReset)
        }
    }
}
