import Approvals
import GoldenTesting
import InboxViews
import TextGrid
import Testing

@testable import Inbox

/// Goal: with a screen that is read aloud everything can be done, in words from top to bottom, with
/// nothing drawn and no clock that runs.
@Suite struct LinearTests {
    private func driver(_ repertoire: Repertoire = .unicode) -> Driver {
        Driver(
            GoldenTests.views, size: GridSize(columns: 80, rows: 24),
            settings: InboxSettings(repertoire: repertoire, isLinear: true))
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    private static let scripts = [
        ("queue", ""), ("marks", "space"), ("detail", "enter pgdn"), ("editor", "enter e j j"),
        ("typing", #"e j j enter ctrl-u "50000""#),
        ("diff", #"e j j enter ctrl-u "50000" enter d"#),
        ("reject", "r"), ("buttons", "r tab tab"), ("help", "?"), ("palette", ":"),
        ("comment", "enter c"), ("filter", #"/ "refund""#),
    ]

    @Test("what is read at each place", arguments: scripts)
    func frames(_ name: String, _ script: String) {
        let driver = driver()
        driver.press(script)
        check(driver, "linear-\(name)-80x24")
    }

    @Test("nothing is drawn, in either repertoire", arguments: scripts)
    func nothingIsDrawn(_ name: String, _ script: String) {
        let shapes = Set("▸▾●○▒↑↓─│┌┐└┘┬┴├┤┼▁▂▃▄▅▆▇█")
        for repertoire in [Repertoire.unicode, .ascii] {
            let driver = driver(repertoire)
            driver.press(script)
            let text = driver.text.joined()
            #expect(shapes.isDisjoint(with: text), "\(name)")
            #expect(!text.contains("---") && !text.contains("||"), "\(name)")
        }
    }

    @Test("the cursor of the terminal is on what is selected", arguments: scripts)
    func cursor(_ name: String, _ script: String) throws {
        let driver = driver()
        driver.press(script)
        _ = try #require(driver.draw().cursor, "\(name)")
    }

    @Test("a step says what is selected now")
    func announced() {
        let driver = driver()
        driver.press("j")
        #expect(driver.text.contains { $0.contains("Queue, 2 of ") && $0.contains("selected") })
        driver.press("space k")
        #expect(driver.text.contains { $0.contains("Queue, 2 of ") })
        #expect(driver.text.contains { $0.contains("marked") })
    }

    @Test("no clock runs: nothing is drawn anew before something expires")
    func noClocks() {
        let driver = driver()
        driver.advance(20_000)
        let left = driver.wakeAt.map { $0.since(driver.now) }
        #expect(left == nil || left ?? 0 > 15_000, "\(String(describing: left))")
    }

    @Test("a call is decided from the list to the end by words alone")
    func deciding() {
        let driver = driver()
        driver.press("G enter pgdn pgdn pgdn esc r")
        #expect(driver.text.contains { $0.contains("Question: Reject?") })
        driver.press(#""not now" tab tab"#)
        #expect(driver.text.contains { $0.contains("is selected.") })
    }
}
