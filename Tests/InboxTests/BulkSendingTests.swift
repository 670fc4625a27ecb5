import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Nothing of a batch is said to be decided before the server said so, and nothing is sent twice.
struct BulkSendingTests {
    private static func low(_ count: Int) -> [ApproverView] {
        (1...count).map { view($0, summary: "refund \($0)", risk: .low, minutes: 10 + $0) }
    }

    private func outcomes(_ driver: Driver) -> [String] {
        driver.inbox.bulk?.items.compactMap { $0.outcome?.text } ?? []
    }

    @Test("refused items say what changed and what to do, beside the recorded ones")
    func refused() {
        let driver = Driver(Self.low(3))
        driver.press("* a a")
        driver.server.views[approvalID(1)]?.revision = 2
        driver.server.views[approvalID(1)]?.risk = .high
        driver.server.views[approvalID(2)]?.state = .rejected
        driver.server.views[approvalID(2)]?.decisions = [
            DecisionView(verdict: .reject, by: "ben@acme.test", at: noon, revision: 1)
        ]
        driver.press("y")
        let texts = outcomes(driver)
        #expect(texts.contains { $0.contains("its risk is high now") && $0.contains("Look again") })
        #expect(texts.contains { $0.contains("it was rejected by ben@acme.test") })
        #expect(texts.count { $0.hasPrefix("Recorded") } == 1)
        #expect(driver.sentence == "1 recorded, 2 refused.")
        #expect(driver.shows("Refused (2)"))
    }

    @Test("a lost answer is asked for again with the same keys, and decides nothing twice")
    func lostAnswer() {
        let driver = Driver(Self.low(3))
        driver.press("* a a")
        driver.line = .deaf
        driver.press("y")
        #expect(driver.server.decided.count == 3)
        #expect(outcomes(driver).allSatisfy { $0.hasPrefix("sent, not confirmed") })
        #expect(!driver.text.contains { $0.contains("ecorded") })
        driver.line = .good
        driver.advance(60_000)
        #expect(outcomes(driver).allSatisfy { $0.hasPrefix("Recorded") })
        #expect(driver.server.decided.count == 3)
        let bodies = driver.server.requests.filter { $0.target == "/v1/decisions" }.map(\.body)
        #expect(bodies.count > 1 && Set(bodies).count == 1)
    }

    @Test("what was certainly not sent becomes drafts")
    func notSent() {
        let driver = Driver(Self.low(2))
        driver.press("* a a")
        driver.line = .down
        driver.press("y")
        #expect(outcomes(driver).allSatisfy { $0.hasPrefix("a draft") })
        #expect(driver.keptDrafts.count == 2)
        #expect(driver.keptDrafts.values.allSatisfy { $0.stage == .unsent })
    }

    @Test("offline each becomes a draft, and each is shown again before it is sent")
    func offline() {
        let driver = Driver(Self.low(2))
        driver.line = .down
        driver.advance(130_000)
        driver.press("* a a")
        #expect(driver.shows("these become drafts"))
        driver.press("y esc")
        #expect(driver.keptDrafts.count == 2)
        driver.line = .good
        driver.advance(130_000)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Send your draft"))
    }

    @Test("a refusal of the whole batch is told for each")
    func wholeBatchRefused() {
        let driver = Driver(Self.low(2))
        driver.press("* a a")
        driver.server.scripted.append(
            ("/v1/decisions", FakeServer.problem(403, "forbidden", "You are off shift.")))
        driver.press("y")
        #expect(outcomes(driver).allSatisfy { $0.contains("You are off shift.") })
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("an answer that leaves one out leaves that one in doubt")
    func leftOut() {
        let driver = Driver(Self.low(2))
        driver.press("* a a")
        driver.server.scripted.append(
            ("/v1/decisions", FakeServer.ok(BulkDecisionAnswer(items: []).wire)))
        driver.press("y", pause: 0)
        #expect(driver.sentence == "2 sent, not confirmed.")
        driver.advance(60_000)
        #expect(driver.server.decided.count == 2)
    }

    @Test("more than a hundred go in several requests, one after the other")
    func batches() {
        let driver = Driver(Self.low(230), size: GridSize(columns: 120, rows: 40))
        driver.advance(3_000)
        driver.press("* a a")
        for _ in 0..<12 { driver.press("pgdn") }
        driver.press("y")
        driver.rest()
        #expect(driver.server.decided.count == 230)
        let requests = driver.server.requests.filter { $0.target == "/v1/decisions" }
        #expect(requests.count == 3)
    }

    @Test("the table may be closed while answers are to come")
    func closed() {
        let driver = Driver(Self.low(2))
        driver.press("* a a")
        driver.line = .deaf
        driver.press("y esc")
        #expect(driver.inbox.overlays.isEmpty)
        driver.line = .good
        driver.advance(60_000)
        #expect(driver.sentence == "2 recorded.")
    }

    @Test("what was typed ahead answers no table, and a held key decides once")
    func typedAhead() {
        let driver = Driver(Self.low(3))
        driver.press("* a")
        driver.press("a y y tab tab enter", pause: 0)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.effects.contains(.flushTypedAhead))
        driver.advance(1_000)
        driver.press("esc esc g a")
        driver.press("y y y y y y", pause: 40)
        #expect(driver.server.decided.count == 3)
    }

    @Test("a table open before a stop is closed after it")
    func suspended() {
        let driver = Driver(Self.low(3))
        driver.press("* a a ctrl-z")
        driver.tell(.resumed)
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.inbox.bulk == nil)
        #expect(driver.inbox.marks.count == 3)
    }
}
