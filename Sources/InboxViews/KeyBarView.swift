import JSONTree
import Approvals
import Inbox
import Keymap
import TextGrid

/// The keys that do something where the focus is, and nothing else.
struct KeyBarView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area, .bar)
        var column = 1
        for action in actions {
            guard let key = inbox.settings.keymap.key(for: action, in: inbox.place) else {
                continue
            }
            let item: Line = [
                Span(key, .barKey), Span(" \(title(action))", .bar), Span("  ", .bar),
            ]
            guard column + item.columns - 2 <= area.columns else { break }
            grid.put(item, at: area.position(column: column), columnsMax: area.columns - column)
            column += item.columns
        }
    }

    private func title(_ action: Action) -> String {
        if decidesMarked, action == .approve || action == .reject {
            return "\(action.title.lowercased()) \(inbox.marks.count) marked"
        }
        if action == .approve, hasEdits { return "approve with edits" }
        if action == .expand { return "unfold" }
        if action == .collapse { return "fold" }
        if action == .back { return "back" }
        return action == .openEditor ? action.title : action.title.lowercased()
    }

    private var hasEdits: Bool {
        guard let id = inbox.subject, let editor = inbox.editors[id] else { return false }
        return !editor.patch.isEmpty
    }

    /// True where the decision keys stand for everything that is marked.
    private var decidesMarked: Bool { inbox.decidesMarked }

    /// What works now, the most important first.
    private var actions: [Action] {
        switch inbox.overlays.last {
        case nil: listActions
        case .editor(let id):
            inbox.editors[id]?.field != nil
                ? [.accept, .cancel, .insertNewline, .help]
                : [
                    .editValue, .addMember, .deleteNode, .changeType, .setNull, .undo, .redo, .diff,
                    .openEditor, .back, .help,
                ]
        case .diff: decisions + [.edit, .discardEdits, .back, .help]
        case .decision(let dialog):
            dialog.focus == .buttons
                ? [.nextButton, .press, .confirm, .cancel] : [.accept, .cancel]
        case .note(let note):
            note.isInField ? [.accept, .cancel] : [.nextButton, .press, .cancel]
        case .question: [.nextButton, .press, .confirm, .cancel]
        case .revealed: [.cancel]
        case .help: [.moveDown, .moveUp, .filter, .back]
        case .commandLine: [.accept, .complete, .earlierEntry, .cancel]
        case .filter: [.accept, .cancel]
        }
    }

    private var listActions: [Action] {
        if decidesMarked {
            return [
                .approve, .reject, .mark, .markNone, .open, .filter, .help, .commandLine, .quit,
            ]
        }
        var actions = decisions
        if canEdit { actions.append(.edit) }
        if hasEdits { actions.append(.diff) }
        switch inbox.basePlace {
        case .queue:
            if inbox.subject != nil { actions.append(.open) }
            actions += [.filter, .history]
            if inbox.queue.filter != nil { actions.append(.clearFilter) }
        case .detail:
            actions += [.pageDown]
            if hasHandle { actions.append(.reveal) }
            actions += [.comment, .back]
        case .history: actions += [.open, .back]
        case .editor, .diff, .help, .bulk, .dialog, .fieldInput, .commandLine, .filter: break
        }
        return actions + [.help, .commandLine, .quit]
    }

    private var decisions: [Action] {
        var actions: [Action] = []
        if inbox.obstacle(.approve) == nil { actions.append(.approve) }
        if inbox.obstacle(.reject) == nil { actions.append(.reject) }
        return actions
    }

    private var canEdit: Bool {
        guard inbox.screen == .queue, let id = inbox.subject, inbox.shelf[id] != nil,
            let row = inbox.queue.selectedRow, row.isOpen(at: inbox.serverTime),
            inbox.outbox.outgoing[id] == nil
        else { return false }
        return inbox.me?.canDecide ?? true
    }

    private var hasHandle: Bool {
        guard let id = inbox.subject, let known = inbox.shelf[id] else { return false }
        return !known.handles.isEmpty
    }
}
