/// Everything a key, the `:` line or the key sheet can ask for.
///
/// The raw value is the stable id used by key files and by the `:` line.
public enum Action: String, CaseIterable, Hashable, Sendable {
    // Moving
    case moveDown = "move-down"
    case moveUp = "move-up"
    case pageDown = "page-down"
    case pageUp = "page-up"
    case halfPageDown = "half-page-down"
    case halfPageUp = "half-page-up"
    case top = "top"
    case bottom = "bottom"
    case nextItem = "next-item"
    case previousItem = "previous-item"
    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case open = "open"
    case back = "back"
    case expand = "expand"
    case collapse = "collapse"
    case expandAll = "expand-all"
    case collapseAll = "collapse-all"
    case nextSibling = "next-sibling"
    case previousSibling = "previous-sibling"
    // Deciding
    case approve = "approve"
    case reject = "reject"
    case comment = "comment"
    case extend = "extend"
    case reassign = "reassign"
    case reviewing = "reviewing"
    case acknowledge = "acknowledge"
    case shift = "shift"
    case takeBack = "take-back"
    case confirm = "confirm"
    case press = "press"
    case nextButton = "next-button"
    case previousButton = "previous-button"
    case previousField = "previous-field"
    case cancel = "cancel"
    case widenGrant = "widen-grant"
    case grantScope = "grant-scope"
    case revokeGrant = "revoke-grant"
    // Editing
    case edit = "edit"
    case openEditor = "open-editor"
    case editDocument = "edit-document"
    case editValue = "edit-value"
    case toggleValue = "toggle-value"
    case setNull = "set-null"
    case changeType = "change-type"
    case addMember = "add-member"
    case renameMember = "rename-member"
    case deleteNode = "delete-node"
    case duplicateNode = "duplicate-node"
    case moveNodeDown = "move-node-down"
    case moveNodeUp = "move-node-up"
    case restoreValue = "restore-value"
    case undo = "undo"
    case redo = "redo"
    case discardEdits = "discard-edits"
    // Looking
    case diff = "diff"
    case reveal = "reveal"
    case nextUnseen = "next-unseen"
    case mark = "mark"
    case markRange = "mark-range"
    case markAll = "mark-all"
    case markInvert = "mark-invert"
    case markNone = "mark-none"
    case filter = "filter"
    case clearFilter = "clear-filter"
    case nextMatch = "next-match"
    case previousMatch = "previous-match"
    case sort = "sort"
    case group = "group"
    case fold = "fold"
    case foldAll = "fold-all"
    case view = "view"
    case nextMine = "next-mine"
    case previousMine = "previous-mine"
    case history = "history"
    case grants = "grants"
    case queue = "queue"
    case policies = "policies"
    case why = "why"
    case story = "story"
    case audit = "audit"
    case delegations = "delegations"
    case coverage = "coverage"
    case shifts = "shifts"
    case nextWeek = "next-week"
    case previousWeek = "previous-week"
    case nextSchedule = "next-schedule"
    case previousSchedule = "previous-schedule"
    case yank = "yank"
    case copyValue = "copy-value"
    case copyKey = "copy-key"
    case copyPointer = "copy-pointer"
    case copyPath = "copy-path"
    // Typing
    case accept = "accept"
    case cursorLeft = "cursor-left"
    case cursorRight = "cursor-right"
    case cursorStart = "cursor-start"
    case cursorEnd = "cursor-end"
    case deleteBackward = "delete-backward"
    case deleteForward = "delete-forward"
    case deleteWord = "delete-word"
    case deleteLine = "delete-line"
    case insertNewline = "insert-newline"
    case takeDocument = "take-document"
    case lineUp = "line-up"
    case lineDown = "line-down"
    case screenUp = "screen-up"
    case screenDown = "screen-down"
    case complete = "complete"
    case earlierEntry = "earlier-entry"
    case laterEntry = "later-entry"
    // The program
    case refresh = "refresh"
    case redraw = "redraw"
    case reload = "reload"
    case theme = "theme"
    case help = "help"
    case commandLine = "command-line"
    case tour = "tour"
    case lock = "lock"
    case suspend = "suspend"
    case quit = "quit"

    /// How an action may be treated when many keys arrive at once.
    public enum Kind: Hashable, Sendable {
        /// Presses may be added up and drawn once.
        case navigation
        /// Never added up, never repeated by a held key, never typed ahead.
        case decision
        /// Carried out one by one.
        case ordinary
    }

    /// A part of the key sheet.
    public enum Section: String, CaseIterable, Hashable, Sendable {
        /// Approve, reject and what belongs to it.
        case deciding = "Deciding"
        /// Changing arguments.
        case editing = "Editing"
        /// Finding and reading.
        case looking = "Looking"
        /// Around lists and panes.
        case moving = "Moving"
        /// In text fields.
        case typing = "Typing"
        /// The program itself.
        case program = "Program"
    }

    /// Where an action is bound by default.
    public struct Binding: Hashable, Sendable {
        /// The contexts in which these keys mean the action.
        public let contexts: [Context]
        /// Keys in the notation of key files, the most important first.
        public let keys: [String]
    }

    /// The row of the action table.
    public struct Facts: Hashable, Sendable {
        /// Two or three words for bars and sheets.
        public let title: String
        /// One sentence for the sheet and the reference.
        public let help: String
        /// Where it stands in the sheet.
        public let section: Section
        /// How many presses at once are treated.
        public let kind: Kind
        /// Its default keys by context; a context stands in one of them at most.
        public let bindings: [Binding]
    }

    /// Two or three words for bars and sheets.
    public var title: String { facts.title }
    /// One sentence for the sheet and the reference.
    public var help: String { facts.help }
    /// Where it stands in the sheet.
    public var section: Section { facts.section }
    /// How many presses at once are treated.
    public var kind: Kind { facts.kind }
    /// True for what settles or changes an approval.
    public var isDecision: Bool { kind == .decision }

    /// The contexts in which it can be asked for.
    public var contexts: [Context] {
        let contexts = facts.bindings.flatMap(\.contexts)
        return Context.allCases.filter { contexts.contains($0) }
    }

    /// True where it can be asked for.
    public func isKnown(in context: Context) -> Bool {
        facts.bindings.contains { $0.contexts.contains(context) }
    }

    /// The actions that the `:` line offers while this has the focus, by section.
    public static func palette(in context: Context) -> [Action] {
        allCases.filter { action in
            action.isKnown(in: context) && action.section != .typing
                && action.kind != .navigation
        }
    }
}
