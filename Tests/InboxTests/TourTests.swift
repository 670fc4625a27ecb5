import GoldenTesting
import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// The tour shows somebody around without ever being in the way, and never asks for a real
/// decision.
struct TourTests {
    private func driver(
        _ offer: TourOffer, size: String = "80x24", preset: KeymapPreset = .vi
    ) throws -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            GoldenTests.views, size: GridSize(columns: sides[0], rows: sides[1]),
            settings: InboxSettings(keymap: try Keymap(preset: preset), tour: offer))
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("the offer and a step, in rows of their own", arguments: GoldenTests.sizes)
    func pictures(_ size: String) throws {
        let first = try driver(.firstStart, size: size)
        check(first, "tour-offered-\(size)")
        let demo = try driver(.demo, size: size)
        check(demo, "tour-demo-\(size)")
        demo.press(".")
        check(demo, "tour-step-\(size)")
    }

    @Test("in the demo everything is done, each step as soon as somebody did it")
    func whole() throws {
        let driver = try driver(.demo)
        driver.press(".")
        #expect(driver.shows("Tour 1/10"))
        let doings: [(TourStep, String)] = [
            (.open, "j"), (.edit, "enter"), (.diff, #"e down enter "x" enter"#), (.back, "d"),
            (.filter, "esc esc esc"), (.showAll, #"/ "db" enter"#), (.reject, "esc"),
            (.help, #"r "a tour" enter tab enter"#), (.end, "?"),
        ]
        for (step, keys) in doings {
            driver.press(keys)
            #expect(driver.inbox.tour.step == step, "after \(keys)")
        }
        driver.press("esc .")
        #expect(driver.inbox.tour.stage == .hidden)
    }

    @Test("where approvals are real it explains and asks nobody to decide or to edit")
    func real() throws {
        let driver = try driver(.firstStart)
        driver.press(".")
        var steps: [TourStep] = []
        while driver.inbox.tour.stage == .running, steps.count < 20 {
            let step = driver.inbox.tour.step
            steps.append(step)
            let text = driver.inbox.tourLines(columns: 200).map(\.text).joined()
            if [.edit, .diff, .reject].contains(step) {
                #expect(text.contains("real") || text.contains("would"), "\(text)")
            }
            driver.press(".")
        }
        #expect(steps.contains(.edit) && steps.contains(.reject) && steps.last == .end)
        #expect(driver.inbox.outbox.outgoing.isEmpty && driver.inbox.outbox.drafts.isEmpty)
    }

    @Test("escape hides it where escape has nothing else to do, and it goes on where it was left")
    func skipped() throws {
        let driver = try driver(.firstStart)
        let rows = driver.inbox.layout.body.rows
        driver.press("esc")
        #expect(driver.inbox.tour.stage == .hidden)
        #expect(driver.inbox.layout.body.rows == rows + 1)
        driver.press(#": "tour" enter j enter"#)
        #expect(driver.inbox.tour.step == .edit)
        driver.press("esc esc")
        #expect(driver.inbox.tour.stage == .hidden)
        #expect(driver.sentence == "The tour is left; . goes on with it.")
        driver.press(".")
        #expect(driver.inbox.tour.step == .edit)
        driver.press(#": "tour start" enter"#)
        #expect(driver.inbox.tour.step == .move)
        driver.press(#": "tour stop" enter"#)
        #expect(driver.inbox.tour.stage == .hidden)
    }

    /// The key of the tour must not be a key that decides, in any preset or place.
    @Test("no decision key is taken", arguments: KeymapPreset.allCases)
    func keys(_ preset: KeymapPreset) throws {
        let keymap = try Keymap(preset: preset)
        for context in Action.tour.contexts {
            let keys = keymap.keys(for: .tour, in: context)
            #expect(!keys.isEmpty)
            for other in Context.allCases {
                for key in keys {
                    if case .action(let action) = keymap.resolve(key.strokes, in: other) {
                        #expect(!action.isDecision)
                    }
                }
            }
        }
        let driver = try driver(.demo, preset: preset)
        driver.press(".")
        #expect(driver.shows("Tour 1/10"))
        for step in TourStep.allCases {
            driver.inbox.show(.running, step)
            #expect(driver.inbox.tourLines(columns: 60).count <= Inbox.tourLinesMax)
            let rest = driver.inbox.tourLines(columns: 60).map(\.text).joined(separator: " ")
            #expect(rest.hasSuffix(".") || rest.hasSuffix("this."), "\(step): \(rest)")
        }
    }

    @Test("without an offer nothing is shown until somebody asks")
    func none() throws {
        let driver = try driver(.none)
        #expect(driver.inbox.layout.tour.isEmpty)
        driver.press(".")
        #expect(driver.shows("Tour 1/10"))
    }
}
