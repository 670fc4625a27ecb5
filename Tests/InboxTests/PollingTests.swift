import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// The feed: it is asked patiently, it survives its own end, and it costs nothing while idle.
struct PollingTests {
    private func polls(_ driver: Driver) -> [HTTPRequest] {
        driver.server.requests.filter { $0.target.hasPrefix("/v1/inbox") }
    }

    @Test("the first pages come at once, and then the poll waits for news")
    func firstPages() {
        var server = FakeServer()
        for number in 1...25 { server.put(view(number)) }
        let driver = Driver(server, settings: InboxSettings(pageRows: 10))
        let waits = polls(driver).map(\.waitSeconds)
        #expect(waits == [0, 0, 0, 20])
        #expect(driver.inbox.pendingCount == 25)
        #expect(polls(driver).last?.target.contains("since=25") == true)
    }

    @Test("no answer: pauses grow, the header says how old everything is, and then it goes on")
    func backOff() {
        let driver = Driver([view(1, minutes: 90)])
        let before = polls(driver).count
        driver.line = .down
        driver.advance(25_000)
        driver.advance(120_000)
        #expect(driver.shows("OFFLINE, as of 2 min ago"))
        driver.line = .good
        driver.advance(31_000)
        #expect(driver.shows("online"))
        #expect(polls(driver).count > before)
    }

    @Test("Retry-After is obeyed")
    func retryAfter() {
        let driver = Driver([view(1, minutes: 90)])
        driver.server.scripted.append(
            ("/v1/inbox", HTTPResponse(status: 429, headers: ["retry-after": "60"])))
        driver.advance(20_000)
        let count = polls(driver).count
        driver.advance(55_000)
        #expect(polls(driver).count == count)
        driver.advance(6_000)
        #expect(polls(driver).count > count)
    }

    @Test("a token that is not accepted says what to do")
    func refused() {
        let driver = Driver([view(1, minutes: 90)])
        driver.server.scripted.append(("/v1/inbox", HTTPResponse(status: 401)))
        driver.advance(21_000)
        #expect(driver.shows("NOT ACCEPTED"))
        #expect(driver.shows("countersign login"))
        driver.press("a y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .unsent)
    }

    @Test("a cursor that the server forgot: everything is fetched anew, and what is missing goes")
    func cursorReset() {
        let driver = Driver([view(1, minutes: 90), view(2, minutes: 95)])
        driver.press("j")
        driver.server.feed = []
        for number in 3...6 { driver.server.put(view(number, minutes: 100 + number)) }
        driver.server.put(view(2, minutes: 95))
        driver.server.oldestCursor = 3
        driver.advance(21_000)
        driver.rest()
        #expect(driver.saved.contains(.removeAllRows))
        #expect(driver.inbox.queue.selectedRow?.id.id == approvalID(2), "the cursor stays")
        #expect(driver.inbox.queue.row(approvalID(1))?.isGone == true)
        driver.press("ctrl-r")
        #expect(driver.inbox.queue.row(approvalID(1)) == nil)
    }

    @Test("another person's token: nothing of the local copy is shown to them")
    func anotherPerson() {
        var server = FakeServer()
        server.me.id = "019a0000-0000-7000-8000-0000000000be"
        server.put(view(5))
        let cached = CachedInbox(
            rows: [row(1)], totals: CachedTotals(rows: 1, pending: 1),
            feed: CachedFeed(cursor: "0", serverTime: noon, answeredAt: noon), me: ada)
        let driver = Driver(server, cached: cached)
        driver.rest()
        #expect(driver.saved.contains(.removeEverything))
        #expect(driver.inbox.queue.row(approvalID(1)) == nil)
        #expect(driver.inbox.queue.row(approvalID(5)) != nil)
    }

    @Test("rows and the place in the feed are kept together")
    func keptTogether() {
        let driver = Driver([view(1)])
        let feeds = driver.saved.filter { if case .putFeed = $0 { true } else { false } }
        #expect(!feeds.isEmpty)
        #expect(driver.saved.contains(.putRows([FakeServer.row(view(1))])))
    }

    @Test("nothing counts, nothing is due: nobody is woken")
    func idle() {
        let driver = Driver([view(1, minutes: 60 * 24 * 9)])
        driver.advance(10_000)
        #expect(driver.wakeAt.map { $0.since(driver.now) > 3_600_000 } ?? true)
        let soon = Driver([view(1, minutes: 1)])
        soon.advance(10_000)
        #expect(soon.wakeAt.map { $0.since(soon.now) <= 1_000 } == true, "seconds are counted")
        let wake = soon.wakeAt?.milliseconds ?? 0
        #expect(wake % 1_000 == 0, "all countdowns change on the whole second")
    }

    @Test("views are fetched when the cursor rests, not for rows that it passes")
    func restingCursor() {
        let driver = Driver((1...40).map { view($0, minutes: $0 + 5) })
        driver.advance(2_000)
        let before = driver.server.requests.count
        driver.press("j j j j j j j j j j j j j j j j j j j j", pause: 10)
        driver.advance(1_000)
        let asked = driver.server.requests.dropFirst(before).filter {
            $0.target.hasPrefix("/v1/approvals/")
        }
        #expect(asked.count == 1)
        #expect(asked.first?.target.hasSuffix(approvalID(21).rawValue) == true)
    }

    @Test("answers that are not what was agreed change nothing")
    func nonsense() {
        let bodies = ["", "{", "[]", #"{"items": 1}"#, "null", #"{"items": [{"kind": "x"}]}"#]
        for body in bodies {
            let driver = Driver([view(1, minutes: 90)])
            driver.server.scripted.append(
                ("/v1/inbox", HTTPResponse(status: 200, body: Array(body.utf8))))
            driver.advance(21_000)
            #expect(driver.inbox.queue.list.count == 1)
            driver.advance(31_000)
            #expect(driver.shows("online"))
        }
    }
}
