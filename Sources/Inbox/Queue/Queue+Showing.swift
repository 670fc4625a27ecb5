import Approvals

// Which rows of the list are shown, and in which groups.
extension Queue {
    /// Leaves only what the query finds; nil or one that asks nothing shows all again.
    mutating func show(_ query: Query?, _ facts: QueryFacts) {
        isSettling = false
        self.facts = facts
        guard let query, query.node != .all([]) else {
            filter = nil
            regroup()
            return
        }
        guard filter?.query.node != query.node || query.isDynamic else {
            filter = filter.map { QueueFilter(query, matches: $0.matches) }
            return
        }
        let among = filter.flatMap { query.node.narrows($0.query.node) ? $0.matches : nil }
        filter = QueueFilter(query, among: among ?? listed, in: store, facts)
        regroup()
    }

    /// Puts rows together; nil shows them without groups again.
    mutating func group(by grouping: Grouping?) {
        isSettling = false
        let before = selected
        groups = grouping.map { QueueGroups(by: $0, of: shown, in: store) }
        selected = before
        findSelection()
    }

    /// Folds the group under the cursor or opens it again; false where there is none.
    mutating func fold(rows: Int) -> Bool {
        guard let groups, let heading = groups.heading(aboveEntry: index) else { return false }
        var folded = groups.folded
        if folded.remove(heading.key) == nil { folded.insert(heading.key) }
        regroup(folded: folded, onto: heading.key, rows: rows)
        return true
    }

    /// Folds every group, or opens all of them when all are folded; false without groups.
    mutating func foldAll(rows: Int) -> Bool {
        guard let groups, let heading = groups.heading(aboveEntry: index) else { return false }
        let keys = Set(groups.headings.map(\.key))
        regroup(
            folded: keys.isSubset(of: groups.folded) ? [] : keys, onto: heading.key, rows: rows)
        return true
    }

    /// Opens the group with this key.
    mutating func unfold(_ key: [UInt8]) {
        guard let old = groups else { return }
        groups = QueueGroups(
            by: old.grouping, of: shown, folded: old.folded.subtracting([key]), in: store)
    }

    private mutating func regroup(folded: Set<[UInt8]>, onto key: [UInt8], rows: Int) {
        guard let old = groups else { return }
        isSettling = false
        groups = QueueGroups(by: old.grouping, of: shown, folded: folded, in: store)
        if let selected, let place = entries.firstIndex(where: { $0 == store.slot(of: selected) }) {
            select(place, rows: rows)
        } else if let place = groups?.place(of: key) {
            select(place, rows: rows)
        } else {
            select(index, rows: rows)
        }
    }

    /// Puts the rows that are shown into their groups anew, and finds the cursor's row again.
    mutating func regroup() {
        let heading = selectedHeading
        if let old = groups {
            groups = QueueGroups(by: old.grouping, of: shown, folded: old.folded, in: store)
        }
        if let heading, let place = groups?.place(of: heading.key) {
            top = max(0, top + place - index)
            index = place
            return
        }
        findSelection()
    }

    /// Every row that the query leaves, folded away or not.
    package var shown: [Int32] { filter?.matches ?? listed }

    /// Chooses anew among the whole list.
    mutating func refilter() {
        if let filter {
            self.filter = QueueFilter(filter.query, among: listed, in: store, facts)
        }
    }

    /// Rows that the query finds only now, because time passed or they changed, go to the end.
    mutating func findMore(_ facts: QueryFacts) {
        self.facts = facts
        guard filter != nil else { return }
        takeIn(listed)
    }

    /// Shows those of the listed rows that the query finds and that are not shown yet.
    mutating func takeIn(_ slots: [Int32]) {
        guard var filter, !slots.isEmpty else { return }
        var isShown = Array(repeating: false, count: store.slotCount)
        for slot in filter.matches { isShown[Int(slot)] = true }
        let rest = slots.filter { !isShown[Int($0)] }
        var matcher = QueryMatcher(filter.query.node, facts)
        let found = matcher.filter(rest, in: store)
        guard !found.isEmpty else { return }
        filter.matches += found
        self.filter = filter
        for slot in found { groups?.append(slot, in: store) }
    }
}
