import Approvals
import Inbox
import Keymap
import TextGrid

/// The key sheet: what works here, narrowed by what is typed.
struct HelpView {
    let inbox: Inbox
    let help: HelpPane

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area)
        let (title, rest) = area.splitRows(at: 1)
        let lines = help.lines(inbox.settings.keymap)
        let chosen = help.highlighted(in: lines)
        for row in 0..<rest.rows where help.top + row < lines.count {
            let place = GridArea(
                row: rest.row + row, column: rest.column, rows: 1, columns: rest.columns)
            draw(lines[help.top + row], help.top + row == chosen, in: place, of: &grid)
        }
        if lines.isEmpty {
            let nothing = Line("No key here does that. : finds every action.", .dim)
            grid.put(nothing.fitted(to: rest.columns - 2), at: rest.position(column: 2))
        }
        drawTitle(in: title, hasMore: help.top + rest.rows < lines.count, of: &grid)
    }

    private func drawTitle(in area: GridArea, hasMore: Bool, of grid: inout Grid) {
        let heading: Line = [
            Span("Keys: \(help.place.title)", .heading), Span("  find ", .dim),
        ]
        grid.put(heading.fitted(to: area.columns), at: area.position(column: 1))
        let more: Line = hasMore ? [Span(.down, .accent), Span(" more", .accent)] : Line()
        let start = 1 + heading.columns
        let room = area.columns - start - more.columns - 2
        guard room > 4 else { return }
        FieldView(field: help.text, hasFocus: true).draw(
            at: area.position(column: start), columns: room, of: &grid)
        grid.put(more, at: area.position(column: area.columns - more.columns - 1))
    }

    private func draw(
        _ line: HelpPane.Line, _ isChosen: Bool, in area: GridArea, of grid: inout Grid
    ) {
        switch line {
        case .heading(let text):
            grid.put(
                Line(text, .accent), at: area.position(column: 1), columnsMax: area.columns - 1)
        case .row(let action, let keys):
            draw(action, keys, isChosen, in: area, of: &grid)
        }
    }

    private func draw(
        _ action: Action, _ keyText: String, _ isChosen: Bool, in area: GridArea,
        of grid: inout Grid
    ) {
        let keys = min(24, max(10, area.columns / 3))
        let reason = inbox.whyNot(action, in: help.place)
        if isChosen { grid.put(Span(.pointer, .marker), at: area.position()) }
        let key = Span(keyText, reason == nil ? .barKey : .disabled)
        let left = Line([.spaces(2), key]).fitted(to: keys)
        grid.put(left, at: area.position(column: 1), columnsMax: area.columns - 1)
        let words = area.columns >= 70 ? action.help : action.title
        let role: TextGrid.Role = reason != nil ? .disabled : isChosen ? .accent : .text
        let room = max(0, area.columns - keys - 2)
        let text = Line([Span(reason.map { "\(action.title): \($0)" } ?? words, role)])
        grid.put(text.fitted(to: room), at: area.position(column: keys + 2), columnsMax: room)
    }
}
