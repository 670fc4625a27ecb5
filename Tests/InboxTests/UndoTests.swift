import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// With an undo window nothing is sent before it ended, and never anything but what was confirmed.
struct UndoTests {
    private let settings = InboxSettings(undoSeconds: 5)

    private func driver(_ views: [ApproverView] = [view(1), view(2, minutes: 20)]) -> Driver {
        Driver(views, settings: settings)
    }

    @Test("the decision stays here, the line counts down, and then it is sent")
    func window() {
        let driver = driver()
        driver.press("a y", pause: 300)
        #expect(driver.shows("Approving issue_refund in 5 s - u takes it back."))
        #expect(driver.server.decided.isEmpty)
        driver.advance(2_000)
        #expect(driver.shows("in 3 s"))
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
        driver.advance(3_000)
        #expect(driver.server.decided.count == 1)
        #expect(driver.sentence.hasPrefix("Recorded: you approved"))
        #expect(!driver.shows("takes it back"))
    }

    @Test("the dialog says how long it can be taken back, or that it cannot")
    func dialog() {
        let driver = driver()
        driver.press("a")
        #expect(driver.shows("sent after 5 s; until then u takes it back"))
        let plain = Driver([view(1)])
        plain.press("a")
        #expect(plain.shows("It cannot be undone."))
    }

    @Test("u takes it back: nothing is sent, and an edit is not lost")
    func takingBack() {
        let driver = driver()
        driver.press(#"e j enter ctrl-u "50000" enter esc a y u"#)
        #expect(driver.sentence == "Your decision was taken back; nothing was sent.")
        driver.advance(20_000)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.inbox.editors[approvalID(1)]?.patch.operations.count == 1)
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .editing)
        driver.press("u")
        #expect(driver.sentence == "There is nothing to take back.")
    }

    @Test("each decision has its own window, and u takes the last back")
    func several() {
        let driver = driver()
        driver.press("a y j a y")
        driver.press("u", pause: 0)
        driver.advance(10_000)
        #expect(driver.server.decided.map(\.id) == [approvalID(1)])
    }

    @Test("it never fires after the approval changed")
    func changed() {
        let driver = driver()
        driver.press("a y")
        driver.server.change(1) { $0.risk = .high }
        driver.news()
        #expect(driver.sentence.contains("void and was not sent: it changed since you decided"))
        driver.advance(10_000)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("it never fires after the approval was settled by somebody else")
    func settled() {
        let driver = driver()
        driver.press("a y")
        driver.server.change(1) { $0.state = .rejected }
        driver.news()
        driver.advance(10_000)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.server.requests.allSatisfy { !$0.target.hasSuffix("/decision") })
    }

    @Test("a lost connection keeps it as a draft and says so")
    func offline() {
        let driver = driver()
        driver.press("a y")
        driver.line = .down
        driver.press("ctrl-r")
        #expect(driver.sentence.contains("the connection was lost"))
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
        driver.advance(10_000)
        #expect(driver.server.decided.isEmpty)
        driver.line = .good
        driver.advance(60_000)
        #expect(driver.shows("Send your draft"), "it is asked again")
        #expect(driver.server.decided.isEmpty)
    }

    @Test("leaving asks, and what was not sent stays a draft")
    func leaving() {
        let driver = driver()
        driver.press("a y q")
        #expect(driver.shows("not sent"))
        driver.press("y")
        #expect(driver.quitStatus == 0)
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
        #expect(driver.server.decided.isEmpty)
    }

    @Test("a stop keeps it as a draft: nothing is sent behind anybody's back")
    func suspended() {
        let driver = driver()
        driver.press("a y ctrl-z")
        driver.advance(60_000)
        driver.tell(.resumed)
        driver.rest()
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Send your draft"))
    }

    @Test("many are taken back together, and are marked again")
    func many() {
        let views = (1...3).map { view($0, risk: .low, minutes: 10 + $0) }
        let driver = driver(views)
        driver.press("* a a y")
        #expect(driver.shows("takes them back"))
        driver.press("u")
        #expect(driver.inbox.bulk?.phase == .review)
        #expect(driver.inbox.marks.count == 3)
        #expect(driver.keptDrafts.isEmpty)
        driver.press("y")
        driver.advance(6_000)
        #expect(driver.server.decided.count == 3)
    }

    @Test("seconds outside of 0 to 30 are not taken")
    func bounds() {
        #expect(InboxSettings(undoSeconds: 90).undoSeconds == 30)
        #expect(InboxSettings(undoSeconds: -1).undoSeconds == 0)
    }
}

/// A reason is typed, or chosen from the settings.
struct ReasonTests {
    private let settings = InboxSettings(
        rejectReasons: ["Twice already", "Ask the customer first", "Wrong amount"])

    @Test("a digit chooses a reason and leads to the safe button")
    func digits() {
        let driver = Driver([view(1)], settings: settings)
        driver.press("r")
        #expect(driver.shows("2 Ask the customer first"))
        driver.press("2 enter")
        #expect(driver.server.decided.isEmpty, "the safe button is highlighted")
        driver.press("r 2 y")
        #expect(driver.server.decided.first?.body.comment == "Ask the customer first")
    }

    @Test("the arrows go through the reasons, and one can be finished by hand")
    func arrows() {
        let driver = Driver([view(1)], settings: settings)
        driver.press(#"r down down down up " today" enter y"#)
        #expect(driver.server.decided.first?.body.comment == "Ask the customer first today")
    }

    @Test("what is typed leaves the reasons that hold it, and the arrows complete it")
    func completion() {
        let driver = Driver([view(1)], settings: settings)
        driver.press(#"r "wrong""#)
        #expect(driver.shows("3 Wrong amount") && !driver.shows("Twice already"))
        driver.press("down")
        #expect(driver.shows("Wrong amount"))
        driver.press("down enter y")
        #expect(driver.server.decided.first?.body.comment == "wrong", "and back to what was typed")
        let other = Driver([view(1)], settings: settings)
        other.press(#"r "CUSTOMER" up enter y"#)
        #expect(other.server.decided.first?.body.comment == "Ask the customer first")
        let none = Driver([view(1)], settings: settings)
        none.press(#"r "no such" down enter y"#)
        #expect(none.server.decided.first?.body.comment == "no such", "nothing typed is lost")
    }

    @Test("a digit in a text that was begun is only a digit")
    func freeText() {
        let driver = Driver([view(1)], settings: settings)
        driver.press(#"r "in 2 parts" ctrl-u "2 of 3" enter y"#)
        #expect(driver.server.decided.first?.body.comment == "2 of 3")
    }

    @Test("many are rejected with a chosen reason")
    func many() {
        let driver = Driver([view(1), view(2)], settings: settings)
        driver.press("* a r 3 y")
        #expect(driver.server.decided.map(\.body.comment) == ["Wrong amount", "Wrong amount"])
    }
}
