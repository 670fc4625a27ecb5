import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: a run that asks for the same call while it waits gets the approval that is there, once.
@Suite struct AskingAgainTests {
    private static func command(
        _ key: String, run: String? = "run-7", session: String? = nil, call: String = "c1",
        arguments: JSONValue = Desk.refund
    ) throws -> SubmitCommand {
        var command = try Desk.submission(key: key, arguments: arguments)
        command.origin = Origin(runID: run, callID: call, sessionID: session)
        command.payloadDigest = try Digest(
            canonical: ["a": arguments, "c": .string(call), "r": .string(run ?? "")])
        return command
    }

    @Test func aSecondAskJoinsAndIsCounted() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        let before = try desk.stored(first)
        desk.pass(seconds: 30)
        for (number, key) in ["k2", "k3"].enumerated() {
            #expect(try desk.submit(Self.command(key, call: "again \(number)")) == first)
        }
        let after = try desk.stored(first)
        #expect(after.asks == 3)
        #expect(after.revision == before.revision)
        #expect(after.requirement == before.requirement)
        #expect(
            try desk.types(first) == [
                "approval.requested", "approval.asked_again", "approval.asked_again",
            ])
        let view = try desk.view(first)
        #expect(view.asks == 3)
        #expect(
            view.timeLine.last?.text == "Asked for the same call again, 3 times by now.")
    }

    @Test func everyKeyKeepsItsAnswer() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        _ = try desk.submit(Self.command("k2"))
        try desk.decide(.reject, on: first)
        let count = try desk.events().count
        #expect(try desk.submit(Self.command("k2")) == first)
        #expect(try desk.events().count == count)
        let other = try Self.command("k2", arguments: ["amount_cents": 1])
        #expect(refusal { try desk.submit(other) } == .idempotencyConflict)
    }

    @Test func oneOfTwoCallersRunsIt() throws {
        let desk = try Desk()
        let id = try desk.submit(Self.command("k1"))
        _ = try desk.submit(Self.command("k2"))
        try desk.decide(.approve, on: id)
        let (_, claim) = try desk.claim(id, nonce: "the first caller")
        let refusal = refusal { try desk.claim(id, nonce: "the second caller") }
        #expect(refusal == .alreadyClaimed(at: claim.at))
    }

    @Test func whatDiffersIsACallOfItsOwn() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        var others: [SubmitCommand] = [
            try Self.command("k2", run: "run-8"), try Self.command("k3", session: "s1"),
            try Self.command("k4", arguments: ["amount_cents": 184_001]),
        ]
        var riskier = try Self.command("k5")
        riskier.risk = .high
        var hidden = try Self.command("k6")
        hidden.redactions = [try JSONPointer(parsing: "/customer")]
        var flagged = try Self.command("k7")
        flagged.isFlagged = true
        var schema = try Self.command("k8")
        schema.schema = ["type": "object"]
        var sooner = try Self.command("k9")
        sooner.timeoutSeconds = 60
        others += [riskier, hidden, flagged, schema, sooner]
        var seen: Set<ApprovalID> = [first]
        for other in others {
            #expect(seen.insert(try desk.submit(other)).inserted, "\(other.key) joined")
        }
        #expect(try desk.submit(Self.command("k10"), as: "other") != first)
        #expect(try desk.stored(first).asks == 1)
    }

    @Test func withoutARunNothingIsJoined() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1", run: nil))
        #expect(try desk.submit(Self.command("k2", run: nil)) != first)
    }

    @Test func aSessionIsARun() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1", run: nil, session: "s1"))
        #expect(try desk.submit(Self.command("k2", run: nil, session: "s1")) == first)
    }

    @Test func afterARejectionTheNextOneNamesIt() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        try desk.decide(.reject, on: first)
        let second = try desk.submit(Self.command("k2"))
        #expect(second != first)
        #expect(try desk.view(second).follows == first)
        #expect(try desk.submit(Self.command("k3")) == second)
        #expect(try desk.stored(second).asks == 2)
    }

    @Test func afterAReleaseItIsAskedAnew() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        try desk.decide(.approve, on: first)
        let second = try desk.submit(Self.command("k2"))
        #expect(second != first)
        #expect(try desk.stored(second).follows == nil)
    }

    @Test func whatIsDueIsNotJoined() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k1"))
        desk.pass(seconds: 90_000)
        #expect(try desk.submit(Self.command("k2")) != first)
    }

    @Test func asksAreBounded() throws {
        let desk = try Desk()
        let first = try desk.submit(Self.command("k0"))
        for number in 1..<Limits.asksMax {
            #expect(try desk.submit(Self.command("k\(number)")) == first)
        }
        let refusal = refusal { try desk.submit(Self.command("one more")) }
        #expect(refusal == .limit("asksMax is \(Limits.asksMax): wait for \(first) instead"))
    }
}
