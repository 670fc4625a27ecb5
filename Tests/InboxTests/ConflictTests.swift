import Keymap
import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What others do appears by itself, is explained, and never turns into a decision of mine.
struct ConflictTests {
    private func edited(_ views: [ApproverView] = [view(1)]) -> Driver {
        let driver = Driver(views)
        driver.press(#"e j enter ctrl-u "50000" enter esc"#)
        return driver
    }

    @Test("somebody else decided: the row says who, the question closes, a sentence says it")
    func decidedElsewhere() {
        let driver = Driver([view(1)])
        driver.press("a")
        driver.server.change(1) { view in
            view.state = .rejected
            view.settledAt = driver.now
            view.decisions = [
                DecisionView(verdict: .reject, by: "ben@acme.test", at: noon, revision: 1)
            ]
        }
        driver.news()
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.sentence.contains("rejected by ben@acme.test"))
        #expect(driver.shows("rejected"))
        driver.advance(1_000)
        driver.press("a")
        #expect(driver.sentence.hasPrefix("Nothing to decide"))
    }

    @Test("a cancel by the agent and a gone approval are told")
    func cancelled() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.server.change(1) { $0.state = .cancelled }
        driver.news()
        #expect(driver.sentence.contains("cancelled by the agent"))
        driver.press("j")
        driver.server.feed.append(InboxChange(kind: .gone, id: approvalID(2)))
        driver.news()
        #expect(driver.sentence.contains("no longer yours"))
        #expect(driver.shows("gone"))
    }

    @Test("at zero the row is expired and its keys are inert, in the same frame")
    func expiry() {
        let driver = Driver([view(1, minutes: 1)])
        driver.press("a")
        driver.advance(noon.adding(seconds: 60).since(driver.now) - 1)
        #expect(driver.inbox.overlays.count == 1)
        driver.advance(1)
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.shows("expired"))
        #expect(!driver.text.contains { $0.contains("a approve") })
        driver.rest()
        driver.press("a")
        #expect(driver.sentence.contains("nobody answered in time"))
        #expect(driver.server.decided.isEmpty)
    }

    @Test("a half-done edit is kept when the view changes, and what does not fit is said")
    func rebase() {
        let driver = edited()
        driver.server.change(1) { view in
            view.arguments = ["amount_cents": 999, "customer_id": "cus_91"]
        }
        driver.news()
        #expect(driver.inbox.editors[approvalID(1)]?.patch.isEmpty ?? true)
        #expect(driver.sentence.contains("/amount_cents"))
        let other = edited()
        other.server.change(1) { view in
            view.arguments = ["amount_cents": 184_000, "customer_id": "cus_92"]
        }
        other.news()
        #expect(other.inbox.editors[approvalID(1)]?.patch.operations.count == 1)
        #expect(other.inbox.editors[approvalID(1)]?.revision == 2)
        #expect(other.keptDrafts[approvalID(1)]?.revision == 2)
    }

    @Test("an open question about something that changed closes and nothing is sent")
    func movedWhileAsking() {
        let driver = Driver([view(1)])
        driver.press("a tab")
        driver.server.change(1) { $0.requirement.deadline = noon.adding(seconds: 3_000) }
        driver.news()
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.sentence.contains("It changed while you were deciding"))
        #expect(driver.sentence.contains("later"))
        #expect(driver.server.decided.isEmpty)
    }

    @Test(
        "the server's no is explained, and the edit is not lost",
        arguments: [
            (409, "already-settled", "Not decided by you"), (412, "moved", "It changed"),
            (403, "forbidden", "Not decided"), (410, "past-deadline", "Too late"),
        ] as [(Int, String, String)])
    func refusals(_ status: Int, _ name: String, _ beginning: String) {
        let driver = edited()
        driver.server.scripted.append(
            (
                "/v1/approvals/\(approvalID(1))/decision",
                FakeServer.problem(status, name, "The reason.")
            ))
        driver.press("a y")
        #expect(driver.sentence.hasPrefix(beginning))
        #expect(driver.sentence.contains("The reason. Look again."))
        #expect(driver.inbox.outbox.outgoing.isEmpty)
        #expect(driver.inbox.editors[approvalID(1)]?.patch.operations.count == 1)
    }

    @Test("a refused edit puts the cursor on the place that is wrong")
    func refusedEdit() {
        let driver = edited()
        driver.server.scripted.append(
            (
                "/v1/approvals/\(approvalID(1))/decision",
                FakeServer.problem(
                    422, "edit", "Wrong.",
                    fields: [FieldProblemBody(field: "/amount_cents", detail: "must be odd")])
            ))
        driver.press("a y")
        #expect(driver.sentence.contains("/amount_cents must be odd"))
        #expect(driver.inbox.place == .editor)
        #expect(driver.inbox.editors[approvalID(1)]?.line?.pointer == pointer("/amount_cents"))
    }

    @Test("the fresh view that comes with a refusal is what is on the screen then")
    func freshView() {
        let driver = Driver([view(1)])
        driver.press("a")
        driver.server.views[approvalID(1)]?.revision = 7
        driver.press("y")
        #expect(driver.sentence.hasPrefix("It changed"))
        #expect(driver.inbox.shelf[approvalID(1)]?.view.revision == 7)
        #expect(driver.server.decided.isEmpty)
    }
}
