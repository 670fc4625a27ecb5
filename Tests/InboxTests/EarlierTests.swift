import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What was decided on calls like this one stands beside it, fetched only when somebody stays.
struct EarlierTests {
    private func settled(
        _ number: Int, _ state: ApprovalState = .approved, agent: String = "support-bot",
        amount: Int = 4_000, edits: JSONPatch? = nil
    ) -> ApproverView {
        var view = view(
            number, arguments: ["amount_cents": .number(JSONNumber(amount)), "customer_id": "c"],
            agent: agent)
        view.state = state
        view.settledAt = noon.adding(seconds: -7_200)
        view.decisions = [
            DecisionView(
                verdict: state == .approved ? .approve : .reject, by: "ben@acme.test",
                edits: edits, at: noon, revision: 1)
        ]
        return view
    }

    private func requests(_ driver: Driver) -> Int {
        driver.server.requests.count {
            $0.target.hasPrefix("/v1/history") && !$0.target.contains("needs_review")
        }
    }

    @Test("verdict, who, when, edits and what differed are shown; other agents are left out")
    func shown() {
        let edits = JSONPatch([.replace(pointer("/amount_cents"), 4_000)])
        let driver = Driver([
            view(1, risk: .high), settled(2, edits: edits), settled(3, .rejected, amount: 9),
            settled(4, agent: "somebody-else", amount: 77),
        ])
        driver.advance(1_000)
        #expect(driver.shows("Earlier, the same tool and agent"))
        #expect(driver.shows("approved by ben@acme.test 2 h ago"))
        driver.press("enter")
        driver.advance(1_000)
        #expect(driver.shows("with 1 edit:") && driver.shows("amount_cents 4000"))
        #expect(driver.shows("rejected by ben@acme.test 2 h ago") && driver.shows("amount_cents 9"))
        #expect(!driver.shows("77"))
    }

    @Test("nothing is fetched while the cursor passes by, and once for calls that are alike")
    func lazy() {
        let driver = Driver((1...8).map { view($0, risk: .high, minutes: $0) })
        driver.advance(1_000)
        let before = requests(driver)
        #expect(before == 1)
        driver.press("j j j j k k", pause: 50)
        driver.advance(2_000)
        #expect(requests(driver) == before)
        #expect(driver.shows("nothing decided on this tool for this agent"))
    }

    @Test("that it could not be fetched is said")
    func failing() {
        var server = FakeServer()
        server.put(view(1, risk: .high))
        // What is to be looked at again is asked for first.
        for _ in 0..<2 {
            server.scripted.append(
                ("/v1/history", FakeServer.problem(503, "busy", "The server is busy.")))
        }
        let driver = Driver(server)
        driver.advance(1_000)
        #expect(driver.shows("could not be fetched: The server is busy."))
    }
}
