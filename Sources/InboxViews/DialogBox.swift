import Inbox
import TextGrid

/// A box in the middle of the screen, as high as what is in it, with buttons at its foot.
struct DialogBox {
    /// A row of a box.
    enum Row {
        /// A line that gives way first when there is too little room.
        case optional(Line)
        case line(Line)
        case field(label: Line, TextField, hasFocus: Bool)
    }

    /// A button.
    struct Button {
        let title: String
        let isHighlighted: Bool
    }

    let title: Line
    var rows: [Row] = []
    var buttons: [Button] = []

    static let columnsMax = 76

    /// The rows that have room above the buttons.
    static func rowsMax(_ layout: InboxLayout) -> Int {
        let room = layout.body.rows + 1
        return room - (room >= 9 ? 2 : 0) - 1
    }

    /// Where everything of a box stands.
    private struct Place {
        let area: GridArea
        let hasFrame: Bool
        /// The rows and, below them, the buttons.
        let inner: GridArea
        let rows: [Row]
    }

    private func place(_ layout: InboxLayout) -> Place {
        let room = GridArea(
            row: layout.body.row, column: 0, rows: layout.body.rows + 1,
            columns: layout.size.columns)
        let columns = layout.isLinear ? room.columns : min(Self.columnsMax, room.columns)
        let hasFrame = room.rows >= 9
        let rows = fitting(room.rows - (hasFrame ? 2 : 0) - 1)
        let height = min(room.rows, rows.count + 1 + (hasFrame ? 2 : 0))
        let area = GridArea(
            row: room.row + (room.rows - height) / 2, column: (room.columns - columns) / 2,
            rows: height, columns: columns)
        let inner =
            layout.isLinear
            ? area.splitRows(at: hasFrame ? 1 : 0).bottom
            : hasFrame ? area.inset(rows: 1, columns: 2) : area.inset(columns: 1)
        return Place(area: area, hasFrame: hasFrame, inner: inner, rows: rows)
    }

    /// The field or button on a cell of the screen; nil where there is neither.
    func target(_ layout: InboxLayout, row: Int, column: Int) -> DialogTarget? {
        let place = place(layout)
        let inner = place.inner
        guard column >= inner.column, column < inner.columnEnd else { return nil }
        let line = row - inner.row
        if line == inner.rows - 1 { return button(at: column - inner.column) }
        guard place.rows.indices.contains(line), line < inner.rows - 1,
            case .field = place.rows[line]
        else { return nil }
        let fields = place.rows[..<line].count { if case .field = $0 { true } else { false } }
        return .field(fields)
    }

    private func button(at column: Int) -> DialogTarget? {
        var start = 0
        for (index, button) in buttons.enumerated() {
            let columns = SafeText(escaping: button.title).columns + 4
            if (start..<start + columns).contains(column) { return .button(index) }
            start += columns + 1
        }
        return nil
    }

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let place = place(layout)
        let (area, inner, rows) = (place.area, place.inner, place.rows)
        grid.fill(area, .dialog)
        if place.hasFrame { grid.box(area, title: title, .dialog) }
        for (index, row) in rows.enumerated() where index < inner.rows - 1 {
            draw(row, at: inner.position(row: index), columns: inner.columns, of: &grid)
        }
        Self.drawButtons(
            buttons, at: inner.position(row: inner.rows - 1), columns: inner.columns, of: &grid)
    }

    /// Leaves optional rows out, the last first, until the rest fits.
    private func fitting(_ room: Int) -> [Row] {
        var rows = rows
        while rows.count > room {
            guard
                let index = rows.lastIndex(where: {
                    if case .optional = $0 { true } else { false }
                })
            else { return rows }
            rows.remove(at: index)
        }
        return rows
    }

    private func draw(_ row: Row, at place: GridPosition, columns: Int, of grid: inout Grid) {
        switch row {
        case .optional(let line), .line(let line):
            grid.put(line.fitted(to: columns), at: place, columnsMax: columns)
        case .field(let label, let field, let hasFocus):
            let label = label.fitted(to: max(1, columns * 2 / 3))
            grid.put(label, at: place, columnsMax: columns)
            FieldView(field: field, hasFocus: hasFocus).draw(
                at: GridPosition(row: place.row, column: place.column + label.columns),
                columns: columns - label.columns, of: &grid)
        }
    }

    static func drawButtons(
        _ buttons: [Button], at place: GridPosition, columns: Int, of grid: inout Grid
    ) {
        var column = 0
        for button in buttons {
            let text =
                !button.isHighlighted
                ? "  \(button.title)  "
                : grid.drawsShapes ? "[ \(button.title) ]" : "\(button.title), selected"
            let at = GridPosition(row: place.row, column: place.column + column)
            let used = grid.put(
                Span(text, button.isHighlighted ? .button : .dialog), at: at,
                columnsMax: columns - column)
            if button.isHighlighted { grid.cursor = at }
            column += used + 1
        }
    }
}
