import JSONTree
import Keymap
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
        let matches = hasFocus ? inbox.matchingPlaces : []
        for row in 0..<area.rows {
            let index = top + row
            guard index < lines.count else { break }
            let isCursor = hasFocus && index == inbox.pane.cursor
            grid.put(
                lines[index].line, at: area.position(row: row), columnsMax: area.columns)
            if let pointer = lines[index].pointer, matches.contains(pointer) {
                grid.put(Span("/", .match), at: area.position(row: row))
            }
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

    /// Whether there is more, what was not on the screen yet, and where the cursor is.
    private func drawFoot(_ area: GridArea, hasMore: Bool, into grid: inout Grid) {
        guard let id = inbox.subject, let known = inbox.shelf[id] else { return }
        var line = Line()
        if inbox.pane.top > 0 { line = line + [Span(.up, .accent), Span(" ", .dim)] }
        if hasMore { line = line + [Span(.down, .accent), Span(" more  ", .accent)] }
        if known.view.state == .pending, !inbox.seen.isComplete(known) {
            line = line + Line(unseen(known), .warning) + Line("  ", .dim)
        }
        line = line + place(known, columns: area.columns - line.columns)
        grid.put(line.fitted(to: area.columns), at: area.position(), columnsMax: area.columns)
    }

    private func unseen(_ known: KnownView) -> String {
        let count = known.valueCount - inbox.seen.count(of: known)
        let values = count == 1 ? "1 value" : "\(count) values"
        guard inbox.focus == .detail else { return "\(values) not seen yet" }
        return "\(values) not seen yet: \(inbox.key(for: .nextUnseen))"
    }

    private static func hidden(_ handle: Handle) -> String {
        handle.shown == nil
            ? "redacted \(handle.kind)" : "\(handle.kind), hidden by the scanner"
    }

    /// The path of the value under the cursor, and its type; a long path keeps its end.
    private func place(_ known: KnownView, columns: Int) -> Line {
        guard inbox.focus == .detail, columns >= 8, let line = inbox.detailLine,
            let pointer = line.pointer
        else { return Line() }
        let value = known.view.arguments[pointer]
        var text = "\(pointer)"
        var kind = known.handles[pointer].map(Self.hidden) ?? value?.typeText ?? ""
        if let inner = line.inner {
            text += " | fromjson \(inner)"
            kind = "in a string"
        } else if inbox.canOpenString(at: pointer) {
            kind = "string, JSON: \(inbox.key(for: .expand)) opens it"
        }
        var path = SafeText(escaping: text)
        let tail = Line("  " + kind, .dim)
        let room = columns - (path.columns + tail.columns <= columns ? 0 : 1)
        let isCut = path.columns > room
        if isCut { path = path.split(at: path.columns - room + 1).tail }
        let whole = (isCut ? Line([Span(.ellipsis)]) : Line()) + Line(path, .accent)
        return whole.columns + tail.columns <= columns ? whole + tail : whole
    }
}
