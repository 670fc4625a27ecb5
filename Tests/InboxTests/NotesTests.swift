import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What a person can do besides deciding: comment, more time, somebody else, looking at it,
/// history.
struct NotesTests {
    private func request(_ driver: Driver, _ what: String) -> HTTPRequest? {
        driver.server.requests.last { $0.target.hasSuffix("/\(what)") }
    }

    private func body(_ request: HTTPRequest?) -> String {
        String(decoding: request?.body ?? [], as: UTF8.self)
    }

    @Test("a comment goes on the record")
    func comment() {
        let driver = Driver([view(1)])
        driver.press(#"c "looks odd" enter tab enter"#)
        #expect(body(request(driver, "comment")) == #"{"text":"looks odd"}"#)
        #expect(driver.sentence == "Your comment is on the record.")
        #expect(driver.inbox.overlays.isEmpty)
    }

    @Test("more time names the revision that was shown")
    func extend() {
        let driver = Driver([view(1)])
        driver.press(#"x ctrl-u "30" enter "waiting for Bob" enter y"#)
        #expect(body(request(driver, "extend")) == #"{"by_s":1800,"reason":"waiting for Bob"}"#)
        #expect(request(driver, "extend")?.headers["if-match"] == "\"1\"")
        #expect(driver.inbox.shelf[approvalID(1)]?.view.revision == 2)
    }

    @Test(
        "a group or a person",
        arguments: [
            ("ops", #"{"group":"ops"}"#), ("ben@acme.test", #"{"member":"ben@acme.test"}"#),
        ])
    func reassign(_ target: String, _ expected: String) {
        let driver = Driver([view(1)])
        driver.press("R \"\(target)\" enter enter y")
        #expect(body(request(driver, "reassign")) == expected)
    }

    @Test("what is missing is said, and the form stays as it was filled in")
    func missing() {
        let driver = Driver([view(1)])
        driver.press("c enter y")
        #expect(driver.shows("Comment is missing"))
        driver.press(#"esc x ctrl-u "0" enter enter y"#)
        #expect(driver.shows("a number from 1 to 1440"))
        driver.press(#"esc R "No Group" enter enter y"#)
        #expect(driver.shows("neither the name of a group"))
        #expect(driver.server.requests.filter { $0.method == .post }.isEmpty)
    }

    @Test("the server's no stands in the form")
    func refused() {
        let driver = Driver([view(1)])
        driver.server.scripted.append(
            ("/v1/approvals/\(approvalID(1))/comment", FakeServer.problem(403, "no", "Not you.")))
        driver.press(#"c "hm" enter y"#)
        #expect(driver.shows("Not you. Look again."))
        driver.press("esc")
        #expect(driver.inbox.overlays.isEmpty)
    }

    @Test("without a connection a form does not even open")
    func offline() {
        let driver = Driver([view(1, minutes: 90)])
        driver.line = .down
        driver.advance(25_000)
        for key in ["c", "x", "R", "v"] {
            driver.press(key)
            #expect(driver.sentence.contains("offline"))
            #expect(driver.inbox.overlays.isEmpty)
        }
    }

    @Test("the others are told when somebody edits, and can be told by a key")
    func reviewing() {
        let driver = Driver([view(1)])
        driver.press("e esc")
        #expect(body(request(driver, "reviewing")) == #"{"active":true}"#)
        driver.press("v")
        #expect(body(request(driver, "reviewing")) == #"{"active":false}"#)
    }

    @Test("somebody who looks at it is named, and it is not me")
    func others() {
        var shown = view(1)
        shown.reviewing = ["ada@acme.test", "ben@acme.test"]
        let driver = Driver([shown])
        #expect(driver.shows("ben@acme.test is looking at it too"))
        #expect(driver.shows("[ben@acme.test looks at it]"))
    }

    @Test("the history lists what was decided and decides nothing")
    func history() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press("a y H")
        #expect(driver.shows("approved"))
        driver.press("enter")
        #expect(driver.shows("Your role") == false)
        driver.press("a")
        #expect(driver.sentence == "The history is only read.")
        driver.press("esc esc")
        #expect(driver.inbox.screen == .queue)
    }

    @Test("the bell rings for what is new and grave, once in a while")
    func bell() {
        let driver = Driver([view(1, risk: .high, minutes: 90)])
        driver.press("j")
        #expect(!driver.effects.contains(.bell), "what was there at the start rings nothing")
        driver.server.put(view(2, risk: .low, minutes: 90))
        driver.news()
        #expect(!driver.effects.contains(.bell))
        driver.server.put(view(3, risk: .critical, minutes: 90))
        driver.news()
        driver.server.put(view(4, risk: .critical, minutes: 90))
        driver.news()
        #expect(driver.effects.count { $0 == .bell } == 1)
    }

    @Test("in quiet hours only what is critical rings, and everything is in the queue")
    func quietHours() {
        var server = FakeServer()
        server.me.quietUntil = noon.adding(seconds: 3_600)
        let driver = Driver(server)
        driver.press("j")
        driver.server.put(view(2, risk: .high, minutes: 90))
        driver.news()
        #expect(!driver.effects.contains(.bell))
        #expect(driver.inbox.pendingCount == 1)
        driver.server.put(view(3, risk: .critical, minutes: 90))
        driver.news()
        #expect(driver.effects.contains(.bell))
    }
}
