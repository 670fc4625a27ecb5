import Approvals
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Goal: a slow line and a slow server are said softly, and a slow line saves bytes by itself
/// unless the settings decide.
@Suite struct PaceTests {
    @Test("a slow line is said and spares bytes; a fast one takes that back")
    func slowLine() {
        let driver = Driver([view(1)])
        #expect(!driver.inbox.sparesBytes)
        driver.tell(.lineMeasured(milliseconds: 240))
        #expect(driver.inbox.sparesBytes)
        #expect(driver.shows("slow line: 240 ms"))
        driver.tell(.lineMeasured(milliseconds: 120))
        #expect(driver.inbox.sparesBytes, "a line in between does not flicker")
        driver.tell(.lineMeasured(milliseconds: 20))
        #expect(!driver.inbox.sparesBytes)
        #expect(!driver.shows("slow line"))
    }

    @Test("the settings decide", arguments: [true, false])
    func settings(_ isLow: Bool) {
        let driver = Driver([view(1)], settings: InboxSettings(isLowBandwidth: isLow))
        #expect(driver.inbox.sparesBytes == isLow)
        driver.tell(.lineMeasured(milliseconds: isLow ? 5 : 800))
        #expect(driver.inbox.sparesBytes == isLow)
    }

    @Test("a server that takes long is said until it answers fast")
    func slowServer() {
        let noon = Timestamp(milliseconds: 0)
        var pace = Pace()
        let ok = Result<HTTPResponse, TransportFailure>.success(HTTPResponse(status: 200))
        pace.asked(RequestID(1), at: noon)
        pace.ended(RequestID(1), ok, at: noon.adding(milliseconds: 2_140))
        #expect(pace.warnings == ["server slow: 2.1 s"])
        // What was not timed says nothing.
        pace.ended(RequestID(2), ok, at: noon)
        #expect(pace.warnings == ["server slow: 2.1 s"])
        pace.asked(RequestID(3), at: noon)
        pace.ended(RequestID(3), ok, at: noon.adding(milliseconds: 90))
        #expect(pace.warnings.isEmpty)
    }

    @Test("notices tell counts, and no oftener than every half minute")
    func notices() {
        let driver = Driver([view(1, minutes: 90)])
        driver.server.put(view(2, minutes: 90))
        driver.news()
        driver.server.put(view(3, risk: .critical, minutes: 90))
        driver.news()
        let told = { driver.effects.filter { if case .notify = $0 { true } else { false } } }
        #expect(told() == [.notify(arrived: 1, highRisk: 0)])
        driver.advance(31_000)
        #expect(told().last == .notify(arrived: 1, highRisk: 1))
        driver.advance(120_000)
        #expect(told().count == 2, "nothing new, nothing said")
    }
}

/// Goal: on a slow line the detail waits until the cursor stands still, and nothing is decided that
/// was not shown.
@Suite struct DetailRestTests {
    private func driver(_ isLow: Bool) -> Driver {
        Driver(
            [view(1, minutes: 10), view(2, minutes: 20), view(3, minutes: 30)],
            settings: InboxSettings(isLowBandwidth: isLow))
    }

    @Test("the detail waits while the cursor moves, and comes by itself")
    func waits() {
        let driver = driver(true)
        driver.press("j", pause: 100)
        #expect(driver.inbox.detailRests)
        driver.press("j", pause: 250)
        #expect(driver.inbox.detailRests)
        driver.advance(100)
        #expect(!driver.inbox.detailRests)
    }

    @Test("on a fast line nothing waits")
    func fast() {
        let driver = driver(false)
        driver.press("j", pause: 10)
        #expect(!driver.inbox.detailRests)
    }

    @Test("a decision key is deaf until the detail was shown for a moment")
    func deaf() {
        let driver = driver(true)
        driver.press("j", pause: 350)
        driver.press("a", pause: 10)
        #expect(driver.inbox.overlays.isEmpty, "shown for 50 ms only")
        driver.advance(400)
        driver.press("a")
        #expect(!driver.inbox.overlays.isEmpty)
    }

    @Test("opening the detail ends the wait")
    func opening() {
        let driver = driver(true)
        driver.press("j enter", pause: 10)
        #expect(!driver.inbox.detailRests)
    }
}
