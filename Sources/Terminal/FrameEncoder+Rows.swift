import TextGrid

extension FrameEncoder {
    /// Fewer blanks at the end of a row are written rather than erased.
    private static let tailMin = 4
    /// Fewer blanks before other text are written rather than erased: a move follows.
    private static let gapMin = 14

    /// Draws what changed in a row.
    mutating func draw(_ patch: Patch, of grid: Grid) {
        let (row, columns) = (patch.row, grid.size.columns)
        var end = patch.columns.upperBound
        if !traits.wrapsLate, row == grid.size.rows - 1 { end = min(end, columns - 1) }
        let tail = erasableTail(of: row, from: patch.columns.lowerBound, grid)
        let isErased = end - tail >= Self.tailMin
        let stop = isErased ? tail : end
        var isSure = false
        var column = patch.columns.lowerBound
        while column < stop {
            if !isSure { move(toRow: row, column: column) }
            let gap = erasableGap(in: row, from: column, to: stop, grid)
            if gap >= Self.gapMin {
                pen.takeForBlank(grid.cell(row: row, column: column).role, &bytes)
                append("\u{1B}[\(gap)X")
                column += gap
                isSure = false
            } else {
                isSure = write(row, column, of: grid)
                column += max(1, Int(grid.cell(row: row, column: column).columns))
            }
        }
        guard isErased else { return }
        if !isSure { move(toRow: row, column: tail) }
        pen.takeForBlank(grid.cell(row: row, column: tail).role, &bytes)
        append("\u{1B}[K")
    }

    /// Writes one glyph; true when the cursor is certainly behind it.
    private mutating func write(_ row: Int, _ column: Int, of grid: Grid) -> Bool {
        let cell = grid.cell(row: row, column: column)
        guard cell.columns > 0 else { return false }
        let isSimple = Self.isSimple(cell)
        if cell.scalar == " " {
            pen.takeForBlank(cell.role, &bytes)
        } else {
            pen.take(cell.role, &bytes)
        }
        append(cell, of: grid)
        // Such a character may have wrapped, and so may any in the last column.
        if !isSimple || (!traits.wrapsLate && column == grid.size.columns - 1) { cursorRow = nil }
        // A run of characters that may be measured otherwise is followed by a move.
        return isSimple || !isNextSimple(column + Int(cell.columns), row, grid)
    }

    private func isNextSimple(_ column: Int, _ row: Int, _ grid: Grid) -> Bool {
        column >= grid.size.columns || Self.isSimple(grid.cell(row: row, column: column))
    }

    /// Where the blanks start that run to the end of the row and can be erased; what lies there
    /// behind the change is blank already.
    private func erasableTail(of row: Int, from first: Int, _ grid: Grid) -> Int {
        let columns = grid.size.columns
        let role = grid.cell(row: row, column: columns - 1).role
        guard pen.canErase(role, keepsBackground: traits.erasesWithBackground) else {
            return columns
        }
        var start = columns
        while start > first, isBlank(row, start - 1, like: role, grid) { start -= 1 }
        return start
    }

    /// How many blanks from here on can be erased, and stand before something else.
    private func erasableGap(in row: Int, from first: Int, to end: Int, _ grid: Grid) -> Int {
        guard traits.erasesCharacters, end - first >= Self.gapMin else { return 0 }
        let role = grid.cell(row: row, column: first).role
        guard pen.canErase(role, keepsBackground: traits.erasesWithBackground) else { return 0 }
        var column = first
        while column < end, isBlank(row, column, like: role, grid) { column += 1 }
        return column - first
    }

    private func isBlank(_ row: Int, _ column: Int, like role: Role, _ grid: Grid) -> Bool {
        let cell = grid.cell(row: row, column: column)
        return cell.scalar == " " && pen.blanksMatch(cell.role, role)
    }
}
