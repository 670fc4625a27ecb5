import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// A person decides: what is sent is what was on the screen, once, and only with the answer said.
struct DecidingTests {
    @Test("approving sends the revision and the digest of what is shown, and then says so")
    func approving() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press("a tab enter")
        #expect(driver.server.decided.map(\.id) == [approvalID(1)])
        #expect(driver.server.decided.first?.body.displayedDigest == displayed(view(1)))
        #expect(driver.server.decided.first?.body.fullyShown == true)
        #expect(driver.sentence.hasPrefix("Recorded: you approved"))
        let request = driver.server.requests.last { $0.target.hasSuffix("/decision") }
        #expect(request?.headers["if-match"] == "\"1\"")
        #expect(request?.headers["idempotency-key"]?.isEmpty == false)
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.shows("approved"))
        #expect(driver.inbox.queue.selectedRow?.id.id == approvalID(1), "the row stays, explained")
    }

    @Test("the safe button is highlighted: enter alone decides nothing")
    func safeDefault() {
        let driver = Driver([view(1)])
        driver.press("a enter")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.inbox.overlays.isEmpty)
    }

    @Test("a rejection needs a reason")
    func rejecting() {
        let driver = Driver([view(1)])
        driver.press("r tab tab enter")
        #expect(driver.shows("Say why"))
        #expect(driver.server.decided.isEmpty)
        driver.press(#""too much" enter y"#)
        #expect(driver.server.decided.first?.body.verdict == .reject)
        #expect(driver.server.decided.first?.body.comment == "too much")
        #expect(driver.sentence.hasPrefix("Recorded: you rejected"))
    }

    @Test("edits go with the approval, and nothing but the change is sent")
    func edits() {
        let driver = Driver([view(1)])
        driver.press(#"e j enter ctrl-u "50000" enter esc a"#)
        #expect(driver.shows("Approve this call with 1 edit?"))
        #expect(driver.shows("/amount_cents"))
        driver.press("y")
        #expect(
            driver.server.decided.first?.body.edits?.json.text(.compact)
                == #"[{"op":"replace","path":"/amount_cents","value":50000}]"#)
        #expect(driver.sentence.contains("with your edits"))
    }

    @Test("high risk is approved by typing the fact that varies; pasting it is refused")
    func typedConfirmation() {
        let driver = Driver([view(1, risk: .high)])
        driver.press("a")
        driver.tell(.paste("184000"))
        #expect(driver.sentence.contains("by hand"))
        driver.press("tab tab y")
        #expect(driver.server.decided.isEmpty)
        #expect(driver.shows("Type amount_cents"))
        driver.press(#""184000" tab tab y"#)
        #expect(driver.server.decided.count == 1)
    }

    @Test(
        "the fact that varies",
        arguments: [
            (#"{"amount_cents": 184000, "to": "bob"}"#, "184000"),
            (#"{"query": "x", "database": "prod-1"}"#, "prod-1"),
            (#"{"transfer": {"totalAmount": 12.50}}"#, "12.50"),
            (#"{"amount": "a b", "env": "prod"}"#, "prod"),
            (#"{"to": "€uro"}"#, "0001"), (#"{"flag": true}"#, "0001"),
            (#"{"amounts": [1]}"#, "0001"),
        ] as [(String, String)])
    func varyingFact(_ arguments: String, _ text: String) {
        #expect(VaryingFact(json(arguments), id: approvalID(1)).text == text)
    }

    // MARK: Deaf keys

    @Test("decision keys are deaf for 300 ms after the selection changed")
    func deafAfterMoving() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.rest()
        driver.press("j a", pause: 200)
        #expect(driver.inbox.overlays.isEmpty)
        driver.advance(200)
        driver.press("a")
        #expect(driver.inbox.overlays.count == 1)
    }

    @Test("what was typed ahead answers no question")
    func typedAhead() {
        let driver = Driver([view(1)])
        driver.press("a y y tab enter", pause: 0)
        #expect(driver.server.decided.isEmpty)
        #expect(driver.effects.contains(.flushTypedAhead))
    }

    @Test("where a second factor is asked for, its code goes with the decision and nowhere else")
    func code() {
        var grave = view(1)
        grave.stepUp = .required
        let driver = Driver([grave])
        driver.press("a")
        #expect(driver.shows("Code of your authenticator"))
        driver.press(#""12x3" tab tab enter"#)
        #expect(driver.shows("six digits"))
        #expect(driver.server.decided.isEmpty)
        driver.tell(.paste("456"))
        #expect(driver.sentence.contains("Type it by hand"))
        driver.press(#""4567" tab tab enter"#)
        #expect(driver.server.decided.map(\.body.stepUp) == [StepUpBody(code: "123456")])
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.sentence.hasPrefix("Recorded: you approved"))
    }

    @Test("the code is in no draft, and is asked for again when the first one was lost")
    func lostCode() {
        var grave = view(1)
        grave.stepUp = .required
        let driver = Driver([grave])
        driver.server.scripted.append(
            ("/v1/approvals/\(approvalID(1))/decision", HTTPResponse(status: 503)))
        driver.press(#"a "314159" tab tab enter"#)
        for draft in driver.keptDrafts.values {
            #expect(!draft.wire.text(.compact).contains("314159"))
        }
        driver.advance(60_000)
        let sent = driver.server.requests.filter { $0.target.hasSuffix("/decision") }
        #expect(sent.count >= 2)
        for request in sent.dropFirst() {
            #expect(!String(decoding: request.body, as: UTF8.self).contains("314159"))
        }
    }

    @Test("a held key decides once and then does nothing more")
    func heldKey() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press("a")
        driver.press("y y y y y y y y y y", pause: 40)
        #expect(driver.server.decided.count == 1)
        #expect(!driver.effects.contains { if case .copy = $0 { true } else { false } })
        driver.press("a a a a a a a a a a a a", pause: 40)
        #expect(driver.server.decided.count == 1)
    }

    @Test("a change by somebody else makes the keys deaf for a second")
    func deafAfterChange() {
        let driver = Driver([view(1)])
        driver.server.change(1) { $0.risk = .low }
        let polls = driver.now
        driver.news()
        #expect(driver.now.since(polls) < 1_000)
        driver.press("a", pause: 0)
        #expect(driver.inbox.overlays.isEmpty)
        driver.advance(1_000)
        driver.press("a")
        #expect(driver.inbox.overlays.count == 1)
    }

    // MARK: Sight

    @Test("medium risk is not approved before every value was on the screen")
    func sight() {
        let members = (0..<60).map { ("m\($0)", JSONValue.number(JSONNumber($0))) }
        let long = view(1, arguments: .object(JSONObject(members)))
        let driver = Driver([long], size: GridSize(columns: 80, rows: 24))
        driver.press("a")
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.sentence.contains("were not on the screen yet"))
        driver.press("enter G a")
        #expect(driver.inbox.overlays.isEmpty, "jumping to the end has not shown the middle")
        driver.press("g pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn a y")
        #expect(driver.server.decided.count == 1)
        #expect(driver.server.decided.first?.body.fullyShown == true)
    }

    @Test("on a small screen the list alone approves nothing")
    func mustOpen() {
        let driver = Driver([view(1, risk: .low)], size: GridSize(columns: 60, rows: 15))
        driver.press("a")
        #expect(driver.sentence.contains("Look at it first"))
        driver.press("enter a y")
        #expect(driver.server.decided.count == 1)
    }

    @Test("what is folded away is not seen")
    func folded() {
        let arguments = json(#"{"a": {"b": 1, "c": 2}}"#)
        let driver = Driver([view(1, arguments: arguments)], size: GridSize(columns: 60, rows: 15))
        driver.tell(.resized(GridSize(columns: 120, rows: 40)))
        let known = driver.inbox.shelf[approvalID(1)]
        #expect(known.map { driver.inbox.seen.isComplete($0) } == false)
        driver.draw()
        #expect(known.map { driver.inbox.seen.isComplete($0) } == true)
    }

    // MARK: Not allowed

    @Test("an auditor reads and decides nothing")
    func auditor() {
        var server = FakeServer()
        server.me.roles = [.auditor]
        server.put(view(1))
        let driver = Driver(server)
        for key in ["a", "r", "e", "x", "R", "c"] {
            driver.press(key)
            #expect(driver.inbox.overlays.isEmpty, "\(key)")
        }
        #expect(!driver.text.contains { $0.contains("a approve") })
    }

    @Test("who cannot decide is told why, and who could")
    func notYours() {
        var mine = view(1)
        mine.youCanDecide = false
        mine.whyNot = "It is your own run."
        mine.whoCanDecide = ["ben@acme.test"]
        let driver = Driver([mine])
        driver.press("a")
        #expect(driver.sentence == "It is your own run. Could: ben@acme.test.")
    }

    @Test("a digest that is not that of what is shown stops everything")
    func wrongDigest() {
        let driver = Driver([view(1)])
        driver.server.views[approvalID(1)]?.displayedDigest = .zero
        driver.press("ctrl-r a")
        #expect(driver.sentence.contains("do not decide"))
    }
}
