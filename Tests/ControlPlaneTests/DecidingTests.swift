import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: a decision is by somebody who may, on exactly what they saw, and says what will run.
@Suite struct DecidingTests {
    @Test func approvalReleasesExactlyWhatWasSent() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let view = try desk.decide(.approve, on: id)
        #expect(view.row.state == .approved)
        #expect(view.row.decidedBy == "ada@acme.test")
        #expect(view.effectiveDigest == view.proposedDigest)
        #expect(try desk.claim(id).0.effectiveArguments == Desk.refund)
    }

    @Test func editsChangeWhatTheyNameAndNothingElse() throws {
        let desk = try Desk()
        let text = #"{"z": 1.0, "a": 1e2, "big": 12345678901234567890, "x": {"y": "é"}}"#
        let arguments = try JSONValue(parsing: Array(text.utf8))
        let id = try desk.submit(Desk.submission(arguments: arguments))
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["x", "y"]), "n")])
        try desk.decide(.approve, on: id, edits: edits)
        let effective = try desk.claim(id).0.effectiveArguments
        #expect(effective?.text() == #"{"z":1.0,"a":1e2,"big":12345678901234567890,"x":{"y":"n"}}"#)
        #expect(try desk.stored(id).effectiveDigest == Digest(canonical: #require(effective)))
    }

    @Test func rejectionSettlesAndSaysWhy() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.reject, on: id)
        for comment in [nil, "", " \n"] {
            command.comment = comment
            #expect(
                refusal { try desk.tell(.decide(command), as: "ada@acme.test") }?.fields == [
                    "/comment"
                ])
        }
        command.comment = "twice"
        command.edits = JSONPatch([.remove(JSONPointer(tokens: ["customer"]))])
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") }?.fields == ["/edits"])
        #expect(try desk.decide(.reject, on: id).row.state == .rejected)
        #expect(refusal { try desk.claim(id) } == .notReleased(.rejected))
    }

    @Test(
        arguments: [
            ("bob@acme.test", Refusal.forbidden(.ownRun)),
            ("lea@acme.test", nil),
            ("aud@acme.test", .forbidden(.roleMissing(needed: [.approver, .lead]))),
            (Desk.admin, .forbidden(.roleMissing(needed: [.approver, .lead]))),
            ("bot", .forbidden(.roleMissing(needed: [.approver, .lead]))),
            ("eve@acme.test", .notFound), ("mallory@rival.test", .notFound),
            ("stranger", .unauthenticated),
        ] as [(String, Refusal?)])
    func onlyWhoMayDecides(_ name: String, _ expected: Refusal?) throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id)
        let got = refusal { try desk.tell(.decide(command), as: name) }
        if let expected {
            #expect(got == expected)
        } else {
            guard case .forbidden(.notInGroup(_, let could)) = got else {
                Issue.record("a lead outside of the group decided")
                return
            }
            #expect(could.count == 1, "ada could; bob owns the agent")
        }
        #expect(try desk.stored(id).state == .pending)
    }

    @Test func nobodyDecidesOnBehalfOfSomebodyWhoLentThemNothing() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        let bob = try #require(MemberID("01a2027c-1b5f-791b-b358-4f8cd8f16adf"))
        command.onBehalfOf = bob
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") }
                == .forbidden(.noDelegation(from: bob)))
    }

    /// Promise 4: whatever moved, the decision is refused with the fresh view.
    @Test(arguments: ["comment", "extend", "reassign"])
    func decisionOnWhatMovedIsRefusedWithTheNewView(_ what: String) throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id)
        switch what {
        case "comment": try desk.tell(.comment(id, text: "wait"), as: "ada@acme.test")
        case "extend":
            try desk.tell(
                .extend(id, revision: 1, seconds: 60, reason: nil), as: "ada@acme.test")
        default:
            try desk.tell(
                .reassign(id, revision: 1, to: .member(email: "ada@acme.test"), reason: nil),
                as: "ada@acme.test")
        }
        do {
            try desk.tell(.decide(command), as: "ada@acme.test")
            Issue.record("a stale decision was taken")
        } catch CommandFailure.refused(let refusal, let current) {
            #expect(refusal == .moved(currentRevision: 2))
            #expect(current?.row.revision == 2)
        }
        #expect(try desk.stored(id).decisions.isEmpty)
    }

    @Test func anotherTextThanTheShownOneIsRefused() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.displayedDigest = SHA256.hash([])
        #expect(refusal { try desk.tell(.decide(command), as: "ada@acme.test") }?.isMoved == true)
    }

    @Test(
        arguments: [
            (Risk.low, false, nil), (.medium, false, .notFullyDisplayed),
            (.high, false, .notFullyDisplayed),
            (.critical, false, .notFullyDisplayed), (.medium, true, nil), (.critical, true, nil),
        ] as [(Risk, Bool, Refusal?)])
    func whatWasNotOnTheScreenIsNotApproved(
        _ risk: Risk, _ isShown: Bool, _ expected: Refusal?
    ) throws {
        let desk = try Desk()
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.defaultRisk = risk
        try desk.tell(.changeTenant(settings), as: Desk.admin)
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.isFullyShown = isShown
        let many = try desk.tell(.decideMany([command]), as: "ada@acme.test")
        guard case .decidedMany(let results) = many else { throw Surprise(many) }
        #expect(results.first?.refusal == expected)
        let reject = try desk.decision(.reject, on: try desk.submit(Desk.submission(key: "k2")))
        #expect(!reject.isFullyShown)
        #expect(refusal { try desk.tell(.decide(reject), as: "ada@acme.test") } == nil)
    }

    @Test func samePressGetsTheSameAnswer() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.key = "press-1"
        let first = try desk.tell(.decide(command), as: "ada@acme.test")
        let count = try desk.events().count
        #expect(try desk.tell(.decide(command), as: "ada@acme.test") == first)
        #expect(try desk.events().count == count)
        command.verdict = .reject
        command.comment = "no"
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") } == .idempotencyConflict
        )
        command.key = "press-2"
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") }?.settledState
                == .approved)
    }

    /// A repetition that overtook its request was told no, so the request is told no as well.
    @Test func theSamePressIsRefusedAgain() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.key = "press-1"
        command.isFullyShown = false
        var refused: [Refusal?] = []
        for isShown in [false, true] {
            command.isFullyShown = isShown
            let sent = command
            refused.append(refusal { try desk.tell(.decide(sent), as: "ada@acme.test") })
        }
        #expect(refused == [.notFullyDisplayed, .notFullyDisplayed])
        #expect(try desk.stored(id).state == .pending)
        let many = try desk.tell(.decideMany([command]), as: "ada@acme.test")
        guard case .decidedMany(let results) = many else { throw Surprise(many) }
        #expect(results.map(\.refusal) == [.notFullyDisplayed])
        command.comment = "another decision"
        let other = command
        #expect(
            refusal { try desk.tell(.decide(other), as: "ada@acme.test") } == .idempotencyConflict)
        command.key = "press-2"
        let fresh = command
        #expect(refusal { try desk.tell(.decide(fresh), as: "ada@acme.test") } == nil)
    }

    /// The view that goes with a refusal is the one of now, as with a success.
    @Test func theLoserIsToldTheSameAgain() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.key = "press-1"
        try desk.tell(.comment(id, text: "wait"), as: "ada@acme.test")
        for revision in [2, 3] {
            let answer = try desk.tell(.decide(command), as: "ada@acme.test")
            guard case .refused(let refusal, let current?) = answer else { throw Surprise(answer) }
            #expect(refusal == .moved(currentRevision: 2))
            #expect(current.row.revision == revision)
            try desk.tell(.comment(id, text: "and wait"), as: "ada@acme.test")
        }
    }

    /// Who is told to come again later must be able to with the same key, and who may not know of
    /// the approval leaves nothing behind.
    @Test func whatIsNotFinalIsNotKept() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var command = try desk.decision(.approve, on: id)
        command.key = "press-1"
        let sent = command
        #expect(refusal { try desk.tell(.decide(sent), as: "mallory@rival.test") } == .notFound)
        #expect(Refusal.tooOften(retryAfterSeconds: 1).record == nil)
        #expect(refusal { try desk.tell(.decide(sent), as: "ada@acme.test") } == nil)
    }

    @Test func theDeadlineIsCheckedWithoutATimer() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id)
        desk.pass(seconds: 900)
        guard case .pastDeadline = refusal({ try desk.tell(.decide(command), as: "ada@acme.test") })
        else {
            Issue.record("a decision at the deadline was taken")
            return
        }
    }

    @Test func manyDecisionsAreAnsweredOneByOne() throws {
        let desk = try Desk()
        let ids = try (0..<3).map { try desk.submit(Desk.submission(key: "k\($0)")) }
        var commands = try ids.map { try desk.decision(.approve, on: $0) }
        commands[1].revision = 9
        let answer = try desk.tell(.decideMany(commands), as: "ada@acme.test")
        guard case .decidedMany(let results) = answer else { throw Surprise(answer) }
        #expect(try results[0].get().row.state == .approved)
        #expect(try results[2].get().row.state == .approved)
        guard case .failure(let refused) = results[1] else { throw Surprise(answer) }
        #expect(refused.refusal == .moved(currentRevision: 1))
        #expect(refused.current?.row.id == ids[1])
        #expect(try desk.stored(ids[1]).state == .pending)
        let none = refusal { try desk.tell(.decideMany([]), as: "ada@acme.test") }
        #expect(none?.fields == ["/items"])
    }
}

/// Goal: an edit is a patch on the originals, inside the envelope, the schema and the masks.
@Suite struct EditTests {
    private static let iban = JSONPointer(tokens: ["recipient", "iban"])

    @Test(
        arguments: [
            (#"[{"op":"replace","path":"/amount_cents","value":50000}]"#, nil),
            (#"[{"op":"add","path":"/note","value":null}]"#, nil),
            (#"[{"op":"remove","path":"/recipient/iban"}]"#, nil),
            (#"[{"op":"replace","path":"/recipient/iban","value":"NL02"}]"#, nil),
            (#"[{"op":"remove","path":"/recipient"}]"#, nil),
            (#"[{"op":"replace","path":"/recipient","value":{"iban":"NL02"}}]"#, nil),
            (#"[{"op":"replace","path":"/nothing","value":1}]"#, "/nothing"),
            (#"[{"op":"replace","path":"/note","value":{"$redacted":"r1"}}]"#, "/note"),
            (#"[{"op":"add","path":"/note","value":[{"x":{"$redacted":"r1"}}]}]"#, "/note"),
            (#"[{"op":"add","path":"/recipient/$redacted","value":"r1"}]"#, "/recipient/$redacted"),
            (#"[{"op":"add","path":"/recipient/iban/0","value":"x"}]"#, "/recipient/iban/0"),
            (#"[{"op":"replace","path":"","value":[1]}]"#, ""),
            (#"[{"op":"add","path":"/n","value":1.00000000000000000001}]"#, "/n"),
        ] as [(String, String?)])
    func editsOfARedactedApproval(_ patch: String, _ refusedAt: String?) throws {
        let desk = try Desk()
        let id = try desk.submit(Desk.submission(redact: ["/recipient/iban"]))
        let edits = try JSONPatch(json: JSONValue(parsing: Array(patch.utf8)))
        let command = try desk.decision(.approve, on: id, edits: edits)
        let got = refusal { try desk.tell(.decide(command), as: "ada@acme.test") }
        if let refusedAt {
            guard case .editInvalid(let pointer, _) = got else {
                Issue.record("expected a refused edit, got \(String(describing: got))")
                return
            }
            #expect(pointer.description == refusedAt)
            #expect(try desk.stored(id).state == .pending)
        } else {
            #expect(got == nil)
            #expect(
                try desk.claim(id).0.effectiveArguments == edits.applied(to: Desk.refund))
        }
    }

    @Test func editsMustFitTheSchema() throws {
        let desk = try Desk()
        var submission = try Desk.submission()
        submission.schema = ["properties": ["amount_cents": ["type": "integer", "minimum": 1]]]
        let id = try desk.submit(submission)
        let edits = JSONPatch([.replace(JSONPointer(tokens: ["amount_cents"]), "much")])
        let command = try desk.decision(.approve, on: id, edits: edits)
        guard
            case .againstSchema(let problems) = refusal({
                try desk.tell(.decide(command), as: "ada@acme.test")
            })
        else {
            Issue.record("an edit against the schema was taken")
            return
        }
        #expect(problems.map(\.field) == ["/arguments/amount_cents"])
    }

    @Test func editsStayInTheEnvelope() throws {
        var approval = try approval(redacting: [])
        approval.requirement.envelope = .only([JSONPointer(tokens: ["amount_cents"])])
        let inside = JSONPatch([.replace(JSONPointer(tokens: ["amount_cents"]), 1)])
        #expect(try approval.edited(by: inside).arguments["amount_cents"] == 1)
        for outside in [
            JSONPatch([.remove(JSONPointer(tokens: ["customer"]))]),
            JSONPatch([.replace(.root, [:])]),
        ] {
            #expect(throws: Refusal.self) { try approval.edited(by: outside) }
        }
    }

    /// Shifting an array must not lift a secret out from under its pointer.
    @Test(arguments: [
        #"[{"op":"add","path":"/items/0","value":{"pin":"new"}}]"#,
        #"[{"op":"remove","path":"/items/0"}]"#,
        #"[{"op":"add","path":"/items/0","value":1},{"op":"remove","path":"/items/0"}]"#,
        #"[{"op":"replace","path":"/items/1/name","value":"x"},{"op":"remove","path":"/items/0"}]"#,
        #"[{"op":"remove","path":"/items/0"},{"op":"add","path":"/items/0/pin","value":"new"}]"#,
        #"[{"op":"replace","path":"/items","value":[{"pin":"new"},{"pin":"new"}]}]"#,
    ])
    func masksMoveWithWhatTheyHide(_ patch: String) throws {
        let desk = try Desk()
        let arguments: JSONValue = [
            "items": [["pin": "secret-0", "name": "a"], ["pin": "secret-1", "name": "b"]]
        ]
        let command = try Desk.submission(
            arguments: arguments, redact: ["/items/0/pin", "/items/1/pin"])
        let id = try desk.submit(command)
        let edits = try JSONPatch(json: JSONValue(parsing: Array(patch.utf8)))
        let view = try desk.decide(.approve, on: id, edits: edits)
        let shown = "\(view)"
        for secret in ["secret-0", "secret-1", "\"new\""] { #expect(!shown.contains(secret)) }
        #expect(
            try desk.claim(id).0.effectiveArguments == edits.applied(to: arguments))
    }

    private func approval(redacting pointers: [JSONPointer]) throws -> Approval {
        let desk = try Desk()
        return try desk.stored(desk.submit())
    }
}
