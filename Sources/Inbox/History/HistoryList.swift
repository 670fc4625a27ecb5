import Approvals
package import WireAPI

/// The list of settled approvals, newest first; it is never kept in the local copy.
package struct HistoryList: Sendable {
    package private(set) var rows: [ApprovalSummary] = []
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

    package init() {}

    /// The row under the cursor.
    package var selected: ApprovalSummary? { rows.indices.contains(index) ? rows[index] : nil }

    /// True while an answer is awaited.
    package var isLoading: Bool { request != nil }

    /// Rows of one page.
    static let pageRows = 100
    /// No more rows are kept in memory.
    static let rowsMax = 5_000

    /// A page came; the first one takes the place of all that was there.
    mutating func took(_ page: SummaryList, isFirst: Bool) {
        request = nil
        trouble = nil
        isLoaded = true
        if isFirst {
            rows = []
            index = 0
            top = 0
        }
        rows += page.items
        next = rows.count < Self.rowsMax ? page.next : nil
    }

    /// A change of a row that is on the list.
    mutating func update(_ row: ApprovalSummary) {
        guard let place = rows.firstIndex(where: { $0.id == row.id }) else { return }
        if rows[place].revision <= row.revision { rows[place] = row }
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
}
