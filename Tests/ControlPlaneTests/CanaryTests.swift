import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: a redacted value travels nowhere but to the agent that sent it, and through `reveal`.
@Suite struct CanaryTests {
    private static let secrets = ["canary-4711", "8675309", "canary-new", "canary-deep"]

    private static let arguments: JSONValue = [
        "card": ["number": "canary-4711", "pin": 8_675_309], "list": ["plain", "canary-deep"],
        "amount": 5,
    ]

    private func submission() throws -> SubmitCommand {
        var command = try Desk.submission(
            arguments: Self.arguments, redact: ["/card/number", "/card/pin", "/list/1"])
        command.context = Context(
            summary: "pay with canary-4711", reason: "pin 8675309, list canary-deep",
            preview: "canary-4711canary-4711", links: [.init(title: "8675309", url: "canary-deep")])
        command.origin = Origin(
            framework: "canary-4711", runID: "canary-4711", callID: "8675309",
            sessionID: "canary-deep")
        return command
    }

    /// Method: walk an approval through its whole life, writing the secret wherever somebody can
    /// write, and look for it in every answer that a person gets and in every line of the log.
    @Test(arguments: [Verdict.approve, .reject])
    func noAnswerAndNoEventHoldsIt(_ verdict: Verdict) throws {
        let desk = try Desk()
        var answers: [Answer] = []
        let id = try desk.submit(submission())
        let words = "I saw canary-4711 and 8675309"
        answers.append(try desk.tell(.comment(id, text: words), as: "ada@acme.test"))
        answers.append(
            try desk.tell(.extend(id, revision: 2, seconds: 9, reason: words), as: "ada@acme.test"))
        answers.append(
            try desk.tell(
                .reassign(id, revision: 3, to: .member(email: "ada@acme.test"), reason: words),
                as: "ada@acme.test"))
        answers.append(try desk.tell(.review(id, isActive: true), as: "ada@acme.test"))
        let edits =
            verdict == .reject
            ? JSONPatch()
            : JSONPatch([
                .replace(JSONPointer(tokens: ["card", "number"]), "canary-new"),
                .remove(JSONPointer(tokens: ["list", "0"])),
                .replace(JSONPointer(tokens: ["amount"]), 4),
            ])
        let command = try desk.decision(verdict, on: id, edits: edits, comment: words)
        answers.append(try desk.tell(.decide(command), as: "ada@acme.test"))
        if verdict == .approve {
            let claim = try desk.claim(id).1
            try desk.report(
                id, claim, digest: SHA256.hash([]), summary: "charged canary-new, was canary-4711")
        }
        try collect(desk, id, &answers)
        expectNone(answers.map { "\($0)" })
        expectNone(try desk.events().map { $0.text() })
    }

    private func collect(_ desk: Desk, _ id: ApprovalID, _ answers: inout [Answer]) throws {
        for name in [
            "ada@acme.test", "bob@acme.test", "lea@acme.test", "aud@acme.test", Desk.admin,
        ] {
            answers.append(try desk.ask(.approval(id), as: name))
            answers.append(try desk.ask(.inbox(since: nil, limit: 9), as: name))
            answers.append(
                try desk.ask(.history(before: nil, limit: 9), as: name))
        }
    }

    private func expectNone(_ texts: [String]) {
        for text in texts {
            for secret in Self.secrets where text.contains(secret) {
                Issue.record("\(secret) travels: \(text)")
            }
        }
    }

    @Test func refusalsHoldItNeither() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        var command = try desk.decision(.approve, on: id)
        command.revision = 7
        for name in ["ada@acme.test", "bob@acme.test", "lea@acme.test"] {
            do {
                try desk.tell(.decide(command), as: name)
                Issue.record("decided on another revision")
            } catch CommandFailure.refused(let refusal, let current) {
                expectNone(["\(refusal)", "\(String(describing: current))"])
            }
        }
    }

    /// A digest lets a short secret be guessed, so none is given while something is hidden.
    @Test func noDigestOfWhatIsHidden() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        try desk.decide(.approve, on: id)
        let (approval, claim) = try desk.claim(id)
        let digest = try #require(approval.effectiveDigest)
        try desk.report(id, claim, digest: digest)
        let view = try desk.view(id)
        #expect(view.proposedDigest == nil)
        #expect(view.effectiveDigest == nil)
        #expect(view.receipt != nil)
        let texts = ["\(view)"] + (try desk.events().map { $0.text() })
        for text in texts { #expect(!text.contains(digest.hex)) }
    }

    /// The mask is not a value: what an approver sees cannot be sent back.
    @Test func viewCannotBeSentBack() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let view = try desk.view(id)
        let edits = JSONPatch([.replace(.root, view.arguments)])
        let command = try desk.decision(.approve, on: id, edits: edits)
        guard
            case .editInvalid = refusal({ try desk.tell(.decide(command), as: "ada@acme.test") })
        else {
            Issue.record("a mask was taken for a value")
            return
        }
    }
}
