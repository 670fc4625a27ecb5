import Approvals
import Testing
import WireAPI

@testable import Inbox

/// What is under the cursor stays there, whatever the server sends.
struct QueueTests {
    private func settled(_ rows: [ApprovalSummary]) -> Queue {
        var queue = Queue()
        queue.put(rows)
        queue.isSettling = false
        queue.select(0, rows: 10)
        return queue
    }

    private func numbers(_ queue: Queue) -> [Int] {
        queue.list.map { Int(queue.store.row($0).id.id.rawValue.suffix(4), radix: 16) ?? -1 }
    }

    @Test("the least time left stands first, then the more harmful, then the earlier one")
    func order() {
        let queue = settled([
            row(1, minutes: 30), row(2, minutes: 5), row(3, risk: .low, minutes: 9),
            row(5, risk: .critical, minutes: 9), row(4, risk: .critical, minutes: 9),
        ])
        #expect(numbers(queue) == [2, 4, 5, 3, 1])
    }

    @Test("the other orders")
    func otherOrders() {
        var queue = settled([
            row(1, risk: .low, minutes: 1), row(2, risk: .high, minutes: 9),
            row(3, risk: .high, minutes: 5),
        ])
        _ = queue.sort(by: .risk)
        #expect(numbers(queue) == [3, 2, 1])
        _ = queue.sort(by: .newest)
        #expect(numbers(queue) == [3, 2, 1])
        queue.put([row(4, minutes: 90)])
        _ = queue.settle()
        #expect(numbers(queue) == [4, 3, 2, 1])
    }

    @Test("arrivals go to the end and are counted; nothing moves until somebody asks")
    func arrivals() {
        var queue = settled([row(1, minutes: 10), row(2, minutes: 20), row(3, minutes: 30)])
        queue.select(1, rows: 10)
        queue.put([row(9, minutes: 1), row(8, minutes: 15)])
        #expect(numbers(queue).prefix(3) == [1, 2, 3])
        #expect(queue.arrivals == 2)
        #expect(queue.selectedRow?.id.id == approvalID(2))
        _ = queue.settle()
        #expect(numbers(queue) == [9, 1, 8, 2, 3])
        #expect(queue.selectedRow?.id.id == approvalID(2), "the cursor stays on its approval")
        #expect(queue.arrivals == 0)
    }

    @Test("what was settled stays where it is until the list is sorted anew")
    func settledRows() {
        var queue = settled([row(1, minutes: 10), row(2, minutes: 20), row(3, minutes: 30)])
        queue.put([row(2, minutes: 20, state: .approved, revision: 2)])
        #expect(numbers(queue) == [1, 2, 3])
        #expect(queue.row(at: 1)?.state == .approved)
        #expect(queue.counts.pending == 2)
        #expect(queue.settle() == [approvalID(2)])
        #expect(numbers(queue) == [1, 3])
        #expect(queue.row(approvalID(2)) == nil)
    }

    @Test("a row that is given to somebody else stays too, and says so")
    func gone() {
        var queue = settled([row(1, minutes: 10), row(2, minutes: 20)])
        queue.remove([approvalID(1), approvalID(7)])
        #expect(numbers(queue) == [1, 2])
        #expect(queue.row(at: 0)?.isGone == true)
        #expect(queue.counts.pending == 1)
        queue.put([row(1, minutes: 10, revision: 2)])
        #expect(queue.row(at: 0)?.isGone == false, "it came back")
        #expect(queue.counts.pending == 2)
    }

    @Test("what is settled and was never on the screen is not taken in at all")
    func settledStrangers() {
        var queue = settled([row(1)])
        queue.put([row(2, state: .rejected)])
        #expect(queue.store.count == 1)
    }

    @Test("until a person touches it, the list sorts itself and the cursor is on the first row")
    func settling() {
        var queue = Queue()
        queue.put([row(2, minutes: 20)])
        queue.put([row(1, minutes: 10)])
        #expect(numbers(queue) == [1, 2])
        #expect(queue.selectedRow?.id.id == approvalID(1))
    }

    @Test("rows of the local copy go behind the others, and never replace newer ones")
    func localCopy() {
        var queue = settled([row(1, minutes: 10), row(2, minutes: 20, revision: 5)])
        queue.append([row(2, minutes: 20), row(3, minutes: 30), row(4, state: .approved)])
        #expect(numbers(queue) == [1, 2, 3])
        #expect(queue.row(approvalID(2))?.revision == 5)
        #expect(queue.arrivals == 0)
    }

    @Test(
        "every word must stand somewhere in the row",
        arguments: [
            ("refund", [1, 2]), ("REFUND cus_91", [1]), ("high", [2]), ("bot-b", [3]),
            ("pending", [1, 2, 3]), ("nothing", []), ("  ", [1, 2, 3]), ("sessions delete", [3]),
        ] as [(String, [Int])])
    func filter(_ text: String, _ found: [Int]) throws {
        var queue = settled([
            row(1, summary: "184 to cus_91", minutes: 1),
            row(2, summary: nil, risk: .high, minutes: 2),
            row(3, tool: "db.execute", summary: "DELETE FROM Sessions", agent: "bot-b", minutes: 3),
        ])
        queue.show(try Query(parsing: text), QueryFacts())
        #expect(numbers(queue) == found)
        queue.show(nil, QueryFacts())
        #expect(numbers(queue) == [1, 2, 3])
    }

    @Test("typing on narrows what was found; deleting widens it again")
    func narrowing() throws {
        var queue = settled((1...50).map { row($0, summary: "call \($0)", minutes: $0) })
        queue.show(try Query(parsing: "call 1"), QueryFacts())
        #expect(queue.list.count == 14)
        queue.show(try Query(parsing: "call 12"), QueryFacts())
        #expect(numbers(queue) == [12])
        queue.show(try Query(parsing: "call"), QueryFacts())
        #expect(queue.list.count == 50)
        queue.put([row(99, summary: "call 99")])
        #expect(queue.list.count == 51, "an arrival that matches is shown")
    }

    @Test("the cursor stays on the screen, and the screen within the list")
    func scrolling() {
        var queue = settled((1...100).map { row($0, minutes: $0) })
        for step in [1, 10, -3, 200, -1, -500, 9, 1] {
            queue.move(by: step, rows: 10)
            #expect((queue.top..<queue.top + 10).contains(queue.index))
            #expect((0...90).contains(queue.top))
        }
    }

    @Test("a feed that begins anew drops what it does not name again")
    func doubt() {
        var queue = settled([row(1, minutes: 1), row(2, minutes: 2), row(3, minutes: 3)])
        queue.doubtAll()
        queue.put([row(2, minutes: 2)])
        #expect(Set(queue.removeDoubted()) == [approvalID(1), approvalID(3)])
        #expect(queue.counts.pending == 1)
    }

    @Test("the order kept row by row is the order of sorting all at once; many random changes")
    func sortedAlways() {
        var dice = Dice(3)
        var queue = Queue()
        queue.isSettling = false
        for round in 0..<400 {
            let count = 1 + dice.roll(round % 7 == 0 ? 40 : 3)
            queue.put(
                (0..<count).map { _ in
                    row(
                        dice.roll(300), risk: Risk.allCases[dice.roll(4)],
                        minutes: 1 + dice.roll(50),
                        state: dice.roll(5) == 0 ? .approved : .pending)
                })
            if dice.roll(9) == 0 { queue.remove([approvalID(dice.roll(300))]) }
            if dice.roll(20) == 0 { _ = queue.settle() }
            let kept = queue.sorted.slots
            let order = queue.sorted.order
            let keys = kept.map { order.key(queue.store.packed($0)) }
            #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "round \(round)")
            #expect(Set(kept).count == kept.count)
            #expect(queue.counts.pending == kept.count { queue.store.row($0).state == .pending })
            for slot in kept { #expect(queue.store.slot(of: queue.store.packed(slot).id) == slot) }
        }
    }

    @Test("ids and summaries survive packing")
    func packing() {
        var dice = Dice(5)
        var store = RowStore()
        var kept: [Int: String] = [:]
        for _ in 0..<2_000 {
            let number = dice.roll(500)
            let text = String(repeating: "é\(number) ", count: dice.roll(60))
            _ = store.put(row(number, summary: text))
            kept[number] = text
            let gone = dice.roll(500)
            if let slot = store.slot(of: PackedID(approvalID(gone))) {
                store.remove(slot)
                kept[gone] = nil
            }
        }
        #expect(store.count == kept.count)
        for (number, text) in kept {
            let slot = store.slot(of: PackedID(approvalID(number)))
            #expect(slot.map { store.row($0).id.id } == approvalID(number))
            #expect(slot.flatMap { store.row($0).summary } == text)
        }
    }
}
