import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: a secret that nobody declared travels as little as a declared one.
@Suite struct ScannedTests {
    private static let ada = "ada@acme.test"
    private static let key = "ghp_OWyAHArcFc2qn021BEwabk19Z3LCcr945G6C"
    private static let iban = "DE89370400440532013000"

    private static let arguments: JSONValue = [
        "cmd": .string("curl -H 'Authorization: Bearer \(key)' https://x.test"),
        "to": ["iban": .string(iban), "name": "Nora"], "db_password": "hunter2-Zq8",
        "amount": 5,
    ]

    private func submission(redact: [String] = []) throws -> SubmitCommand {
        var command = try Desk.submission(arguments: Self.arguments, redact: redact)
        command.context = Context(
            summary: "pays \(Self.iban) with hunter2-Zq8", reason: "runs with \(Self.key)",
            preview: "sends glpat-AbCdEf0123456789xyZQ along",
            links: [.init(title: "t", url: "https://u:geheim77@x.test/")])
        command.origin = Origin(sessionID: "xoxb-8575808586-3806367639BqiI6K7ZuI")
        return command
    }

    private static let secrets = [
        key, iban, "hunter2-Zq8", "glpat-AbCdEf0123456789xyZQ", "geheim77", "xoxb-8575808586",
        "hvs.CAESIJ0123456789abcdefGHIJ", "sk_live_4eC39HqLyjWDarjtT1",
    ]

    private func expectNone(_ texts: [String]) {
        for text in texts {
            for secret in Self.secrets where text.contains(secret) {
                Issue.record("\(secret) travels: \(text)")
            }
        }
    }

    @Test func argumentsAreHandlesThatSayWhatTheyHide() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let view = try desk.view(id)
        #expect(
            view.arguments["cmd"]?["shown"]
                == "curl -H 'Authorization: Bearer ‹GitHub token · 40›' https://x.test")
        #expect(view.arguments["to"]?["iban"] == ["$redacted": "r2", "shown": "‹IBAN · 22›"])
        #expect(view.arguments["to"]?["name"] == "Nora")
        #expect(view.arguments["db_password"]?["shown"] == "‹password · 11›")
        #expect(view.redacted.map { $0.found?.kinds } == [["provider_key"], ["iban"], ["named"]])
        #expect(view.proposedDigest == nil)
        expectNone(["\(view)"])
    }

    /// What an agent declared keeps its own handle, and says no length.
    @Test func aDeclaredPointerGoesFirst() throws {
        let desk = try Desk()
        let view = try desk.view(try desk.submit(submission(redact: ["/to"])))
        #expect(view.arguments["to"] == ["$redacted": "r1"])
        #expect(view.redacted.map(\.pointer.description) == ["/to", "/cmd", "/db_password"])
    }

    @Test func theAgentGetsWhatItSent() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["amount"]), 4)])
        try desk.tell(
            .decide(try desk.decision(.approve, on: id, edits: edits)), as: Self.ada)
        let claimed = try desk.claim(id).0.effectiveArguments
        #expect(claimed?["cmd"] == Self.arguments["cmd"])
        #expect(claimed?["to"] == Self.arguments["to"])
        #expect(claimed?["amount"] == 4)
    }

    /// Method: secrets in every text that a person or the agent writes later; none of them was in
    /// the submission.
    @Test func wordsAreLookedThroughAsWell() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let words = "try hvs.CAESIJ0123456789abcdefGHIJ and hunter2-Zq8"
        try desk.tell(.comment(id, text: words), as: Self.ada)
        let edits = JSONPatch([
            .add(JSONPointer(tokens: ["note"]), "use sk_live_4eC39HqLyjWDarjtT1"),
            .add(JSONPointer(tokens: ["token"]), "sk_live_4eC39HqLyjWDarjtT1"),
        ])
        let command = try desk.decision(.approve, on: id, edits: edits, comment: words)
        try desk.tell(.decide(command), as: Self.ada)
        let claim = try desk.claim(id).1
        try desk.report(id, claim, digest: SHA256.hash([]), summary: "with \(words)")
        var texts = try desk.events().map { $0.text() }
        for name in [Self.ada, "lea@acme.test", "aud@acme.test"] {
            texts.append("\(try desk.ask(.approval(id), as: name))")
            texts.append("\(try desk.ask(.inbox(since: nil, limit: 9), as: name))")
            texts.append(
                "\(try desk.ask(.history(before: nil, limit: 9), as: name))")
        }
        expectNone(texts)
        let view = try desk.view(id)
        #expect(view.effectiveDigest == nil)
        #expect(view.decisions.last?.edits.operations.count == 2)
    }

    @Test func aFoundValueIsRevealedLikeADeclaredOne() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let pointer = JSONPointer(tokens: ["to", "iban"])
        let answer = try desk.tell(.reveal(id, pointer, reason: "compare"), as: Self.ada)
        guard case .revealed(_, let value) = answer else {
            Issue.record("not revealed: \(answer)")
            return
        }
        #expect(value == .string(Self.iban))
    }

    /// The mask is no value, and neither is a part of it.
    @Test(
        arguments: [
            ["$redacted": "r1", "shown": "x"], ["$redacted": "r9"],
        ] as [JSONValue])
    func aMaskIsNotTakenForAValue(_ mask: JSONValue) throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["cmd"]), mask)])
        let command = try desk.decision(.approve, on: id, edits: edits)
        guard case .editInvalid = refusal({ try desk.tell(.decide(command), as: Self.ada) })
        else {
            Issue.record("a mask was taken for a value")
            return
        }
    }

    @Test func theSameSubmissionIsTheSameApproval() throws {
        let desk = try Desk()
        var command = try submission()
        command.key = "key-1"
        let first = try desk.submit(command)
        #expect(try desk.submit(command) == first)
    }

    /// A schema is shown as well, so it is looked through; what it calls its members is no secret.
    @Test func schemas() throws {
        let desk = try Desk()
        var command = try Desk.submission(arguments: ["a": "plain"])
        command.schema = ["properties": ["password": ["type": "string"]]]
        #expect(try desk.view(try desk.submit(command)).schema == command.schema)
        command.key = "key-2"
        command.schema = ["properties": ["a": ["examples": [.string(Self.key)]]]]
        #expect(try desk.view(try desk.submit(command)).schema == nil)
        command.key = "key-3"
        command.schema = ["properties": ["a": ["x-sensitive": true]]]
        let view = try desk.view(try desk.submit(command))
        #expect(view.arguments == ["a": ["$redacted": "r1", "shown": "‹hidden · 5›"]])
    }

    /// A call that cannot be looked through is hidden whole, and can still be decided.
    @Test func tooManySecretsHideTheWholeCall() throws {
        let desk = try Desk()
        let many = JSONValue.array((0..<80).map { _ in ["pin": "4711"] })
        let id = try desk.submit(try Desk.submission(arguments: ["list": many]))
        let view = try desk.view(id)
        #expect(view.arguments["$redacted"] == "r1")
        try desk.decide(.approve, on: id)
        #expect(try desk.claim(id).0.effectiveArguments?["list"] == many)
    }

    @Test func theRecordKeepsWhatWasFound() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        try desk.decide(.approve, on: id)
        let approval = try desk.claim(id).0
        #expect(try Approval(record: approval.record) == approval)
        #expect(approval.found.count == 3)
        let events = try desk.events().map { $0.text() }
        #expect(events.contains { $0.contains("\"redacted_found\":\"iban named provider_key\"") })
    }
}
