/// Finds the slot of an id: an open hash table of slot numbers, four bytes each.
///
/// The ids themselves stand in the rows, so the table asks for them instead of keeping them twice.
struct SlotTable: Sendable {
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private(set) var count = 0

    private var mask: Int { slots.count - 1 }

    /// The slot of `id`; `idOf` tells which id a slot holds.
    func slot(of id: PackedID, idOf: (Int32) -> PackedID) -> Int32? {
        var place = id.spread & mask
        while slots[place] >= 0 {
            if idOf(slots[place]) == id { return slots[place] }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Adds a slot whose id is not known yet.
    mutating func insert(_ slot: Int32, id: PackedID, idOf: (Int32) -> PackedID) {
        if count * 2 >= slots.count { grow(idOf: idOf) }
        place(slot, id: id)
        count += 1
    }

    /// Forgets the slot of `id`.
    mutating func remove(_ id: PackedID, idOf: (Int32) -> PackedID) {
        var place = id.spread & mask
        while slots[place] >= 0, idOf(slots[place]) != id { place = (place + 1) & mask }
        guard slots[place] >= 0 else { return }
        slots[place] = -1
        count -= 1
        // Whoever was pushed past the hole moves up, so that searching may stop at a hole.
        var next = (place + 1) & mask
        while slots[next] >= 0 {
            let moved = slots[next]
            slots[next] = -1
            self.place(moved, id: idOf(moved))
            next = (next + 1) & mask
        }
    }

    private mutating func place(_ slot: Int32, id: PackedID) {
        var place = id.spread & mask
        while slots[place] >= 0 { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow(idOf: (Int32) -> PackedID) {
        let old = slots
        slots = Array(repeating: -1, count: old.count * 2)
        for slot in old where slot >= 0 { place(slot, id: idOf(slot)) }
    }
}
