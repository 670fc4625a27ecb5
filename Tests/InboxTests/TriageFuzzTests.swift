import Approvals
import Foundation

import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// A decision key acts on exactly the row that was highlighted on the last painted frame, or it
/// does nothing: whatever the feed, the clock, filters, groups and folds do meanwhile.
struct TriageFuzzTests {
    private static let keys = [
        "j", "k", "g", "G", "ctrl-d", "ctrl-u", "s", "b", "z", "B", "]", "[", "m", "esc", "tab",
        "ctrl-r", "space", "V", "/ \"e\" enter", "/ \"is:open tool:a or risk>=high\" enter",
        "/ \"left<9m\" enter", "/ \"rsk:\" esc", "f enter", "f down enter", "f down down enter",
        "pgdn", "pgup", "J", "K", "Q",
    ]

    @Test("random changes, times, filters, groups and keys; COUNTERSIGN_SEEDS says how many seeds")
    func random() {
        let seeds = ProcessInfo.processInfo.environment["COUNTERSIGN_SEEDS"].flatMap { UInt64($0) }
        var asked = 0
        for seed in 0..<(seeds ?? 6) { asked += run(seed: seed, steps: 300) }
        #expect(asked > 0, "some decision keys opened a question, or nothing was tried")
    }

    /// Returns how many questions were opened.
    private func run(seed: UInt64, steps: Int) -> Int {
        var dice = Dice(seed &+ 77)
        let driver = Driver(
            (1...9).map { approval($0, &dice) }, size: GridSize(columns: 120, rows: 30))
        var next = 10
        var asked = 0
        for _ in 0..<steps {
            happen(driver, &dice, &next)
            if dice.roll(3) == 0 {
                if decide(driver, &dice, seed) { asked += 1 }
            } else {
                driver.press(Self.keys[dice.roll(Self.keys.count)], pause: Int64(dice.roll(700)))
                checkFrame(driver, seed)
            }
        }
        return asked
    }

    private func happen(_ driver: Driver, _ dice: inout Dice, _ next: inout Int) {
        let number = 1 + dice.roll(next - 1)
        switch dice.roll(12) {
        case 0, 1:
            driver.server.put(approval(next, &dice))
            next += 1
        case 2: driver.server.change(number) { $0.state = .cancelled }
        case 3: driver.server.change(number) { $0.risk = .critical }
        case 4:
            driver.server.change(number) {
                $0.requirement.deadline = $0.requirement.deadline.adding(seconds: -90)
            }
        case 5: driver.server.feed.append(InboxChange(kind: .gone, id: approvalID(number)))
        case 6: driver.advance(Int64(dice.roll(120_000)))
        case _: return
        }
        // Half of the time the news come, are shown, and only then a key is pressed.
        if dice.roll(2) == 0 { driver.news() }
    }

    /// Presses a decision key, sometimes with news that came between the last frame and the key.
    private func decide(_ driver: Driver, _ dice: inout Dice, _ seed: UInt64) -> Bool {
        guard driver.inbox.overlays.isEmpty else {
            driver.press("esc")
            return false
        }
        driver.draw()
        let painted = highlighted(driver)
        if dice.roll(3) == 0 {
            // A sort, a fold or a view that nobody has seen yet.
            tap(["s", "z", "b", "j", "]"][dice.roll(5)], driver)
        }
        if dice.roll(3) == 0 { driver.arrive() }
        if dice.roll(2) == 0 { driver.wait(400) }
        tap(dice.roll(2) == 0 ? "a" : "r", driver)
        guard case .decision(let dialog) = driver.inbox.overlays.last else { return false }
        #expect(dialog.view.id == painted, "seed \(seed): another row was highlighted")
        driver.draw()
        if dice.roll(2) == 0 {
            let before = driver.server.decided.count
            driver.press("\"no\" enter y")
            for decision in driver.server.decided[before...] {
                #expect(decision.id == painted, "seed \(seed): another one was decided")
            }
        }
        driver.press("esc")
        return true
    }

    /// A press after which nothing is drawn.
    private func tap(_ key: String, _ driver: Driver) {
        if let stroke = KeyStroke(notation: key) { driver.tell(.key(stroke)) }
    }

    private func highlighted(_ driver: Driver) -> ApprovalID? {
        driver.inbox.screen == .queue ? driver.inbox.queue.selectedRow?.id.id : nil
    }

    /// The cursor stands on a row of the list or on the heading of a folded group, and what is
    /// filtered and grouped is whole.
    private func checkFrame(_ driver: Driver, _ seed: UInt64) {
        let queue = driver.inbox.queue
        #expect(Set(queue.list).count == queue.list.count, "seed \(seed): a row stands twice")
        #expect(Set(queue.shown).isSuperset(of: queue.list))
        guard !queue.entries.isEmpty else { return }
        #expect(queue.entries.indices.contains(queue.index), "seed \(seed)")
        if queue.selected == nil {
            #expect(queue.selectedHeading?.isFolded == true, "seed \(seed)")
        } else {
            #expect(queue.selectedRow?.id == queue.selected, "seed \(seed)")
        }
    }

    private func approval(_ number: Int, _ dice: inout Dice) -> ApproverView {
        var approval = view(
            number, tool: ["a.tool", "b.tool", "send_email"][dice.roll(3)],
            agent: ["bot", "janitor"][dice.roll(2)], risk: Risk.allCases[dice.roll(4)],
            minutes: 1 + dice.roll(30))
        approval.origin.runID = ["r1", "r2", nil][dice.roll(3)]
        approval.youCanDecide = dice.roll(4) > 0
        return approval
    }
}
