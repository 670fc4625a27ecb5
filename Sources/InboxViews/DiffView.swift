import WireAPI
import JSONTree
import Approvals
import Inbox
import TextGrid

/// What an edit changes: one column, or two where there is room.
struct DiffView {
    let inbox: Inbox
    let diff: DiffPane

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let area = layout.body
        grid.fill(area)
        guard let editor = inbox.editors[diff.id] else { return }
        let (title, rest) = area.splitRows(at: 1)
        let (lines, foot) = rest.splitRows(at: rest.rows - 1)
        grid.put(self.title(editor).fitted(to: area.columns), at: title.position())
        let count: Int
        if layout.showsSideBySide {
            count = drawPairs(editor, in: lines, of: &grid)
        } else {
            count = drawLines(in: lines, of: &grid)
        }
        var more = Line()
        if diff.top > 0 { more = more + [Span(.up, .accent), Span(" ", .dim)] }
        if diff.top + lines.rows < count {
            more = more + [Span(.down, .accent), Span(" more", .accent)]
        }
        grid.put(more, at: foot.position(column: 1))
        grid.cursor = lines.isEmpty ? title.position() : lines.position()
    }

    private func title(_ editor: ArgumentEditor) -> Line {
        let count = editor.patch.operations.count
        let changes = count == 1 ? "1 change" : "\(count) changes"
        var line: Line = [
            Span("Diff ", .heading),
            Span(SafeWords.name(inbox.shelf[diff.id]?.view.tool ?? ""), .heading),
            Span("  rev \(editor.revision)  ", .dim), Span("\(changes), not sent", .changed),
        ]
        if let problem = editor.problems.first {
            line = line + [Span("  cannot be sent: \(problem.sentence)", .danger)]
        }
        return line
    }

    private func drawLines(in area: GridArea, of grid: inout Grid) -> Int {
        let lines = inbox.diffLines(diff.id, columns: max(1, area.columns))
        let matches = inbox.matchingPlaces
        for row in 0..<area.rows where diff.top + row < lines.count {
            let line = lines[diff.top + row]
            grid.put(line.line, at: area.position(row: row), columnsMax: area.columns)
            mark(line.pointer, matches, at: area.position(row: row), of: &grid)
        }
        return lines.count
    }

    private func drawPairs(
        _ editor: ArgumentEditor, in area: GridArea, of grid: inout Grid
    ) -> Int {
        let columns = max(1, (area.columns - 1) / 2)
        let pairs = SideBySide(
            editor, columns: columns, repertoire: inbox.settings.repertoire
        ).pairs
        grid.verticalLine(at: area.position(column: columns), rows: area.rows)
        let matches = inbox.matchingPlaces
        for row in 0..<area.rows where diff.top + row < pairs.count {
            let pair = pairs[diff.top + row]
            grid.put(pair.left, at: area.position(row: row), columnsMax: columns)
            grid.put(
                pair.right, at: area.position(row: row, column: columns + 1), columnsMax: columns)
            mark(pair.pointer, matches, at: area.position(row: row), of: &grid)
        }
        return pairs.count
    }

    /// Marks a line that the search found.
    private func mark(
        _ pointer: JSONPointer?, _ matches: Set<JSONPointer>, at place: GridPosition,
        of grid: inout Grid
    ) {
        guard let pointer, matches.contains(pointer) else { return }
        grid.put(Span("/", .match), at: place)
    }
}
