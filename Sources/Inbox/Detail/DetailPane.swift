package import Approvals
package import JSONTree

/// Where in the detail of one approval somebody is.
package struct DetailPane: Hashable, Sendable {
    /// Whose detail it is; another approval begins at its top.
    package private(set) var subject: ApprovalID?
    /// The line under the cursor.
    package internal(set) var cursor = 0
    /// The first line on the screen.
    package internal(set) var top = 0
    /// What is folded away.
    package internal(set) var folded: Set<JSONPointer> = []
    /// Strings whose JSON is shown in their place.
    package internal(set) var opened: Set<JSONPointer> = []

    package init() {}

    /// Shows another approval from its top.
    mutating func show(_ id: ApprovalID?) {
        guard subject != id else { return }
        self = DetailPane()
        subject = id
    }

    /// Moves the cursor; `count` are the lines there are.
    mutating func move(to line: Int, count: Int, rows: Int) {
        cursor = min(max(0, line), max(0, count - 1))
        let rows = max(1, rows)
        if cursor < top { top = cursor }
        if cursor >= top + rows { top = cursor - rows + 1 }
        top = min(max(0, top), max(0, count - rows))
    }

    /// Moves the cursor far, and shows as much as there is room for of what follows it.
    mutating func jump(to line: Int, count: Int, rows: Int) {
        move(to: line, count: count, rows: rows)
        guard cursor - top > rows / 2 else { return }
        top = min(max(0, cursor - rows / 4), max(0, count - max(1, rows)))
    }

    /// Opens whatever hides a place.
    mutating func uncover(_ pointer: JSONPointer) {
        for length in 0...pointer.tokens.count {
            folded.remove(JSONPointer(tokens: Array(pointer.tokens.prefix(length))))
        }
    }
}
