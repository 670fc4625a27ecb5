import Approvals
package import WireAPI

/// The list of standing grants; it is never kept in the local copy.
package struct GrantPane: Sendable {
    /// Those that hold, the one that ends first before the others, and then what ended.
    package private(set) var rows: [GrantView] = []
    /// The row under the cursor.
    package private(set) var index = 0
    /// The first row on the screen.
    package private(set) var top = 0
    /// The first line of the details on the screen.
    package internal(set) var detailTop = 0
    /// The request that waits for its answer.
    var request: RequestID?
    /// Why there is nothing to show.
    package internal(set) var trouble: String?
    package private(set) var isLoaded = false

    package init() {}

    /// The row under the cursor.
    package var selected: GrantView? { rows.indices.contains(index) ? rows[index] : nil }

    /// True while an answer is awaited.
    package var isLoading: Bool { request != nil }

    /// How many still release calls.
    package var activeCount: Int { rows.count { $0.state == .active } }

    mutating func took(_ list: GrantList, height: Int) {
        let before = selected?.id
        trouble = nil
        isLoaded = true
        rows =
            list.items.filter { $0.state == .active }.sorted { $0.expiresAt < $1.expiresAt }
            + list.items.filter { $0.state != .active }
        select(rows.firstIndex { $0.id == before } ?? index, height: height)
    }

    /// One of them became something else.
    mutating func took(_ view: GrantView) {
        guard let place = rows.firstIndex(where: { $0.id == view.id }) else { return }
        rows[place] = view
    }

    /// Moves the cursor; `height` is what the screen shows.
    mutating func select(_ place: Int, height: Int) {
        let before = index
        index = min(max(0, place), max(0, rows.count - 1))
        if index != before { detailTop = 0 }
        let height = max(1, height)
        if index < top { top = index }
        if index >= top + height { top = index - height + 1 }
        top = min(max(0, top), max(0, rows.count - height))
    }
}
