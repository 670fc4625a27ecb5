import Approvals
import JSONTree
import Keymap
import TextGrid
import WireAPI

extension Inbox {
    /// Where the focus is and what is under it, in words: where a screen is read aloud this line
    /// says after every key what changed.
    var focusWords: Line {
        switch overlays.last {
        case .editor(let id): editorWords(id)
        case .diff: Line("Changes, not sent yet.")
        case .decision(let dialog): Line(words(of: dialog))
        case .bulk: Line(bulkWords)
        case .note(let note): Line(words(of: note))
        case .question(let question):
            Line("Question. \(question.isOnVerb ? question.verb : "Cancel") is selected.")
        case .revealed: Line("A hidden value. Any key closes it.")
        case .page(let page): pageWords(page)
        case .help: Line("Keys of this place; type to find one.")
        case .commandLine: Line("Command line; type a name.")
        case .filter: Line("Filter; type what the rows must have.")
        case .views: Line("Saved views; arrows choose, Enter takes one.")
        case nil: listWords
        }
    }

    private func pageWords(_ page: PagePane) -> Line {
        let lines = pageLines(page.subject)
        guard lines.indices.contains(page.index) else { return Line(page.subject.title) }
        return [Span("\(page.subject.title), line \(page.index + 1) of \(lines.count): ")]
            + lines[page.index].line
    }

    private var listWords: Line {
        switch (focus, screen) {
        case (_, .grants): grantWords
        case (.detail, _): detailWords
        case (.list, .queue): queueWords
        case (.list, .history):
            history.selected.map { row in
                Line("History, \(history.index + 1) of \(history.rows.count) selected: ")
                    + [Span(SafeWords.name(row.tool)), Span(", \(row.state.rawValue).")]
            } ?? Line("History, nothing in it.")
        }
    }

    private var grantWords: Line {
        guard let grant = grants.selected else { return Line("Grants, nothing in it.") }
        let place = "\(grants.index + 1) of \(grants.rows.count)"
        let what = focus == .detail ? "shown whole" : "selected"
        return Line("Grants, \(place) \(what): ") + [
            Span(SafeWords.name(grant.tool)), Span(" of ", .text),
            Span(SafeWords.name(grant.agent.name)), Span(". ", .text),
        ] + GrantWords.state(grant, at: serverTime)
    }

    private var queueWords: Line {
        let entry = queue.list.indices.contains(queue.index) ? queue.list[queue.index] : nil
        if let entry, let heading = queue.groups?.heading(entry) {
            let state = heading.isFolded ? "folded" : "open"
            return Line("Queue, group ") + [
                Span(SafeWords.name(heading.title)), Span(" selected, \(state), \(heading.count)."),
            ]
        }
        guard let row = queue.selectedRow else { return Line("Queue, nothing waits.") }
        let count = queue.list.count
        let more = hasMoreRows ? " or more" : ""
        return Line("Queue, \(queue.index + 1) of \(count)\(more) selected: ")
            + [Span(SafeWords.name(row.tool)), Span(", \(rowWords(row)).")]
    }

    /// What is to be known of a row, in words and without a clock that runs.
    package func rowWords(_ row: QueueRow) -> String {
        var words = ["\(row.risk.rawValue) risk"]
        if let settled = StateWords.settled(StateWords.Facts(row), at: serverTime) {
            words.append(settled)
        } else {
            words.append(Self.timeWords(row.left(at: serverTime)))
        }
        if marks.contains(row.id) { words.append("marked") }
        if let standing = outbox.standing(of: row.id.id).brief { words.append(standing) }
        if let editor = editors[row.id.id], !editor.patch.isEmpty { words.append("edited") }
        if row.needsReview { words.append("to be reviewed") }
        return words.joined(separator: ", ")
    }

    /// Time left in whole units, so that it seldom says something else.
    static func timeWords(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000
        if minutes < 2 { return "under 2 minutes left" }
        if minutes < 120 { return "\(minutes) minutes left" }
        return minutes < 48 * 60 ? "\(minutes / 60) hours left" : "\(minutes / 1_440) days left"
    }

    private var detailWords: Line {
        guard let line = detailLine else { return Line("Detail, nothing in it.") }
        let place = line.pointer.map { $0.isRoot ? "all arguments" : "\($0)" }
        return Line("Detail, line \(pane.cursor + 1)")
            + (place.map { Line(", \($0).") } ?? Line("."))
    }

    private func editorWords(_ id: ApprovalID) -> Line {
        guard let editor = editors[id], let line = editor.line else { return Line("Editor.") }
        let name = line.pointer.isRoot ? "all arguments" : "\(line.pointer)"
        let what = editor.field != nil ? "typing, Enter keeps it" : "selected"
        let state: String =
            switch line.change {
            case .none: ""
            case .added: ", added"
            case .changed: ", changed"
            }
        return Line(
            "Editor, \(editor.cursor + 1) of \(editor.lines.count): \(name), "
                + "\(line.content.kind), \(what)\(state).")
    }

    private func words(of dialog: DecisionDialog) -> String {
        if let ending = dialog.ending { return "\(ending) Close is selected." }
        let verb = dialog.verdict == .approve ? "Approve" : "Reject"
        let stop: String =
            switch dialog.focus {
            case .confirmation: "Type the words that are asked for, then Enter."
            case .comment: "In the field for a comment; Tab goes on."
            case .code: "Type the six digits of your authenticator; Tab goes on."
            case .grantUses: "How many calls like it may run; Tab goes on."
            case .grantBounds: "Which arguments may differ; Tab goes on."
            case .buttons:
                switch dialog.button {
                case .cancel: "Cancel is selected."
                case .discard: "Throw away is selected."
                case .decide: "\(verb) is selected."
                }
            }
        return "Question: \(verb)? " + stop
    }

    private var bulkWords: String {
        guard let table = bulk else { return "Table of many." }
        let stop: String =
            switch table.focus {
            case .list:
                table.items.indices.contains(table.cursor.item)
                    ? "row \(table.cursor.item + 1) of \(table.items.count): "
                        + SafeWords.name(table.items[table.cursor.item].row.tool)
                        + (table.items[table.cursor.item].isLeftOut ? ", left out." : ".")
                    : "no row."
            case .reason: "in the field for the reason."
            case .code: "type the six digits of your authenticator; Tab goes on."
            case .buttons: "\(table.isOnVerb ? "the button that decides" : "Cancel") is selected."
            }
        return "\(bulkTitle), \(stop)"
    }

    private func words(of note: NoteDialog) -> String {
        let stop: String =
            note.isWaiting
            ? "Waiting for the server."
            : note.isInField
                ? "In the field \(note.fields[note.stop].label)."
                : "\(note.isOnVerb ? note.purpose.verb : "Cancel") is selected."
        return "\(note.purpose.title). " + stop
    }
}
