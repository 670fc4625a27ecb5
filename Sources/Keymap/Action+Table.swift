extension Action {
    /// The row of this action in the one table of actions and keys.
    public var facts: Facts {
        guard let facts = Self.table[self] else {
            preconditionFailure("the action table has no row for \(rawValue)")
        }
        return facts
    }

    private static let table: [Action: Facts] = Dictionary(
        uniqueKeysWithValues: rows.map { ($0.action, $0.facts) })

    private static let rows =
        moving + deciding + editing + looking + pages + typing + program

    /// A row: the action, its words and its keys by context.
    struct Row {
        let action: Action
        let facts: Facts

        init(
            _ action: Action, _ section: Section, kind: Kind = .ordinary, _ title: String,
            _ help: String, _ bindings: (contexts: [Context], keys: [String])...
        ) {
            self.action = action
            facts = Facts(
                title: title, help: help, section: section, kind: kind,
                bindings: bindings.map { Binding(contexts: $0.contexts, keys: $0.keys) })
        }
    }

    private static let lists: [Context] = [
        .queue, .detail, .editor, .diff, .history, .grants, .page, .bulk,
    ]
    /// Lists below a line of text: a letter there is text.
    private static let offers: [Context] = [.help, .commandLine]
    private static let approvals: [Context] = [.queue, .detail, .diff]
    private static let lines: [Context] = [.fieldInput, .commandLine, .filter, .help]
    private static let texts: [Context] = lines + [.document]
    private static let trees: [Context] = [.detail, .editor]
    private static let screens: [Context] = [.queue, .detail, .diff, .history, .grants]
    private static let searched: [Context] = [.queue, .detail, .editor, .diff, .history]

    private static let everywhere = Context.allCases
    private static let butQueue = Context.allCases.filter { $0 != .queue }

    private static let moving: [Row] = [
        Row(
            .moveDown, .moving, kind: .navigation, "Down", "Moves one row down.",
            (lists, ["j", "down"]), (offers, ["down", "ctrl-n"])),
        Row(
            .moveUp, .moving, kind: .navigation, "Up", "Moves one row up.",
            (lists, ["k", "up"]), (offers, ["up", "ctrl-p"])),
        Row(
            .pageDown, .moving, kind: .navigation, "Page down", "Moves one screen down.",
            (lists, ["pgdn", "ctrl-f"]), (offers, ["pgdn"])),
        Row(
            .pageUp, .moving, kind: .navigation, "Page up", "Moves one screen up.",
            (lists, ["pgup", "ctrl-b"]), (offers, ["pgup"])),
        Row(
            .halfPageDown, .moving, kind: .navigation, "Half page down",
            "Moves half a screen down.", (lists, ["ctrl-d"])),
        Row(
            .halfPageUp, .moving, kind: .navigation, "Half page up", "Moves half a screen up.",
            (lists, ["ctrl-u"])),
        Row(
            .top, .moving, kind: .navigation, "Top", "Moves to the first row.",
            (lists, ["g", "home"])),
        Row(
            .bottom, .moving, kind: .navigation, "Bottom", "Moves to the last row.",
            (lists, ["G", "end"])),
        Row(
            .nextItem, .moving, kind: .navigation, "Next approval",
            "Shows the next approval of the list.", ([.detail, .diff, .bulk], ["J"])),
        Row(
            .previousItem, .moving, kind: .navigation, "Previous approval",
            "Shows the approval before this one in the list.", ([.detail, .diff, .bulk], ["K"])),
        Row(
            .nextPane, .moving, "Next pane", "Moves the focus to the next pane.",
            (screens, ["tab"])),
        Row(
            .previousPane, .moving, "Previous pane", "Moves the focus to the pane before.",
            (screens, ["shift-tab"])),
        Row(
            .open, .moving, "Open", "Opens the row under the cursor.",
            ([.queue, .history, .grants, .page], ["enter", "l", "right"]), ([.bulk], ["enter"])),
        Row(
            .back, .moving, "Back", "Leaves this screen; an edit is kept as a draft.",
            ([.detail, .diff, .history, .grants, .page], ["esc", "q", "h", "left"]),
            ([.editor], ["esc", "q"])),
        Row(
            .expand, .moving, "Expand",
            "Opens the object or array under the cursor, or the JSON in a string.",
            ([.editor], ["l", "right"]), ([.detail, .bulk], ["l", "right"])),
        Row(
            .collapse, .moving, "Collapse", "Closes the object or array under the cursor.",
            ([.editor], ["h", "left", "-"]), ([.bulk], ["h", "left"]),
            ([.detail], ["-"])),
        Row(
            .expandAll, .moving, "Expand all", "Opens every object and array.", (trees, ["+"])),
        Row(
            .collapseAll, .moving, "Collapse all", "Closes every object and array.",
            (trees, ["_"])),
        Row(
            .nextSibling, .moving, kind: .navigation, "Next sibling",
            "Moves to the next value beside this one, past what is in it.", (trees, ["]"])),
        Row(
            .previousSibling, .moving, kind: .navigation, "Previous sibling",
            "Moves to the value before this one, past what is in it.", (trees, ["["])),
    ]

    private static let deciding: [Row] = [
        Row(
            .approve, .deciding, kind: .decision, "Approve",
            "Approves the approval that is shown, with your edits if there are any.",
            (approvals, ["a"])),
        Row(
            .reject, .deciding, kind: .decision, "Reject", "Rejects the approval that is shown.",
            (approvals, ["r"])),
        Row(
            .comment, .deciding, "Comment", "Writes a comment for the record.",
            (approvals, ["c"])),
        Row(
            .extend, .deciding, kind: .decision, "Extend", "Gives the approval more time.",
            (approvals, ["x"])),
        Row(
            .reassign, .deciding, kind: .decision, "Reassign",
            "Hands the approval to another group.",
            (approvals, ["R"])),
        Row(
            .reviewing, .deciding, "Reviewing", "Tells the others that you are looking at it.",
            (approvals, ["v"])),
        Row(
            .confirm, .deciding, kind: .decision, "Yes", "Answers the question with yes.",
            ([.dialog, .bulk], ["y"])),
        Row(
            .press, .deciding, kind: .decision, "Press", "Presses the highlighted button.",
            ([.dialog], ["enter"])),
        Row(
            .nextButton, .deciding, "Next button", "Highlights the next button.",
            ([.dialog], ["tab", "right", "l"]), ([.bulk], ["tab"])),
        Row(
            .previousButton, .deciding, "Previous button", "Highlights the button before.",
            ([.dialog], ["shift-tab", "left", "h"]), ([.bulk], ["shift-tab"])),
        Row(
            .cancel, .deciding, "Cancel", "Leaves without doing anything.",
            ([.dialog], ["esc", "n", "q"]), (texts, ["esc"]), ([.bulk], ["esc", "q"])),
        Row(
            .takeBack, .deciding, "Take back",
            "Takes back the last decision while it is not sent yet.",
            ([.queue, .detail, .diff, .history, .grants, .bulk, .dialog], ["u"])),
        Row(
            .widenGrant, .deciding, "For longer", "Lets calls like it run, too; again for longer.",
            ([.dialog], ["g"])),
        Row(
            .grantScope, .deciding, "Whose calls", "Grants to the agent, or to its session alone.",
            ([.dialog], ["s"])),
        Row(
            .revokeGrant, .deciding, "Revoke", "Has people asked again: the grant is over.",
            ([.grants], ["r", "X"])),
    ]

    private static let editing: [Row] = [
        Row(
            .edit, .editing, "Edit", "Edits the arguments in place.",
            ([.queue, .detail, .diff], ["e"])),
        Row(
            .openEditor, .editing, "$EDITOR", "Edits the arguments in $EDITOR.",
            ([.queue, .detail, .editor, .diff], ["E"])),
        Row(
            .editDocument, .editing, "Whole document",
            "Edits the arguments as one JSON text, in this window.",
            ([.detail, .editor, .diff], ["w"])),
        Row(
            .editValue, .editing, "Change", "Changes the value under the cursor.",
            ([.editor], ["enter", "c"])),
        Row(
            .toggleValue, .editing, "Toggle", "Turns true into false and false into true.",
            ([.editor], ["space"])),
        Row(
            .setNull, .editing, "Null", "Sets the value to null, or back to what it was.",
            ([.editor], ["z"])),
        Row(
            .changeType, .editing, "Type", "Changes the type of the value.", ([.editor], ["t"])),
        Row(
            .addMember, .editing, "Add", "Adds a member or an element below the cursor.",
            ([.editor], ["o"])),
        Row(
            .renameMember, .editing, "Rename", "Renames the member under the cursor.",
            ([.editor], ["r"])),
        Row(
            .deleteNode, .editing, "Delete", "Deletes the member or element under the cursor.",
            ([.editor], ["x", "del"])),
        Row(
            .duplicateNode, .editing, "Duplicate",
            "Adds a copy of the member or element under the cursor.", ([.editor], ["D"])),
        Row(
            .moveNodeDown, .editing, "Move down", "Moves the element one place down.",
            ([.editor], ["}"])),
        Row(
            .moveNodeUp, .editing, "Move up", "Moves the element one place up.",
            ([.editor], ["{"])),
        Row(
            .restoreValue, .editing, "Restore",
            "Puts back what the agent sent, hidden values too.", ([.editor], ["R"])),
        Row(
            .undo, .editing, "Undo", "Takes the last change back.", ([.editor], ["u"]),
            ([.document], ["ctrl-_", "f3"])),
        Row(
            .redo, .editing, "Redo", "Makes the change again that was taken back.",
            ([.editor], ["ctrl-r"]), ([.document], ["ctrl-r", "f4"])),
        Row(
            .discardEdits, .editing, "Discard edits",
            "Throws every change to these arguments away.", ([.detail, .editor, .diff], ["X"])),
    ]

    private static let looking: [Row] = [
        Row(
            .diff, .looking, "Diff", "Shows what your edit changes.",
            ([.queue, .detail, .editor], ["d"]), ([.diff], ["d"])),
        Row(
            .reveal, .looking, "Reveal", "Asks to see the redacted value under the cursor.",
            ([.detail], ["p"])),
        Row(
            .nextUnseen, .looking, "Next unseen", "Moves to the next value not shown yet.",
            ([.detail], ["U"])),
        Row(
            .mark, .looking, "Mark",
            "Marks the row to decide it with others; in the table of many it leaves it out.",
            ([.queue, .bulk], ["space"])),
        Row(
            .markRange, .looking, "Mark up to here",
            "Marks every row from the one marked last to this one.", ([.queue], ["V"])),
        Row(
            .markAll, .looking, "Mark all", "Marks every row that the list shows.",
            ([.queue], ["* a"])),
        Row(
            .markInvert, .looking, "Invert marks", "Marks what is not marked, and nothing else.",
            ([.queue], ["* i"])),
        Row(
            .markNone, .looking, "Clear marks", "Takes all marks away.", ([.queue], ["* n"])),
        Row(
            .filter, .looking, "Filter",
            "Shows only what contains a text; looks for events of the audit log.",
            (searched + [.page], ["/"])),
        Row(
            .clearFilter, .looking, "Clear filter", "Shows everything again.",
            ([.queue], ["esc", "\\"]), ([.detail, .editor, .diff, .history], ["\\"])),
        Row(
            .nextMatch, .looking, kind: .navigation, "Next match", "Moves to the next match.",
            (searched, ["n"])),
        Row(
            .previousMatch, .looking, kind: .navigation, "Previous match",
            "Moves to the match before.", (searched, ["N"])),
        Row(
            .sort, .looking, "Sort", "Sorts the list by the next column.",
            ([.queue, .history], ["s"])),
        Row(
            .group, .looking, "Group",
            "Puts rows together by tool, agent or run, or not at all.", ([.queue], ["b"])),
        Row(
            .fold, .looking, "Fold", "Folds the group under the cursor, or opens it again.",
            ([.queue], ["z"])),
        Row(
            .foldAll, .looking, "Fold all", "Folds every group, or opens all of them.",
            ([.queue], ["B"])),
        Row(
            .view, .looking, "Views", "Chooses one of the saved queries.",
            ([.queue, .history], ["f"])),
        Row(
            .nextMine, .moving, kind: .navigation, "Next for me",
            "Goes to the next approval that you can decide, the most urgent first.",
            ([.queue], ["]", "m"]), ([.detail, .diff], ["m"])),
        Row(
            .previousMine, .moving, kind: .navigation, "Previous for me",
            "Goes to the approval before that you can decide.",
            ([.queue], ["[", "M"]), ([.detail, .diff], ["M"])),
        Row(
            .yank, .looking, "Copy",
            "Copies what is under the cursor, or the page, to the clipboard.",
            ([.queue, .history, .page], ["y"]), (trees, ["y y"])),
        Row(
            .copyValue, .looking, "Copy value", "Copies the value under the cursor.",
            (trees, ["y v"])),
        Row(
            .copyKey, .looking, "Copy key", "Copies the name of the value under the cursor.",
            (trees, ["y k"])),
        Row(
            .copyPointer, .looking, "Copy pointer",
            "Copies where the value stands, as a JSON pointer.", (trees, ["y p"])),
        Row(
            .copyPath, .looking, "Copy jq path", "Copies where the value stands, for `jq`.",
            (trees, ["y q"])),
    ]

    private static let typing: [Row] = [
        Row(.accept, .typing, "Accept", "Takes what was typed.", (lines, ["enter"])),
        Row(
            .takeDocument, .typing, "Take over", "Takes the document over as the edit.",
            ([.document], ["ctrl-x", "f2"])),
        Row(
            .lineUp, .typing, kind: .navigation, "Line up", "Moves the cursor one line up.",
            ([.document], ["up", "ctrl-p"])),
        Row(
            .lineDown, .typing, kind: .navigation, "Line down", "Moves the cursor one line down.",
            ([.document], ["down", "ctrl-n"])),
        Row(
            .screenUp, .typing, kind: .navigation, "Screen up", "Moves one screen up.",
            ([.document], ["pgup"])),
        Row(
            .screenDown, .typing, kind: .navigation, "Screen down", "Moves one screen down.",
            ([.document], ["pgdn"])),
        Row(
            .cursorLeft, .typing, kind: .navigation, "Left", "Moves the cursor left.",
            (texts, ["left", "ctrl-b"])),
        Row(
            .cursorRight, .typing, kind: .navigation, "Right", "Moves the cursor right.",
            (texts, ["right", "ctrl-f"])),
        Row(
            .cursorStart, .typing, kind: .navigation, "Start", "Moves the cursor to the start.",
            (texts, ["home", "ctrl-a"])),
        Row(
            .cursorEnd, .typing, kind: .navigation, "End", "Moves the cursor to the end.",
            (texts, ["end", "ctrl-e"])),
        Row(
            .deleteBackward, .typing, "Delete left", "Deletes the character on the left.",
            (texts, ["bs"])),
        Row(
            .deleteForward, .typing, "Delete right", "Deletes the character under the cursor.",
            (texts, ["del"])),
        Row(
            .deleteWord, .typing, "Delete word", "Deletes the word on the left.",
            (texts, ["ctrl-w"])),
        Row(
            .deleteLine, .typing, "Delete line", "Deletes everything left of the cursor.",
            (texts, ["ctrl-u"])),
        Row(
            .insertNewline, .typing, "New line", "Starts a new line in a longer text.",
            ([.fieldInput], ["ctrl-j", "alt-enter"]), ([.document], ["enter", "ctrl-j"])),
        Row(
            .complete, .typing, "Complete", "Completes the word.",
            ([.commandLine, .filter], ["tab"])),
        Row(
            .earlierEntry, .typing, "Earlier", "Brings back what was typed before.",
            ([.filter, .fieldInput], ["up", "ctrl-p"]), ([.commandLine], ["alt-p"])),
        Row(
            .laterEntry, .typing, "Later", "Goes forward again in what was typed.",
            ([.filter, .fieldInput], ["down", "ctrl-n"]), ([.commandLine], ["alt-n"])),
    ]

    private static let program: [Row] = [
        Row(
            .refresh, .program, "Refresh", "Asks the control plane again, now.",
            ([.queue, .detail, .history, .grants, .page, .bulk], ["ctrl-r"])),
        Row(
            .redraw, .program, "Redraw", "Draws the whole screen again.",
            (everywhere, ["ctrl-l"])),
        Row(
            .reload, .program, "Reload settings", "Reads the settings and the theme again.",
            (screens, ["f5"])),
        Row(
            .theme, .program, "Theme",
            "Changes to the next theme until you leave; `:theme NAME` to that one.",
            (screens, ["f6"])),
        Row(
            .help, .program, "Keys", "Lists the keys that work here.",
            ([.queue, .detail, .editor, .diff, .history, .grants, .page, .bulk], ["?", "f1"]),
            ([.dialog, .fieldInput, .document, .commandLine, .filter, .help], ["f1"])),
        Row(
            .commandLine, .program, "Command", "Runs any action by its name.",
            ([.queue, .detail, .editor, .diff, .history, .grants, .page], [":"])),
        Row(
            .tour, .program, "Tour", "Starts the tour of two minutes, or goes on with it.",
            ([.queue, .detail, .editor, .diff, .history, .grants], ["."])),
        Row(
            .lock, .program, "Lock",
            "Clears the screen until your token was checked with the server again.",
            (screens, ["L"])),
        Row(
            .suspend, .program, "Suspend", "Goes back to the shell; `fg` returns.",
            (everywhere, ["ctrl-z"])),
        Row(
            .quit, .program, "Quit", "Leaves the inbox.",
            ([.queue], ["q", "ctrl-c"]),
            (butQueue, ["ctrl-c"])),
    ]
}
