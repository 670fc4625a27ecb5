package import Approvals

/// Something that lies above the lists and takes the keys.
package enum Overlay: Sendable {
    case editor(ApprovalID)
    case diff(DiffPane)
    case decision(DecisionDialog)
    /// The table of many; what is in it is `Inbox.bulk`.
    case bulk
    case note(NoteDialog)
    case question(Question)
    case revealed(Revealed)
    case help(HelpPane)
    case page(PagePane)
    case commandLine(CommandLine)
    /// The `/` line.
    case filter(FilterLine)
    /// The list of saved views.
    case views(ViewPicker)

    /// True for what takes the place of the panes below it.
    package var fillsPanes: Bool {
        switch self {
        case .editor, .diff, .bulk, .help, .page: true
        case .decision, .note, .question, .revealed, .commandLine, .filter, .views: false
        }
    }

    /// True for a line of typing that narrows the list above it.
    package var leavesListVisible: Bool {
        switch self {
        case .filter: true
        case .editor, .diff, .decision, .bulk, .note, .question, .revealed, .help, .page,
            .commandLine,
            .views:
            false
        }
    }

    /// True for a question whose answer decides something.
    package var decides: Bool {
        switch self {
        case .decision, .bulk, .question: true
        case .note(let note): note.purpose != .comment
        case .editor, .diff, .revealed, .help, .page, .commandLine, .filter, .views: false
        }
    }
}

/// Which list is on the screen.
package enum Screen: Hashable, Sendable {
    case queue
    case history
    /// What runs without asking.
    case grants
}

/// Which pane has the keys.
package enum Focus: Hashable, Sendable {
    case list
    case detail
}
