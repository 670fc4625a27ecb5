package import Approvals
package import JSONTree

/// The change that an edit makes, on a screen of its own.
package struct DiffPane: Hashable, Sendable {
    package let id: ApprovalID
    /// The first line on the screen.
    package internal(set) var top = 0
    /// The match that the search went to last.
    package internal(set) var match: JSONPointer?

    package init(_ id: ApprovalID) { self.id = id }

    mutating func scroll(to line: Int, count: Int, rows: Int) {
        top = min(max(0, line), max(0, count - max(1, rows)))
    }
}
