/// A band of rows that moved up or down as a whole.
public struct Scroll: Hashable, Sendable {
    /// The rows that take part: those that move, and those that are overwritten or laid bare.
    public let rows: Range<Int>
    /// How far: positive is up, as when a list goes on at its end.
    public let distance: Int

    /// A band and how far it moved.
    public init(rows: Range<Int>, distance: Int) {
        self.rows = rows
        self.distance = distance
    }
}

extension Grid {
    /// The scroll that saves most rows on the way from `old` to this grid; nil when none is worth
    /// it.
    public func scroll(since old: Grid) -> Scroll? {
        guard old.size == size, old.repertoire == repertoire else { return nil }
        let new = rowHashes
        let before = old.rowHashes
        guard zip(new, before).count(where: { $0 != $1 }) >= Self.scrollRowsMin else { return nil }
        var best: (saved: Int, scroll: Scroll)?
        for distance in 1...max(1, size.rows / 2) {
            for signed in [distance, -distance] {
                let found = Self.band(new, before, signed)
                if let found, found.saved > best?.saved ?? Self.scrollRowsMin - 1 { best = found }
            }
        }
        return best?.scroll
    }

    /// Moves the rows of a scroll; the rows laid bare match nothing, or are `blank` if given.
    public mutating func apply(_ scroll: Scroll, blank: Role?) {
        let bare = blank.map(Cell.blank) ?? Cell(glyph: 0, role: .text, columns: 1)
        let old = cells
        for row in scroll.rows {
            let from = row + scroll.distance
            for column in 0..<size.columns {
                cells[row * size.columns + column] =
                    scroll.rows.contains(from) ? old[from * size.columns + column] : bare
            }
        }
    }

    /// Fewer rows than this are drawn again rather than moved.
    private static let scrollRowsMin = 3

    /// The longest run of rows that all moved by `distance`.
    private static func band(
        _ new: [UInt64], _ old: [UInt64], _ distance: Int
    ) -> (saved: Int, scroll: Scroll)? {
        var best = 0..<0
        var bestSaved = 0
        var start: Int?
        var saved = 0
        for row in 0...new.count {
            let from = row + distance
            let moved = row < new.count && old.indices.contains(from) && new[row] == old[from]
            if moved {
                start = start ?? row
                if new[row] != old[row] { saved += 1 }
            } else if let first = start {
                if saved > bestSaved {
                    bestSaved = saved
                    best = first..<row
                }
                start = nil
                saved = 0
            }
        }
        guard bestSaved > 0 else { return nil }
        let rows =
            distance > 0
            ? best.lowerBound..<best.upperBound + distance
            : best.lowerBound + distance..<best.upperBound
        return (bestSaved, Scroll(rows: rows, distance: distance))
    }

    /// One number a row; rows that look the same have the same, within and between grids.
    private var rowHashes: [UInt64] {
        (0..<size.rows).map { row in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for column in 0..<size.columns {
                let cell = cells[row * size.columns + column]
                if cell.isCluster {
                    for scalar in scalars(of: cell) { Self.mix(UInt64(scalar.value), &hash) }
                } else {
                    Self.mix(UInt64(cell.glyph), &hash)
                }
                Self.mix(UInt64(cell.role.rawValue) << 8 | UInt64(cell.columns), &hash)
            }
            return hash
        }
    }

    private static func mix(_ value: UInt64, _ hash: inout UInt64) {
        hash = (hash ^ value) &* 0x0000_0100_0000_01B3
    }
}
