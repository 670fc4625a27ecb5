import Approvals
import InboxViews
import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// The mouse is a convenience: it points and scrolls, and never decides.
struct MouseTests {
    private func driver(_ size: GridSize = GridSize(columns: 120, rows: 40)) -> Driver {
        Driver(GoldenTests.views, size: size)
    }

    private func click(_ driver: Driver, _ row: Int, _ column: Int, clicks: Int = 1) {
        driver.tell(.mouse(MouseEvent(.press, column: column, row: row, clicks: clicks)))
        driver.draw()
    }

    @Test("a click selects the row that was drawn there, a double click opens it")
    func rows() {
        let driver = driver()
        let list = driver.inbox.layout.list
        click(driver, list.row + 3, 5)
        #expect(driver.inbox.subject == approvalID(3))
        #expect(driver.inbox.focus == .list)
        click(driver, list.row + 30, 5)
        #expect(driver.inbox.subject == approvalID(3), "there is no row")
        click(driver, list.row, 5)
        #expect(driver.inbox.subject == approvalID(3), "the titles are no row")
        click(driver, list.row + 2, 5)
        click(driver, list.row + 2, 5, clicks: 2)
        #expect(driver.inbox.subject == approvalID(2))
        #expect(driver.inbox.focus == .detail)
        driver.press("H")
        click(driver, list.row + 1, 5)
        #expect(driver.inbox.screen == .history)
    }

    @Test("a click in the detail brings the focus and the cursor there")
    func detail() {
        let driver = driver()
        let area = driver.inbox.layout.detailText
        click(driver, area.row + 4, area.column + 2)
        #expect(driver.inbox.focus == .detail)
        #expect(driver.inbox.pane.cursor == 4)
        click(driver, driver.inbox.layout.list.row + 1, 0)
        #expect(driver.inbox.focus == .list)
    }

    @Test("the wheel scrolls the pane under it and leaves the focus where it is")
    func wheel() {
        let driver = driver(GridSize(columns: 80, rows: 24))
        let layout = driver.inbox.layout
        driver.tell(.mouse(MouseEvent(.wheelDown, column: 3, row: layout.detailText.row)))
        #expect(driver.inbox.pane.top == 3)
        #expect(driver.inbox.focus == .list)
        driver.tell(.mouse(MouseEvent(.wheelUp, column: 3, row: layout.detailText.row)))
        #expect(driver.inbox.pane.top == 0)
        driver.tell(.mouse(MouseEvent(.wheelDown, column: 3, row: layout.list.row + 1)))
        #expect(driver.inbox.queue.index == 3)
    }

    @Test("in the editor, the key sheet and the palette a click chooses and runs nothing")
    func lists() {
        let driver = driver()
        driver.press("e")
        let area = driver.inbox.editorArea(driver.inbox.layout)
        click(driver, area.row + 3, area.column + 4)
        #expect(driver.inbox.editors[approvalID(1)]?.cursor == 2)
        driver.press(": \"re\"")
        click(driver, driver.inbox.layout.message.row - 1, 4)
        guard case .commandLine(let line) = driver.inbox.overlays.last else {
            Issue.record("the palette is gone")
            return
        }
        #expect(line.choice == line.rowsShown(driver.inbox.layout) - 1)
        driver.press("esc ?")
        click(driver, driver.inbox.layout.body.row + 4, 4)
        guard case .help(let help) = driver.inbox.overlays.last else {
            Issue.record("the key sheet is gone")
            return
        }
        #expect(help.choice > 0)
    }

    @Test("in a box a click chooses the field or the button under it, and presses nothing")
    func boxes() throws {
        let driver = driver()
        driver.press("r")
        for (title, button) in [("Reject", 1), ("Cancel", 0)] {
            let place = try #require(Self.place(of: "  \(title)  ", in: driver.draw().text))
            let event = MouseEvent(.press, column: place.column + 3, row: place.row)
            let target = dialogTarget(of: driver.inbox, size: driver.inbox.size, at: event)
            #expect(target == .button(button))
            driver.tell(.pointed(.button(button)))
        }
        let place = try #require(Self.place(of: "Why (goes", in: driver.draw().text))
        let event = MouseEvent(.press, column: place.column + 30, row: place.row)
        #expect(dialogTarget(of: driver.inbox, size: driver.inbox.size, at: event) == .field(0))
        driver.tell(.pointed(.field(0)))
        driver.press(#""typed here""#)
        #expect(driver.shows("typed here"))
        driver.tell(.pointed(.button(1)))
        #expect(driver.server.decided.isEmpty && driver.inbox.overlays.count == 1)
        driver.press("enter")
        #expect(driver.server.decided.count == 1)
    }

    private static func place(of text: String, in rows: [String]) -> (row: Int, column: Int)? {
        for (row, line) in rows.enumerated() {
            let characters = Array(line)
            let wanted = Array(text)
            guard characters.count >= wanted.count else { continue }
            for column in 0...characters.count - wanted.count
            where Array(characters[column..<column + wanted.count]) == wanted {
                return (row, column)
            }
        }
        return nil
    }

    /// Every cell of the screen, in every place, with one click and with two.
    @Test("no click decides, presses, closes or sends anything")
    func harmless() {
        let places = [
            "", "enter", "e", "e j j enter", "e j j z d", "H", "?", ": \"rej\"", "/", "e j j z X",
            "r", "r \"no\" enter", "c", "enter pgdn pgdn pgdn pgdn esc a",
        ]
        for keys in places {
            let driver = driver(GridSize(columns: 60, rows: 15))
            driver.press(keys)
            driver.advance(2_000)
            let start = driver.inbox
            for row in 0..<15 {
                for column in stride(from: 0, to: 60, by: 9) {
                    let kinds: [MouseEvent.Kind] =
                        column == 9 ? [.press, .wheelUp, .wheelDown] : [.press]
                    for kind in kinds {
                        let event = MouseEvent(kind, column: column, row: row, clicks: 2)
                        let isHarmless = isHarmless(event, start, at: driver.now)
                        if !isHarmless { Issue.record("\(event) after \(keys)") }
                    }
                }
            }
        }
    }

    private func isHarmless(_ event: MouseEvent, _ before: Inbox, at now: Timestamp) -> Bool {
        var inbox = before
        let target = dialogTarget(of: before, size: before.size, at: event)
        let effects = inbox.update(target.map { .pointed($0) } ?? .mouse(event), at: now)
        return inbox.overlays.count == before.overlays.count && inbox.outbox.outgoing.isEmpty
            && inbox.outbox.waiting == before.outbox.waiting
            && inbox.marks.count == before.marks.count
            && !effects.contains { $0.isDecision }
    }
}

extension InboxEffect {
    fileprivate var isDecision: Bool {
        if case .request(_, let request) = self { return request.method == .post }
        if case .save(let changes) = self {
            return changes.contains {
                if case .putDraft(let draft) = $0 { draft.stage != .editing } else { false }
            }
        }
        if case .quit = self { return true }
        return false
    }
}
