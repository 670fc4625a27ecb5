import Approvals
import WireAPI

/// Every row the inbox knows, packed: about fifty bytes a row and its summary.
package struct RowStore: Sendable {
    /// The fixed part of a row.
    struct Packed: Sendable {
        var id: PackedID
        var deadline: Int64
        var revision: Int32
        /// The name of its run and then the agent's words.
        var texts = TextArena.Place()
        /// How many bytes of the texts are the name of its run.
        var runCount: UInt8 = 0
        /// How many people can decide it; `decidersUnknown` when the server did not say.
        var deciders = Self.decidersUnknown
        var tool: UInt32
        var agent: UInt32
        var group: UInt32
        var flags: RowFlags
        /// When it was submitted, in seconds since 1970: a row has four bytes to spare.
        var createdSeconds: UInt32

        static let decidersUnknown = UInt8.max

        /// When it was submitted, to the second.
        var createdAt: Int64 { Int64(createdSeconds) * 1_000 }
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

    /// One more than the highest slot.
    var slotCount: Int { rows.count }

    /// The slot of an approval.
    func slot(of id: PackedID) -> Int32? {
        table.slot(of: id) { rows[Int($0)].id }
    }

    /// The fixed part of a row.
    func packed(_ slot: Int32) -> Packed { rows[Int(slot)] }

    /// Whether a row's summary holds `word`, which has no ASCII capitals, in any case.
    func summaryHolds(_ word: [UInt8], _ slot: Int32) -> Bool {
        texts.holds(word, at: summaryPlace(rows[Int(slot)]))
    }

    /// The name of a row's run; empty when there is none.
    func runBytes(_ slot: Int32) -> ArraySlice<UInt8> {
        let row = rows[Int(slot)]
        return texts.slice(row.texts).prefix(Int(row.runCount))
    }

    /// Who looks at it now.
    func reviewers(_ slot: Int32) -> [String] {
        extras.isEmpty ? [] : extras[slot]?.reviewing ?? []
    }

    /// Whether the person can decide it: as the server said, or else by the group that is asked.
    func isMine(_ slot: Int32, groups: Set<String>) -> Bool {
        let row = rows[Int(slot)]
        return switch row.flags.decides {
        case .yes: true
        case .no: false
        case .unknown: groups.contains { $0.utf8.elementsEqual(names[row.group].utf8) }
        }
    }

    /// Adds a row or puts it in place of an older one; returns its slot.
    mutating func put(_ summary: ApprovalSummary) -> Int32 {
        var row = packed(summary)
        if let slot = slot(of: row.id) {
            keepTexts(of: summary, in: &row, before: rows[Int(slot)])
            row.flags.isListed = rows[Int(slot)].flags.isListed
            rows[Int(slot)] = row
            setExtra(of: summary, at: slot)
            compactIfNeeded()
            return slot
        }
        appendTexts(of: summary, to: &row)
        let slot = takeSlot(row)
        table.insert(slot, id: row.id) { rows[Int($0)].id }
        setExtra(of: summary, at: slot)
        return slot
    }

    private mutating func packed(_ summary: ApprovalSummary) -> Packed {
        Packed(
            id: PackedID(summary.id), deadline: summary.deadline.milliseconds,
            revision: Int32(clamping: summary.revision),
            deciders: summary.deciders.map { UInt8(min(max(0, $0), 254)) }
                ?? Packed.decidersUnknown,
            tool: names.number(of: summary.tool), agent: names.number(of: summary.agent),
            group: names.number(of: summary.group.rawValue), flags: RowFlags(summary),
            createdSeconds: UInt32(clamping: summary.createdAt.milliseconds / 1_000))
    }

    /// Changes the flags of a row.
    mutating func setFlags(_ slot: Int32, _ change: (inout RowFlags) -> Void) {
        change(&rows[Int(slot)].flags)
    }

    /// Forgets a row. Its slot may be used again.
    mutating func remove(_ slot: Int32) {
        let row = rows[Int(slot)]
        table.remove(row.id) { rows[Int($0)].id }
        texts.waste(row.texts)
        rows[Int(slot)].texts = TextArena.Place()
        rows[Int(slot)].runCount = 0
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
            summary: row.flags.hasSummary ? texts.text(summaryPlace(row)) : nil,
            agent: names[row.agent], group: names[row.group],
            deadline: Timestamp(milliseconds: row.deadline), settledAt: extra?.settledAt,
            decidedBy: extra?.decidedBy, reviewing: extra?.reviewing ?? [],
            isGone: row.flags.isGone,
            run: row.runCount > 0 ? String(decoding: runBytes(slot), as: UTF8.self) : nil,
            isFromCopy: row.flags.isFromCopy)
    }

    private mutating func takeSlot(_ row: Packed) -> Int32 {
        if let slot = free.popLast() {
            rows[Int(slot)] = row
            return slot
        }
        rows.append(row)
        return Int32(rows.count - 1)
    }

    private func summaryPlace(_ row: Packed) -> TextArena.Place {
        let runCount = UInt16(row.runCount)
        return TextArena.Place(
            start: row.texts.start + UInt32(runCount), count: row.texts.count - runCount)
    }

    /// Keeps the texts of a row where they are if they did not change.
    private mutating func keepTexts(
        of summary: ApprovalSummary, in row: inout Packed, before: Packed
    ) {
        let run = texts.slice(before.texts).prefix(Int(before.runCount))
        if run.elementsEqual(Self.run(summary)),
            texts.slice(summaryPlace(before)).elementsEqual((summary.summary ?? "").utf8)
        {
            row.texts = before.texts
            row.runCount = before.runCount
            return
        }
        texts.waste(before.texts)
        appendTexts(of: summary, to: &row)
    }

    private mutating func appendTexts(of summary: ApprovalSummary, to row: inout Packed) {
        let run = Self.run(summary)
        guard !run.isEmpty || summary.summary != nil else { return }
        let runPlace = texts.append(run)
        row.texts = summary.summary.map { texts.append($0) } ?? TextArena.Place()
        row.texts.start = runPlace.start
        row.texts.count += runPlace.count
        row.runCount = UInt8(runPlace.count)
    }

    /// The name of the run, cut to what a row keeps.
    private static func run(_ summary: ApprovalSummary) -> [UInt8] {
        guard let run = summary.runID else { return [] }
        guard run.utf8.count > runBytesMax else { return Array(run.utf8) }
        var kept: [UInt8] = []
        for scalar in run.unicodeScalars {
            guard kept.count + UTF8.width(scalar) <= runBytesMax else { break }
            kept += Array(String(scalar).utf8)
        }
        return kept
    }

    private static let runBytesMax = 200

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
        for index in rows.indices where rows[index].texts.count > 0 {
            rows[index].texts = fresh.append(texts.slice(rows[index].texts))
        }
        texts = fresh
    }
}
