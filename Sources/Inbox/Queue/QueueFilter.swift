/// Which rows a query finds.
package struct QueueFilter: Sendable {
    package let query: Query
    /// The rows, in the order of the list.
    package internal(set) var matches: [Int32]

    /// Chooses among `slots`.
    init(_ query: Query, among slots: [Int32], in store: RowStore, _ facts: QueryFacts) {
        self.query = query
        var matcher = QueryMatcher(query.node, facts)
        matches = matcher.filter(slots, in: store)
    }

    /// Keeps what was found for a query that finds the same.
    init(_ query: Query, matches: [Int32]) {
        self.query = query
        self.matches = matches
    }

    /// As typed.
    package var text: String { query.text }
}
