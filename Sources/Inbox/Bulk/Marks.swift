import Approvals

/// What a person marked to decide together, by approval; it lives as long as what it stands for.
package struct Marks: Sendable {
    /// The revision that the row had when it was marked.
    private var revisions: [PackedID: Int] = [:]
    /// The row that was marked last: a range begins there.
    private(set) var anchor: PackedID?

    /// No more are decided at once than a person can look through.
    package static let countMax = 500

    package init() {}

    package var isEmpty: Bool { revisions.isEmpty }
    package var count: Int { revisions.count }
    var isFull: Bool { revisions.count >= Self.countMax }

    /// True for a marked row.
    package func contains(_ id: PackedID) -> Bool { revisions[id] != nil }

    /// The marked approvals, in no order that means anything.
    var all: [(id: ApprovalID, revision: Int)] { revisions.map { ($0.key.id, $0.value) } }

    /// Marks a row as it is now; false when there are too many.
    @discardableResult
    mutating func insert(_ id: PackedID, revision: Int) -> Bool {
        guard !isFull || revisions[id] != nil else { return false }
        revisions[id] = revision
        anchor = id
        return true
    }

    /// Takes a mark away.
    mutating func remove(_ id: PackedID) {
        revisions[id] = nil
        if anchor == id { anchor = nil }
    }

    mutating func removeAll() { self = Marks() }
}
