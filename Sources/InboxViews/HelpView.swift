import Approvals
import Inbox
import Keymap
import TextGrid

/// The key sheet.
struct HelpView {
    let inbox: Inbox
    let help: HelpPane

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area)
        let (title, rest) = area.splitRows(at: 1)
        var heading = Line("Keys: \(help.place.title)", .heading)
        if let filter = help.filter { heading = heading + [Span("  /\(filter)", .match)] }
        grid.put(heading.fitted(to: area.columns), at: title.position(column: 1))
        let lines = help.lines(inbox.settings.keymap)
        let keys = min(24, max(10, area.columns / 3))
        for row in 0..<rest.rows where help.top + row < lines.count {
            draw(
                lines[help.top + row], keys: keys, at: rest.position(row: row, column: 1),
                columns: area.columns - 1, of: &grid)
        }
        if help.top + rest.rows < lines.count {
            grid.put(
                [Span(.down, .accent), Span(" more", .accent)],
                at: title.position(column: max(0, area.columns - 7)))
        }
        grid.cursor = title.position(column: 1)
    }

    private func draw(
        _ line: HelpPane.Line, keys: Int, at place: GridPosition, columns: Int,
        of grid: inout Grid
    ) {
        switch line {
        case .heading(let text):
            grid.put(Line(text, .accent), at: place, columnsMax: columns)
        case .row(let keyText, let title, let help):
            let left = Line([.spaces(2), Span(keyText, .barKey)]).fitted(to: keys)
            grid.put(left.padded(to: keys + 1), at: place, columnsMax: columns)
            let text: Line =
                columns >= 70
                ? Line([Span(help, .text)]) : Line([Span(title, .text)])
            let at = GridPosition(row: place.row, column: place.column + keys + 1)
            let room = columns - keys - 1
            grid.put(text.fitted(to: room), at: at, columnsMax: room)
        }
    }
}

/// The `:` line and what it offers.
struct CommandLineView {
    let line: CommandLine

    static let rowsMax = 8

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.message
        grid.fill(area)
        grid.put(Line(":", .barKey), at: area.position())
        let matches = line.matches
        let rows = min(Self.rowsMax, matches.count, max(0, layout.body.rows - 1))
        let first = max(0, min(line.choice, matches.count - rows))
        for row in 0..<rows {
            let place = GridPosition(row: area.row - rows + row, column: 0)
            let action = matches[first + row]
            grid.fill(GridArea(row: place.row, column: 0, rows: 1, columns: area.columns), .dialog)
            let isChosen = first + row == line.choice && !line.text.isEmpty
            let text: Line = [
                isChosen ? Span(.pointer, .marker) : .spaces(1, .dialog),
                Span(" " + action.rawValue, isChosen ? .button : .dialog),
                Span("  " + action.help, .dim),
            ]
            grid.put(text.fitted(to: area.columns), at: place, columnsMax: area.columns)
        }
        FieldView(field: line.text, hasFocus: true).draw(
            at: area.position(column: 1), columns: area.columns - 1, of: &grid)
    }
}

/// The `/` line.
struct FilterView {
    let field: TextField

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area)
        grid.put(Line("/", .barKey), at: area.position())
        FieldView(field: field, hasFocus: true).draw(
            at: area.position(column: 1), columns: area.columns - 1, of: &grid)
    }
}
