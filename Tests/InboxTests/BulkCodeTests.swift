import Approvals
import JSONTree
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Goal: what needs a code of the second factor is decided with others, with one code that goes
/// with one request and is kept nowhere.
@Suite struct BulkCodeTests {
    private static func coded(_ number: Int, risk: Risk = .low) -> ApproverView {
        var coded = view(number, risk: risk, minutes: 10 + number)
        coded.stepUp = .required
        return coded
    }

    private func driver(_ settings: InboxSettings = InboxSettings()) -> Driver {
        Driver(
            [Self.coded(1), view(2, risk: .low, minutes: 20), Self.coded(3)], settings: settings)
    }

    private func sentCodes(_ driver: Driver) -> [[String?]] {
        driver.server.requests.filter { $0.target == "/v1/decisions" }.map { request in
            FakeServer.body(BulkDecisionBody.self, of: request)?.items.map { $0.stepUp?.code } ?? []
        }
    }

    @Test("one code is asked for all that need it, and goes with them alone")
    func approving() {
        let driver = driver()
        driver.press("* a a")
        #expect(driver.inbox.bulkTitle == "Approve 3 of 3")
        #expect(driver.shows("Code of your authenticator for 2 of them"))
        driver.press("y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Type the six digits"))
        driver.press(#""12x3""#)
        driver.tell(.paste("456"))
        #expect(driver.sentence.contains("Type it by hand"))
        driver.press(#""4567" enter tab enter"#)
        #expect(driver.server.decided.count == 3)
        #expect(sentCodes(driver) == [["123456", "123456", nil]])
        #expect(driver.inbox.bulk?.code.text.isEmpty == true)
        #expect(driver.inbox.outbox.codes.isEmpty)
        for draft in driver.keptDrafts.values {
            #expect(!draft.wire.text(.compact).contains("123456"))
        }
    }

    @Test("what is left out needs no code any more")
    func leftOut() {
        let driver = driver()
        driver.press("* a a")
        for _ in 0..<3 {
            if driver.inbox.bulkNeedsCode { driver.press("space") }
        }
        #expect(!driver.inbox.bulkNeedsCode)
        #expect(!driver.shows("Code of your authenticator"))
    }

    @Test("a code goes with one request and never with its repetition")
    func lostAnswer() {
        let driver = driver()
        driver.press("* a a")
        driver.line = .deaf
        driver.press(#"tab "123456" enter tab enter"#)
        driver.line = .good
        driver.advance(60_000)
        let codes = sentCodes(driver)
        #expect(codes.count > 1 && codes[0].contains("123456"))
        #expect(codes.dropFirst().allSatisfy { $0.allSatisfy { $0 == nil } })
        #expect(driver.server.decided.count == 3)
    }

    @Test("offline no code is asked: it is when the draft is shown again")
    func offline() {
        let driver = driver()
        driver.line = .down
        driver.advance(130_000)
        driver.press("* a a")
        #expect(!driver.shows("Code of your authenticator"))
        driver.press("y esc")
        #expect(driver.keptDrafts.count == 3)
        driver.line = .good
        driver.advance(130_000)
        #expect(driver.shows("Send your draft"))
        #expect(driver.shows("Code of your authenticator"))
        driver.press("y")
        #expect(driver.server.decided.isEmpty)
        driver.press(#""123456" tab tab tab enter"#)
        #expect(driver.server.decided.map(\.body.stepUp?.code) == ["123456"])
    }

    @Test("more than one request takes is not promised for one code")
    func tooMany() {
        let driver = Driver(
            (1...101).map { Self.coded($0) }, size: GridSize(columns: 120, rows: 60))
        driver.advance(3_000)
        driver.press("* a a")
        for _ in 0..<5 { driver.press("pgdn") }
        driver.press(#"tab "123456" tab tab enter"#)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("One code is good for 100 of 101 at once"))
        driver.press("space")
        driver.press(#"tab tab tab enter"#)
        #expect(driver.server.decided.count == 100)
    }

    @Test("taken back, the code is forgotten and asked for again")
    func takenBack() {
        let driver = driver(InboxSettings(undoSeconds: 5))
        driver.press("* a a")
        driver.press(#"tab "123456" enter tab enter u"#)
        #expect(driver.inbox.outbox.codes.isEmpty)
        #expect(driver.shows("Code of your authenticator"))
        driver.advance(20_000)
        #expect(driver.server.decided.isEmpty)
    }
}

/// Goal: what ran without an answer is shown until somebody looked at it, however old it is.
@Suite struct ReviewFetchTests {
    private func released(_ number: Int) -> ApproverView {
        var view = view(number, tool: "drop_users")
        view.state = .expired
        view.isReleased = true
        view.needsReview = true
        return view
    }

    @Test("what is older than the feed is asked for once and stands in the queue")
    func older() {
        var server = FakeServer()
        server.put(view(1))
        server.views[approvalID(9)] = released(9)
        let driver = Driver(server)
        driver.advance(60_000)
        #expect(driver.shows("[to be reviewed]"))
        #expect(driver.inbox.queue.list.count == 2)
        let asked = driver.server.requests.count { $0.target.contains("needs_review=true") }
        #expect(asked == 1)
    }

    @Test("when it was looked at it leaves, and a role without history asks for nothing")
    func done() {
        var server = FakeServer()
        server.put(view(1))
        server.views[approvalID(9)] = released(9)
        let driver = Driver(server)
        driver.server.change(9) { $0.needsReview = false }
        driver.news()
        driver.press("ctrl-r")
        #expect(driver.inbox.queue.list.count == 1)
        var other = FakeServer()
        other.me.roles = []
        let quiet = Driver(other)
        quiet.advance(60_000)
        #expect(!quiet.server.requests.contains { $0.target.contains("needs_review") })
    }

    @Test("an answer that comes late does not bring back what was looked at meanwhile")
    func late() {
        var inbox = Inbox(settings: InboxSettings(), seed: 1)
        var asked: [RequestID: HTTPRequest] = [:]
        var kept: [CacheChange] = []
        func tell(_ message: InboxMessage) {
            for effect in inbox.update(message, at: noon) {
                if case .request(let id, let request) = effect { asked[id] = request }
                if case .save(let changes) = effect { kept += changes }
            }
        }
        func answer(_ path: String, _ body: JSONValue) {
            guard let id = asked.first(where: { $0.value.target.hasPrefix(path) })?.key else {
                Issue.record("\(path) was not asked")
                return
            }
            asked[id] = nil
            tell(.answered(id, .success(FakeServer.ok(body))))
        }
        func page(_ rows: [ApprovalSummary]) -> JSONValue {
            let items = rows.map { InboxChange(kind: .changed, id: $0.id, approval: $0) }
            return InboxAnswer(items: items, next: "1", hasMore: false, serverTime: noon).wire
        }
        tell(.started(CachedInbox()))
        answer("/v1/me", ada.wire)
        answer("/v1/inbox", page([]))
        var looked = released(9)
        looked.revision = 2
        looked.needsReview = false
        answer("/v1/inbox", page([FakeServer.row(looked)]))
        answer("/v1/history", SummaryList(items: [FakeServer.row(released(9))]).wire)
        #expect(inbox.queue.list.isEmpty)
        #expect(!kept.contains(.putRows([FakeServer.row(released(9))])))
    }

    @Test("a feed that begins anew asks anew")
    func reset() {
        var server = FakeServer()
        server.put(view(1))
        server.views[approvalID(9)] = released(9)
        let driver = Driver(server)
        driver.server.oldestCursor = 5
        for _ in 0..<6 { driver.server.put(view(1)) }
        driver.advance(60_000)
        #expect(driver.inbox.queue.list.count == 2)
        #expect(driver.shows("[to be reviewed]"))
    }
}
