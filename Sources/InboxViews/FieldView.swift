import Inbox
import TextGrid

/// A field that takes typed text, in one row; it scrolls sideways so that its cursor is seen.
struct FieldView {
    let field: TextField
    /// True when it has the keys.
    let hasFocus: Bool

    func draw(at place: GridPosition, columns: Int, of grid: inout Grid) {
        guard columns > 0 else { return }
        grid.fill(
            GridArea(row: place.row, column: place.column, rows: 1, columns: columns), .input)
        // Only what can be on the screen is made safe, however long the text is.
        let near = columns * 4
        let head = SafeText(escaping: string(field.scalars[..<field.cursor].suffix(near)))
        let tail = SafeText(escaping: string(field.scalars[field.cursor...].prefix(near)))
        let room = columns - 1
        var used = 0
        if head.columns > room || field.cursor > near {
            used += grid.put(Span(.ellipsis, .marker), at: place)
            let end = head.split(at: max(0, head.columns - room + 1)).tail
            used += grid.put(end, .input, at: step(place, used), columnsMax: columns - used)
        } else {
            used += grid.put(head, .input, at: place, columnsMax: columns)
        }
        let cursor = step(place, min(used, room))
        grid.put(tail, .input, at: cursor, columnsMax: max(0, columns - used))
        if hasFocus { grid.cursor = cursor }
    }

    private func step(_ place: GridPosition, _ columns: Int) -> GridPosition {
        GridPosition(row: place.row, column: place.column + columns)
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
