import Approvals

extension Queue {
    /// Moves the cursor by rows; `rows` is the height of the list on the screen.
    mutating func move(by step: Int, rows: Int) {
        select(index + step, rows: rows, isBack: step < 0)
    }

    /// Puts the cursor on a place, as near as there is one, and scrolls as little as may be.
    ///
    /// The cursor stands on rows and on headings of folded groups; it goes over other headings, up
    /// or down.
    mutating func select(_ place: Int, rows: Int, isBack: Bool = false) {
        let entries = entries
        isSettling = false
        guard !entries.isEmpty else {
            index = 0
            top = 0
            selected = nil
            return
        }
        index = standing(near: min(max(0, place), entries.count - 1), isBack: isBack)
        selected = entries[index] < 0 ? nil : store.packed(entries[index]).id
        scroll(rows: rows)
    }

    /// The nearest place at which the cursor may stand.
    private func standing(near place: Int, isBack: Bool) -> Int {
        guard let groups else { return place }
        let entries = groups.entries
        let step = isBack ? -1 : 1
        var next = place
        while entries.indices.contains(next), groups.isPassedOver(entries[next]) { next += step }
        if entries.indices.contains(next) { return next }
        next = place
        while entries.indices.contains(next), groups.isPassedOver(entries[next]) { next -= step }
        return entries.indices.contains(next) ? next : place
    }

    /// Puts the cursor on an approval; false when it is not on the list.
    mutating func select(_ id: ApprovalID, rows: Int) -> Bool {
        let wanted = PackedID(id)
        guard let place = place(of: wanted) else { return false }
        select(place, rows: rows)
        return true
    }

    private func place(of id: PackedID) -> Int? {
        guard let slot = store.slot(of: id) else { return nil }
        return entries.firstIndex(of: slot)
    }

    /// Keeps the cursor on the screen, and the heading above it where there is room.
    mutating func scroll(rows: Int) {
        let rows = max(1, rows)
        let count = entries.count
        let last = max(0, count - rows)
        var first = index
        if rows > 1, index > 0, entries[min(index, count) - 1] < 0 { first = index - 1 }
        if first < top { top = first }
        if index >= top + rows { top = index - rows + 1 }
        top = min(max(0, top), last)
    }

    /// Finds the selected approval after the list changed; the nearest place when it is not there.
    mutating func findSelection() {
        let entries = entries
        if isSettling {
            top = 0
            index = entries.isEmpty ? 0 : standing(near: 0, isBack: false)
            selected = id(at: index)
            return
        }
        if let selected, let place = place(of: selected) {
            top = max(0, top + place - index)
            index = place
            return
        }
        index = min(index, max(0, entries.count - 1))
        if !entries.isEmpty { index = standing(near: index, isBack: false) }
        selected = id(at: index)
    }

    private func id(at index: Int) -> PackedID? {
        let entries = entries
        guard entries.indices.contains(index), entries[index] >= 0 else { return nil }
        return store.packed(entries[index]).id
    }

    /// The heading under the cursor, which is that of a folded group.
    package var selectedHeading: QueueGroups.Heading? {
        guard let groups, groups.entries.indices.contains(index) else { return nil }
        return groups.heading(groups.entries[index])
    }

    /// Where the row under the cursor stands among the rows of `list`.
    var listIndex: Int {
        guard let groups else { return index }
        return groups.entries.prefix(index).count { $0 >= 0 }
    }

    /// What is on the screen: slots of rows, and headings, which are below zero.
    package func visible(rows: Int) -> ArraySlice<Int32> {
        let entries = entries
        let start = min(max(0, top), entries.count)
        return entries[start..<min(entries.count, start + max(0, rows))]
    }
}
