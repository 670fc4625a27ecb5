import Approvals
import InboxViews
import JSONTree
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Goal: whatever comes between what was shown and the key that answers it, what is sent is what
/// was on the screen, and nothing that was promised not to be sent is.
@Suite struct SentAsShownTests {
    private func down(_ driver: Driver) {
        driver.line = .down
        driver.advance(130_000)
    }

    private func up(_ driver: Driver) {
        driver.line = .good
        driver.advance(130_000)
    }

    @Test("a question that promised a draft makes one, although the line came back under it")
    func lineCameBack() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        driver.press("a")
        #expect(driver.shows("this becomes a draft, nothing is sent"))
        up(driver)
        #expect(driver.inbox.poller.isOnline)
        #expect(driver.shows("this becomes a draft, nothing is sent"))
        driver.press("y", pause: 0)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
        driver.rest()
        #expect(driver.shows("Send your draft: Approve?"))
        driver.advance(1_000)
        driver.press("y")
        #expect(driver.server.decided.count == 1)
    }

    @Test("a table that said drafts sends nothing in the moment in which the line comes back")
    func tableWhenTheLineComesBack() {
        let driver = Driver((1...2).map { view($0, risk: .low, minutes: 30 + $0) })
        down(driver)
        driver.press("* a a")
        #expect(driver.shows("these become drafts"))
        driver.line = .good
        var waited = 0
        while !driver.inbox.poller.isOnline, waited < 1_300 {
            driver.advance(100)
            waited += 1
        }
        #expect(driver.inbox.poller.isOnline)
        driver.press("y", pause: 0)
        #expect(driver.server.decided.isEmpty)
        driver.advance(2_000)
        #expect(!driver.shows("these become drafts"))
        driver.press("y")
        #expect(driver.server.decided.count == 2)
    }

    @Test("drafts beyond what is kept in memory are all shown again, the first to end first")
    func manyDrafts() {
        let count = ViewShelf.viewsMax + 20
        var server = FakeServer()
        let views = (1...count).map { view($0, risk: .low, minutes: 400 - $0) }
        for view in views { server.put(view) }
        let drafts = views.map { view in
            Draft(
                id: view.id, revision: 1, displayedDigest: displayed(view),
                deadline: view.requirement.deadline, stage: .unsent, verdict: .reject,
                comment: "a test",
                isFullyShown: true, madeAt: noon, key: "key-\(view.id)")
        }
        let driver = Driver(server, cached: CachedInbox(drafts: drafts, me: ada))
        driver.advance(2_000)
        #expect(driver.shows("\(count - 1) more follow."))
        var asked: [ApprovalID] = []
        for _ in 0..<(count + 5) {
            guard case .decision(let dialog) = driver.inbox.overlays.last else { break }
            asked.append(dialog.view.id)
            driver.press("y", pause: 1_500)
        }
        #expect(asked == views.map(\.id).reversed())
        #expect(driver.server.decided.count == count)
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("a draft is shown again beside what the server says now, never beside what was known")
    func oldView() {
        let driver = Driver([view(1, minutes: 30)])
        down(driver)
        driver.press("a y")
        driver.server.views[approvalID(1)]?.risk = .critical
        driver.server.views[approvalID(1)]?.revision = 2
        driver.line = .good
        var titles: Set<String> = []
        for _ in 0..<600 {
            driver.advance(100)
            if case .decision(let dialog) = driver.inbox.overlays.last {
                titles.insert("rev \(dialog.view.revision)")
            }
        }
        #expect(titles.isEmpty)
        #expect(driver.sentence.contains("is void and was not sent"))
    }

    @Test("a draft that a filter hides is shown again all the same")
    func filtered() {
        let driver = Driver([view(1, minutes: 30), view(2, tool: "send_mail", minutes: 40)])
        down(driver)
        driver.press(#"a y / "send" enter"#)
        #expect(driver.inbox.queue.list.count == 1)
        up(driver)
        #expect(driver.shows("Send your draft: Approve?"))
        #expect(driver.inbox.subject == approvalID(1))
    }

    @Test("a code that was typed for one press goes with no later one")
    func staleCode() {
        var grave = view(1)
        grave.stepUp = .required
        let driver = Driver([grave], settings: InboxSettings(undoSeconds: 5))
        driver.press(#"a "123456" tab tab enter"#)
        #expect(!driver.inbox.outbox.codes.isEmpty)
        driver.press("ctrl-z")
        #expect(driver.inbox.outbox.codes.isEmpty)
        #expect(driver.keptDrafts.count == 1)
    }

    @Test("what came due while an outside editor had the screen is not sent behind one's back")
    func editorOverHolding() {
        let driver = Driver(
            [view(1), view(2, minutes: 20)], settings: InboxSettings(undoSeconds: 5))
        driver.press("a y j", pause: 300)
        driver.press("E", pause: 0)
        driver.wait(60_000)
        driver.tell(.editorReturned(.failure(EditorFailure("Nothing changed."))))
        driver.draw()
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("in 5 s"))
        driver.press("esc u")
        driver.advance(20_000)
        #expect(driver.server.decided.isEmpty)
    }

    @Test("an answer about another approval confirms nothing")
    func otherAnswer() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        var other = view(2)
        other.state = .approved
        driver.server.scripted.append(
            ("/v1/approvals/\(approvalID(1))/decision", FakeServer.ok(other.wire)))
        driver.press("a")
        driver.press("y", pause: 0)
        #expect(driver.sentence.hasPrefix("Sent, not confirmed"))
        driver.advance(60_000)
        #expect(driver.sentence.hasPrefix("Recorded"))
        #expect(driver.server.decided.count == 1)
    }

    @Test("another person's token leaves nothing of the first one's, history included")
    func otherPerson() {
        var settled = view(1)
        settled.state = .approved
        let driver = Driver([settled, view(2)])
        driver.press("H")
        #expect(!driver.inbox.history.rows.isEmpty)
        driver.server.me.id = "019a0000-0000-7000-8000-00000000be60"
        driver.server.views = [:]
        driver.server.feed = []
        driver.line = .down
        driver.advance(60_000)
        driver.line = .good
        driver.advance(60_000)
        #expect(driver.sentence.contains("another person's"))
        #expect(driver.inbox.history.rows.isEmpty)
    }

    @Test("the table shows what an edit makes of the arguments, because that is what is sent")
    func editInTable() {
        let driver = Driver([view(1, risk: .low), view(2, risk: .low, minutes: 20)])
        driver.press(#"e j enter ctrl-u "50000" enter esc esc"#)
        driver.press("* a a")
        #expect(driver.shows("1 edit of yours"))
        #expect(driver.text.contains { $0.contains("amount_cents 50000") })
        driver.press("y")
        #expect(driver.server.decided.count == 2)
        #expect(driver.server.decided.first?.body.edits?.operations.count == 1)
    }

    // MARK: Frames

    @Test("what counts as seen is what stood on the frame, at its size and at its time")
    func painting() {
        let long: JSONValue = .object(
            JSONObject((1...30).map { ("field_\($0)", .string("value \($0)")) }))
        let driver = Driver([view(1, arguments: long)], size: GridSize(columns: 120, rows: 12))
        let inbox = driver.inbox
        let known = inbox.shelf[approvalID(1)].unsafelyKnown
        let before = inbox.seen.count(of: known)
        let small = GridSize(columns: 120, rows: 10)
        let painting = InboxPainting(inbox, size: small, over: nil, at: driver.now)
        #expect(painting.frame.size == small)
        #expect(painting.inbox.size == small)
        #expect(painting.inbox.seen.count(of: known) == before)
        let tall = GridSize(columns: 120, rows: 60)
        let whole = InboxPainting(inbox, size: tall, over: nil, at: driver.now)
        #expect(whole.inbox.seen.isComplete(known))
        #expect(whole.frame.text.contains { $0.contains("value 30") })
    }

    @Test("a detail that was left out of a frame was not seen by it")
    func restingPainting() {
        let driver = Driver(
            [view(1), view(2, minutes: 20)], settings: InboxSettings(isLowBandwidth: true))
        let shown = driver.draw()
        driver.press("j", pause: 0)
        let known = driver.inbox.shelf[approvalID(2)].map { $0 }
        let early = InboxPainting(
            driver.inbox, size: driver.inbox.size, over: shown, at: driver.now)
        #expect(early.frame.text.contains { $0.contains("the selected one follows") })
        if let known { #expect(early.inbox.seen.count(of: known) == 0) }
        let late = InboxPainting(
            driver.inbox, size: driver.inbox.size, over: shown,
            at: driver.now.adding(milliseconds: 400))
        #expect(!late.frame.text.contains { $0.contains("the selected one follows") })
    }
}
