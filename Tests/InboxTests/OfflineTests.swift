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

    @Test("half-done edits are no drafts to be asked about, and unlocking is no connection")
    func nothingToAsk() {
        let driver = Driver([view(1, minutes: 30)])
        driver.press(#"e j enter ctrl-u "50000" enter"#)
        #expect(driver.inbox.outbox.drafts.count == 1)
        down(driver)
        up(driver)
        #expect(!driver.sentence.contains("You are online again"))
        let other = Driver([view(1, minutes: 30), view(2, minutes: 40)])
        down(other)
        other.press("a y")
        up(other)
        // The draft stays, and the history is on the screen.
        other.press("enter H")
        other.press(":")
        other.press(#""lock" enter"#)
        #expect(other.inbox.isLocked)
        other.readToken()
        #expect(!other.inbox.isLocked)
        #expect(!other.sentence.contains("You are online again"), "\(other.sentence)")
    }

    @Test("a question about a draft that is open through an outage is asked once")
    func openThroughAnOutage() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        driver.press("a y")
        up(driver)
        #expect(driver.shows("Send your draft: Approve?"))
        down(driver)
        up(driver)
        #expect(driver.shows("Send your draft: Approve?"))
        driver.press("enter")
        driver.advance(5_000)
        #expect(driver.inbox.overlays.isEmpty, "it stays a draft, as was said")
        #expect(driver.keptDrafts.count == 1 && driver.server.decided.isEmpty)
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

    /// Drafts of an earlier run, in the order of their deadlines.
    private func kept(_ numbers: ClosedRange<Int>) -> [Draft] {
        numbers.map { number in
            let view = view(number, minutes: 30 + number)
            return Draft(
                id: view.id, revision: 1, displayedDigest: displayed(view),
                deadline: view.requirement.deadline, stage: .unsent, verdict: .approve,
                isFullyShown: true, madeAt: noon, key: "key-\(number)")
        }
    }

    @Test("drafts whose rows are not in memory keep no other from being asked about")
    func notLoaded() {
        var server = FakeServer()
        for number in 1...6 { server.put(view(number, minutes: 30 + number)) }
        // The feed has nothing of the first five: they came long ago and are not loaded.
        let cached = CachedInbox(
            rows: [row(6, minutes: 36)], totals: CachedTotals(rows: 6, pending: 6),
            drafts: kept(1...6),
            feed: CachedFeed(cursor: "6", serverTime: noon, answeredAt: noon), me: ada)
        let driver = Driver(server, cached: cached)
        driver.advance(2_000)
        for number in 1...6 {
            #expect(driver.shows("Send your draft: Approve?"), "draft \(number)")
            driver.press("y")
            driver.advance(2_000)
        }
        #expect(driver.server.decided.map(\.id) == (1...6).map { approvalID($0) })
    }

    @Test("views that were put out by others are fetched again for their drafts")
    func putOut() {
        var server = FakeServer()
        for number in 1...100 { server.put(view(number, minutes: 30 + number)) }
        let cached = CachedInbox(drafts: kept(1...2), me: ada)
        let driver = Driver(server, cached: cached)
        driver.advance(2_000)
        #expect(driver.shows("Send your draft: Approve?"))
        // While the first question is open, so much is looked at that the second view is put out.
        for number in 3...90 {
            driver.tell(.viewLoaded(approvalID(number), view(number, minutes: 30 + number)))
        }
        driver.advance(2_000)
        for _ in 1...2 {
            driver.press("y")
            driver.advance(2_000)
        }
        #expect(driver.server.decided.map(\.id) == [approvalID(1), approvalID(2)])
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
