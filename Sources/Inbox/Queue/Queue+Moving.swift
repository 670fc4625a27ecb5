import Approvals

extension Queue {
    /// Moves the cursor by rows; `rows` is the height of the list on the screen.
    mutating func move(by step: Int, rows: Int) {
        select(index + step, rows: rows)
    }

    /// Puts the cursor on a place, as near as there is one, and scrolls as little as may be.
    mutating func select(_ place: Int, rows: Int) {
        let list = list
        isSettling = false
        guard !list.isEmpty else {
            index = 0
            top = 0
            selected = nil
            return
        }
        index = min(max(0, place), list.count - 1)
        selected = store.packed(list[index]).id
        scroll(rows: rows)
    }

    /// Puts the cursor on an approval; false when it is not on the list.
    mutating func select(_ id: ApprovalID, rows: Int) -> Bool {
        let wanted = PackedID(id)
        guard let place = list.firstIndex(where: { store.packed($0).id == wanted }) else {
            return false
        }
        select(place, rows: rows)
        return true
    }

    /// Keeps the cursor on the screen.
    mutating func scroll(rows: Int) {
        let rows = max(1, rows)
        let last = max(0, list.count - rows)
        if index < top { top = index }
        if index >= top + rows { top = index - rows + 1 }
        top = min(max(0, top), last)
    }

    /// Leaves only rows that contain the words of `text`; nil or nothing shows all again.
    mutating func show(onlyMatching text: String?) {
        isSettling = false
        guard let text, !text.isEmpty else {
            filter = nil
            findSelection()
            return
        }
        guard filter?.text != text else { return }
        let fresh = QueueFilter(text, among: [], in: store)
        let among = filter.map { fresh.narrows($0) ? $0.matches : listed } ?? listed
        filter = QueueFilter(text, among: among, in: store)
        findSelection()
    }

    /// Finds the selected approval after the list changed; the nearest place when it is not there.
    mutating func findSelection() {
        let list = list
        if isSettling {
            index = 0
            top = 0
            selected = list.first.map { store.packed($0).id }
            return
        }
        if let selected, let place = list.firstIndex(where: { store.packed($0).id == selected }) {
            top = max(0, top + place - index)
            index = place
            return
        }
        index = min(index, max(0, list.count - 1))
        selected = list.indices.contains(index) ? store.packed(list[index]).id : nil
    }

    /// The slots on the screen.
    package func visible(rows: Int) -> ArraySlice<Int32> {
        let list = list
        let start = min(max(0, top), list.count)
        return list[start..<min(list.count, start + max(0, rows))]
    }
}
