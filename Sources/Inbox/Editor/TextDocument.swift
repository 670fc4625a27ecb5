import JSONTree
package import Keymap

/// A text of many lines while somebody edits it, and a cursor in it.
///
/// Like `TextField` it works on scalars, so that a hidden character can be found and deleted.
package struct TextDocument: Hashable, Sendable {
    /// The lines, without their ends; there is always one.
    package private(set) var lines: [[Unicode.Scalar]]
    /// The line of the cursor.
    package private(set) var row = 0
    /// How many scalars stand left of the cursor in its line.
    package private(set) var column = 0
    /// The first line on the screen.
    package private(set) var top = 0
    /// The text as it was in the beginning.
    package let base: String
    var bytes: Int
    var history = TextHistory()

    /// No arguments are longer than this, written out.
    static let bytesMax = 1 << 20

    /// A text; `from` is what it is compared with, to tell whether anything was typed.
    package init(_ text: String, from base: String? = nil) {
        lines = Self.lines(of: text)
        self.base = base ?? text
        bytes = text.utf8.count
    }

    /// The whole text.
    package var text: String {
        var view = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            if index > 0 { view.append("\n") }
            view.append(contentsOf: line)
        }
        return String(view)
    }

    /// True when it is not what it was in the beginning.
    package var isChanged: Bool { !text.isSame(as: base) }

    /// Types a text at the cursor; false, and nothing typed, when it does not fit.
    @discardableResult
    package mutating func insert(_ text: String) -> Bool {
        guard bytes + text.utf8.count <= Self.bytesMax else { return false }
        remember(isTyping: text.unicodeScalars.count == 1 && text != "\n")
        bytes += text.utf8.count
        var fresh = Self.lines(of: text)
        let tail = Array(lines[row][column...])
        lines[row].removeSubrange(column...)
        lines[row] += fresh.removeFirst()
        lines.insert(contentsOf: fresh, at: row + 1)
        row += fresh.count
        column = lines[row].count
        lines[row] += tail
        return true
    }

    /// Carries out an action of typing; false for any other. `rows` are those on the screen.
    package mutating func perform(_ action: Action, rows: Int) -> Bool {
        defer { scroll(rows: rows) }
        if action == .insertNewline {
            // A new line begins where the one before began.
            let indent = lines[row].prefix(column).prefix { $0 == " " }.count
            insert("\n" + String(repeating: " ", count: indent))
            return true
        }
        if action == .undo || action == .redo {
            action == .undo ? undo() : redo()
            return true
        }
        if moved(action, rows: rows) {
            history.isTyping = false
            return true
        }
        return deleted(action)
    }

    /// Shows the text as it was or will be, with the cursor where it stood.
    mutating func restore(_ moment: TextHistory.Moment) {
        lines = moment.lines
        row = moment.row
        column = moment.column
        bytes = moment.bytes
    }

    /// Puts the cursor at a place, counted from 1, as errors name it; `bytes` into the line.
    package mutating func move(toLine line: Int, column: Int, rows: Int) {
        row = min(max(0, line - 1), lines.count - 1)
        self.column = min(max(0, column - 1), lines[row].count)
        scroll(rows: rows)
    }

    /// Keeps the cursor on the screen.
    mutating func scroll(rows: Int) {
        let rows = max(1, rows)
        if row < top { top = row }
        if row >= top + rows { top = row - rows + 1 }
        top = min(max(0, top), max(0, lines.count - 1))
    }

    private mutating func moved(_ action: Action, rows: Int) -> Bool {
        if action == .cursorLeft {
            stepLeft()
        } else if action == .cursorRight {
            stepRight()
        } else if action == .cursorStart {
            column = 0
        } else if action == .cursorEnd {
            column = lines[row].count
        } else if action == .lineUp {
            move(by: -1)
        } else if action == .lineDown {
            move(by: 1)
        } else if action == .screenUp {
            move(by: -max(1, rows - 1))
        } else if action == .screenDown {
            move(by: max(1, rows - 1))
        } else {
            return false
        }
        return true
    }

    private mutating func move(by step: Int) {
        row = min(max(0, row + step), lines.count - 1)
        column = min(column, lines[row].count)
    }

    private mutating func stepLeft() {
        if column > 0 {
            column -= 1
        } else if row > 0 {
            row -= 1
            column = lines[row].count
        }
    }

    private mutating func stepRight() {
        if column < lines[row].count {
            column += 1
        } else if row + 1 < lines.count {
            row += 1
            column = 0
        }
    }

    private mutating func deleted(_ action: Action) -> Bool {
        let end = (row: row, column: column)
        if action == .deleteBackward {
            stepLeft()
        } else if action == .deleteForward {
            stepRight()
        } else if action == .deleteWord {
            while column > 0, lines[row][column - 1] == " " { column -= 1 }
            while column > 0, lines[row][column - 1] != " " { column -= 1 }
        } else if action == .deleteLine {
            column = 0
        } else {
            return false
        }
        let here = (row: row, column: column)
        guard here != end else { return true }
        let (start, stop) = here < end ? (here, end) : (end, here)
        (row, column) = end
        remember(isTyping: false)
        remove(from: start, to: stop)
        return true
    }

    private mutating func remove(
        from start: (row: Int, column: Int), to end: (row: Int, column: Int)
    ) {
        let tail = lines[end.row][end.column...]
        let joined = Array(lines[start.row][..<start.column] + tail)
        lines.replaceSubrange(start.row...end.row, with: [joined])
        row = start.row
        column = start.column
        bytes = lines.reduce(lines.count - 1) { $0 + $1.reduce(0) { $0 + UTF8.width($1) } }
    }

    private static func lines(of text: String) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            Array($0)
        }
    }
}
