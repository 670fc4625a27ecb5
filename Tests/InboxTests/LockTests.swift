import Approvals
import Inbox
import InboxViews
import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

/// Goal: who comes to a terminal that was left alone sees nothing of the queue, does nothing in it,
/// and gets in only when the server accepts the token again.
struct LockTests {
    private func driver(
        _ unlocking: InboxSettings.Unlocking = .token, minutes: Int = 15, hours: Int = 12,
        views: [ApproverView] = [view(1, summary: "one"), view(2, summary: "two", risk: .high)]
    ) -> Driver {
        let settings = InboxSettings(
            lockMinutes: minutes, sessionHours: hours, unlocking: unlocking)
        return Driver(views, settings: settings)
    }

    private func minutes(_ count: Int64) -> Int64 { count * 60_000 }

    private func text(_ driver: Driver) -> String { driver.draw().text.joined(separator: "\n") }

    @Test("it locks after the minutes without a key, and shows numbers only")
    func locks() {
        let driver = driver()
        driver.advance(minutes(14))
        #expect(!driver.inbox.isLocked)
        driver.advance(minutes(1))
        #expect(driver.inbox.isLocked)
        let shown = text(driver)
        for word in ["one", "two", "issue_refund", "support-bot", "cus_91", "ada", "finance"] {
            #expect(!shown.contains(word), "\(word) stands on a locked screen")
        }
        #expect(shown.contains("countersign is locked."))
        #expect(shown.contains("2 approvals wait, 1 of high risk."))
        #expect(driver.effects.contains(.redraw), "the old cells must be cleared")
    }

    @Test("a key and the palette lock at once, and what was about to be decided is asked anew")
    func byHand() {
        let driver = driver(minutes: 0, hours: 0)
        driver.press("j a esc L")
        #expect(driver.inbox.isLocked)
        #expect(text(driver).contains("You locked it."))
        driver.press("a y q")
        #expect(driver.server.decided.isEmpty && driver.quitStatus == nil)
        driver.press("enter")
        driver.tell(.tokenRead(nil))
        #expect(!driver.inbox.isLocked)
        driver.advance(2_000)
        driver.press(#": "lock" enter"#)
        #expect(driver.inbox.isLocked)
    }

    @Test("keys keep it open; what the server sends does not")
    func presence() {
        let driver = driver()
        for _ in 0..<4 {
            driver.advance(minutes(10))
            driver.press("j")
        }
        #expect(!driver.inbox.isLocked)
        driver.advance(minutes(10))
        driver.server.put(view(3))
        driver.advance(minutes(6))
        #expect(driver.inbox.isLocked)
    }

    @Test("a key after the pause does nothing, even when no timer came first")
    func lateKey() {
        let driver = driver()
        var inbox = driver.inbox
        let late = driver.now.adding(milliseconds: minutes(16))
        _ = inbox.update(.key(KeyStroke("a")), at: late)
        #expect(inbox.isLocked && inbox.overlays.isEmpty)
    }

    @Test("zero never locks, and asks to be woken for nothing")
    func never() {
        let driver = driver(minutes: 0, hours: 0)
        driver.advance(minutes(60 * 30))
        #expect(!driver.inbox.isLocked)
    }

    @Test("a session ends although somebody types all the time")
    func session() {
        let driver = driver(minutes: 15, hours: 1)
        for _ in 0..<5 {
            driver.advance(minutes(10))
            driver.press("j")
        }
        #expect(!driver.inbox.isLocked)
        driver.advance(minutes(10))
        driver.press("j")
        #expect(driver.inbox.isLocked)
        #expect(text(driver).contains("open for 1 hour."))
    }

    @Test("after a stop that was longer than the pause it is locked")
    func stopped() {
        let driver = driver()
        var inbox = driver.inbox
        _ = inbox.update(.resumed, at: driver.now.adding(milliseconds: minutes(5)))
        #expect(!inbox.isLocked)
        _ = inbox.update(.resumed, at: driver.now.adding(milliseconds: minutes(15)))
        #expect(inbox.isLocked)
    }

    @Test("where it is wanted a stop locks at once, however short it was")
    func locksOnSuspend() {
        var settings = InboxSettings(lockMinutes: 15)
        settings.locksOnSuspend = true
        let driver = Driver([view(1, summary: "one")], settings: settings)
        driver.press("a ctrl-z")
        driver.tell(.resumed)
        #expect(driver.inbox.isLocked)
        #expect(!driver.inbox.overlays.contains { $0.decides })
        let shown = text(driver)
        #expect(shown.contains("was stopped") && !shown.contains("one"))
        driver.press("a y")
        #expect(driver.server.decided.isEmpty)
        driver.readToken()
        #expect(!driver.inbox.isLocked)
    }

    @Test("no key reaches the queue; arguments and drafts stay")
    func deaf() {
        let driver = driver()
        driver.press(#"e j enter ctrl-u "50000" enter"#)
        let edits = driver.inbox.editors.values.map(\.patch)
        #expect(edits.contains { !$0.isEmpty })
        driver.advance(minutes(15))
        let overlays = driver.inbox.overlays.count
        driver.press("esc a y r R j k ? : q /")
        #expect(driver.inbox.isLocked && driver.inbox.overlays.count == overlays)
        #expect(driver.server.decided.isEmpty && driver.quitStatus == nil)
        #expect(driver.inbox.editors.values.map(\.patch) == edits)
        #expect(!driver.keptDrafts.isEmpty, "half-done work is kept before the screen is cleared")
    }

    @Test("a revealed value and a question about to be answered do not survive the lock")
    func dialogs() {
        let driver = driver()
        driver.press("a")
        #expect(driver.inbox.overlays.contains { $0.decides })
        driver.advance(minutes(15))
        #expect(!driver.inbox.overlays.contains { $0.decides })
    }

    @Test("enter reads the token again, and the server's word opens")
    func unlocks() {
        let driver = driver()
        driver.advance(minutes(15))
        driver.press("enter")
        #expect(driver.effects.contains(.readToken(passphrase: "")))
        #expect(driver.inbox.isLocked, "reading the token alone opens nothing")
        driver.tell(.tokenRead(nil))
        #expect(!driver.inbox.isLocked)
        #expect(text(driver).contains("issue_refund"))
        driver.press("a", pause: 0)
        #expect(driver.inbox.overlays.isEmpty, "what was typed on the way in decides nothing")
    }

    @Test("without a connection it stays locked, and that is no wrong attempt")
    func offline() {
        let driver = driver()
        driver.advance(minutes(15))
        driver.line = .down
        for _ in 0..<5 {
            driver.press("enter")
            driver.tell(.tokenRead(nil))
        }
        #expect(driver.inbox.isLocked && driver.quitStatus == nil)
        #expect(text(driver).contains("cannot be reached"))
        driver.line = .good
        driver.press("enter")
        driver.tell(.tokenRead(nil))
        #expect(!driver.inbox.isLocked)
    }

    @Test("a passphrase is typed unseen and handed over once")
    func passphrase() {
        let driver = driver(.passphrase)
        driver.advance(minutes(15))
        driver.press("enter")
        #expect(!driver.effects.contains { if case .readToken = $0 { true } else { false } })
        driver.press(#""correct horse""#)
        let shown = text(driver)
        #expect(!shown.contains("correct") && shown.contains("*************"))
        driver.press("enter")
        #expect(driver.effects.contains(.readToken(passphrase: "correct horse")))
        #expect(driver.inbox.lock.field.isEmpty)
    }

    @Test("three wrong attempts remove everything and end the program")
    func wrong() {
        let driver = driver(.passphrase)
        driver.advance(minutes(15))
        for attempt in 1...3 {
            #expect(driver.quitStatus == nil, "attempt \(attempt)")
            driver.press(#""guess" enter"#)
            driver.tell(.tokenRead(TokenRefusal("That is not it.", isWrong: true)))
        }
        #expect(driver.quitStatus == 77)
        #expect(driver.effects.contains(.wipeCopy))
        #expect(driver.inbox.queue.list.isEmpty && driver.inbox.editors.isEmpty)
    }

    @Test("a server that refuses the token counts as a wrong attempt; a proxy's page does not")
    func refused() {
        let driver = driver()
        driver.advance(minutes(15))
        let page = HTTPResponse(status: 401, body: Array("<html>log in</html>".utf8))
        for _ in 0..<4 {
            driver.server.scripted.append(("/v1/me", page))
            driver.press("enter")
            driver.tell(.tokenRead(nil))
        }
        #expect(driver.inbox.isLocked && driver.quitStatus == nil)
        for _ in 0..<3 {
            driver.server.scripted.append(
                ("/v1/me", FakeServer.problem(401, "unauthenticated", "No valid token.")))
            driver.press("enter")
            driver.tell(.tokenRead(nil))
        }
        #expect(driver.quitStatus == 77)
    }

    @Test("while it is locked the queue goes on and the bell rings for what is grave")
    func bell() {
        let driver = driver()
        driver.advance(minutes(15))
        driver.server.put(view(9, summary: "grave", risk: .critical))
        driver.advance(minutes(1))
        #expect(driver.effects.contains(.bell))
        #expect(text(driver).contains("3 approvals wait, 2 of high risk."))
        #expect(!text(driver).contains("grave"))
    }

    @Test("the mouse does nothing behind the lock")
    func mouse() {
        let driver = driver()
        driver.advance(minutes(15))
        let before = driver.inbox.queue.index
        driver.tell(.mouse(MouseEvent(.press, column: 5, row: 4)))
        #expect(driver.inbox.isLocked && driver.inbox.queue.index == before)
    }

    @Test("ctrl-c leaves a locked inbox")
    func leaves() {
        let driver = driver()
        driver.advance(minutes(15))
        driver.press("ctrl-c")
        #expect(driver.quitStatus == 0)
    }
}

/// Goal: what is kept here goes when the control plane itself says that the token is not valid, and
/// for nothing less.
struct RevokedTokenTests {
    private static let refusal = FakeServer.problem(401, "unauthenticated", "No valid token.")

    private func refuse(_ driver: Driver, _ response: HTTPResponse, times: Int) {
        for _ in 0..<times {
            driver.server.scripted += [("/v1/me", response), ("/v1/inbox", response)]
        }
        driver.press("ctrl-r")
        driver.advance(1_000)
    }

    @Test("a refusal that is confirmed removes everything")
    func revoked() {
        let driver = Driver([view(1)])
        refuse(driver, Self.refusal, times: 3)
        #expect(driver.effects.contains(.wipeCopy))
        #expect(driver.inbox.queue.list.isEmpty)
        #expect(driver.draw().text.joined().contains("was removed"))
    }

    @Test(arguments: ["a page of a proxy", "another problem", "a refusal taken back"])
    func notRevoked(_ what: String) {
        let driver = Driver([view(1)])
        switch what {
        case "a page of a proxy":
            let page = HTTPResponse(status: 401, body: Array("<html>log in</html>".utf8))
            refuse(driver, page, times: 3)
        case "another problem":
            refuse(driver, FakeServer.problem(403, "forbidden", "Not yours."), times: 3)
        default:
            driver.server.scripted.append(("/v1/inbox", Self.refusal))
            driver.press("ctrl-r")
            driver.advance(60_000)
        }
        #expect(!driver.effects.contains(.wipeCopy))
        #expect(!driver.inbox.queue.list.isEmpty)
    }
}

/// Goal: a row that the server has not stood behind in this run says how old it is.
struct RowAgeTests {
    private var cached: CachedInbox {
        CachedInbox(
            rows: [row(1, summary: "old one"), row(2, summary: "old two")],
            totals: CachedTotals(rows: 2, pending: 2, pendingHigh: 0),
            feed: CachedFeed(
                cursor: "0", serverTime: noon.adding(seconds: -300),
                answeredAt: noon.adding(seconds: -300)))
    }

    @Test("offline, rows of an earlier run say their age, and it grows")
    func offline() {
        let driver = Driver(cached: cached, line: .down)
        #expect(driver.draw().text.joined().contains("[as of 5 min ago]"))
        driver.advance(120_000)
        #expect(driver.draw().text.joined().contains("[as of 7 min ago]"))
    }

    @Test("once everything was fetched no row says it")
    func online() {
        let driver = Driver(cached: cached)
        #expect(!driver.draw().text.joined().contains("[as of"))
    }

    @Test("a server that says nothing: the age comes after a second, not in the first frame")
    func silent() {
        var inbox = Inbox(settings: InboxSettings(), seed: 1)
        _ = inbox.update(.resized(GridSize(columns: 120, rows: 40)), at: noon)
        _ = inbox.update(.started(cached), at: noon)
        let first = inboxFrame(inbox, size: inbox.size).text.joined()
        #expect(first.contains("old one") && !first.contains("[as of"))
        let later = noon.adding(seconds: 1)
        _ = inbox.update(.woke, at: later)
        #expect(inboxFrame(inbox, size: inbox.size).text.joined().contains("[as of 5 min ago]"))
    }
}
