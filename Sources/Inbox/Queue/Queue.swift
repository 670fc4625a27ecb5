package import Approvals
import WireAPI

/// The list of what waits for a decision, and the row under the cursor.
///
/// What is on the screen never moves by itself: arrivals go to the end, and what was settled stays
/// where it is until the list is sorted anew because a person asked for it.
package struct Queue: Sendable {
    package private(set) var store = RowStore()
    var sorted = SortedSlots()
    /// The list on the screen when nothing is filtered.
    var listed: [Int32] = []
    /// What was typed after `/`, and what it leaves.
    package internal(set) var filter: QueueFilter?
    /// The groups of the list, when there are any.
    package internal(set) var groups: QueueGroups?
    /// What the filter may ask that stands in no row, as it was known last.
    var facts = QueryFacts()
    /// The approval under the cursor.
    package internal(set) var selected: PackedID? {
        didSet { if selected != oldValue { selectedID = selected?.id } }
    }
    /// The same in its own form, which a frame asks for many times.
    package private(set) var selectedID: ApprovalID?
    /// Where the cursor stands in `entries`.
    package internal(set) var index = 0
    /// The first row on the screen.
    package internal(set) var top = 0
    /// How many rows came since the list was last sorted.
    package internal(set) var arrivals = 0
    /// True until a person touched the list or it was complete once: so long it sorts itself.
    var isSettling = true
    /// True when a row on the screen was settled or is gone, and leaves when the list is sorted.
    var hasLeaving = false
    package private(set) var counts = QueueCounts()

    package init() {}

    /// Makes room for so many rows.
    mutating func reserve(_ count: Int) { store.reserve(count) }

    /// The rows on the screen in their order, without those that are folded away.
    package var list: [Int32] { groups?.rows ?? shown }

    /// The lines on the screen: slots of rows, and headings, which are below zero.
    package var entries: [Int32] { groups?.entries ?? shown }

    /// The row at a place of `entries`; nil for a heading.
    package func row(at index: Int) -> QueueRow? {
        let entries = entries
        guard entries.indices.contains(index), entries[index] >= 0 else { return nil }
        return store.row(entries[index])
    }

    /// The row under the cursor.
    package var selectedRow: QueueRow? { row(at: index) }

    /// A row by its id.
    package func row(_ id: ApprovalID) -> QueueRow? {
        store.slot(of: PackedID(id)).map { store.row($0) }
    }

    /// How the list is sorted.
    package var order: QueueOrder { sorted.order }

    /// Takes fresh rows; those that nobody waits for and that are not on the screen are left out.
    mutating func put(_ summaries: [ApprovalSummary]) {
        var fresh: [Int32] = []
        for summary in Self.latest(of: summaries) {
            let before = store.slot(of: PackedID(summary.id))
            if before == nil, !RowFlags(summary).isWaiting { continue }
            if let before { forget(before) }
            let slot = store.put(summary)
            let flags = store.packed(slot).flags
            counts.add(flags)
            if flags.isWaiting { fresh.append(slot) }
            noteLeaving(slot, before: before)
        }
        sorted.merge(fresh, in: store)
        list(fresh)
    }

    /// Of several rows of one approval only the last counts.
    private static func latest(of summaries: [ApprovalSummary]) -> [ApprovalSummary] {
        guard summaries.count > 1 else { return summaries }
        var last: [PackedID: Int] = [:]
        for (index, summary) in summaries.enumerated() { last[PackedID(summary.id)] = index }
        guard last.count < summaries.count else { return summaries }
        return summaries.enumerated().filter { last[PackedID($1.id)] == $0 }.map(\.element)
    }

    /// Takes what a view says of a row that is known; a row is not made of it.
    mutating func update(_ summary: ApprovalSummary) {
        guard let slot = store.slot(of: PackedID(summary.id)),
            Int(store.packed(slot).revision) <= summary.revision
        else { return }
        put([summary])
    }

    /// Takes the first rows of the local copy, which nobody has confirmed yet.
    mutating func putCopied(_ summaries: [ApprovalSummary]) {
        put(summaries)
        for summary in summaries {
            guard let slot = store.slot(of: PackedID(summary.id)) else { continue }
            store.setFlags(slot) { $0.isFromCopy = true }
        }
    }

    /// Takes further rows of the local copy, which stand behind all others; known ones are newer.
    mutating func append(_ summaries: [ApprovalSummary]) {
        var fresh: [Int32] = []
        for summary in summaries
        where RowFlags(summary).isWaiting && store.slot(of: PackedID(summary.id)) == nil {
            let slot = store.put(summary)
            counts.add(store.packed(slot).flags)
            store.setFlags(slot) {
                $0.isListed = true
                $0.isFromCopy = true
            }
            listed.append(slot)
            fresh.append(slot)
        }
        sorted.merge(fresh, in: store)
        // What is grouped waits until all rows are there: then they are sorted in.
        if groups == nil { takeIn(fresh) }
    }

    /// The server said that these are no longer for this person.
    mutating func remove(_ ids: [ApprovalID]) {
        for id in ids {
            guard let slot = store.slot(of: PackedID(id)) else { continue }
            forget(slot)
            store.setFlags(slot) { $0.isGone = true }
            if store.packed(slot).flags.isListed { hasLeaving = true } else { store.remove(slot) }
        }
    }

    /// Sorts the list anew and drops what nobody waits for any more; returns what was dropped.
    @discardableResult
    mutating func settle() -> [ApprovalID] {
        var dropped: [ApprovalID] = []
        for slot in listed {
            guard store.packed(slot).flags.isWaiting else {
                dropped.append(store.packed(slot).id.id)
                store.remove(slot)
                continue
            }
            store.setFlags(slot) { $0.isListed = false }
        }
        listed = sorted.slots
        for slot in listed { store.setFlags(slot) { $0.isListed = true } }
        arrivals = 0
        hasLeaving = false
        refilter()
        regroup()
        return dropped
    }

    /// Sorts by another column.
    mutating func sort(by order: QueueOrder) -> [ApprovalID] {
        sorted.sort(by: order, in: store)
        return settle()
    }

    /// Every known row is doubted until the feed, which begins anew, names it again.
    mutating func doubtAll() {
        for slot in sorted.slots { store.setFlags(slot) { $0.isOutdated = true } }
    }

    /// What the feed did not name again is gone.
    mutating func removeDoubted() -> [ApprovalID] {
        let ids = sorted.slots.filter { store.packed($0).flags.isOutdated }.map {
            store.packed($0).id.id
        }
        remove(ids)
        return ids
    }

    /// Forgets everything.
    mutating func removeAll() {
        let order = sorted.order
        let grouping = groups?.grouping
        self = Queue()
        sorted.order = order
        group(by: grouping)
        isSettling = true
    }

    /// Takes a row out of the order and the counts, before it changes.
    private mutating func forget(_ slot: Int32) {
        let row = store.packed(slot)
        counts.remove(row.flags)
        if row.flags.isWaiting { sorted.remove(slot, key: sorted.order.key(row), in: store) }
    }

    private mutating func noteLeaving(_ slot: Int32, before: Int32?) {
        let flags = store.packed(slot).flags
        guard before != nil, !flags.isWaiting else { return }
        if flags.isListed { hasLeaving = true } else { store.remove(slot) }
    }

    /// Puts what is not on the screen yet at its end.
    private mutating func list(_ fresh: [Int32]) {
        if isSettling || listed.isEmpty {
            settle()
            return
        }
        for slot in fresh where !store.packed(slot).flags.isListed {
            store.setFlags(slot) { $0.isListed = true }
            listed.append(slot)
            arrivals += 1
            if filter == nil { groups?.append(slot, in: store) }
        }
        // Also what was listed before: it changed, and the query may find it now.
        takeIn(fresh)
    }
}

/// How many rows wait.
package struct QueueCounts: Hashable, Sendable {
    /// Those that are pending.
    package private(set) var pending = 0
    /// Those that are pending at high or critical risk.
    package private(set) var pendingHigh = 0

    mutating func add(_ flags: RowFlags) { count(flags, 1) }
    mutating func remove(_ flags: RowFlags) { count(flags, -1) }

    private mutating func count(_ flags: RowFlags, _ step: Int) {
        guard flags.state == .pending, !flags.isGone else { return }
        pending += step
        if flags.risk.sortRank >= 2 { pendingHigh += step }
    }
}
