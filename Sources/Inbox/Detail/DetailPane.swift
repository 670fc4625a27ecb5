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
}
