import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Nothing is said to be sent that was not, and nothing is sent by itself.
struct OfflineTests {
    private func down(_ driver: Driver) {
        driver.line = .down
        driver.advance(25_000)
    }

    private func up(_ driver: Driver) {
        driver.line = .good
        driver.advance(40_000)
    }

    @Test("a decision made offline is a draft; it is shown again and only then sent")
    func draft() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        #expect(driver.shows("OFFLINE"))
        driver.press("a")
        #expect(driver.shows("this becomes a draft"))
        driver.press("y")
        #expect(driver.sentence.contains("nothing was sent"))
        #expect(driver.shows("draft: approve, not sent"))
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
        #expect(driver.server.decided.isEmpty)
        up(driver)
        #expect(driver.server.decided.isEmpty, "nothing goes out by itself")
        #expect(driver.shows("Send your draft: Approve?"))
        driver.press("y")
        #expect(driver.server.decided.count == 1)
        #expect(driver.sentence.hasPrefix("Recorded"))
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("behind an open diff the way back to the question about the draft is said")
    func draftBehindDiff() {
        let driver = Driver([view(1, minutes: 30)])
        driver.press(#"e j enter ctrl-u "50000" enter esc d"#)
        down(driver)
        driver.press("a y")
        #expect(driver.sentence.contains("You are offline"))
        up(driver)
        #expect(
            driver.sentence == "You are online again: go back to the queue to be asked "
                + "about your draft.")
        #expect(driver.server.decided.isEmpty)
        driver.press("esc")
        driver.advance(2_000)
        #expect(driver.shows("Send your draft: Approve with 1 edit?"))
    }

    @Test("a draft may stay or be thrown away")
    func keepOrDiscard() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        driver.press("a y")
        up(driver)
        driver.press("enter")
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.keptDrafts.count == 1)
        driver.press("a tab enter")
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.server.decided.isEmpty)
    }

    @Test(
        "a draft is void when anything moved",
        arguments: [
            "it changed since you decided", "expired", "cancelled by the agent",
        ])
    func void(_ reason: String) {
        let driver = Driver([view(1, minutes: reason == "expired" ? 1 : 30)])
        down(driver)
        driver.press("a y")
        driver.server.change(1) { view in
            switch reason {
            case "expired":
                view.state = .expired
                view.settledAt = view.requirement.deadline
            case "cancelled by the agent": view.state = .cancelled
            case _: view.requirement.quorum = 2
            }
        }
        up(driver)
        #expect(driver.sentence.contains("is void and was not sent"))
        #expect(driver.sentence.contains(reason))
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.server.decided.isEmpty)
    }

    @Test("after a restart the kept queue is shown with its age, and the draft is asked again")
    func restart() {
        let before = Driver([view(1, minutes: 30), view(2, minutes: 60)])
        down(before)
        before.press("a y")
        let cached = CachedInbox(
            rows: [row(1, minutes: 30), row(2, minutes: 60)],
            totals: CachedTotals(rows: 2, pending: 2),
            views: [view(1, minutes: 30)], drafts: Array(before.keptDrafts.values),
            feed: CachedFeed(cursor: "2", serverTime: noon, answeredAt: noon), me: ada)
        let driver = Driver(
            before.server, cached: cached, line: .down, at: noon.adding(seconds: 300))
        #expect(driver.shows("OFFLINE, as of 5 min ago"))
        #expect(driver.shows("issue_refund"))
        #expect(driver.shows("amount_cents"))
        #expect(driver.shows("draft: approve, not sent"))
        driver.press("j k")
        up(driver)
        #expect(driver.shows("Send your draft"))
        #expect(driver.server.decided.isEmpty)
        driver.press("y")
        #expect(driver.server.decided.count == 1)
    }

    @Test("a lost answer is “sent, not confirmed”, and the same key asks until it is known")
    func lostAnswer() {
        let driver = Driver([view(1, minutes: 30)])
        driver.press("a")
        driver.line = .deaf
        driver.press("y")
        #expect(driver.sentence.hasPrefix("Sent, not confirmed"))
        #expect(driver.shows("sent, not confirmed: approve"))
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .sent)
        driver.advance(1_000)
        driver.press("a")
        #expect(driver.sentence.contains("on its way"))
        up(driver)
        #expect(driver.sentence.hasPrefix("Recorded"))
        #expect(driver.server.decided.count == 1)
        let keys = driver.server.requests.compactMap { $0.headers["idempotency-key"] }
        #expect(keys.count > 1)
        #expect(Set(keys).count == 1)
    }

    @Test("a busy server is asked again when it says, and nothing is decided twice")
    func busy() {
        let driver = Driver([view(1, minutes: 30)])
        driver.server.scripted.append(
            (
                "/v1/approvals/\(approvalID(1))/decision",
                FakeServer.problem(503, "busy", "Too much to do.", headers: ["retry-after": "7"])
            ))
        driver.press("a y")
        let asked = driver.server.requests.count
        driver.advance(6_000)
        #expect(!driver.server.requests.dropFirst(asked).contains { $0.method == .post })
        driver.advance(2_000)
        #expect(driver.sentence.hasPrefix("Recorded"))
        #expect(driver.server.decided.count == 1)
    }

    @Test("a decision that an ended program sent is looked up, not sent again")
    func sentByAnEarlierRun() {
        let before = Driver([view(1, minutes: 30)])
        before.press("a")
        before.line = .deaf
        before.press("y")
        let cached = CachedInbox(
            drafts: Array(before.keptDrafts.values),
            feed: CachedFeed(cursor: "1", serverTime: noon, answeredAt: noon), me: ada)
        let driver = Driver(before.server, cached: cached, at: before.now)
        driver.rest()
        #expect(driver.sentence.contains("had arrived: approve"))
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.server.decided.count == 1)
    }

    @Test("a decision that an ended program sent, and that did not arrive, is asked again")
    func lostByAnEarlierRun() {
        var server = FakeServer()
        server.put(view(1, minutes: 30))
        let draft = Draft(
            id: approvalID(1), revision: 1, displayedDigest: displayed(view(1, minutes: 30)),
            deadline: view(1, minutes: 30).requirement.deadline, stage: .sent, verdict: .approve,
            isFullyShown: true, madeAt: noon, key: "the-key")
        let driver = Driver(server, cached: CachedInbox(drafts: [draft], me: ada))
        #expect(driver.shows("Send your draft: Approve?"))
        #expect(driver.shows("it did not reach the server"))
        driver.press("y")
        #expect(driver.server.decided.count == 1)
        #expect(driver.server.requests.compactMap { $0.headers["idempotency-key"] } == ["the-key"])
    }

    @Test("leaving with something not acknowledged asks first, and loses nothing")
    func leaving() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        driver.press("a y q")
        #expect(driver.quitStatus == nil)
        #expect(driver.shows("not acknowledged"))
        driver.press("tab enter")
        #expect(driver.quitStatus == 0)
        #expect(driver.keptDrafts.count == 1)
    }

    @Test("being told to stop is obeyed at once, and a half-done edit is kept")
    func stop() {
        let driver = Driver([view(1, minutes: 30)])
        driver.press(#"e j enter ctrl-u "5" enter"#)
        driver.tell(.stopRequested)
        #expect(driver.quitStatus == 0)
        #expect(driver.keptDrafts[approvalID(1)]?.edits.operations.count == 1)
    }

    @Test("after a stop and going on, an open question is closed")
    func resumed() {
        let driver = Driver([view(1)])
        driver.press("a ctrl-z")
        #expect(driver.effects.contains(.suspend))
        driver.tell(.resumed)
        #expect(driver.inbox.overlays.isEmpty)
    }

    @Test("a revealed value is shown for half a minute, and is in nothing that is kept")
    func reveal() {
        let hidden = view(
            1, arguments: json(#"{"iban": {"$redacted": "r1"}}"#),
            redacted: [RedactedBody(pointer: "/iban", handle: "r1", kind: "string")])
        let driver = Driver([hidden])
        driver.press("enter")
        while driver.inbox.detailLine?.pointer != pointer("/iban") { driver.press("j") }
        driver.press(#"p "must call the bank" enter tab enter"#)
        #expect(driver.shows("the hidden value"))
        driver.advance(29_000)
        #expect(driver.shows("the hidden value"))
        driver.advance(2_000)
        #expect(!driver.shows("the hidden value"))
        #expect(!"\(driver.saved)".contains("the hidden value"))
        #expect(!"\(driver.inbox)".contains("the hidden value"))
    }
}
