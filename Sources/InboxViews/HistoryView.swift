import Approvals
import Inbox
import TextGrid
import WireAPI

/// The list of what was settled.
struct HistoryView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        let columns = ListColumns(area.columns)
        let note = inbox.history.isLoading ? Line("fetching", .dim) : Line("history", .dim)
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
            put(
                history.isLoaded ? "Nothing was decided yet." : "Fetching what was decided.",
                in: rows, of: &grid)
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
