import Approvals
import Inbox
import Keymap
import TextGrid
import WireAPI

/// The list of what was settled.
struct HistoryView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        let columns = ListColumns(area.columns)
        if inbox.settings.isLinear {
            grid.put(Line("What was decided.", .heading), at: area.position())
        } else {
            columns.drawTitles("STATE", in: area, note: note, of: &grid)
        }
        let rows = area.splitRows(at: 1).bottom
        let history = inbox.history
        if let trouble = history.trouble {
            put(trouble, in: rows, of: &grid)
            return
        }
        guard !history.rows.isEmpty else {
            put(empty, in: rows, of: &grid)
            return
        }
        let end = min(history.rows.count, history.top + rows.rows)
        for index in history.top..<max(history.top, end) {
            let line = GridArea(
                row: rows.row + index - history.top, column: rows.column, rows: 1,
                columns: rows.columns)
            draw(history.rows[index], index == history.index, columns, in: line, of: &grid)
        }
    }

    /// What is searched for, where, and how much was found.
    private var note: Line {
        let history = inbox.history
        let fetching = history.isLoading ? ", fetching" : ""
        guard let query = history.query else {
            return Line(history.isLoading ? "fetching" : "history", .dim)
        }
        let text = SafeWords.name(query.text, columnsMax: 20)
        let more = history.hasMore ? "+" : ""
        let place =
            !history.isSearchedByServer
            ? "\(history.rows.count) in the latest \(history.fetchedCount)"
            : "\(history.rows.count)\(more) found by the server"
        return Line("/\(text): \(place)\(fetching)", .match)
    }

    private var empty: String {
        let history = inbox.history
        guard let query = history.query, history.isLoaded, !history.isLoading else {
            return history.isLoaded && !history.isLoading
                ? "Nothing was decided yet." : "Fetching what was decided."
        }
        let text = SafeWords.name(query.text)
        let place =
            history.hasMore
            ? "in the latest \(history.fetchedCount); \(inbox.key(for: .bottom)) looks further"
            : "in the history"
        return "Nothing matches \"\(text)\" \(place). "
            + "\(inbox.key(for: .clearFilter)) shows all."
    }

    private func draw(
        _ row: ApprovalSummary, _ isSelected: Bool, _ columns: ListColumns, in area: GridArea,
        of grid: inout Grid
    ) {
        let facts = StateWords.Facts(row)
        let time = inbox.serverTime
        columns.put(
            SafeText(escaping: row.state.rawValue), StateWords.role(facts, at: time),
            at: ListColumns.margin, ListColumns.left, area, &grid)
        columns.put(
            SafeText(escaping: row.risk.short), .dim, at: columns.riskAt, ListColumns.risk, area,
            &grid)
        columns.put(
            SafeText(escaping: row.tool), .text, at: columns.toolAt, columns.tool, area, &grid)
        var line = Line()
        if isSelected, inbox.settings.isLinear { line = Line("selected, ") }
        if row.needsReview { line = line + [Span("[to be reviewed] ", .danger)] }
        if let settled = StateWords.brief(facts, at: time) {
            line = line + [Span(settled, .text), Span("  ", .dim)]
        }
        if let summary = row.summary { line = line + [Span(summary, .agentWords)] }
        grid.put(
            line.fitted(to: columns.summary), at: area.position(column: columns.summaryAt),
            columnsMax: columns.summary)
        columns.put(
            SafeText(escaping: row.agent), .dim, at: columns.agentAt, columns.agent, area, &grid)
        guard isSelected else { return }
        let hasFocus = inbox.focus == .list
        grid.paint(area, hasFocus ? .selection : .selectionUnfocused)
        grid.put(
            Span(.pointer, hasFocus ? .selection : .selectionUnfocused), at: area.position())
        if hasFocus { grid.cursor = area.position() }
    }

    private func put(_ text: String, in area: GridArea, of grid: inout Grid) {
        for (row, line) in Line(text, .dim).wrapped(to: max(1, area.columns - 4)).enumerated()
        where row < area.rows {
            grid.put(
                line, at: area.position(row: row, column: ListColumns.margin),
                columnsMax: area.columns - ListColumns.margin)
        }
        if inbox.focus == .list { grid.cursor = area.position() }
    }
}
