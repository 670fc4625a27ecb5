/// The slots of all waiting rows, always in order.
struct SortedSlots: Sendable {
    private(set) var slots: [Int32] = []
    var order: QueueOrder = .attention

    /// From this many on, changes are merged in one go instead of one by one.
    static let mergedFrom = 16

    /// Takes a row out, by the place that it had before it changed.
    mutating func remove(_ slot: Int32, key: SortKey, in store: RowStore) {
        let place = place(of: key, in: store)
        guard slots.indices.contains(place), slots[place] == slot else { return }
        slots.remove(at: place)
    }

    /// Puts a row in.
    mutating func insert(_ slot: Int32, in store: RowStore) {
        slots.insert(slot, at: place(of: order.key(store.packed(slot)), in: store))
    }

    /// Puts many rows in, none of which is there yet.
    mutating func merge(_ fresh: [Int32], in store: RowStore) {
        guard fresh.count >= Self.mergedFrom else {
            for slot in fresh { insert(slot, in: store) }
            return
        }
        let incoming = sorted(fresh, in: store)
        var merged: [Int32] = []
        merged.reserveCapacity(slots.count + incoming.count)
        var next = 0
        for (key, slot) in incoming {
            let place = place(of: key, in: store)
            if next < place { merged += slots[next..<place] }
            next = max(next, place)
            merged.append(slot)
        }
        merged += slots[next...]
        slots = merged
    }

    /// Sorts everything anew by another order.
    mutating func sort(by order: QueueOrder, in store: RowStore) {
        self.order = order
        slots = sorted(slots, in: store).map(\.slot)
    }

    /// Forgets everything.
    mutating func removeAll() { slots = [] }

    private func sorted(
        _ slots: [Int32], in store: RowStore
    ) -> [(key: SortKey, slot: Int32)] {
        slots.map { (order.key(store.packed($0)), $0) }.sorted { $0.0 < $1.0 }
    }

    /// The first place whose row does not stand before `key`.
    private func place(of key: SortKey, in store: RowStore) -> Int {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if order.key(store.packed(slots[middle])) < key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
