extension Grid {
    /// Blanks an area and gives it a role; what lies outside the grid is left out.
    public mutating func fill(_ area: GridArea, _ role: Role = .text) {
        forEachRow(of: area) { grid, cells in
            grid.breakWide(at: cells.lowerBound)
            for index in cells { grid.cells[index] = .blank(role) }
            grid.breakTrail(
                at: cells.upperBound, rowEnd: grid.rowEnd(of: cells.lowerBound))
        }
    }

    /// Changes the role of an area and leaves its text; escaped marks keep theirs.
    public mutating func paint(_ area: GridArea, _ role: Role) {
        forEachRow(of: area) { grid, cells in
            for index in cells where grid.cells[index].role != .escaped {
                let cell = grid.cells[index]
                grid.cells[index] = Cell(glyph: cell.glyph, role: role, columns: cell.columns)
            }
        }
    }

    /// Draws a horizontal line of `columns` cells to the right of `place`.
    public mutating func horizontalLine(
        at place: GridPosition, columns: Int, _ role: Role = .border
    ) {
        guard drawsShapes else { return }
        let span = Span(.horizontal, role)
        for step in 0..<max(0, min(columns, size.columns)) {
            put(
                span,
                at: GridPosition(row: place.row, column: place.column + step))
        }
    }

    /// Draws a vertical line of `rows` cells downwards from `place`.
    public mutating func verticalLine(at place: GridPosition, rows: Int, _ role: Role = .border) {
        guard drawsShapes else { return }
        let span = Span(.vertical, role)
        for step in 0..<max(0, min(rows, size.rows)) {
            put(
                span,
                at: GridPosition(row: place.row + step, column: place.column))
        }
    }

    /// Draws a frame just inside `area`, with a title in its top line; smaller than 2×2 draws
    /// nothing.
    public mutating func box(_ area: GridArea, title: Line = Line(), _ role: Role = .border) {
        guard area.rows >= 2, area.columns >= 2 else { return }
        let right = area.columns - 1
        let bottom = area.rows - 1
        horizontalLine(at: area.position(column: 1), columns: right - 1, role)
        horizontalLine(at: area.position(row: bottom, column: 1), columns: right - 1, role)
        verticalLine(at: area.position(row: 1), rows: bottom - 1, role)
        verticalLine(at: area.position(row: 1, column: right), rows: bottom - 1, role)
        guard drawsShapes else {
            put(title.fitted(to: area.columns), at: area.position())
            return
        }
        put(Span(.cornerTopLeft, role), at: area.position())
        put(Span(.cornerTopRight, role), at: area.position(column: right))
        put(Span(.cornerBottomLeft, role), at: area.position(row: bottom))
        put(Span(.cornerBottomRight, role), at: area.position(row: bottom, column: right))
        guard !title.spans.isEmpty, area.columns > 6 else { return }
        let framed = Line([.spaces(1, role)]) + title.fitted(to: area.columns - 6)
        put(framed + Line([.spaces(1, role)]), at: area.position(column: 2))
    }

    private func rowEnd(of index: Int) -> Int { (index / size.columns + 1) * size.columns }

    private mutating func forEachRow(of area: GridArea, _ body: (inout Grid, Range<Int>) -> Void) {
        let rows = max(0, area.row)..<max(0, min(size.rows, area.rowEnd), max(0, area.row))
        let left = max(0, area.column)
        let right = min(size.columns, area.columnEnd)
        guard left < right else { return }
        for row in rows {
            body(&self, row * size.columns + left..<row * size.columns + right)
        }
    }
}
