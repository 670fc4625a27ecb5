import Approvals
import Keymap
package import TextGrid
import WireAPI

extension Inbox {
    /// Opens the table of everything that is marked; nothing is sent before it is confirmed there.
    mutating func openBulk(_ verdict: Verdict) {
        if let me, !me.canDecide {
            say(.warning, "Your role reads and does not decide.")
            return
        }
        let items = marks.all.compactMap { mark in
            queue.row(mark.id).map { BulkItem($0, revision: mark.revision) }
        }.sorted(by: BulkItem.precedes)
        guard !items.isEmpty else {
            marks.removeAll()
            say(.info, "Nothing that is marked waits any more.")
            return
        }
        var table = BulkTable(verdict, items, presets: settings.rejectReasons)
        for index in table.items.indices { table.items[index].known = shelf[items[index].id] }
        bulk = table
        overlays.append(.bulk)
        judgeBulk(isOpening: true)
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    /// Closes the table; what is marked stays marked, and what was sent goes on.
    mutating func closeBulk() {
        overlays.removeAll { if case .bulk = $0 { true } else { false } }
        if bulk?.phase == .review || bulk?.isWaiting == false { bulk = nil }
    }

    mutating func performInBulk(_ action: Action, _ stroke: KeyStroke?) {
        guard let focus = bulk?.focus else {
            overlays.removeLast()
            return
        }
        switch focus {
        case .list: performInBulkList(action, stroke)
        case .reason:
            if action == .accept {
                stepInBulk(1)
            } else if action == .cancel {
                bulk?.focus = .list
            } else if bulk?.reason.perform(action) == false {
                _ = performTyping(action)
            }
        case .code:
            if action == .accept {
                stepInBulk(1)
            } else if action == .cancel {
                bulk?.focus = .list
            } else {
                _ = performTyping(action)
            }
        case .buttons:
            if action == .nextButton {
                stepInBulk(1)
            } else if action == .previousButton {
                stepInBulk(-1)
            } else if action == .cancel || (action == .press && bulk?.isOnVerb == false) {
                closeBulk()
            } else if action == .confirm || action == .press {
                confirmBulk(stroke)
            }
        }
    }

    private mutating func performInBulkList(_ action: Action, _ stroke: KeyStroke?) {
        let layout = layout
        let columns = bulkColumns(layout)
        let rows = bulkRows(layout)
        if action == .cancel {
            closeBulk()
        } else if action == .top || action == .bottom {
            bulk?.move(by: action == .top ? -1_000_000 : 1_000_000, columns, rows: rows)
        } else if let step = Self.step(action, rows: rows) {
            bulk?.move(by: step, columns, rows: rows)
        } else if action == .nextItem || action == .previousItem {
            bulk?.moveItem(by: action == .nextItem ? 1 : -1, columns, rows: rows)
        } else if action == .open {
            openInBulk(nil)
        } else if action == .expand || action == .collapse {
            openInBulk(action == .expand)
        } else if action == .mark {
            leaveOutOfBulk()
        } else if action == .nextButton || action == .previousButton {
            stepInBulk(action == .nextButton ? 1 : -1)
        } else if action == .confirm {
            confirmBulk(stroke)
        } else if action == .refresh {
            refetchForBulk()
            refreshNow()
        }
    }

    /// Shows all arguments of the item under the cursor, or one line of them again.
    private mutating func openInBulk(_ isOpen: Bool?) {
        guard var table = bulk, table.items.indices.contains(table.cursor.item) else { return }
        let index = table.cursor.item
        table.isAtStart = false
        table.items[index].isOpen = isOpen ?? !table.items[index].isOpen
        if !table.items[index].isOpen { table.cursor = BulkTable.Place(item: index, line: 0) }
        bulk = table
        writeLines(of: index)
        let layout = layout
        let (columns, rows) = (bulkColumns(layout), bulkRows(layout))
        bulk?.keepInPlace({ _ in }, columns, rows: rows)
    }

    /// Leaves the item under the cursor out, or takes it in again; one that changed since it was
    /// marked is marked anew as it is now.
    private mutating func leaveOutOfBulk() {
        guard var table = bulk, table.phase == .review,
            table.items.indices.contains(table.cursor.item),
            // What was under the cursor a moment ago may have been another one.
            now.since(table.shiftedAt) >= Arming.pauseMilliseconds
        else { return }
        let index = table.cursor.item
        table.isAtStart = false
        switch table.items[index].status {
        case .goes, .leftOut: table.items[index].isLeftOut.toggle()
        case .coming, .look, .apart:
            let item = table.items[index]
            if let known = item.known, known.view.revision != item.revision, wasSeen(item, known) {
                table.items[index].revision = known.view.revision
                marks.insert(item.row.id, revision: known.view.revision)
            } else {
                table.items[index].isLeftOut.toggle()
            }
        case .settled: return
        }
        bulk = table
        judgeBulk()
        let layout = layout
        let (columns, rows) = (bulkColumns(layout), bulkRows(layout))
        bulk?.moveItem(by: 1, columns, rows: rows)
    }

    /// The tab key goes from the list to the reason and to the buttons, the safe one first.
    mutating func stepInBulk(_ step: Int) {
        guard var table = bulk else { return }
        let asks = table.verdict == .reject && table.phase == .review
        var stops: [(BulkTable.Focus, Bool)] = [(.list, false)]
        if asks { stops.append((.reason, false)) }
        if bulkNeedsCode { stops.append((.code, false)) }
        stops.append((.buttons, false))
        if table.phase == .review { stops.append((.buttons, true)) }
        let here =
            stops.firstIndex {
                $0.0 == table.focus && $0.1 == (table.focus == .buttons && table.isOnVerb)
            }
            ?? 0
        let next = stops[(here + step + stops.count) % stops.count]
        table.focus = next.0
        table.isOnVerb = next.1
        bulk = table
    }

    /// Puts the cursor on a line of the table on the screen.
    mutating func pointInBulk(row: Int) {
        let layout = layout
        guard var table = bulk, (0..<bulkRows(layout)).contains(row) else { return }
        let columns = bulkColumns(layout)
        let entries = table.entries(columns)
        guard entries.indices.contains(table.top + row),
            case .item(let place) = entries[table.top + row]
        else { return }
        table.focus = .list
        table.isAtStart = false
        table.cursor =
            place.line < columns.rows
            ? BulkTable.Place(item: place.item, line: 0) : place
        bulk = table
    }

    /// True while something in the table is sent with a code of the second factor.
    package var bulkNeedsCode: Bool {
        guard let table = bulk, table.phase == .review, poller.isOnline else { return false }
        return !table.coded.isEmpty
    }

    /// Types into the reason or the code.
    mutating func changeBulkField(_ change: (inout TextField) -> Void) {
        bulk?.problem = nil
        if bulk?.focus == .code {
            guard var changed = bulk?.code else { return }
            change(&changed)
            if changed.text.utf8.allSatisfy({ (48...57).contains($0) }) { bulk?.code = changed }
            return
        }
        if bulk?.reason.change(change) == true { stepInBulk(1) }
    }

    // MARK: Where it is drawn

    /// What a key means in the table.
    var bulkPlace: Place {
        switch bulk?.focus {
        case .reason, .code: .fieldInput
        case .buttons: .dialog
        case .list, nil: .bulk
        }
    }

    /// The whole table; a long sentence below leaves less room.
    package func bulkArea(_ layout: InboxLayout) -> GridArea {
        let covered = max(0, messageLines(layout).count - 1)
        return layout.body.splitRows(at: layout.body.rows - covered).top
    }

    /// The columns of the table.
    package func bulkColumns(_ layout: InboxLayout) -> BulkColumns {
        BulkColumns(layout.body.columns)
    }

    /// The lines of reasons that can be chosen, while somebody writes one.
    package func bulkChoices(_ layout: InboxLayout) -> Int {
        guard let table = bulk, table.focus == .reason else { return 0 }
        return min(table.reason.offered.count, max(2, bulkArea(layout).rows / 3))
    }

    /// The lines between the title and the foot.
    package func bulkRows(_ layout: InboxLayout) -> Int {
        let asks = bulk?.verdict == .reject && bulk?.phase == .review
        let fields = (asks ? 1 + bulkChoices(layout) : 0) + (bulkNeedsCode ? 1 : 0)
        return max(1, bulkArea(layout).rows - 3 - fields)
    }
}
