/// What has the focus, and so what a key means.
public enum Context: String, CaseIterable, Hashable, Sendable {
    /// The list of pending approvals.
    case queue
    /// One approval with its arguments.
    case detail
    /// The tree of arguments while they are edited.
    case editor
    /// The change that an edit makes.
    case diff
    /// The list of settled approvals.
    case history
    /// A page to read, such as that of the policies.
    case page
    /// The list of what runs without asking.
    case grants
    /// The key sheet, in which what is typed narrows it.
    case help
    /// The table of marked approvals before they are decided together.
    case bulk
    /// A question with buttons.
    case dialog
    /// A field that takes typed text.
    case fieldInput
    /// The arguments as one text while they are edited.
    case document
    /// The `:` line.
    case commandLine
    /// The `/` line.
    case filter

    /// True where printable keys are text, not commands.
    public var takesText: Bool {
        switch self {
        case .fieldInput, .document, .commandLine, .filter, .help: true
        case .queue, .detail, .editor, .diff, .history, .grants, .page, .bulk, .dialog: false
        }
    }

    /// How the key sheet names it.
    public var title: String {
        switch self {
        case .queue: "Queue"
        case .detail: "Detail"
        case .editor: "Argument editor"
        case .diff: "Diff"
        case .history: "History"
        case .page: "Page"
        case .grants: "Grants"
        case .help: "Help"
        case .bulk: "Table of many"
        case .dialog: "Question"
        case .fieldInput: "Text field"
        case .document: "Document"
        case .commandLine: "Command line"
        case .filter: "Filter"
        }
    }
}
