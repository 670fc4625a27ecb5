/// A run of cells of one row that changed.
public struct Patch: Hashable, Sendable {
    /// The row.
    public let row: Int
    /// The columns; wide glyphs are never halved.
    public let columns: Range<Int>
}

extension Grid {
    /// What must be drawn to turn `old` into this grid, top to bottom.
    ///
    /// A grid of another size or repertoire is redrawn whole.
    public func patches(since old: Grid?) -> [Patch] {
        guard size.columns > 0 else { return [] }
        guard let old, old.size == size, old.repertoire == repertoire else {
            return (0..<size.rows).map { Patch(row: $0, columns: 0..<size.columns) }
        }
        var patches: [Patch] = []
        for row in 0..<size.rows { appendPatches(of: row, since: old, to: &patches) }
        return patches
    }

    /// Equal cells between two changes that are drawn again rather than jumped over.
    private static let gapMax = 5

    private func appendPatches(of row: Int, since old: Grid, to patches: inout [Patch]) {
        let start = row * size.columns
        var first: Int?
        var last = 0
        for column in 0..<size.columns where !isSame(start + column, old) {
            if let open = first, column - last - 1 > Self.gapMax {
                patches.append(whole(row, open..<last + 1, old))
                first = column
            } else if first == nil {
                first = column
            }
            last = column
        }
        if let first { patches.append(whole(row, first..<last + 1, old)) }
    }

    private func isSame(_ index: Int, _ old: Grid) -> Bool {
        let new = cells[index]
        let before = old.cells[index]
        guard new.isCluster || before.isCluster else { return new == before }
        return new.role == before.role && new.columns == before.columns
            && scalars(of: new) == old.scalars(of: before)
    }

    /// Widens a run to whole glyphs, of the new grid and of the old.
    private func whole(_ row: Int, _ columns: Range<Int>, _ old: Grid) -> Patch {
        let start = row * size.columns
        var low = columns.lowerBound
        var high = columns.upperBound
        func isRightHalf(_ column: Int) -> Bool {
            cells[start + column].columns == 0 || old.cells[start + column].columns == 0
        }
        while low > 0, isRightHalf(low) { low -= 1 }
        while high < size.columns, isRightHalf(high) { high += 1 }
        return Patch(row: row, columns: low..<high)
    }
}
