import Approvals

/// How the queue is sorted.
package enum QueueOrder: Hashable, Sendable, CaseIterable {
    /// Whoever has the least time left stands first.
    case timeLeft
    /// The most harmful stands first, then by time left.
    case risk
    /// The latest arrival stands first.
    case newest

    /// How the screen names it.
    package var title: String {
        switch self {
        case .timeLeft: "time left"
        case .risk: "risk"
        case .newest: "newest first"
        }
    }

    /// The one after this.
    package var next: QueueOrder {
        switch self {
        case .timeLeft: .risk
        case .risk: .newest
        case .newest: .timeLeft
        }
    }

    /// What a row is sorted by; pending rows stand before all others, equal keys go by id.
    func key(_ row: RowStore.Packed) -> SortKey {
        let isPending = row.flags.state == .pending
        let deadline = UInt64(bitPattern: row.deadline) ^ 1 << 63
        let harm = UInt64(3 - (row.flags.risk.sortRank))
        return switch self {
        case .timeLeft: SortKey(isPending ? 0 : 1, deadline, harm, row.id)
        case .risk: SortKey(isPending ? harm : harm + 4, deadline, 0, row.id)
        case .newest: SortKey(isPending ? 0 : 1, ~row.id.high, ~row.id.low, row.id)
        }
    }
}

/// Three numbers and an id, compared in this order.
struct SortKey: Comparable {
    let first: UInt64
    let second: UInt64
    let third: UInt64
    let id: PackedID

    init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ id: PackedID) {
        self.first = first
        self.second = second
        self.third = third
        self.id = id
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.third != right.third { return left.third < right.third }
        return left.id < right.id
    }
}
