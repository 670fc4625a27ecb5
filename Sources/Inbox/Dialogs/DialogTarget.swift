import Keymap

/// Something in a box that can be chosen, counted from 0 as it is drawn.
public enum DialogTarget: Hashable, Sendable {
    case field(Int)
    case button(Int)
}

extension Inbox {
    /// Somebody pointed at a field or a button: it gets the focus, and the keys do the rest.
    mutating func pointed(at target: DialogTarget) {
        switch overlays.last {
        case .decision(var dialog):
            guard dialog.point(at: target) else { return }
            overlays[overlays.count - 1] = .decision(dialog)
        case .note(var note):
            guard !note.isWaiting, note.point(at: target) else { return }
            overlays[overlays.count - 1] = .note(note)
        case .question(var question):
            guard case .button(let index) = target else { return }
            question.isOnVerb = index == 1
            overlays[overlays.count - 1] = .question(question)
        case .editor, .diff, .bulk, .revealed, .help, .page, .commandLine, .filter, .views, nil:
            return
        }
        guard case .button = target else { return }
        let key = settings.keymap.key(for: .press, in: .dialog) ?? ":press"
        say(.info, "The mouse answers nothing: \(key) presses what is selected.")
    }
}

extension DecisionDialog {
    /// Puts the focus on what somebody pointed at; false where there is nothing.
    fileprivate mutating func point(at target: DialogTarget) -> Bool {
        switch target {
        case .field(let index):
            let fields = stops.filter { $0 != .buttons }
            guard fields.indices.contains(index) else { return false }
            focus = fields[index]
        case .button(let index):
            guard buttons.indices.contains(index) else { return false }
            focus = .buttons
            button = buttons[index]
        }
        return true
    }
}

extension NoteDialog {
    /// Puts the focus on what somebody pointed at; false where there is nothing.
    fileprivate mutating func point(at target: DialogTarget) -> Bool {
        switch target {
        case .field(let index):
            guard fields.indices.contains(index) else { return false }
            stop = index
            isOnVerb = false
        case .button(let index):
            stop = fields.count
            isOnVerb = index == 1
        }
        return true
    }
}
