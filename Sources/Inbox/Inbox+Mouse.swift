import Approvals
import Keymap
import TextGrid

extension Inbox {
    /// The mouse did something. It moves the focus and scrolls; a click never decides, presses or
    /// confirms anything.
    mutating func moused(_ event: MouseEvent) {
        guard !isLocked, layout.arrangement != .tiny, strokes.isEmpty else { return }
        queue.isSettling = false
        switch event.kind {
        case .wheelUp, .wheelDown: turned(event)
        case .press: clicked(event)
        }
    }

    /// So many rows go by at one turn of the wheel.
    private static let wheelRows = 3

    /// The wheel scrolls what is under it.
    private mutating func turned(_ event: MouseEvent) {
        let layout = layout
        let isDown = event.kind == .wheelDown
        guard overlays.isEmpty else {
            let action: Action = isDown ? .moveDown : .moveUp
            for _ in 0..<Self.wheelRows where whyNot(action) == nil { perform(action) }
            return
        }
        if layout.list.contains(event) {
            let step = isDown ? Self.wheelRows : -Self.wheelRows
            switch screen {
            case .queue: queue.move(by: step, rows: layout.listRows)
            case .history: history.select(history.index + step, height: layout.listRows)
            case .grants: grants.select(grants.index + step, height: layout.listRows)
            }
        } else if layout.detail.contains(event) {
            let rows = max(1, layout.detailText.rows)
            let wanted =
                isDown
                ? pane.top + rows - 1 + Self.wheelRows : pane.top - Self.wheelRows
            moveDetail(to: wanted)
        }
    }

    /// A click selects a row or moves the focus; where something is asked it does nothing.
    private mutating func clicked(_ event: MouseEvent) {
        switch overlays.last {
        case nil: clickedPanes(event)
        case .editor(let id): clickedEditor(event, id)
        case .help(var help):
            let line = help.top + event.row - layout.body.row - 1
            guard event.row > layout.body.row, layout.body.contains(event) else { return }
            help.choose(line: line, in: help.lines(settings.keymap))
            overlays[overlays.count - 1] = .help(help)
        case .commandLine(var line):
            guard let row = line.row(at: event, layout) else { return }
            line.choose(row)
            overlays[overlays.count - 1] = .commandLine(line)
        case .page(let page):
            let line = page.top + event.row - layout.body.row - 1
            guard event.row > layout.body.row, layout.body.contains(event) else { return }
            pointedInPage(page, line: line)
        case .bulk: pointInBulk(row: event.row - layout.body.row - 1)
        case .decision, .note, .question:
            say(.info, "The mouse answers nothing: tab and enter do.")
        case .views(var picker):
            let matches = picker.matches.count
            let count = picker.rowsShown(layout)
            let row = event.row - (layout.message.row - count)
            let wanted = picker.firstRow(showing: count) + row
            guard (0..<count).contains(row), wanted < matches else { return }
            picker.choice = wanted
            overlays[overlays.count - 1] = .views(picker)
        case .diff, .revealed, .filter: return
        }
    }

    private mutating func clickedPanes(_ event: MouseEvent) {
        let layout = layout
        if layout.list.contains(event) {
            let row = event.row - layout.list.row - 1
            guard row >= 0, select(listRow: row) else { return }
            focus = event.clicks > 1 ? .detail : .list
        } else if layout.detail.contains(event) {
            focus = .detail
            let row = event.row - layout.detailText.row
            if layout.detailText.contains(event) { moveDetail(to: pane.top + row) }
        }
    }

    /// Puts the cursor on a row of the list on the screen; false when none is there.
    private mutating func select(listRow row: Int) -> Bool {
        let height = layout.listRows
        switch screen {
        case .queue:
            guard queue.top + row < queue.list.count else { return false }
            queue.select(queue.top + row, rows: height)
        case .history:
            guard history.top + row < history.rows.count else { return false }
            history.select(history.top + row, height: height)
        case .grants:
            guard grants.top + row < grants.rows.count else { return false }
            grants.select(grants.top + row, height: height)
        }
        return true
    }

    private mutating func moveDetail(to line: Int) {
        let layout = layout
        let rows = max(1, layout.detailText.rows)
        let count = detailLines(layout, linesMax: max(0, line) + rows + 1).count
        pane.move(to: line, count: count, rows: rows)
    }

    private mutating func clickedEditor(_ event: MouseEvent, _ id: ApprovalID) {
        let area = editorArea(layout)
        let row = event.row - area.row - 1
        guard area.contains(event), var editor = editors[id], editor.field == nil,
            (0..<editorRows(layout)).contains(row), editor.top + row < editor.lines.count
        else { return }
        editor.cursor = editor.top + row
        editors[id] = editor
    }
}

extension ViewPicker {
    /// How many rows there is room for.
    package func rowsShown(_ layout: InboxLayout) -> Int {
        min(max(1, matches.count), max(1, layout.body.rows - 1), 12)
    }

    /// The first row on the screen when so many are shown, so that the highlighted one is.
    package func firstRow(showing count: Int) -> Int {
        max(0, min(choice - count + 1, matches.count - count))
    }
}

extension CommandLine {
    /// The first row on the screen when so many are shown, so that the highlighted one is.
    package func firstRow(showing count: Int) -> Int {
        max(0, min(choice - count / 2, rows.count - count))
    }

    /// How many rows there is room for.
    package func rowsShown(_ layout: InboxLayout) -> Int {
        min(Inbox.paletteRowsMax, rows.count, max(0, layout.body.rows - 1))
    }

    /// The row that somebody pointed at.
    fileprivate func row(at event: MouseEvent, _ layout: InboxLayout) -> Int? {
        let count = rowsShown(layout)
        let row = event.row - (layout.message.row - count)
        return (0..<count).contains(row) ? firstRow(showing: count) + row : nil
    }
}

extension GridArea {
    /// True when it happened on one of its cells.
    fileprivate func contains(_ event: MouseEvent) -> Bool {
        (row..<rowEnd).contains(event.row) && (column..<columnEnd).contains(event.column)
    }
}
