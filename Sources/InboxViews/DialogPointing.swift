public import Inbox
public import Keymap
public import TextGrid

/// What somebody pointed at in the box that is on the screen; nil where no box is, or nothing of it
/// can be chosen.
public func dialogTarget(
    of inbox: Inbox, size: GridSize, at event: MouseEvent
) -> DialogTarget? {
    let layout = inbox.layout(of: size)
    guard event.kind == .press, !inbox.isLocked, layout.arrangement != .tiny else { return nil }
    let box: DialogBox
    switch inbox.overlays.last {
    case .decision(let dialog): box = DecisionView(inbox: inbox, dialog: dialog).box(layout)
    case .note(let note): box = NoteView(inbox: inbox, note: note).box
    case .question(let question): box = QuestionView(question: question).box(layout)
    case .editor, .diff, .bulk, .revealed, .help, .page, .commandLine, .filter, .views, nil:
        return nil
    }
    return box.target(layout, row: event.row, column: event.column)
}
