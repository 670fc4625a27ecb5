extension Grid {
    /// Leaves an area as it is on the screen, but for a note in its first row: it is drawn later.
    ///
    /// A grid of another size keeps nothing.
    public mutating func keep(_ area: GridArea, of old: Grid, note: SafeText? = nil) {
        guard old.size == size, old.repertoire == repertoire else { return }
        for row in area.row..<min(area.row + area.rows, size.rows) {
            for column in area.column..<min(area.columnEnd, size.columns) {
                copy(row, column, from: old)
            }
        }
        guard !area.isEmpty, let note else { return }
        fill(GridArea(row: area.row, column: area.column, rows: 1, columns: area.columns))
        put(
            Span(note, .dim), at: area.position(),
            columnsMax: area.columns)
    }

    private mutating func copy(_ row: Int, _ column: Int, from old: Grid) {
        let index = row * size.columns + column
        let cell = old.cell(row: row, column: column)
        guard cell.isCluster else {
            cells[index] = cell
            return
        }
        let glyph = intern(old.scalars(of: cell))
        cells[index] = Cell(glyph: glyph, role: cell.role, columns: cell.columns)
    }
}
