import Inbox
import TextGrid

/// The `/` line, with what is wrong or what could be written next in the line above it.
struct FilterView {
    let line: FilterLine
    /// How many places of the arguments match; nil where rows are chosen.
    let matches: Int?

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.message
        grid.fill(area)
        grid.put(Line("/", .barKey), at: area.position())
        FieldView(field: line.text, hasFocus: true).draw(
            at: area.position(column: 1), columns: area.columns - 1, of: &grid)
        let above = GridArea(
            row: area.row - 1, column: area.column, rows: 1, columns: area.columns)
        guard layout.body.rows > 3, let note = note(area.columns - 2) else { return }
        grid.fill(above, .dialog)
        let drawn = grid.repertoire == .ascii ? note.inASCII() : note
        grid.put(
            drawn.fitted(to: above.columns - 2), at: above.position(column: 1),
            columnsMax: above.columns - 1)
    }

    /// The problem first; one that more typing may mend says what could come.
    private func note(_ columns: Int) -> Line? {
        if let matches {
            let count = matches == 1 ? "1 match" : "\(matches) matches"
            return Line(count + " in names and values", matches == 0 ? .warning : .dim)
        }
        if let problem = line.problem {
            let role: TextGrid.Role = problem.isUnfinished ? .dim : .warning
            let candidates = candidates(columns)
            if problem.isUnfinished, let candidates { return candidates }
            return Line(problem.text + " It hides nothing yet.", role)
        }
        return candidates(columns)
    }

    private func candidates(_ columns: Int) -> Line? {
        guard let completion = line.completion, !completion.candidates.isEmpty else { return nil }
        let chosen = completion.choice ?? 0
        // The chosen one is always on the screen: the row begins with it or before it.
        let first = max(0, chosen - 2)
        var drawn = Line()
        for index in first..<completion.candidates.count {
            let candidate = completion.candidates[index]
            let role: TextGrid.Role = index == completion.choice ? .button : .dialog
            drawn = drawn + [Span(candidate.label, role)]
            if !candidate.help.isEmpty { drawn = drawn + [Span(" \(candidate.help)", .dim)] }
            drawn = drawn + [Span("   ", .dialog)]
            if drawn.columns > columns { break }
        }
        return drawn
    }
}

/// The list of saved views.
struct ViewPickerView {
    let picker: ViewPicker

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.message
        let matches = picker.matches
        let rows = picker.rowsShown(layout)
        let top = area.row - rows
        let first = picker.firstRow(showing: rows)
        let name = min(24, max(8, area.columns / 4))
        for row in 0..<rows {
            let place = GridPosition(row: top + row, column: area.column)
            grid.fill(
                GridArea(row: place.row, column: place.column, rows: 1, columns: area.columns),
                .dialog)
            guard first + row < matches.count else {
                grid.put(Line("  No view has this in its name.", .dim), at: place)
                continue
            }
            let view = matches[first + row]
            let isChosen = first + row == picker.choice
            let left: Line = [
                isChosen ? Span(.pointer, .marker) : .spaces(1, .dialog),
                Span(" " + view.name, isChosen ? .button : .dialog),
            ]
            let text = left.fitted(to: name).padded(to: name + 2) + Line(view.query, .dim)
            let drawn = grid.repertoire == .ascii ? text.inASCII() : text
            grid.put(drawn.fitted(to: area.columns), at: place, columnsMax: area.columns)
        }
        grid.fill(area)
        let title = Line("View: ", .barKey)
        grid.put(title, at: area.position())
        FieldView(field: picker.text, hasFocus: true).draw(
            at: area.position(column: title.columns), columns: area.columns - title.columns,
            of: &grid)
    }
}
