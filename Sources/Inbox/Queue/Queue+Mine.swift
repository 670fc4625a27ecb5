extension Queue {
    /// The row that a person should decide next: in the order of what needs attention, the first
    /// one after the cursor's own, and the very first when none comes after it.
    func nextMine(
        isBack: Bool, _ facts: QueryFacts, isFree: (PackedID) -> Bool
    ) -> PackedID? {
        var matcher = QueryMatcher(
            .all([.test(.flag(.mine)), filter?.query.node ?? .all([])]), facts)
        let own = selected.flatMap { store.slot(of: $0) }.map {
            QueueOrder.attention.key(store.packed($0))
        }
        let slots = order == .attention ? sorted.slots : sorted.inAttentionOrder(store)
        let start = own.map { key in slots.partitionIndex { isBefore($0, key) } } ?? 0
        let others =
            isBack
            ? Array(slots[..<start].reversed()) + slots[start...].reversed()
            : Array(slots[start...]) + slots[..<start]
        for slot in others {
            let row = store.packed(slot)
            guard row.id != selected, matcher.matches(slot, in: store), isFree(row.id) else {
                continue
            }
            return row.id
        }
        return nil
    }

    private func isBefore(_ slot: Int32, _ key: SortKey) -> Bool {
        QueueOrder.attention.key(store.packed(slot)) < key
    }

    /// Puts the cursor on a row, opening its group when that is folded.
    mutating func reveal(_ id: PackedID, rows: Int) {
        guard let slot = store.slot(of: id) else { return }
        if let groups, !groups.rows.contains(slot) {
            unfold(groups.key(of: slot, in: store))
        }
        guard let place = entries.firstIndex(of: slot) else { return }
        select(place, rows: rows)
    }
}

extension SortedSlots {
    /// All slots in the order of what needs attention, whatever the list is sorted by.
    func inAttentionOrder(_ store: RowStore) -> [Int32] {
        var copy = self
        copy.sort(by: .attention, in: store)
        return copy.slots
    }
}

extension [Int32] {
    /// How many of the first elements, which are in order, come before something.
    fileprivate func partitionIndex(_ isBefore: (Int32) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
