import GoldenTesting
import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Nobody must know the program by heart: whatever it does can be found, and what it cannot do now
/// is explained.
struct FindingTests {
    private func driver(_ size: String, _ settings: InboxSettings = InboxSettings()) -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            GoldenTests.views, size: GridSize(columns: sides[0], rows: sides[1]),
            settings: settings)
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("the palette as it opens, and with something typed", arguments: GoldenTests.sizes)
    func palette(_ size: String) {
        let driver = driver(size)
        driver.press(":")
        check(driver, "palette-\(size)")
        driver.press(#""re" down"#)
        check(driver, "palette-typed-\(size)")
    }

    @Test("the key sheet, whole and searched", arguments: GoldenTests.sizes)
    func help(_ size: String) {
        let driver = driver(size)
        driver.press("?")
        check(driver, "help-\(size)")
        driver.press(#""approval" down"#)
        check(driver, "help-searched-\(size)")
    }

    @Test("how a key sequence can go on", arguments: GoldenTests.sizes)
    func whichKey(_ size: String) throws {
        let keymap = try Keymap(changes: [
            "top": ["g g"], "bottom": ["g e"], "history": ["g h"], "diff": ["g d"],
            "yank": ["g y"],
        ])
        let driver = driver(size, InboxSettings(keymap: keymap))
        driver.press("g")
        check(driver, "which-key-\(size)")
        driver.press("x")
        #expect(driver.sentence == "g x means nothing here.")
        driver.press("g esc")
        #expect(driver.inbox.strokes.isEmpty)
        driver.press("g h")
        #expect(driver.inbox.screen == .history)
    }

    @Test("what the palette or a pop-up covers was not seen")
    func covered() throws {
        let keymap = try Keymap(changes: ["top": ["g g"]])
        for key in [":", "g"] {
            let driver = Driver(
                FakeServer(), size: GridSize(columns: 80, rows: 24),
                settings: InboxSettings(keymap: keymap))
            driver.press(key)
            driver.server.put(view(5))
            driver.news()
            let known = try #require(driver.inbox.shelf[approvalID(5)])
            #expect(!driver.inbox.seen.hasSeen(known))
            driver.press("esc")
            #expect(driver.inbox.seen.hasSeen(known))
        }
    }

    @Test("actions are run by a few of their letters, chosen, completed and brought back")
    func commands() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press(#": "approve" enter"#)
        #expect(driver.shows("Approve this call?"))
        driver.press(#"esc : "hist" enter"#)
        #expect(driver.inbox.screen == .history)
        driver.press(#": "queue" enter"#)
        #expect(driver.inbox.screen == .queue)
        driver.press(#": "xyzzy" enter"#)
        #expect(driver.sentence.contains("nothing called"))
        driver.press(": up up")
        #expect(driver.shows(":queue"))
        driver.press(#"ctrl-u "hist" tab"#)
        #expect(driver.shows(":history"))
        driver.press("esc : enter")
        #expect(driver.inbox.overlays.isEmpty, "nothing was typed and nothing chosen")
        driver.press(": down enter")
        #expect(driver.sentence.contains("It works in"), "what was run last stands first")
    }

    @Test("an action may take an argument, chosen or typed")
    func arguments() {
        let driver = Driver([view(1), view(2, tool: "send_email", minutes: 20)])
        driver.press(#": "sort" tab"#)
        #expect(driver.shows("sort newest"))
        driver.press(#""ri" enter"#)
        #expect(driver.inbox.queue.order == .risk)
        driver.press(#": "sort sideways" enter"#)
        #expect(driver.sentence == "sort takes one of attention, risk, newest.")
        driver.press(#": "filter email" enter"#)
        #expect(driver.inbox.queue.list.count == 1)
        driver.press(#": "reject twice already" enter"#)
        #expect(driver.shows("twice already"))
        #expect(driver.shows("Reject"))
        #expect(driver.inbox.outbox.outgoing.isEmpty, "a form is filled in, nothing is sent")
        driver.press(#"esc : "help editor" down enter"#)
        #expect(driver.shows("Keys: Argument editor"))
    }

    @Test("a decision typed for one approval never meets another")
    func stillTheSame() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press(#": "reject""#)
        driver.inbox.queue.select(1, rows: 10)
        driver.press("enter")
        #expect(driver.inbox.overlays.isEmpty)
        #expect(driver.sentence.contains("Another approval"))
    }

    @Test("the key sheet is made of the keys of its place; what is typed narrows it, enter runs it")
    func sheet() {
        let driver = Driver([view(1)], size: GridSize(columns: 120, rows: 60))
        driver.press("?")
        #expect(driver.shows("Approves the approval that is shown"))
        driver.press("?")
        #expect(driver.inbox.overlays.isEmpty, "the key that opened it closes it")
        driver.press("e ?")
        #expect(driver.shows("Keys: Argument editor"))
        driver.press(#""undo""#)
        #expect(driver.shows("There is nothing to undo."))
        #expect(!driver.shows("Deletes the member"))
        driver.press("enter")
        #expect(driver.sentence == "There is nothing to undo.")
        driver.press("? esc")
        #expect(driver.inbox.place == .editor)
        driver.press("? enter")
        #expect(driver.inbox.place == .editor, "nothing was typed and nothing chosen")
        driver.press("? down down up enter")
        #expect(driver.inbox.place == .editor)
        #expect(
            driver.effects.contains { if case .openEditor = $0 { true } else { false } },
            "the first row is the text editor")
        driver.press(#"? "leaves" enter"#)
        #expect(driver.inbox.place == .queue)
    }

    @Test("a question is answered where it is read, not from the key sheet")
    func noAnswerFromTheSheet() {
        let driver = Driver([view(1)])
        driver.press(#"a f1 "yes" enter"#)
        #expect(driver.shows("Approve this call?"))
        #expect(driver.inbox.outbox.outgoing.isEmpty)
        #expect(driver.sentence.contains("Answer the question itself"))
    }
}
