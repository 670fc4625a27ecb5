import WireAPI
import Approvals
import Inbox
import TextGrid

/// One approval with its arguments.
struct DetailView {
    let inbox: Inbox

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.detailText
        guard inbox.subject != nil else {
            if inbox.focus == .detail { grid.cursor = layout.detail.position() }
            return
        }
        let top = inbox.pane.top
        let lines = inbox.detailLines(layout, linesMax: top + area.rows + 1)
        let hasFocus = inbox.focus == .detail
        for row in 0..<area.rows {
            let index = top + row
            guard index < lines.count else { break }
            let isCursor = hasFocus && index == inbox.pane.cursor
            grid.put(
                lines[index].line, at: area.position(row: row), columnsMax: area.columns)
            if isCursor { point(at: area.row + row, column: layout.detail.column, of: &grid) }
        }
        if hasFocus, grid.cursor == nil { grid.cursor = layout.detail.position() }
        drawFoot(layout.detailFoot, hasMore: lines.count > top + area.rows, into: &grid)
    }

    private func point(at row: Int, column: Int, of grid: inout Grid) {
        let place = GridPosition(row: row, column: column)
        grid.put(Span(.pointer), at: place)
        grid.cursor = place
    }

    /// Whether there is more, and how much of the arguments was on the screen.
    private func drawFoot(_ area: GridArea, hasMore: Bool, into grid: inout Grid) {
        guard let id = inbox.subject, let known = inbox.shelf[id] else { return }
        var line = Line()
        if hasMore || inbox.pane.top > 0 {
            if inbox.pane.top > 0 { line = line + [Span(.up, .accent), Span(" ", .dim)] }
            if hasMore { line = line + [Span(.down, .accent), Span(" more", .accent)] }
        }
        if known.view.state == .pending, !inbox.seen.isComplete(known) {
            let seen = inbox.seen.count(of: known)
            if !line.spans.isEmpty { line = line + [Span("  ", .dim)] }
            line = line + [Span("\(seen) of \(known.valueCount) values seen", .warning)]
        }
        grid.put(line.fitted(to: area.columns), at: area.position(), columnsMax: area.columns)
    }
}
