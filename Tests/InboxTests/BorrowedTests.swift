import Approvals
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: whoever decides for somebody reads for whom, and why it ended when it did.
struct BorrowedTests {
    private static func driver(_ size: String = "80x24") -> Driver {
        var server = FakeServer()
        var lent = view(1, risk: .low)
        lent.decidingFor = "ann@acme.test"
        server.put(lent)
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(server, size: GridSize(columns: sides[0], rows: sides[1]))
    }

    private static let over = "any more: what they lent you was taken back"

    @Test func theQuestionNamesThePerson() {
        let driver = Self.driver()
        driver.press("enter")
        #expect(driver.shows("You decide this on behalf of ann@acme.test."))
        driver.press("a")
        #expect(driver.shows("On behalf of ann@acme.test"))
    }

    @Test("revoked while the question is open", arguments: ["60x15", "80x24"])
    func revokedMeanwhile(_ size: String) {
        let driver = Self.driver(size)
        driver.press("enter a")
        driver.server.feed.append(InboxChange(kind: .gone, id: approvalID(1), approval: nil))
        driver.news()
        #expect(driver.text.joined(separator: " ").contains("You do not decide this for ann"))
        let difference = Golden.difference(driver.draw(), "borrowed-over-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
        driver.press("y")
        #expect(driver.server.decided.isEmpty)
        driver.press("enter")
        #expect(!driver.shows("any more"))
        #expect(driver.server.requests.allSatisfy { $0.method != .post || $0.isReviewing })
    }

    /// The revocation was faster than the feed: the server hides what nothing shows any more.
    @Test func revokedBeforeItArrived() {
        let driver = Self.driver()
        driver.press("enter a")
        driver.server.scripted = [
            (
                "/v1/approvals/\(approvalID(1).rawValue)/decision",
                FakeServer.problem(404, "not-found", "There is no such approval.")
            )
        ]
        driver.press("y")
        #expect(driver.shows("You do not decide this for ann@acme.test"))
        #expect(driver.shows("Close"))
        driver.press("enter")
        #expect(!driver.shows("Close"))
    }
}

extension HTTPRequest {
    fileprivate var isReviewing: Bool { target.hasSuffix("/reviewing") }
}

/// Goal: nobody approves without knowing that everything is stopped, and by whom.
struct HaltTests {
    private static let halt = HaltView(by: "lea@acme.test", at: noon, reason: "wrong prices")

    @Test("in red, in the header and in the question", arguments: ["60x15", "80x24", "200x50"])
    func halted(_ size: String) {
        var server = FakeServer()
        server.put(view(1, risk: .low))
        server.me.halt = Self.halt
        let sides = size.split(separator: "x").compactMap { Int($0) }
        let driver = Driver(server, size: GridSize(columns: sides[0], rows: sides[1]))
        #expect(driver.text[0].contains("HALTED"))
        #expect(driver.sentence.contains("HALTED by lea@acme.test: wrong prices"))
        driver.press("enter a")
        #expect(driver.shows("approving is refused"))
        let difference = Golden.difference(driver.draw(), "halted-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// A halt is learnt beside the polls, and so is its end.
    @Test func learntMeanwhile() {
        var server = FakeServer()
        server.put(view(1))
        let driver = Driver(server, size: GridSize(columns: 80, rows: 24))
        #expect(!driver.text[0].contains("HALTED"))
        driver.server.me.halt = Self.halt
        driver.advance(31_000)
        driver.server.put(view(2))
        driver.news()
        #expect(driver.text[0].contains("HALTED by lea@acme.test"))
        driver.server.me.halt = nil
        driver.advance(31_000)
        driver.server.put(view(3))
        driver.news()
        #expect(!driver.text[0].contains("HALTED"))
        #expect(driver.sentence.contains("lifted"))
    }
}
