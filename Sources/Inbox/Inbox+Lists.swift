import Approvals
import JSONTree
import Keymap
import TextGrid
import WireAPI

extension Inbox {
    /// Carries out an action while nothing lies above the lists.
    mutating func performInLists(_ action: Action) {
        if beginDeciding(action) || beginEditing(action) { return }
        if focus == .detail, performInDetail(action) { return }
        if performOnScreens(action) { return }
        switch screen {
        case .queue: performInQueue(action)
        case .history: performInHistory(action)
        }
    }

    private mutating func performOnScreens(_ action: Action) -> Bool {
        if action == .refresh {
            if screen == .queue { save(removing: queue.settle()) } else { loadHistory() }
            // Somebody may have logged in again in another window.
            if case .refused = poller.connection {
                effects.append(.readToken(passphrase: nil))
            } else {
                refreshNow()
            }
        } else if action == .view {
            beginPickingView()
        } else if action == .nextMine || action == .previousMine {
            jumpToMine(isBack: action == .previousMine)
        } else if action == .open, screen == .queue, queue.selectedHeading != nil {
            _ = performTriage(.open)
        } else if action == .nextPane || action == .previousPane {
            focus = focus == .list ? .detail : .list
        } else if action == .open {
            if subject != nil { focus = .detail }
        } else if action == .history {
            showHistory()
        } else if action == .queue {
            screen = .queue
            focus = .list
        } else if action == .back {
            goBack()
        } else if action == .yank {
            yank()
        } else if action == .nextItem || action == .previousItem {
            moveList(by: action == .nextItem ? 1 : -1)
        } else {
            return false
        }
        return true
    }

    private mutating func goBack() {
        if focus == .detail {
            focus = .list
        } else if screen == .history {
            screen = .queue
        }
    }

    private mutating func moveList(by step: Int) {
        let rows = layout.listRows
        switch screen {
        case .queue: queue.move(by: step, rows: rows)
        case .history: history.select(history.index + step, height: rows)
        }
    }

    // MARK: Queue

    private mutating func performInQueue(_ action: Action) {
        let rows = layout.listRows
        if action == .top {
            settleIfNeeded()
            queue.select(0, rows: rows)
        } else if action == .bottom {
            copy.endWhenLoaded = hasMoreRows
            loadAll()
            queue.select(.max, rows: rows)
        } else if let step = Self.step(action, rows: rows) {
            queue.move(by: step, rows: rows)
        } else {
            _ = performTriage(action) || performMarking(action)
        }
    }

    /// Sorts the list anew.
    mutating func sort(by order: QueueOrder) {
        copy.sortsWhenLoaded = hasMoreRows
        loadAll()
        save(removing: queue.sort(by: order))
        queue.scroll(rows: layout.listRows)
    }

    /// Going to the top is asking for order: what came meanwhile is sorted in.
    private mutating func settleIfNeeded() {
        guard queue.arrivals > 0 || queue.hasLeaving else { return }
        save(removing: queue.settle())
    }

    /// How far an action moves in a list of this height; nil when it does not move.
    static func step(_ action: Action, rows: Int) -> Int? {
        if action == .moveDown || action == .nextMatch { return 1 }
        if action == .moveUp || action == .previousMatch { return -1 }
        if action == .pageDown { return max(1, rows - 1) }
        if action == .pageUp { return -max(1, rows - 1) }
        if action == .halfPageDown { return max(1, rows / 2) }
        if action == .halfPageUp { return -max(1, rows / 2) }
        return nil
    }

    // MARK: Detail

    private mutating func performInDetail(_ action: Action) -> Bool {
        let layout = layout
        let rows = max(1, layout.detailText.rows)
        if action == .top {
            pane.move(to: 0, count: 1, rows: rows)
        } else if action == .bottom {
            let count = detailLines(layout, linesMax: .max).count
            pane.move(to: count - 1, count: count, rows: rows)
        } else if let step = Self.step(action, rows: rows) {
            let wanted = pane.cursor + step
            let count = detailLines(layout, linesMax: max(0, wanted) + rows + 1).count
            pane.move(to: wanted, count: count, rows: rows)
        } else if action == .expand || action == .collapse {
            fold(action == .collapse)
        } else if action == .reveal {
            beginReveal()
        } else {
            return false
        }
        return true
    }

    /// The line of the detail under the cursor.
    package var detailLine: DetailLine? {
        let lines = detailLines(layout, linesMax: pane.cursor + 1)
        return lines.indices.contains(pane.cursor) ? lines[pane.cursor] : nil
    }

    private mutating func fold(_ isFolded: Bool) {
        guard let pointer = detailLine?.pointer, let id = subject, let known = shelf[id] else {
            return
        }
        guard isFolded else {
            pane.folded.remove(pointer)
            return
        }
        // A single value folds what is around it.
        var place: JSONPointer? = pointer
        while let wanted = place, !wanted.isRoot {
            if (known.view.arguments[wanted].flatMap(\.childCount) ?? 0) > 0,
                known.handles[wanted] == nil, !pane.folded.contains(wanted)
            {
                pane.folded.insert(wanted)
                moveDetail(to: wanted)
                return
            }
            place = wanted.parent
        }
    }

    private mutating func moveDetail(to pointer: JSONPointer) {
        let layout = layout
        let lines = detailLines(layout, linesMax: .max)
        guard let line = lines.firstIndex(where: { $0.pointer == pointer }) else { return }
        pane.move(to: line, count: lines.count, rows: layout.detailText.rows)
    }

    /// Copies what is under the cursor, written so that pasting it into a terminal is harmless.
    private mutating func yank() {
        guard let id = subject else { return }
        guard focus == .detail, let pointer = detailLine?.pointer,
            let value = shelf[id]?.view.arguments[pointer]
        else {
            copyText(id.rawValue, "the id")
            return
        }
        guard !Redaction.containsMarker(value) else {
            say(.info, "A hidden value cannot be copied.")
            return
        }
        copyText(SafeText.json(value.text(.compact)).text, "\(pointer)")
    }

    private mutating func copyText(_ text: String, _ what: String) {
        guard text.utf8.count <= Self.copyBytesMax else {
            say(.info, "That is too long for the clipboard of a terminal.")
            return
        }
        copying = what
        effects.append(.copy(text: text))
    }

    /// Says where the text went.
    mutating func copied(_ outcome: CopyOutcome) {
        switch outcome {
        case .sentToTerminal:
            say(.info, "Sent \(copying) to the terminal's clipboard (cannot confirm).")
        case .given(let program): say(.info, "Gave \(copying) to \(program).")
        case .failed(let sentence): say(.warning, "Nothing was copied. \(sentence)")
        }
    }

    static let copyBytesMax = 8_192
}

extension JSONValue {
    /// How many members or elements it has; nil for a single value.
    var childCount: Int? {
        switch self {
        case .null, .bool, .number, .string: nil
        case .array(let elements): elements.count
        case .object(let object): object.count
        }
    }
}
