import Approvals
import Inbox
import Keymap
import TextGrid

/// The `:` line and what it offers, each with its keys, or with why it cannot be done now.
struct PaletteView {
    let inbox: Inbox
    let line: CommandLine

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.message
        grid.fill(area)
        grid.put(Line(":", .barKey), at: area.position())
        let count = line.rowsShown(layout)
        let first = line.firstRow(showing: count)
        for row in 0..<count {
            let place = GridArea(
                row: area.row - count + row, column: 0, rows: 1, columns: area.columns)
            grid.fill(place, .dialog)
            draw(line.rows[first + row], first + row == line.highlighted, in: place, of: &grid)
        }
        FieldView(field: line.text, hasFocus: true).draw(
            at: area.position(column: 1), columns: area.columns - 1, of: &grid)
        if line.rows.count > count, count > 0 {
            let more = Line(" \(first + count) of \(line.rows.count) ", .dim)
            let column = max(0, area.columns - more.columns)
            grid.put(more, at: area.position(column: column), columnsMax: area.columns - column)
        }
    }

    private func draw(
        _ row: CommandLine.Row, _ isChosen: Bool, in area: GridArea, of grid: inout Grid
    ) {
        let reason = inbox.whyNot(row.action, in: line.place)
        if isChosen { grid.put(Span(.pointer, .marker), at: area.position()) }
        let isPossible = reason == nil
        let isNarrow = area.columns < 80
        let names = isNarrow ? 18 : 26
        // Where there is little room, why something is impossible matters more than its key.
        let keys = !isNarrow ? 14 : isPossible ? 8 : -1
        let nameRole: TextGrid.Role = isChosen ? .button : isPossible ? .dialog : .disabled
        var name = Line(row.text, nameRole)
        if row.argument == nil, let argument = CommandArgument.of(row.action) {
            name = name + [Span(" " + argument.label, .dim)]
        }
        grid.put(name.fitted(to: names), at: area.position(column: 2), columnsMax: names)
        let keyAt = 2 + names + 1
        let key = Line(keyText(row), isPossible ? .barKey : .disabled)
        if keys > 0 {
            grid.put(key.fitted(to: keys), at: area.position(column: keyAt), columnsMax: keys)
        }
        let at = keyAt + keys + 1
        let room = max(0, area.columns - at - 1)
        let text = Line(reason ?? row.action.help, isPossible ? .dim : .disabled)
        grid.put(text.fitted(to: room), at: area.position(column: at), columnsMax: room)
    }

    /// The keys of the action where it would be carried out.
    private func keyText(_ row: CommandLine.Row) -> String {
        guard row.argument == nil else { return "" }
        let keys = inbox.settings.keymap.keys(for: row.action, in: line.place)
        return keys.map(\.description).joined(separator: " ")
    }
}
