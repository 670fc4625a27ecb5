import Approvals
import WireAPI

/// Every row the inbox knows, packed: about fifty bytes a row and its summary.
package struct RowStore: Sendable {
    /// The fixed part of a row.
    struct Packed: Sendable {
        var id: PackedID
        var deadline: Int64
        var revision: Int32
        var summary = TextArena.Place()
        var tool: UInt32
        var agent: UInt32
        var group: UInt32
        var flags: RowFlags
    }

    /// What few rows have.
    struct Extra: Sendable {
        var settledAt: Timestamp?
        var decidedBy: String?
        var reviewing: [String]
    }

    private(set) var rows: [Packed] = []
    private var table = SlotTable()
    private var free: [Int32] = []
    private var texts = TextArena()
    private(set) var names = NameTable()
    private var extras: [Int32: Extra] = [:]

    package init() {}

    /// Makes room for this many rows at once, so that growing to them copies nothing.
    mutating func reserve(_ count: Int) {
        guard count > rows.count, count <= Self.reservedMax else { return }
        rows.reserveCapacity(count)
        texts.reserve(count * Self.summaryBytesUsual)
    }

    private static let reservedMax = 1_000_000
    private static let summaryBytesUsual = 48

    /// How many rows there are.
    package var count: Int { rows.count - free.count }

    /// The slot of an approval.
    func slot(of id: PackedID) -> Int32? {
        table.slot(of: id) { rows[Int($0)].id }
    }

    /// The fixed part of a row.
    func packed(_ slot: Int32) -> Packed { rows[Int(slot)] }

    /// The bytes of a row's summary.
    func summaryBytes(_ slot: Int32) -> ArraySlice<UInt8> {
        texts.slice(rows[Int(slot)].summary)
    }

    /// Adds a row or puts it in place of an older one; returns its slot.
    mutating func put(_ summary: ApprovalSummary) -> Int32 {
        let id = PackedID(summary.id)
        var row = Packed(
            id: id, deadline: summary.deadline.milliseconds,
            revision: Int32(clamping: summary.revision), tool: names.number(of: summary.tool),
            agent: names.number(of: summary.agent),
            group: names.number(of: summary.group.rawValue), flags: RowFlags(summary))
        if let slot = slot(of: id) {
            keepSummary(summary.summary, of: &row, before: rows[Int(slot)].summary)
            row.flags.isListed = rows[Int(slot)].flags.isListed
            rows[Int(slot)] = row
            setExtra(of: summary, at: slot)
            compactIfNeeded()
            return slot
        }
        if let text = summary.summary { row.summary = texts.append(text) }
        let slot = takeSlot(row)
        table.insert(slot, id: id) { rows[Int($0)].id }
        setExtra(of: summary, at: slot)
        return slot
    }

    /// Changes the flags of a row.
    mutating func setFlags(_ slot: Int32, _ change: (inout RowFlags) -> Void) {
        change(&rows[Int(slot)].flags)
    }

    /// Forgets a row. Its slot may be used again.
    mutating func remove(_ slot: Int32) {
        let row = rows[Int(slot)]
        table.remove(row.id) { rows[Int($0)].id }
        texts.waste(row.summary)
        rows[Int(slot)].summary = TextArena.Place()
        extras[slot] = nil
        free.append(slot)
        compactIfNeeded()
    }

    /// The whole row.
    package func row(_ slot: Int32) -> QueueRow {
        let row = rows[Int(slot)]
        let extra = extras[slot]
        return QueueRow(
            id: row.id, revision: Int(row.revision), state: row.flags.state,
            execution: row.flags.execution, isReleased: row.flags.isReleased,
            needsReview: row.flags.needsReview, risk: row.flags.risk, posture: row.flags.posture,
            tool: names[row.tool],
            summary: row.flags.hasSummary ? texts.text(row.summary) : nil,
            agent: names[row.agent], group: names[row.group],
            deadline: Timestamp(milliseconds: row.deadline), settledAt: extra?.settledAt,
            decidedBy: extra?.decidedBy, reviewing: extra?.reviewing ?? [],
            isGone: row.flags.isGone)
    }

    private mutating func takeSlot(_ row: Packed) -> Int32 {
        if let slot = free.popLast() {
            rows[Int(slot)] = row
            return slot
        }
        rows.append(row)
        return Int32(rows.count - 1)
    }

    private mutating func keepSummary(
        _ text: String?, of row: inout Packed, before: TextArena.Place
    ) {
        if let text, texts.slice(before).elementsEqual(text.utf8) {
            row.summary = before
            return
        }
        texts.waste(before)
        if let text { row.summary = texts.append(text) }
    }

    private mutating func setExtra(of summary: ApprovalSummary, at slot: Int32) {
        guard
            summary.settledAt != nil || summary.decidedBy != nil || !summary.reviewing.isEmpty
        else {
            if !extras.isEmpty { extras[slot] = nil }
            return
        }
        extras[slot] = Extra(
            settledAt: summary.settledAt, decidedBy: summary.decidedBy,
            reviewing: summary.reviewing)
    }

    /// Writes the summaries anew when more than half of their bytes are of no use.
    private mutating func compactIfNeeded() {
        guard texts.wasted > 1 << 16, texts.wasted * 2 > texts.bytes.count else { return }
        var fresh = TextArena()
        for index in rows.indices where rows[index].summary.count > 0 {
            rows[index].summary = fresh.append(texts.text(rows[index].summary))
        }
        texts = fresh
    }
}
