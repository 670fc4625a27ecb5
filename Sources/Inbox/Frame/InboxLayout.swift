package import TextGrid

/// Where everything stands on a screen of some size.
package struct InboxLayout: Hashable, Sendable {
    /// How list and detail share the screen.
    package enum Arrangement: Hashable, Sendable {
        /// Too small for anything but a sentence.
        case tiny
        /// One at a time.
        case single
        /// The list above, the detail below.
        case stacked
        /// The list on the left, the detail on the right.
        case wide
    }

    package let size: GridSize
    package let arrangement: Arrangement
    package let header: GridArea
    /// The lines of the tour; empty while there is none.
    package let tour: GridArea
    /// Everything between the header and the message line.
    package let body: GridArea
    /// The list with its column titles; empty when the detail alone is shown.
    package let list: GridArea
    /// Empty when the list alone is shown.
    package let detail: GridArea
    /// The line of sentences and of what is typed.
    package let message: GridArea
    package let keys: GridArea
    /// The lines drawn between the parts, each of one row or one column.
    package let rules: [GridArea]
    /// True where a program reads the screen aloud: one thing at a time, from top to bottom.
    package private(set) var isLinear = false

    /// Below this the screen shows one plain line.
    package static let columnsMin = 40
    package static let rowsMin = 10
    /// From here on list and detail stand side by side.
    package static let wideFrom = 100
    /// From here on a change is shown as two columns.
    package static let sideBySideFrom = 120

    package init(
        _ size: GridSize, showsDetail: Bool, tourRows: Int = 0, isLinear: Bool = false
    ) {
        let whole = GridArea(size)
        guard size.columns >= Self.columnsMin, size.rows >= Self.rowsMin else {
            self.init(tiny: size, whole)
            return
        }
        let hasRules = size.rows >= 18 && !isLinear
        var (header, rest) = whole.splitRows(at: 1)
        var rules: [GridArea] = []
        let (tour, below) = rest.splitRows(at: tourRows)
        rest = below
        if hasRules {
            let (rule, below) = rest.splitRows(at: 1)
            rules.append(rule)
            rest = below
        }
        let (body, footer) = rest.splitRows(at: rest.rows - 2)
        let (message, keys) = footer.splitRows(at: 1)
        header = GridArea(row: 0, column: 0, rows: 1, columns: size.columns)
        let panes =
            isLinear
            ? Self.single(body, showsDetail: showsDetail)
            : Self.panes(of: body, showsDetail: showsDetail)
        self.init(
            size: size, arrangement: panes.arrangement, header: header, tour: tour, body: body,
            list: panes.list, detail: panes.detail, message: message, keys: keys,
            rules: rules + panes.rules)
        self.isLinear = isLinear
    }

    /// True where a change is shown as two columns.
    package var showsSideBySide: Bool { size.columns >= Self.sideBySideFrom && !isLinear }

    /// The rows of the list below its column titles.
    package var listRows: Int { max(0, list.rows - 1) }

    /// The text of the detail, right of the column in which its cursor is drawn.
    package var detailText: GridArea {
        let inner = detail.splitColumns(at: 1).right
        return inner.splitRows(at: inner.rows - 1).top
    }

    /// The line below the text of the detail.
    package var detailFoot: GridArea {
        let inner = detail.splitColumns(at: 1).right
        return inner.splitRows(at: inner.rows - 1).bottom
    }

    private static func panes(
        of body: GridArea, showsDetail: Bool
    ) -> (arrangement: Arrangement, list: GridArea, detail: GridArea, rules: [GridArea]) {
        if body.columns >= wideFrom {
            let width = min(110, max(54, body.columns * 11 / 20))
            let (list, rest) = body.splitColumns(at: width)
            let (rule, detail) = rest.splitColumns(at: 1)
            let inner = detail.splitColumns(at: 1).right
            return (.wide, list, inner, [rule])
        }
        if body.rows >= 16 {
            let (list, rest) = body.splitRows(at: max(6, body.rows / 3))
            let (rule, detail) = rest.splitRows(at: 1)
            return (.stacked, list, detail, [rule])
        }
        return single(body, showsDetail: showsDetail)
    }

    /// One pane, the whole body.
    private static func single(
        _ body: GridArea, showsDetail: Bool
    ) -> (arrangement: Arrangement, list: GridArea, detail: GridArea, rules: [GridArea]) {
        let none = GridArea(row: body.row, column: body.column, rows: 0, columns: 0)
        return showsDetail ? (.single, none, body, []) : (.single, body, none, [])
    }

    private init(
        size: GridSize, arrangement: Arrangement, header: GridArea, tour: GridArea, body: GridArea,
        list: GridArea,
        detail: GridArea, message: GridArea, keys: GridArea, rules: [GridArea]
    ) {
        self.size = size
        self.arrangement = arrangement
        self.header = header
        self.tour = tour
        self.body = body
        self.list = list
        self.detail = detail
        self.message = message
        self.keys = keys
        self.rules = rules
    }

    private init(tiny size: GridSize, _ whole: GridArea) {
        let none = GridArea(row: 0, column: 0, rows: 0, columns: 0)
        self.init(
            size: size, arrangement: .tiny, header: none, tour: none, body: whole, list: none,
            detail: none,
            message: none, keys: none, rules: [])
    }
}
