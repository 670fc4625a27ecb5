import Approvals
package import WireAPI

/// The list of settled approvals, newest first; it is never kept in the local copy.
package struct HistoryList: Sendable {
    /// What is shown: of what was fetched, that which the query finds.
    package private(set) var rows: [ApprovalSummary] = []
    /// Everything that was fetched.
    private(set) var fetched: [ApprovalSummary] = []
    /// What is searched for; nil shows everything.
    package private(set) var query: Query?
    /// The word for which the server searched; nil when it sent everything.
    package private(set) var serverWord: String?
    /// The whole names that the server was asked for.
    private(set) var serverTool: String?
    private(set) var serverAgent: String?
    /// True when the server searched for a part of the query, so that age is no bound.
    package var isSearchedByServer: Bool {
        serverWord != nil || serverTool != nil || serverAgent != nil
    }
    /// The row under the cursor.
    package internal(set) var index = 0
    /// The first row on the screen.
    package internal(set) var top = 0
    /// Where the next page begins; nil when there is none.
    private(set) var next: String?
    /// The request that waits for its answer.
    var request: RequestID?
    /// Why there is nothing to show.
    package internal(set) var trouble: String?
    package private(set) var isLoaded = false
    /// How many more pages a search may fetch by itself.
    private var pagesLeft = 0
    private var facts = QueryFacts()

    package init() {}

    /// The row under the cursor.
    package var selected: ApprovalSummary? { rows.indices.contains(index) ? rows[index] : nil }

    /// True while an answer is awaited.
    package var isLoading: Bool { request != nil }

    /// True when more rows could be fetched.
    package var hasMore: Bool { next != nil }

    /// How many rows were fetched.
    package var fetchedCount: Int { fetched.count }

    /// Rows of one page.
    static let pageRows = 100
    /// No more rows are kept in memory.
    static let rowsMax = 5_000
    /// A search fetches no more pages by itself.
    private static let searchedPagesMax = 20

    /// A page came; the first one takes the place of all that was there.
    mutating func took(_ page: SummaryList, isFirst: Bool) {
        request = nil
        trouble = nil
        isLoaded = true
        if isFirst {
            fetched = []
            rows = []
            index = 0
            top = 0
        }
        fetched += page.items
        rows += found(among: page.items)
        next = fetched.count < Self.rowsMax ? page.next : nil
    }

    /// A change of a row that is on the list.
    mutating func update(_ row: ApprovalSummary) {
        guard let place = fetched.firstIndex(where: { $0.id == row.id }),
            fetched[place].revision <= row.revision
        else { return }
        fetched[place] = row
        if let shown = rows.firstIndex(where: { $0.id == row.id }) { rows[shown] = row }
    }

    /// Leaves only what the query finds among what was fetched.
    mutating func show(_ query: Query?, _ facts: QueryFacts) {
        let before = selected?.id
        self.query = query
        self.facts = facts
        rows = found(among: fetched)
        index = rows.firstIndex { $0.id == before } ?? 0
    }

    /// Begins a search with the present query; true when everything must be fetched anew.
    mutating func beginSearch() -> Bool {
        pagesLeft = Self.searchedPagesMax
        let wanted = [
            Self.serverWord(of: query), query?.wholeName(.tool), query?.wholeName(.agent),
        ]
        let asked = [serverWord, serverTool, serverAgent]
        guard wanted.map({ $0.map { Array($0.utf8) } }) != asked.map({ $0.map { Array($0.utf8) } })
        else { return false }
        (serverWord, serverTool, serverAgent) = (wanted[0], wanted[1], wanted[2])
        return true
    }

    /// Asks the server for a page of what is searched.
    func request(after cursor: String?) -> HTTPRequest {
        Requests.history(
            after: cursor, limit: Self.pageRows, matching: serverWord, tool: serverTool,
            agent: serverAgent)
    }

    /// The word for which the server can search in the place of this program. It does not look at
    /// risks, so the words for those are searched here.
    private static func serverWord(of query: Query?) -> String? {
        guard let word = query?.soleWord, word.count <= 100,
            !Risk.allCases.contains(where: {
                Array($0.rawValue.utf8)[...].containsIgnoringCase(word)
            })
        else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    /// What the server searched for is not searched for again: it looks into more than is here.
    private func found(among items: [ApprovalSummary]) -> [ApprovalSummary] {
        guard let query, serverWord == nil || Self.serverWord(of: query) != serverWord else {
            return items
        }
        var store = RowStore()
        var matcher = QueryMatcher(query.node, facts)
        return items.filter { matcher.matches(store.put($0), in: store) }
    }

    /// The names that the rows have in a field.
    func names(of field: NameField) -> [(name: String, count: Int)] {
        var store = RowStore()
        let slots = fetched.map { store.put($0) }
        return store.names(of: field, in: slots)
    }

    /// Moves the cursor; `height` is what the screen shows.
    mutating func select(_ place: Int, height: Int) {
        index = min(max(0, place), max(0, rows.count - 1))
        let height = max(1, height)
        if index < top { top = index }
        if index >= top + height { top = index - height + 1 }
        top = min(max(0, top), max(0, rows.count - height))
    }

    /// True when the cursor is so near to the end that more should be fetched.
    var wantsMore: Bool { next != nil && request == nil && index + 50 > rows.count }

    /// True when a search that found little should look further by itself; counts its pages.
    mutating func searchesOn() -> Bool {
        guard wantsMore, query != nil, pagesLeft > 0 else { return false }
        pagesLeft -= 1
        return true
    }
}
