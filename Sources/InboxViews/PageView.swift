import Inbox
import TextGrid

/// A page to read: its title, and its lines with the cursor on one of them.
struct PageView {
    let inbox: Inbox
    let page: PagePane

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area)
        let (title, rest) = area.splitRows(at: 1)
        let lines = inbox.pageLines(page.subject)
        for row in 0..<rest.rows where page.top + row < lines.count {
            let place = GridArea(
                row: rest.row + row, column: rest.column, rows: 1, columns: rest.columns)
            draw(lines[page.top + row], page.top + row == page.index, in: place, of: &grid)
        }
        drawTitle(in: title, count: lines.count, rows: rest.rows, of: &grid)
    }

    private func drawTitle(in area: GridArea, count: Int, rows: Int, of grid: inout Grid) {
        var line: Line = [Span(page.subject.title, .heading)]
        if inbox.isLoading(page.subject) { line = line + [Span("  asking", .dim)] }
        if let trouble = inbox.pageTrouble(page.subject) {
            line = line + [Span("  not fresh: \(trouble)", .warning)]
        }
        var more = Line()
        if page.top > 0 { more = more + [Span(.up, .accent), Span(" ", .dim)] }
        if page.top + rows < count { more = more + [Span(.down, .accent), Span(" more", .accent)] }
        let room = max(0, area.columns - more.columns - 3)
        grid.put(line.fitted(to: room), at: area.position(column: 1))
        grid.put(more, at: area.position(column: area.columns - more.columns - 1))
    }

    private func draw(
        _ line: PageLine, _ isSelected: Bool, in area: GridArea, of grid: inout Grid
    ) {
        grid.put(line.line, at: area.position(column: 2), columnsMax: area.columns - 2)
        guard isSelected else { return }
        grid.paint(area, .selection)
        grid.put(Span(.pointer, .selection), at: area.position())
        grid.cursor = area.position()
    }
}
