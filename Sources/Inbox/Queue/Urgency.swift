import Approvals

/// How many rows run out of time.
package struct Urgency: Hashable, Sendable {
    /// Pending, with a time left that is counted in seconds.
    package internal(set) var urgent = 0
    /// Out of time by the server's clock, of which the server did not say it yet.
    package internal(set) var expired = 0

    package init() {}
}

extension Queue {
    /// How many of the pending rows run out of time.
    ///
    /// In the order of what needs attention this looks at the first of them only.
    func urgency(at time: Timestamp) -> Urgency {
        var urgency = Urgency()
        let soon = time.milliseconds + Countdown.secondsFrom
        for slot in sorted.slots {
            let row = store.packed(slot)
            if order == .attention {
                // Rows of one minute stand in no order of their deadlines.
                guard row.flags.state == .pending, row.deadline / 60_000 <= soon / 60_000 else {
                    break
                }
            }
            guard row.flags.state == .pending, row.deadline <= soon else { continue }
            if row.deadline <= time.milliseconds {
                urgency.expired += 1
            } else {
                urgency.urgent += 1
            }
        }
        return urgency
    }
}

/// How many approvals came in each of the last sixty minutes, as far as this program saw them.
package struct ArrivalCounts: Hashable, Sendable {
    private var minutes = Array(repeating: 0, count: Self.minutesMax)
    /// The minute in which time is now; counts stand at their minute modulo sixty.
    private var last: Int64?

    private static let minutesMax = 60
    /// Minutes of one bar.
    private static let barMinutes = 5

    init() {}

    /// Time goes on: what is more than an hour ago is forgotten.
    mutating func advance(to time: Timestamp) {
        let minute = time.milliseconds / 60_000
        guard let before = last else {
            last = minute
            return
        }
        guard minute > before else { return }
        for passed in 0..<min(minute - before, Int64(Self.minutesMax)) {
            minutes[place(minute - passed)] = 0
        }
        last = minute
    }

    /// An approval was submitted at this time.
    mutating func count(_ submitted: Timestamp) {
        let minute = submitted.milliseconds / 60_000
        guard let last, minute <= last, last - minute < Self.minutesMax else { return }
        minutes[place(minute)] += 1
    }

    /// Twelve bars from an hour ago to now, each from 0 to 1; empty when nothing came. The minute
    /// that is not over is left out, so that nothing changes more than once a minute.
    package var bars: [Double] {
        guard let last else { return [] }
        let bars = stride(from: Self.minutesMax, to: 0, by: -Self.barMinutes).map { ago in
            (0..<Self.barMinutes).reduce(0) { sum, step in
                let back = ago - step
                return back < Self.minutesMax ? sum + minutes[place(last - Int64(back))] : sum
            }
        }
        guard let most = bars.max(), most > 0 else { return [] }
        return bars.map { Double($0) / Double(most) }
    }

    private func place(_ minute: Int64) -> Int {
        Int((minute % Int64(Self.minutesMax) + Int64(Self.minutesMax)) % Int64(Self.minutesMax))
    }
}
