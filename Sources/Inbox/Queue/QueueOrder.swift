import Approvals

/// How the queue is sorted.
package enum QueueOrder: Hashable, Sendable, CaseIterable {
    /// What needs attention first.
    ///
    /// By the minute of the deadline; within one minute by risk, then by how few people can decide,
    /// then by the deadline itself. Whole minutes, because seconds between two deadlines matter
    /// less than a critical call below a harmless one; and of the deadline instead of the time
    /// left, because then nothing changes its place while time passes.
    case attention
    /// The most harmful stands first, then by time left.
    case risk
    /// The latest arrival stands first.
    case newest

    /// How the screen names it.
    package var title: String {
        switch self {
        case .attention: "what needs attention"
        case .risk: "risk"
        case .newest: "newest first"
        }
    }

    /// How a query names it.
    package var word: String {
        switch self {
        case .attention: "attention"
        case .risk: "risk"
        case .newest: "newest"
        }
    }

    /// The order that a query names so.
    init?(word: String) {
        guard let order = Self.allCases.first(where: { $0.word.utf8.elementsEqual(word.utf8) })
        else { return nil }
        self = order
    }

    /// The one after this.
    package var next: QueueOrder {
        switch self {
        case .attention: .risk
        case .risk: .newest
        case .newest: .attention
        }
    }

    /// What a row is sorted by; pending rows stand before all others, equal keys go by id.
    func key(_ row: RowStore.Packed) -> SortKey {
        let isPending = row.flags.state == .pending
        let deadline = UInt64(bitPattern: row.deadline) ^ 1 << 63
        let harm = UInt64(3 - (row.flags.risk.sortRank))
        return switch self {
        case .attention:
            SortKey(
                isPending ? 0 : 1, UInt64(bitPattern: row.deadline / 60_000) ^ 1 << 63,
                harm << 32 | UInt64(row.deciders) << 24
                    | UInt64((row.deadline % 60_000).magnitude), row.id)
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
