import Approvals
import Inbox
import InboxViews
import Testing
import WireAPI

/// Goal: what one person decided is never sent under another person's token, and nobody is left to
/// believe that it was decided.
struct TokenHolderTests {
    private var ben: MeAnswer {
        var me = ada
        me.id = "member-ben"
        me.name = "ben@acme.test"
        return me
    }

    /// Ada approved, the answer was lost, and the server takes her token no longer.
    private func doubting(seconds: Int64 = 0) -> Driver {
        let driver = Driver([view(1, minutes: 600)])
        driver.press("a")
        driver.line = .deaf
        driver.press("y", pause: 0)
        #expect(driver.shows("sent, not confirmed: approve"))
        driver.line = .good
        return driver
    }

    private func decisions(_ driver: Driver) -> [HTTPRequest] {
        driver.server.requests.filter { $0.method == .post }
    }

    private func refuse(_ driver: Driver, times: Int = 2) {
        let page = HTTPResponse(status: 401, body: Array("<html>log in</html>".utf8))
        for _ in 0..<times {
            driver.server.scripted += [("/v1/inbox", page), ("/v1/approvals", page)]
        }
    }

    @Test("another person's token: the decision is not asked again, and who it needs is said")
    func another() {
        let driver = doubting()
        let sent = decisions(driver).count
        driver.nextPeople = [ben]
        driver.readToken()
        driver.advance(120_000)
        #expect(decisions(driver).count == sent, "nothing of ada's goes out under ben's token")
        #expect(driver.sentence.contains("This token is another person's"))
        #expect(driver.sentence.contains("ada@acme.test must log in"))
        #expect(driver.shows("1 not confirmed"))
        #expect(driver.keptDrafts.isEmpty, "nothing of hers stays in his copy")
        driver.press("q tab enter")
        #expect(driver.quitStatus == 0)
        #expect(
            driver.effects.contains {
                if case .farewell(let text) = $0 { text.contains("ada@acme.test") } else { false }
            })
    }

    @Test("nothing is sent before the server said whose token it is, however long that takes")
    func unanswered() {
        let driver = doubting()
        let sent = decisions(driver).count
        driver.nextPeople = [ben]
        for _ in 0..<20 {
            driver.server.scripted.append(
                ("/v1/me", FakeServer.problem(503, "busy", "Too much to do.")))
        }
        let asked = driver.server.requests.count
        driver.readToken()
        driver.advance(30_000)
        #expect(decisions(driver).count == sent)
        let targets = driver.server.requests.dropFirst(asked).map(\.target)
        #expect(targets.allSatisfy { $0 == "/v1/me" }, "\(targets)")
        #expect(targets.count > 1, "it is asked again by itself")
        driver.server.scripted = []
        driver.advance(400_000)
        #expect(decisions(driver).count == sent)
        #expect(driver.shows("OFFLINE") == false && driver.shows("1 not confirmed"))
    }

    @Test("a fresh token of the same person: it is asked again with its key and counts once")
    func same() {
        let driver = doubting()
        driver.nextPeople = [ada]
        driver.readToken()
        driver.advance(60_000)
        #expect(driver.sentence.hasPrefix("Recorded"))
        #expect(driver.server.decided.count == 1)
        #expect(Set(decisions(driver).compactMap { $0.headers["idempotency-key"] }).count == 1)
    }

    @Test("whoever decided comes back: the decision is asked again then")
    func back() {
        let driver = doubting()
        driver.nextPeople = [ben, ada]
        driver.readToken()
        driver.advance(5_000)
        let sent = decisions(driver).count
        driver.readToken()
        driver.advance(60_000)
        #expect(decisions(driver).count == sent + 1)
        #expect(driver.server.decided.count == 1)
        #expect(!driver.shows("not confirmed"))
    }

    @Test("behind the lock too")
    func locked() {
        let driver = doubting()
        let sent = decisions(driver).count
        driver.press("L")
        let before = decisions(driver).count
        driver.nextPeople = [ben]
        for _ in 0..<3 {
            driver.server.scripted.append(
                ("/v1/me", FakeServer.problem(503, "busy", "Too much to do.")))
        }
        driver.readToken()
        driver.advance(60_000)
        #expect(before <= sent + 1 && decisions(driver).count == before)
        #expect(driver.inbox.isLocked)
    }

    @Test("what was about to be sent is a draft when another token came into use")
    func held() {
        let driver = Driver(
            [view(1, minutes: 600)], settings: InboxSettings(undoSeconds: 20))
        driver.press("a y")
        driver.nextPeople = [ada]
        driver.readToken()
        driver.advance(60_000)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Send your draft: Approve?"))
    }

    @Test("a decision that is made before the server said who this is stays a draft")
    func early() {
        var server = FakeServer()
        server.put(view(1, minutes: 600))
        server.scripted = (0..<3).map { _ in
            ("/v1/me", FakeServer.problem(503, "busy", "Too much to do."))
        }
        let driver = Driver(server)
        driver.press("a y", pause: 300)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.sentence.contains("has not said yet whose token this is"))
        driver.advance(20_000)
        #expect(driver.shows("Send your draft: Approve?"))
        driver.press("y")
        #expect(driver.server.decided.count == 1)
    }
}
