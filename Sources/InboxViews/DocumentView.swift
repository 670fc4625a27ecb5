import Inbox
import JSONTree
import TextGrid

/// The arguments as one text while somebody edits them, with line numbers and a verdict.
struct DocumentView {
    let document: TextDocument
    let verdict: DocumentVerdict?

    func draw(in area: GridArea, _ foot: GridArea, of grid: inout Grid) {
        let digits = String(document.lines.count).utf8.count
        let gutter = digits + 2
        for row in 0..<area.rows {
            let index = document.top + row
            guard index < document.lines.count else { break }
            let place = area.position(row: row)
            drawNumber(index + 1, digits, at: place, of: &grid)
            let text = GridPosition(row: place.row, column: place.column + gutter)
            let columns = max(0, area.columns - gutter)
            if index == document.row {
                drawCursorLine(at: text, columns: columns, of: &grid)
            } else {
                // Only what can be on the screen is made safe.
                let head = Self.string(document.lines[index].prefix(columns + 1))
                grid.put(
                    Line(SafeText.json(head)).fitted(to: columns), at: text, columnsMax: columns)
            }
        }
        drawFoot(in: foot, of: &grid)
    }

    private func drawNumber(
        _ number: Int, _ digits: Int, at place: GridPosition, of grid: inout Grid
    ) {
        let text = String(number)
        let padded = String(repeating: " ", count: max(0, digits - text.utf8.count)) + text
        let isBroken = brokenLine == number
        grid.put(Line(padded, isBroken ? .danger : .dim), at: place)
        let sign = GridPosition(row: place.row, column: place.column + digits)
        if isBroken { grid.put(Span(.cross, .danger), at: sign) }
    }

    private var brokenLine: Int? {
        switch verdict {
        case .broken(let line, _, _): line
        case .refused, .wrong, .fits, nil: nil
        }
    }

    /// The line of the cursor scrolls sideways, so that its cursor is seen.
    private func drawCursorLine(at place: GridPosition, columns: Int, of grid: inout Grid) {
        guard columns > 0 else { return }
        grid.fill(
            GridArea(row: place.row, column: place.column, rows: 1, columns: columns), .input)
        let line = document.lines[document.row]
        let near = columns * 4
        let head = Self.string(line[..<document.column].suffix(near))
        let tail = Self.string(line[document.column...].prefix(near))
        let isInString = Self.endsInString(line[..<document.column])
        var left = SafeText.json(head)
        var right = SafeText.json((isInString ? "\"" : "") + tail)
        if isInString { right = right.split(at: 1).tail }
        var used = 0
        if left.columns >= columns || document.column > near {
            used += grid.put(Span(.ellipsis, .marker), at: place)
            left = left.split(at: max(0, left.columns - columns + 2)).tail
        }
        let start = GridPosition(row: place.row, column: place.column + used)
        used += grid.put(left, .input, at: start, columnsMax: columns - used)
        let cursor = GridPosition(row: place.row, column: place.column + min(used, columns - 1))
        grid.put(right, .input, at: cursor, columnsMax: max(0, columns - used))
        grid.cursor = cursor
    }

    private func drawFoot(in area: GridArea, of grid: inout Grid) {
        let place = "line \(document.row + 1) of \(document.lines.count), "
        let first = Line(place + "column \(document.column + 1)", .accent)
        grid.put(first.fitted(to: area.columns), at: area.position(), columnsMax: area.columns)
        let pieces = sentence.wrapped(to: max(1, area.columns))
        for (index, piece) in pieces.prefix(2).enumerated() {
            grid.put(piece, at: area.position(row: 1 + index), columnsMax: area.columns)
        }
    }

    private var sentence: Line {
        switch verdict {
        case nil: Line()
        case .broken(let line, let column, let reason):
            Line("line \(line), column \(column): \(reason)", .danger)
        case .refused(let misfit): Line("\(Self.name(misfit.pointer)): \(misfit.reason)", .danger)
        case .wrong(let problem):
            Line("\(Self.name(problem.pointer)) \(problem.sentence)", .warning)
        case .fits(let changes):
            [
                Span(.check, .success),
                Span(
                    changes == 0
                        ? " JSON, nothing changed"
                        : changes == 1 ? " JSON, 1 change" : " JSON, \(changes) changes", .success),
            ]
        }
    }

    private static func name(_ pointer: JSONPointer) -> String {
        pointer.isRoot ? "the arguments" : "\(pointer)"
    }

    /// True when a piece of a line ends within a string.
    private static func endsInString(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        var isInString = false
        var isEscaped = false
        for scalar in scalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = isInString
            } else if scalar == "\"" {
                isInString.toggle()
            }
        }
        return isInString
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
