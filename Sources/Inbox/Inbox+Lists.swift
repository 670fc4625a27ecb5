import Approvals
import JSONTree
import Keymap
import TextGrid
import WireAPI

extension Inbox {
    /// Carries out an action while nothing lies above the lists.
    mutating func performInLists(_ action: Action) {
        if screen == .grants, performInGrants(action) { return }
        if beginDeciding(action) || beginEditing(action) { return }
        if screen != .grants, focus == .detail, performInDetail(action) { return }
        if performOnScreens(action) { return }
        switch screen {
        case .queue: performInQueue(action)
        case .history: performInHistory(action)
        case .grants: break
        }
    }

    private mutating func performOnScreens(_ action: Action) -> Bool {
        if action == .refresh {
            switch screen {
            case .queue: save(removing: queue.settle())
            case .history: loadHistory()
            case .grants: loadGrants()
            }
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
        } else if performShowing(action) {
            return true
        } else if action == .back {
            goBack()
        } else if action == .yank {
            copyID()
        } else if action == .nextItem || action == .previousItem {
            moveList(by: action == .nextItem ? 1 : -1)
        } else {
            return false
        }
        return true
    }

    /// Shows another list or page; false for any other action.
    private mutating func performShowing(_ action: Action) -> Bool {
        if action == .history {
            showHistory()
        } else if action == .why {
            showWhy()
        } else if action == .story {
            showStory()
        } else if action == .grants {
            showGrants()
        } else if action == .queue {
            screen = .queue
            focus = .list
        } else {
            return showsPage(action)
        }
        return true
    }

    private mutating func goBack() {
        if focus == .detail {
            focus = .list
        } else if screen != .queue {
            screen = .queue
        }
    }

    private mutating func moveList(by step: Int) {
        let rows = layout.listRows
        switch screen {
        case .queue: queue.move(by: step, rows: rows)
        case .history: history.select(history.index + step, height: rows)
        case .grants: grants.select(grants.index + step, height: rows)
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
