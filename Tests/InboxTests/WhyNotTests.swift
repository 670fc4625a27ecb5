import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Goal: wherever somebody is, an action does something or says why it does not, and the key says
/// what the palette says. Method: every action, in every place that can be reached.
struct WhyNotTests {
    /// Ways into every place, with and without something to act on.
    private static let scripts: [(name: String, place: Place, keys: String)] = [
        ("a queue", .queue, ""), ("a detail", .detail, "enter"),
        ("a value in the detail", .detail, "enter j j j j j j j"),
        ("an editor", .editor, "e"), ("an editor with a change", .editor, "e j j z"),
        ("a field", .fieldInput, "e j j enter"),
        ("a document", .document, "e w"), ("a diff", .diff, "e j j z d"),
        ("the history", .history, "H"), ("the key sheet", .help, "?"),
        ("a question", .dialog, "e j j z X"), ("the palette", .commandLine, ":"),
        ("the filter", .filter, "/"), ("the policies", .page, "P"), ("the grants", .grants, "S"),
        ("the question before a rejection", .dialog, "r tab"),
    ]

    @Test("an action runs or gives a reason, in every place")
    func everyActionEverywhere() {
        for script in Self.scripts {
            for isEmpty in [false, true] {
                let driver = Driver(isEmpty ? [] : GoldenTests.views)
                driver.press(script.keys)
                guard driver.inbox.place == script.place else { continue }
                for action in Action.allCases { check(action, in: driver, script.name) }
            }
        }
        #expect(Set(Self.scripts.map(\.place)).union([.bulk]) == Set(Place.allCases))
    }

    /// What moves somebody or opens something may find itself at its end.
    private static let quiet: Set<Action> = [
        .expand, .collapse, .nextPane, .previousPane,
    ]

    private func check(_ action: Action, in driver: Driver, _ name: String) {
        var inbox = driver.inbox
        let before = inbox
        inbox.notice = nil
        inbox.arming = Arming()
        let reason = inbox.whyNot(action)
        inbox.perform(action)
        guard let reason else {
            guard action.kind == .ordinary, action.section != .typing,
                !Self.quiet.contains(action)
            else { return }
            let isDifferent =
                inbox.notice != nil || !inbox.effects.isEmpty
                || inbox.overlays.count != before.overlays.count || inbox.place != before.place
                || inboxRows(inbox) != inboxRows(before)
            #expect(isDifferent, "\(action.rawValue) does nothing in \(name) and does not say why")
            return
        }
        #expect(inbox.notice?.text == reason, "\(action.rawValue) in \(name)")
        #expect(reason.hasSuffix("."), "\(action.rawValue) in \(name): \(reason)")
        #expect(inbox.overlays.count == before.overlays.count, "\(action.rawValue) in \(name)")
        #expect(inbox.outbox.outgoing.isEmpty)
    }

    private func inboxRows(_ inbox: Inbox) -> [String] {
        Driver.frame(of: inbox).text
    }

    @Test("the sentences are about what is under the cursor")
    func sentences() {
        let driver = Driver(GoldenTests.views, size: GridSize(columns: 80, rows: 24))
        driver.press("enter")
        #expect(driver.inbox.whyNot(.reveal) == "Put the cursor on a redacted value first.")
        #expect(driver.inbox.whyNot(.toggleValue) == "It works in: argument editor.")
        #expect(driver.inbox.whyNot(.cursorLeft) == "It works where text is typed.")
        #expect(driver.inbox.whyNot(.diff)?.contains("changed nothing") == true)
        #expect(driver.inbox.whyNot(.approve)?.contains("were not on the screen yet") == true)
        driver.press("p")
        #expect(driver.sentence == "Put the cursor on a redacted value first.")
    }

    @Test("who asked for it reads why they cannot decide it, before they press anything")
    func ownRun() {
        var own = view(1)
        own.youCanDecide = false
        own.whyNot = "You asked for it yourself."
        own.whoCanDecide = ["ben@acme.test"]
        let driver = Driver([own])
        driver.press(#": "approve""#)
        #expect(driver.shows("You asked for it yourself. Could: ben@acme.test."))
        driver.press("enter")
        #expect(driver.sentence == "You asked for it yourself. Could: ben@acme.test.")
    }
}
