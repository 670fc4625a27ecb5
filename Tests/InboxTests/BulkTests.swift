import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Many are decided together after one look at each of them, and the server's answer is told one by
/// one.
struct BulkTests {
    /// Low risk, with arguments that fit in one line.
    private static func low(_ count: Int) -> [ApproverView] {
        (1...count).map { view($0, summary: "refund \($0)", risk: .low, minutes: 10 + $0) }
    }

    private func title(_ driver: Driver) -> String { driver.inbox.bulkTitle }

    private func outcomes(_ driver: Driver) -> [String] {
        driver.inbox.bulk?.items.compactMap { $0.outcome?.text } ?? []
    }

    @Test("with marks, a shows all of them and one press approves them in one request")
    func approving() {
        let driver = Driver(Self.low(4))
        driver.press("space space space a")
        #expect(title(driver) == "Approve 3 of 3")
        #expect(driver.server.decided.isEmpty)
        driver.press("y")
        #expect(driver.server.decided.map(\.id) == (1...3).map { approvalID($0) })
        #expect(driver.server.decided.allSatisfy { $0.body.fullyShown == true })
        #expect(driver.server.requests.count { $0.target == "/v1/decisions" } == 1)
        #expect(outcomes(driver).allSatisfy { $0.hasPrefix("Recorded: you approved") })
        #expect(driver.sentence == "3 recorded.")
        #expect(driver.inbox.marks.isEmpty)
        #expect(driver.keptDrafts.isEmpty)
        driver.press("esc")
        #expect(driver.inbox.overlays.isEmpty && driver.inbox.bulk == nil)
    }

    @Test("the safe button is the default: tab and enter leave without deciding")
    func safeDefault() {
        let driver = Driver(Self.low(3))
        driver.press("space space a tab enter")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.inbox.marks.count == 2, "what was marked stays marked")
        driver.press("g a tab tab enter")
        #expect(driver.server.decided.count == 2)
    }

    @Test("rejecting many asks one reason, and nothing goes without it")
    func rejecting() {
        let driver = Driver([view(1, risk: .medium), view(2, risk: .low), view(3)])
        driver.press("* a r enter y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Say why"))
        driver.press(#""a test run" enter y"#)
        #expect(driver.server.decided.count == 3)
        #expect(driver.server.decided.allSatisfy { $0.body.comment == "a test run" })
    }

    // MARK: What is left out

    @Test("high risk is never decided with others, whatever is pressed on it")
    func highRisk() {
        let driver = Driver(
            [view(1, risk: .high), view(2, risk: .critical)] + [view(3, risk: .low)])
        driver.press("* a a")
        #expect(title(driver) == "Approve 1 of 3")
        #expect(driver.shows("critical risk is decided one by one."))
        driver.press("G space enter space k space y")
        #expect(driver.server.decided.map(\.id) == [approvalID(3)])
        let rejecting = Driver([view(1, risk: .high), view(2, risk: .low)])
        rejecting.press(#"* a r "no" enter y"#)
        #expect(rejecting.server.decided.map(\.id) == [approvalID(2)])
    }

    @Test("medium risk waits until all of its arguments were opened in the table")
    func mediumRisk() {
        let unseen = Driver(
            [view(1, risk: .medium), view(2, risk: .low)], size: GridSize(columns: 60, rows: 15))
        unseen.press("* a a")
        #expect(title(unseen) == "Approve 1 of 2")
        #expect(unseen.shows("medium risk: enter shows it"))
        unseen.press("enter")
        #expect(title(unseen) == "Approve 2 of 2")
        unseen.press("y")
        #expect(unseen.server.decided.count == 2)
    }

    @Test("what was read in the detail before needs no second look")
    func seenBefore() {
        let driver = Driver([view(1, risk: .medium)])
        driver.press("space a")
        #expect(title(driver) == "Approve 1 of 1")
    }

    @Test("a long value is not on one line: it is opened and read to its end")
    func longValue() {
        let long = String(repeating: "lorem ipsum ", count: 200)
        let driver = Driver(
            [view(1, arguments: ["text": .string(long)], risk: .low)],
            size: GridSize(columns: 60, rows: 15))
        driver.press("space a y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("too long for a line"))
        driver.press("enter y")
        #expect(driver.server.decided.isEmpty, "its end was not on the screen")
        driver.press("pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn y")
        #expect(driver.server.decided.count == 1)
    }

    @Test("what does not fit on the screen is scrolled to before anything is approved")
    func belowTheFold() {
        let driver = Driver(Self.low(12), size: GridSize(columns: 60, rows: 15))
        driver.press("* a a y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("were not on the screen yet"))
        driver.press("pgdn pgdn pgdn pgdn y")
        #expect(driver.server.decided.count == 12)
    }

    @Test("space leaves one out and takes it in again")
    func optingOut() {
        let driver = Driver(Self.low(3))
        driver.press("* a a space")
        #expect(title(driver) == "Approve 2 of 3")
        #expect(driver.shows("left out by you"))
        driver.press("k space k space")
        #expect(title(driver) == "Approve 2 of 3")
        driver.press("y")
        #expect(driver.server.decided.map(\.id) == [approvalID(2), approvalID(3)])
        #expect(driver.inbox.marks.count == 1, "what was left out stays marked")
    }

    @Test("who cannot decide one is told why, and the others go")
    func notMine() {
        var views = Self.low(2)
        views[0].youCanDecide = false
        views[0].whyNot = "It is your own run."
        let driver = Driver(views)
        driver.press("* a a")
        #expect(driver.shows("It is your own run."))
        driver.press("y")
        #expect(driver.server.decided.map(\.id) == [approvalID(2)])
    }

    @Test("what changed since it was marked is looked at and taken in by hand")
    func changed() {
        let driver = Driver(Self.low(2))
        driver.press("* a")
        driver.server.change(1) { $0.arguments = ["amount_cents": 999] }
        driver.news()
        driver.advance(1_000)
        driver.press("a")
        #expect(title(driver) == "Approve 1 of 2")
        #expect(driver.shows("changed since you marked it"))
        driver.press("enter space")
        #expect(title(driver) == "Approve 2 of 2")
        driver.press("y")
        #expect(driver.server.decided.count == 2)
    }

    @Test("what is settled while the table is open leaves the count, and the keys are deaf for it")
    func settledMeanwhile() {
        let driver = Driver(Self.low(3))
        driver.press("* a a")
        driver.server.change(2) { view in
            view.state = .rejected
            view.decisions = [
                DecisionView(verdict: .reject, by: "ben@acme.test", at: noon, revision: 1)
            ]
        }
        driver.news()
        #expect(title(driver) == "Approve 2 of 3")
        #expect(driver.shows("rejected by ben@acme.test"))
        driver.advance(2_000)
        driver.press("y")
        #expect(driver.server.decided.map(\.id) == [approvalID(1), approvalID(3)])
    }

    @Test("one that expires while the table is open is not sent")
    func expiring() {
        var views = Self.low(2)
        views[0].requirement.deadline = noon.adding(seconds: 30)
        let driver = Driver(views)
        driver.press("* a a")
        driver.advance(40_000)
        #expect(title(driver) == "Approve 1 of 2")
        #expect(driver.shows("expired"))
    }

    @Test("own edits go with the approval once they were looked at")
    func edits() {
        let driver = Driver(Self.low(2), size: GridSize(columns: 60, rows: 15))
        driver.press(#"e j enter ctrl-u "50000" enter esc esc * a a"#)
        #expect(title(driver) == "Approve 1 of 2")
        driver.press("enter")
        #expect(driver.shows("50000"))
        driver.press("y")
        let edited = driver.server.decided.first { $0.id == approvalID(1) }
        #expect(edited?.body.edits?.operations.count == 1)
        #expect(driver.server.decided.count == 2)
    }

    // MARK: Views

    @Test("views are fetched a few at a time, and the table says how many are to come")
    func fetching() {
        let driver = Driver(Self.low(40), size: GridSize(columns: 60, rows: 15))
        driver.line = .deaf
        driver.press("* a")
        driver.line = .good
        driver.press("a")
        #expect(driver.inbox.bulk?.coming == 0)
        #expect(title(driver) == "Approve 40 of 40")
    }

    @Test("a view that cannot be fetched is told, and fetched again on request")
    func fetchingFails() {
        let driver = Driver(Self.low(20), size: GridSize(columns: 60, rows: 15))
        driver.server.scripted.append(
            (
                "/v1/approvals/\(approvalID(15))",
                FakeServer.problem(500, "internal", "The server stumbled.")
            ))
        driver.press("* a a")
        driver.advance(5_000)
        #expect(title(driver) == "Approve 19 of 20")
        driver.press("G")
        #expect(driver.shows("The server stumbled."))
        driver.press("ctrl-r")
        driver.advance(5_000)
        #expect(title(driver) == "Approve 20 of 20")
    }
}
