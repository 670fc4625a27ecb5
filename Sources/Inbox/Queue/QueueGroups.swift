/// The rows of a list put together by tool, agent or run, each group below a heading.
///
/// Groups stand in the order of their first rows, so the group with what is most urgent is on top.
package struct QueueGroups: Sendable {
    /// The line above a group.
    package struct Heading: Hashable, Sendable {
        /// The bytes of the name, which tell two groups apart.
        let key: [UInt8]
        /// The name of the tool, the agent or the run.
        package let title: String
        /// How many rows stand in the group, shown or folded away.
        package internal(set) var count = 0
        /// How many of them are of high or critical risk.
        package internal(set) var highCount = 0
        package internal(set) var isFolded = false
    }

    package let grouping: Grouping
    package private(set) var headings: [Heading] = []
    /// What is on the screen: a row's slot, or a heading as `-1 - its place in headings`.
    private(set) var entries: [Int32] = []
    /// The rows on the screen, in their order.
    private(set) var rows: [Int32] = []
    /// The groups that are folded, by the bytes of their names.
    private(set) var folded: Set<[UInt8]>
    /// The heading above what came since.
    private var arrivals: Int?

    init(
        by grouping: Grouping, of slots: [Int32], folded: Set<[UInt8]> = [], in store: RowStore
    ) {
        self.grouping = grouping
        self.folded = folded
        var finder = GroupFinder(grouping)
        var members: [[Int32]] = []
        for slot in slots {
            let group = finder.group(of: slot, in: store)
            if group == headings.count {
                headings.append(Self.heading(finder.name(of: slot, in: store), grouping))
                headings[group].isFolded = folded.contains(headings[group].key)
                members.append([])
            }
            members[group].append(slot)
            count(slot, in: group, store)
        }
        entries.reserveCapacity(slots.count + headings.count)
        for group in headings.indices { add(group, members[group]) }
    }

    /// The heading of an entry; nil for a row.
    package func heading(_ entry: Int32) -> Heading? {
        entry < 0 ? headings[Int(-1 - entry)] : nil
    }

    /// True for an entry over which the cursor goes: the heading of a group that is open.
    func isPassedOver(_ entry: Int32) -> Bool {
        heading(entry).map { !$0.isFolded } ?? false
    }

    /// The heading above a row; nil when the row is not on the screen.
    func heading(aboveEntry index: Int) -> Heading? {
        for place in stride(from: min(index, entries.count - 1), through: 0, by: -1) {
            if let heading = heading(entries[place]) { return heading }
        }
        return nil
    }

    /// Where the heading with this key stands.
    func place(of key: [UInt8]) -> Int? {
        entries.firstIndex { heading($0)?.key == key }
    }

    /// The key of the group to which a row belongs.
    func key(of slot: Int32, in store: RowStore) -> [UInt8] {
        Self.heading(GroupFinder(grouping).name(of: slot, in: store), grouping).key
    }

    /// Puts a row at the end, below a heading for what came since: nothing else moves.
    mutating func append(_ slot: Int32, in store: RowStore) {
        if arrivals == nil {
            arrivals = headings.count
            headings.append(Heading(key: Self.arrivalsKey, title: "came since"))
            entries.append(Int32(-headings.count))
        }
        guard let arrivals else { return }
        entries.append(slot)
        rows.append(slot)
        count(slot, in: arrivals, store)
    }

    private mutating func add(_ group: Int, _ members: [Int32]) {
        entries.append(Int32(-1 - group))
        guard !headings[group].isFolded else { return }
        entries += members
        rows += members
    }

    private mutating func count(_ slot: Int32, in group: Int, _ store: RowStore) {
        headings[group].count += 1
        if store.packed(slot).flags.risk.sortRank >= 2 { headings[group].highCount += 1 }
    }

    private static func heading(_ name: [UInt8], _ grouping: Grouping) -> Heading {
        let title = name.isEmpty ? "no \(grouping.rawValue)" : String(decoding: name, as: UTF8.self)
        return Heading(key: name, title: title)
    }

    /// No name has these bytes, for they are no text.
    private static let arrivalsKey: [UInt8] = [0xFF]
}

/// Finds the group of one row after another.
private struct GroupFinder {
    let grouping: Grouping
    /// By the number of a name.
    private var byName: [Int32] = []
    /// By the bytes of the run.
    private var byRun: [[UInt8]: Int] = [:]
    private var count = 0

    init(_ grouping: Grouping) { self.grouping = grouping }

    /// The number of a row's group, counted in the order in which groups are met.
    mutating func group(of slot: Int32, in store: RowStore) -> Int {
        switch grouping {
        case .tool: return group(named: store.packed(slot).tool, in: store)
        case .agent: return group(named: store.packed(slot).agent, in: store)
        case .run:
            let run = Array(store.runBytes(slot))
            if let known = byRun[run] { return known }
            byRun[run] = count
            count += 1
            return count - 1
        }
    }

    func name(of slot: Int32, in store: RowStore) -> [UInt8] {
        switch grouping {
        case .tool: Array(store.names[store.packed(slot).tool].utf8)
        case .agent: Array(store.names[store.packed(slot).agent].utf8)
        case .run: Array(store.runBytes(slot))
        }
    }

    private mutating func group(named name: UInt32, in store: RowStore) -> Int {
        if byName.isEmpty { byName = Array(repeating: -1, count: store.names.names.count) }
        let place = Int(name)
        if byName[place] < 0 {
            byName[place] = Int32(count)
            count += 1
        }
        return Int(byName[place])
    }
}
