import Approvals

/// How the person looks at the lists, beside what they are.
package struct Triage: Sendable {
    /// The view that is shown; nil for a query that was typed.
    package internal(set) var view: SavedView?
    /// Queries typed after `/`, the latest last.
    var typedQueries: [String] = []
    /// When the rows are asked again a query whose answer changes with time.
    var recheckAt: Timestamp?
    /// How many rows run out of time, for the header.
    package internal(set) var urgency = Urgency()
    /// When that is counted anew, unless rows change before.
    var urgencyDueAt = Timestamp(milliseconds: .min)
    /// What came in the last hour.
    package internal(set) var arrivals = ArrivalCounts()
    /// The approval that the last frame showed as the one under the cursor: a decision key that
    /// means another one does nothing.
    var painted: ApprovalID?
    /// How the list was arranged before a view arranged it.
    var arrangement: (order: QueueOrder, grouping: Grouping?)?

    private static let typedQueriesMax = 100

    mutating func remember(_ text: String) {
        guard !text.isEmpty else { return }
        typedQueries.removeAll { $0.utf8.elementsEqual(text.utf8) }
        typedQueries.append(text)
        if typedQueries.count > Self.typedQueriesMax { typedQueries.removeFirst() }
    }
}
