package import Approvals

/// The change that an edit makes, on a screen of its own.
package struct DiffPane: Hashable, Sendable {
    package let id: ApprovalID
    /// The first line on the screen.
    package internal(set) var top = 0

    package init(_ id: ApprovalID) { self.id = id }

    mutating func scroll(to line: Int, count: Int, rows: Int) {
        top = min(max(0, line), max(0, count - max(1, rows)))
    }
}
