import Approvals
import Inbox
import JSONTree
import Keymap
import TextGrid

/// The keys that do something where the focus is, the most needed first, and nothing else.
struct KeyBarView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area, .bar)
        // Help is always there: it shows whatever has no room.
        let help = item(.help)
        var room = area.columns + 1 - (help?.columns ?? 0)
        var items: [Line] = []
        for action in actions where action != .help {
            guard let item = item(action) else { continue }
            room -= item.columns
            guard room >= 0 else { break }
            items.append(item)
        }
        if let help { items.append(help) }
        var column = 1
        for item in items {
            grid.put(item, at: area.position(column: column), columnsMax: area.columns - column)
            column += item.columns
        }
    }

    /// A key and what it does; nil when it has none here, or can do nothing.
    private func item(_ action: Action) -> Line? {
        guard let key = inbox.settings.keymap.key(for: action, in: inbox.place),
            inbox.whyNot(action) == nil
        else { return nil }
        return [Span(key, .barKey), Span(" \(title(action))  ", .bar)]
    }

    private func title(_ action: Action) -> String {
        if decidesMarked, action == .approve || action == .reject {
            return "\(action.title.lowercased()) \(inbox.marks.count) marked"
        }
        if action == .approve, hasEdits { return "approve with edits" }
        if action == .laterEntry, inbox.place == .fieldInput { return "choose" }
        if action == .nextButton, inbox.place == .bulk { return "answer" }
        if action == .cancel, inbox.bulk?.phase == .decided { return "close" }
        if action == .mark, inbox.place == .bulk { return "leave out" }
        if action == .expand { return "unfold" }
        if action == .collapse { return "fold" }
        if action == .accept, inbox.overlays.last?.isPalette ?? false { return "run" }
        if action == .cancel, inbox.overlays.last?.isPalette ?? false { return "leave" }
        if action == .moveDown { return "choose" }
        if action == .laterEntry, isPicking { return "choose" }
        if inbox.place == .document, action == .cancel { return "leave, keep the text" }
        return action == .openEditor ? action.title : action.title.lowercased()
    }

    private var hasEdits: Bool {
        guard let id = inbox.subject, let editor = inbox.editors[id] else { return false }
        return !editor.patch.isEmpty
    }

    /// True while a value is picked in the argument editor.
    private var isPicking: Bool {
        guard case .editor(let id) = inbox.overlays.last else { return false }
        return inbox.editors[id]?.field != nil
    }

    /// True where the decision keys stand for everything that is marked.
    private var decidesMarked: Bool { inbox.decidesMarked }

    private func editorActions(_ editor: ArgumentEditor?) -> [Action] {
        if editor?.document != nil { return [.takeDocument, .cancel, .undo] }
        guard let field = editor?.field else {
            return [
                .editValue, .back, .undo, .diff, .addMember, .deleteNode, .changeType, .setNull,
                .redo, .editDocument, .openEditor,
            ]
        }
        return field.picks.all.isEmpty
            ? [.accept, .cancel, .insertNewline] : [.accept, .cancel, .laterEntry]
    }

    /// What is most needed, in this order; what cannot be done is left out later.
    private var actions: [Action] {
        switch inbox.overlays.last {
        case nil: listActions
        case .editor(let id): editorActions(inbox.editors[id])
        case .diff: [.approve, .reject, .edit, .back, .discardEdits]
        case .decision(let dialog):
            dialog.ending != nil
                ? [.cancel]
                : dialog.focus == .buttons
                    ? [.nextButton, .press, .confirm]
                        + (dialog.grantObstacle == nil ? [.widenGrant] : [])
                        + (dialog.grant.seconds == nil ? [] : [.grantScope]) + [.cancel]
                    : [.accept] + (dialog.comment.presets.isEmpty ? [] : [.laterEntry]) + [.cancel]
        case .bulk: bulkActions
        case .note(let note):
            note.isInField ? [.accept, .cancel] : [.nextButton, .press, .cancel]
        case .question: [.nextButton, .press, .confirm, .cancel]
        case .revealed: [.cancel]
        case .page:
            [.open, .back, .previousWeek, .nextWeek, .nextSchedule, .refresh, .queue, .commandLine]
        case .help: [.accept, .moveDown, .cancel]
        case .commandLine: [.accept, .complete, .moveDown, .cancel]
        case .filter: [.accept, .complete, .earlierEntry, .cancel]
        case .views: [.accept, .laterEntry, .earlierEntry, .cancel]
        }
    }

    private var bulkActions: [Action] {
        switch inbox.bulk?.focus {
        case .reason:
            [.accept] + (inbox.bulk?.reason.presets.isEmpty == false ? [.laterEntry] : [])
                + [.cancel]
        case .code: [.accept, .cancel]
        case .buttons: [.nextButton, .press, .confirm, .cancel]
        case .list, nil:
            inbox.bulk?.phase == .decided
                ? (inbox.countdown == nil ? [] : [.takeBack]) + [.open, .cancel]
                : [.open, .mark, .nextButton, .confirm, .cancel, .refresh]
        }
    }

    private var listActions: [Action] {
        if decidesMarked {
            return [.approve, .reject, .mark, .markNone, .open, .filter, .commandLine, .quit]
        }
        let decisions: [Action] = [.approve, .reject, .edit] + (hasEdits ? [.diff] : [])
        let rest: [Action]
        switch inbox.basePlace {
        case .queue: rest = [.open, .clearFilter, .filter, .history, .grants]
        case .detail:
            rest = [.back, .nextUnseen, .pageDown, .reveal, .comment, .reviewing]
        case .history: rest = [.open, .back]
        case .grants: rest = [.revokeGrant, .open, .back, .history, .refresh]
        case .editor, .diff, .page, .help, .bulk, .dialog, .fieldInput, .document, .commandLine,
            .filter:
            rest = []
        }
        return decisions + rest + [.commandLine, .quit]
    }
}
