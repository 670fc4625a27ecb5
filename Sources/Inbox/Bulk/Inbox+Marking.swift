import Approvals
import Keymap
import WireAPI

extension Inbox {
    /// True where the decision keys stand for everything that is marked, not for one approval.
    package var decidesMarked: Bool {
        !marks.isEmpty && screen == .queue && focus == .list && overlays.isEmpty
    }

    /// Marks rows or takes marks away; false for any other action.
    mutating func performMarking(_ action: Action) -> Bool {
        if action == .mark {
            toggleMark()
        } else if action == .markRange {
            markRange()
        } else if action == .markAll {
            markAll()
        } else if action == .markInvert {
            invertMarks()
        } else if action == .markNone {
            let count = marks.count
            marks.removeAll()
            say(.info, count == 0 ? "Nothing is marked." : "No row is marked any more.")
        } else {
            return false
        }
        return true
    }

    /// Marks the row under the cursor and goes to the next one.
    private mutating func toggleMark() {
        guard let row = queue.selectedRow else { return }
        if marks.contains(row.id) {
            marks.remove(row.id)
        } else if !row.isOpen(at: serverTime) {
            say(.info, "Only what is pending can be marked.")
            return
        } else if !marks.insert(row.id, revision: row.revision) {
            sayTooMany()
            return
        }
        queue.move(by: 1, rows: layout.listRows)
    }

    /// Marks everything between the row marked last and the cursor, both included.
    private mutating func markRange() {
        guard let anchor = marks.anchor,
            let start = queue.list.firstIndex(where: { queue.store.packed($0).id == anchor })
        else {
            say(.info, "Mark a row with \(key(for: .mark)) first: a range begins there.")
            return
        }
        let end = min(queue.listIndex, queue.list.count - 1)
        let range = min(start, end)...max(start, end)
        let didFit = mark(Array(queue.list[range]))
        if didFit { say(.info, countOfMarks) } else { sayTooMany() }
    }

    private mutating func markAll() {
        let isAll = mark(queue.list)
        let partly = hasMoreRows ? " Rows that are still loading are not." : ""
        if isAll { say(.info, countOfMarks + partly) } else { sayTooMany() }
    }

    private mutating func invertMarks() {
        var fresh = Marks()
        var didFit = true
        for slot in queue.list where didFit {
            let row = queue.store.packed(slot)
            guard !marks.contains(row.id), isMarkable(row) else { continue }
            didFit = fresh.insert(row.id, revision: Int(row.revision))
        }
        // What the filter hides keeps its mark.
        let shown = Set(queue.list.map { queue.store.packed($0).id })
        for mark in marks.all where !shown.contains(PackedID(mark.id)) {
            didFit = fresh.insert(PackedID(mark.id), revision: mark.revision) && didFit
        }
        marks = fresh
        if didFit { say(.info, countOfMarks) } else { sayTooMany() }
    }

    /// Marks these rows; false when there are more than can be marked.
    private mutating func mark(_ slots: [Int32]) -> Bool {
        for slot in slots {
            let row = queue.store.packed(slot)
            guard isMarkable(row), !marks.contains(row.id) else { continue }
            guard marks.insert(row.id, revision: Int(row.revision)) else { return false }
        }
        return true
    }

    private func isMarkable(_ row: RowStore.Packed) -> Bool {
        row.flags.state == .pending && !row.flags.isGone
            && row.deadline > serverTime.milliseconds
    }

    private var countOfMarks: String {
        marks.isEmpty
            ? "Nothing is marked."
            : "\(marks.count) marked: \(key(for: .approve)) or \(key(for: .reject)) shows them all "
                + "before anything is sent."
    }

    private mutating func sayTooMany() {
        say(
            .warning,
            "\(Marks.countMax) are marked, and no more can be decided at once. The rest is not "
                + "marked.")
    }

    /// A mark leaves with what it stood for.
    mutating func forgetMarks(settledIn rows: [ApprovalSummary], gone: [ApprovalID]) {
        guard !marks.isEmpty else { return }
        for row in rows where row.state != .pending { marks.remove(PackedID(row.id)) }
        for id in gone { marks.remove(PackedID(id)) }
    }
}
