import Approvals
import Inbox
import Keymap
import TextGrid
import WireAPI

/// The list of what runs without asking.
struct GrantsView {
    let inbox: Inbox

    private static let left = 9
    private static let used = 8
    private static let margin = 2

    func draw(in area: GridArea, of grid: inout Grid) {
        drawTitle(in: area, of: &grid)
        let rows = area.splitRows(at: 1).bottom
        let pane = inbox.grants
        if let trouble = pane.trouble { return put([Line(trouble, .dim)], in: rows, of: &grid) }
        guard !pane.rows.isEmpty else { return put(empty, in: rows, of: &grid) }
        let end = min(pane.rows.count, pane.top + rows.rows)
        for index in pane.top..<max(pane.top, end) {
            let line = GridArea(
                row: rows.row + index - pane.top, column: rows.column, rows: 1,
                columns: rows.columns)
            draw(pane.rows[index], index == pane.index, in: line, of: &grid)
        }
    }

    private func drawTitle(in area: GridArea, of grid: inout Grid) {
        let count = inbox.grants.activeCount
        let fetching = inbox.grants.isLoading ? ", fetching" : ""
        let verb = count == 1 ? "runs" : "run"
        let note = Line(
            "\(count) \(verb) without asking\(fetching)", count > 0 ? .warning : .dim)
        guard !inbox.settings.isLinear else {
            grid.put(
                (Line("Standing grants. ", .heading) + note).fitted(to: area.columns),
                at: area.position())
            return
        }
        grid.put(
            Line("LEFT      USED     TOOL", .heading), at: area.position(column: Self.margin),
            columnsMax: max(0, area.columns - Self.margin))
        let room = max(0, area.columns - 28)
        let fitted = note.fitted(to: room)
        grid.put(
            fitted, at: area.position(column: area.columns - fitted.columns),
            columnsMax: fitted.columns)
    }

    private func draw(
        _ view: GrantView, _ isSelected: Bool, in area: GridArea, of grid: inout Grid
    ) {
        let isActive = view.state == .active && view.expiresAt.since(inbox.serverTime) > 0
        let role: TextGrid.Role = isActive ? .text : .disabled
        var line: Line = [
            Span(
                SafeText(escaping: GrantWords.column(view, at: inbox.serverTime))
                    .padded(to: Self.left), isActive ? .warning : .disabled),
            Span(" ", .dim),
            Span(SafeText(escaping: uses(view)).padded(to: Self.used), role), Span(" ", .dim),
            Span(SafeWords.name(view.tool, columnsMax: 22), role),
            Span(" of ", .dim), Span(SafeWords.name(view.agent.name, columnsMax: 16), role),
        ]
        if isSelected, inbox.settings.isLinear { line = Line("selected, ") + line }
        line = line + [Span("  ", .dim)] + GrantWords.bounds(view)
        line = line + [Span("  by ", .dim)]
        line = line + [Span(SafeWords.name(view.grantedBy), .dim)]
        let room = max(0, area.columns - Self.margin)
        let drawn = grid.repertoire == .ascii ? line.inASCII() : line
        grid.put(
            drawn.fitted(to: room), at: area.position(column: Self.margin), columnsMax: room)
        guard isSelected else { return }
        let hasFocus = inbox.focus == .list
        let look: TextGrid.Role = hasFocus ? .selection : .selectionUnfocused
        grid.paint(area, look)
        grid.put(Span(.pointer, look), at: area.position())
        if hasFocus { grid.cursor = area.position() }
    }

    private func uses(_ view: GrantView) -> String {
        view.usesLeft.map { "\(view.uses) of \(view.uses + $0)" } ?? "\(view.uses)"
    }

    /// What to do where there is none.
    private var empty: [Line] {
        guard inbox.grants.isLoaded else { return [Line("Fetching the grants.", .dim)] }
        let approve = inbox.key(for: .approve)
        let widen = inbox.settings.keymap.key(for: .widenGrant, in: .dialog) ?? ":widen-grant"
        return [
            Line("Nothing runs without asking.", .text),
            Line(
                "When you approve a call (\(approve)), \(widen) lets calls like it run for a "
                    + "while, with every argument as you approved it. They are listed here, and "
                    + "can be taken back at any time.", .dim),
        ]
    }

    private func put(_ lines: [Line], in area: GridArea, of grid: inout Grid) {
        let wrapped = lines.flatMap { $0.wrapped(to: max(1, area.columns - 4)) }
        for (row, line) in wrapped.enumerated() where row < area.rows {
            grid.put(
                line, at: area.position(row: row, column: Self.margin),
                columnsMax: max(0, area.columns - Self.margin))
        }
        if inbox.focus == .list { grid.cursor = area.position() }
    }
}

/// One grant whole.
struct GrantDetailView {
    let inbox: Inbox

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.detailText
        let lines = inbox.grantLines(layout)
        let top = min(inbox.grants.detailTop, max(0, lines.count - 1))
        for (row, line) in lines.dropFirst(top).prefix(area.rows).enumerated() {
            let drawn = grid.repertoire == .ascii ? line.inASCII() : line
            grid.put(drawn, at: area.position(row: row), columnsMax: area.columns)
        }
        if inbox.focus == .detail { grid.cursor = layout.detail.position() }
        guard lines.count > top + area.rows else { return }
        let more = inbox.settings.keymap.key(for: .pageDown, in: .grants) ?? ""
        grid.put(
            Line("more: \(more)", .accent), at: layout.detailFoot.position(),
            columnsMax: layout.detailFoot.columns)
    }
}
