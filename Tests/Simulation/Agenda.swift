/// What will happen, in order of time and then of planning: the only thing that moves a simulation
/// on.
public final class Agenda {
    /// True time in milliseconds; clocks that lie are somebody else's.
    public private(set) var now: Int64 = 0
    private var entries: [Entry] = []
    private var planned: Int64 = 0

    private struct Entry {
        let at: Int64
        let order: Int64
        let action: () -> Void

        func isBefore(_ other: Entry) -> Bool {
            at != other.at ? at < other.at : order < other.order
        }
    }

    /// Begins at time 0 with nothing to do.
    public init() {}

    /// Has `action` happen `delay` milliseconds from now; never in the past.
    public func plan(in delay: Int64, _ action: @escaping () -> Void) {
        planned += 1
        entries.append(Entry(at: now + max(0, delay), order: planned, action: action))
        siftUp(from: entries.count - 1)
    }

    /// When the next thing happens; nil when nothing is left.
    public var next: Int64? { entries.first?.at }

    /// Lets the next thing happen; false when nothing is left or it lies at or after `end`.
    public func step(until end: Int64) -> Bool {
        guard let first = entries.first, first.at < end else { return false }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        siftDown()
        now = first.at
        first.action()
        return true
    }

    private func siftUp(from start: Int) {
        var index = start
        while index > 0, entries[index].isBefore(entries[(index - 1) / 2]) {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private func siftDown() {
        var index = 0
        while true {
            let left = 2 * index + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child =
                right < entries.count && entries[right].isBefore(entries[left]) ? right : left
            guard entries[child].isBefore(entries[index]) else { return }
            entries.swapAt(index, child)
            index = child
        }
    }
}
