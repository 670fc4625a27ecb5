import Approvals
import Cryptography
import Gate
import JSONTree
import Testing
import WireAPI

/// Goal: a gated call runs at most once, and only what was decided. Method: scripts of answers.
@Suite struct GateTests {
    @Test func aReleasedCallIsClaimedWithTheNonceOfThisProcess() throws {
        var script = try GateScript()
        #expect(script.sent?.headers["idempotency-key"] == "key-1")
        script.answer(201, try GateAnswers.view(.pending))
        #expect(script.sent?.target.hasSuffix("?wait=20") == true)
        script.now += 20_000
        script.answer(200, try GateAnswers.view(.approved, released: true))
        #expect(script.sent?.target.hasSuffix("/claim") == true)
        #expect(
            script.sent.map { String(decoding: $0.body, as: UTF8.self) }?.contains(
                "nonce-of-this-process") == true)
        script.answer(200, try GateAnswers.claim(["amount": 3]))
        guard case .released(let claim) = script.verdict else {
            Issue.record("not released: \(String(describing: script.verdict))")
            return
        }
        #expect(claim.arguments == ["amount": 3])
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let state: ApprovalState
        let verdict: GateVerdict
    }

    @Test(arguments: [
        Ending(
            testDescription: "rejected", status: 200, state: .rejected,
            verdict: .rejected(Rejection(person: "ada@acme.test", comment: "twice"))),
        Ending(testDescription: "expired", status: 200, state: .expired, verdict: .expired),
        Ending(testDescription: "cancelled", status: 200, state: .cancelled, verdict: .cancelled),
        Ending(
            testDescription: "approved but not released", status: 200, state: .approved,
            verdict: .expired),
    ])
    func endsWithoutAClaim(_ ending: Ending) throws {
        var script = try GateScript()
        script.answer(ending.status, try GateAnswers.view(ending.state))
        #expect(script.verdict == ending.verdict)
    }

    @Test func aTimeoutThatLetsTheCallGoIsClaimedToo() throws {
        var script = try GateScript()
        script.answer(200, try GateAnswers.view(.expired, released: true))
        #expect(script.sent?.target.hasSuffix("/claim") == true)
    }

    @Test func aSecondClaimerLearnsThatItIsNoRejection() throws {
        var script = try GateScript()
        script.answer(200, try GateAnswers.view(.approved, released: true))
        script.answer(409, GateAnswers.problem)
        #expect(script.verdict == .alreadyClaimed)
    }

    @Test func lostAnswersAreAskedForAgainWithTheSameNames() throws {
        var script = try GateScript()
        let first = script.sent
        for status in [nil, 503, nil, 429] as [Int?] {
            if let status { script.answer(status, [:]) } else { script.fail() }
            #expect(script.verdict == nil)
            script.sleep()
            #expect(script.sent == first)
        }
        script.answer(200, try GateAnswers.view(.approved, released: true))
        let claim = script.sent
        script.fail(.timeout)
        script.sleep()
        #expect(script.sent == claim)
    }

    @Test func theServersWishToBeLeftAloneIsObeyed() throws {
        var script = try GateScript()
        let before = script.now
        script.answer(503, [:], headers: ["retry-after": "7"])
        script.sleep()
        #expect(script.now >= before + 7_000)
    }

    @Test func itDoesNotRunInCirclesWhenAPollIsAnsweredAtOnce() throws {
        var script = try GateScript()
        script.answer(201, try GateAnswers.view(.pending))
        script.answer(200, try GateAnswers.view(.pending))
        #expect(script.sent == nil)
    }

    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let view: JSONValue
        let claim: JSONValue
    }

    @Test func nothingRunsWhenTheClaimIsNotWhatWasDecided() throws {
        let released = try GateAnswers.view(.approved, released: true)
        let forgeries = [
            Forgery(
                testDescription: "other arguments than the digest says", view: released,
                claim: try GateAnswers.claim(["amount": 9], digestOf: ["amount": 5])),
            Forgery(
                testDescription: "another tool", view: released,
                claim: try GateAnswers.claim(tool: "drop_table")),
            Forgery(testDescription: "no claim at all", view: released, claim: [:]),
            Forgery(
                testDescription: "an approval of other arguments",
                view: try GateAnswers.view(.approved, released: true, arguments: ["amount": 9]),
                claim: try GateAnswers.claim()),
        ]
        for forgery in forgeries {
            var script = try GateScript(runsTool: true)
            script.answer(200, forgery.view)
            script.answer(200, forgery.claim)
            guard case .tampered = script.verdict else {
                Issue.record("\(forgery.testDescription): \(String(describing: script.verdict))")
                continue
            }
            #expect(script.ran.isEmpty)
        }
    }

    @Test func theEndOfTheToolIsReportedUntilSomebodyHearsIt() throws {
        var script = try GateScript(runsTool: true)
        script.answer(200, try GateAnswers.view(.approved, released: true))
        script.answer(200, try GateAnswers.claim())
        #expect(script.ran.count == 1)
        script.execute(.failed)
        #expect(script.sent?.target.hasSuffix("/receipt") == true)
        script.fail()
        script.sleep()
        script.answer(200, [:])
        #expect(script.verdict == .executed(isReported: true))
        #expect(script.ran.count == 1)
    }

    @Test func stoppingWhileWaitingCancelsTheApproval() throws {
        var script = try GateScript()
        script.answer(201, try GateAnswers.view(.pending))
        script.interrupt()
        #expect(script.sent?.target.hasSuffix("/cancel") == true)
        script.answer(200, [:])
        #expect(script.verdict == .interrupted)
    }

    @Test func aClaimThatComesAfterTheStopIsReportedAsNotRun() throws {
        var script = try GateScript(runsTool: true)
        script.answer(200, try GateAnswers.view(.approved, released: true))
        script.interrupt()
        #expect(script.verdict == nil)
        script.answer(200, try GateAnswers.claim())
        #expect(script.ran.isEmpty)
        let body = script.sent.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(body?.contains("\"failed\"") == true)
        script.answer(200, [:])
        #expect(script.verdict == .interrupted)
    }

    @Test func itsOwnTimeEndsInACancelAndNeverInAClaim() throws {
        var script = try GateScript(patience: .exactly(milliseconds: 60_000))
        script.answer(201, try GateAnswers.view(.pending))
        script.sleep()
        #expect(script.sent?.target.hasSuffix("/cancel") == true)
        script.sleep()
        #expect(script.verdict == .gaveUp)
    }

    @Test func nobodyThereIsAnAnswerInTheEnd() throws {
        var script = try GateScript()
        var tries = 0
        while script.verdict == nil, tries < 1_000 {
            tries += 1
            script.fail()
            if script.verdict == nil { script.sleep() }
        }
        guard case .unreachable = script.verdict else {
            Issue.record("\(String(describing: script.verdict)) after \(tries) tries")
            return
        }
        #expect((2...200).contains(tries))
    }

    @Test func anAnswerToADroppedRequestIsNotHeard() throws {
        var script = try GateScript()
        script.answer(201, try GateAnswers.view(.pending))
        script.interrupt()
        let late = try GateAnswers.view(.approved, released: true)
        let response = HTTPResponse(status: 200, body: Array(late.text(.compact).utf8))
        let effects = script.gate.update(
            .answered(call: 2, .success(response), at: script.now))
        #expect(effects.isEmpty)
    }
}
