package import Approvals
import WireAPI

/// The table that is looked through before many are decided, and that shows what became of each.
package struct BulkTable: Sendable {
    /// What has the focus.
    package enum Focus: Hashable, Sendable {
        case list, reason, code, buttons
    }

    /// How far it is.
    package enum Phase: Hashable, Sendable {
        /// Being looked through.
        case review
        /// Confirmed: held, on its way, or answered.
        case decided
    }

    package let verdict: Verdict
    package internal(set) var items: [BulkItem]
    package internal(set) var phase = Phase.review
    package internal(set) var focus: Focus
    /// True when the button that decides is highlighted.
    package internal(set) var isOnVerb = false
    /// Why, for a rejection.
    package internal(set) var reason: ReasonField
    /// The digits of the second factor for all that needs them; they leave with the request.
    package internal(set) var code = Self.emptyCode
    /// What is missing, after somebody pressed the button without it.
    package internal(set) var problem: String?
    /// The item under the cursor, and the line of it.
    package internal(set) var cursor: Place
    /// The first line on the screen.
    package internal(set) var top = 0
    /// True until somebody moves: so long the first line has the cursor.
    var isAtStart = true
    /// When the item under the cursor became another one by itself.
    var shiftedAt = Timestamp(milliseconds: 0)
    /// What the title counted on the last drawn frame.
    var drawn: [ApprovalID] = []

    static let emptyCode = TextField(bytesMax: DecisionDialog.codeDigits)

    /// A line of the table.
    package struct Place: Hashable, Sendable {
        package let item: Int
        package let line: Int
    }

    /// What stands in one line of the table.
    package enum Entry: Hashable, Sendable {
        case title(BulkSection, count: Int)
        case item(Place)
    }

    init(_ verdict: Verdict, _ items: [BulkItem], presets: [String]) {
        self.verdict = verdict
        self.items = items
        focus = verdict == .reject ? .reason : .list
        reason = ReasonField(
            bytesMax: DecisionDialog.commentBytesMax, presets: verdict == .reject ? presets : [])
        cursor = Place(item: 0, line: 0)
    }

    /// The items that are decided when the button is pressed.
    package var going: [BulkItem] { items.filter { $0.status == .goes } }

    /// What is decided and needs a code of the second factor.
    package var coded: [BulkItem] { going.filter { $0.known?.view.stepUp == .required } }

    /// How many views are still to come.
    package var coming: Int { items.count { $0.status == .coming } }

    /// What became of what was confirmed.
    package var outcomes: BulkOutcomes { BulkOutcomes(items.compactMap(\.outcome)) }

    /// True while an answer is to come.
    package var isWaiting: Bool {
        let outcomes = outcomes
        return outcomes.onItsWay + outcomes.held + outcomes.unknown > 0
    }

    func index(of id: ApprovalID) -> Int? { items.firstIndex { $0.id == id } }

    mutating func record(_ id: ApprovalID, _ outcome: BulkOutcome) {
        guard phase == .decided, let index = index(of: id), items[index].outcome != nil else {
            return
        }
        items[index].outcome = outcome
        items[index].linesRevision = nil
    }

    /// One decision was taken back before it was sent.
    mutating func takeBack(_ id: ApprovalID) {
        guard let index = index(of: id) else { return }
        items[index].outcome = nil
    }

    /// When everything was taken back, the table is looked through again.
    mutating func goOn() {
        guard items.allSatisfy({ $0.outcome == nil }) else { return }
        phase = .review
        focus = .list
        isOnVerb = false
    }

    // MARK: Lines

    /// The lines of the table for a width, from top to bottom.
    package func entries(_ columns: BulkColumns) -> [Entry] {
        var entries: [Entry] = []
        for section in BulkSection.allCases {
            let members = items.indices.filter { items[$0].section == section }
            guard !members.isEmpty else { continue }
            // What goes needs no title of its own while nothing else stands above it.
            if section != .ready || !entries.isEmpty {
                entries.append(.title(section, count: members.count))
            }
            for item in members {
                let count = columns.rows + (items[item].isOpen ? items[item].lines.count : 0)
                for line in 0..<count { entries.append(.item(Place(item: item, line: line))) }
            }
        }
        return entries
    }

    /// True for a line on which the cursor can stand.
    private func isStop(_ entry: Entry, _ columns: BulkColumns) -> Bool {
        guard case .item(let place) = entry else { return false }
        return place.line == 0 || place.line >= columns.rows
    }

    /// Moves the cursor by lines, as far as there are any.
    mutating func move(by step: Int, _ columns: BulkColumns, rows: Int) {
        isAtStart = false
        let entries = entries(columns)
        let here = entries.firstIndex(of: .item(cursor)) ?? 0
        let wanted = min(max(0, here + step), entries.count - 1)
        let order =
            step < 0
            ? Array((0...max(0, wanted)).reversed()) + Array(wanted..<entries.count)
            : Array(wanted..<entries.count) + Array((0...max(0, wanted)).reversed())
        guard let place = order.first(where: { isStop(entries[$0], columns) }),
            case .item(let found) = entries[place]
        else { return }
        cursor = found
        scroll(to: place, entries, columns, rows: rows)
    }

    /// Moves the cursor to the next or the previous item, over what is open.
    mutating func moveItem(by step: Int, _ columns: BulkColumns, rows: Int) {
        isAtStart = false
        let entries = entries(columns)
        let heads = entries.indices.filter {
            if case .item(let place) = entries[$0] { place.line == 0 } else { false }
        }
        let here = heads.firstIndex {
            if case .item(let place) = entries[$0] { place.item == cursor.item } else { false }
        }
        guard let here, heads.indices.contains(here + step),
            case .item(let found) = entries[heads[here + step]]
        else { return }
        cursor = found
        scroll(to: heads[here + step], entries, columns, rows: rows)
    }

    /// Keeps the cursor on the screen, with the title above the first row and all lines of a row.
    private mutating func scroll(
        to place: Int, _ entries: [Entry], _ columns: BulkColumns, rows: Int
    ) {
        let isHead = cursor.line == 0
        let first = isHead && place > 0 && !isItem(entries[place - 1]) ? place - 1 : place
        let last = isHead ? min(entries.count - 1, place + columns.rows - 1) : place
        if last >= top + rows { top = last - rows + 1 }
        if first < top { top = first }
        top = min(max(0, top), max(0, entries.count - rows))
    }

    /// Puts the cursor on the first item, whatever that is now.
    private mutating func goToStart(_ columns: BulkColumns) {
        for case .item(let place) in entries(columns) {
            cursor = place
            break
        }
        top = 0
    }

    private func isItem(_ entry: Entry) -> Bool {
        if case .item = entry { true } else { false }
    }

    /// The table changed around the cursor: its line stays where it is on the screen.
    mutating func keepInPlace(
        _ change: (inout BulkTable) -> Void, _ columns: BulkColumns, rows: Int
    ) {
        let before = entries(columns).firstIndex(of: .item(cursor)) ?? 0
        change(&self)
        if isAtStart {
            goToStart(columns)
            return
        }
        let count =
            columns.rows
            + (items.indices.contains(cursor.item)
                && items[cursor.item].isOpen ? items[cursor.item].lines.count : 0)
        if cursor.line >= count { cursor = Place(item: cursor.item, line: 0) }
        let entries = entries(columns)
        let after = entries.firstIndex(of: .item(cursor)) ?? 0
        top += after - before
        scroll(to: after, entries, columns, rows: rows)
    }
}

/// Where the columns of the table stand, for a width.
package struct BulkColumns: Hashable, Sendable {
    package let columns: Int
    /// Lines that a closed item takes: its facts, and its arguments below where there is no room
    /// beside them.
    package let rows: Int
    package let tool: Int
    package let agent: Int
    /// Where the arguments begin, and how much room they have.
    package let argumentsAt: Int
    package var argumentsRoom: Int { max(1, columns - argumentsAt - 1) }

    package static let riskAt = 5
    package static let leftAt = 10
    package static let toolAt = 20
    static let wideFrom = 120

    package init(_ columns: Int) {
        self.columns = columns
        let isWide = columns >= Self.wideFrom
        rows = isWide ? 1 : 2
        tool = columns >= 160 ? 26 : columns >= 70 ? 20 : 16
        agent = isWide ? 14 : max(0, columns - Self.toolAt - tool - 2)
        argumentsAt = isWide ? Self.toolAt + tool + agent + 2 : Self.riskAt
    }

    package var agentAt: Int { Self.toolAt + tool + 1 }
}
