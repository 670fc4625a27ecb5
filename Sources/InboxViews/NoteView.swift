import Approvals
import Inbox
import JSONTree
import TextGrid
import WireAPI

/// A small form.
struct NoteView {
    let inbox: Inbox
    let note: NoteDialog

    func draw(_ layout: InboxLayout, into grid: inout Grid) { box.draw(layout, into: &grid) }

    /// What the form is about.
    private var subject: [DialogBox.Row] {
        let tool = Span(SafeWords.name(note.tool, columnsMax: 40), .heading)
        switch note.purpose {
        case .policyMode(let change):
            let columns = min(DialogBox.columnsMax, inbox.layout.size.columns) - 4
            return Line(change.question, .dialog).wrapped(to: max(1, columns)).map { .line($0) }
        case .lend:
            let zone = inbox.zoneName
            return [.optional(Line("Times in \(zone): now, 8h, 3d, 2026-11-30T09:00", .dim))]
        case .rotation(let changed):
            let example = "2026-11-30T09:00, FREQ=WEEKLY, 9h"
            return [.optional(Line("Times in \(changed.zoneName): \(example)", .dim))]
        case .override(let stretch), .swap(let stretch):
            let example = "now, 8h, 3d, 2026-11-30T09:00"
            return [.optional(Line("Times in \(stretch.zoneName): \(example)", .dim))]
        case .search:
            return [
                .line(Line("An id, a tool, an e-mail, a rule; all words must fit.", .dim)),
                .optional(Line("Or by name: tool: by: rule: type: approval:", .dim)),
                .optional(Line("Time: since:7d since:2026-11-01 until:2026-11-30", .dim)),
            ]
        case .revoke: return [.line([tool, Span("  asks a person again, from now on", .dim)])]
        case .comment, .extend, .reassign, .reveal:
            let id = note.id.map(inbox.short) ?? ""
            return [.line([tool, Span("  id ends \(id)  rev \(note.revision)", .dim)])]
        }
    }

    private static let fieldsShort = 3
    private static let problemColumns = 56
    /// A screen this high shows what to do next, too.
    private static let rowsOfRoom = 24

    var box: DialogBox {
        var box = DialogBox(title: Line(note.purpose.title, .dialog))
        box.rows += subject
        // A long form says on top what is wrong, where a small screen keeps it.
        let isLong = note.fields.count > Self.fieldsShort
        if isLong, let problem = note.problem {
            let room = inbox.layout.size.rows >= Self.rowsOfRoom ? 5 : 2
            for line in Line(problem, .danger).wrapped(to: Self.problemColumns).prefix(room) {
                box.rows.append(.line(line))
            }
        }
        if case .reveal(let pointer, let handle) = note.purpose {
            box.rows.append(
                .line([Span("\(pointer)", .accent), Span("  hidden \(handle.kind)", .redacted)]))
            box.rows.append(
                .optional(
                    Line("Who saw it, and why, is recorded before it is shown.", .warning)))
        }
        for (index, field) in note.fields.enumerated() {
            box.rows.append(
                .field(
                    label: Line(field.label + " ", .dim), field.text,
                    hasFocus: note.stop == index && !note.isWaiting))
        }
        if note.isWaiting { box.rows.append(.line(Line("Waiting for the server.", .dim))) }
        if !isLong, let problem = note.problem {
            for line in Line(problem, .danger).wrapped(to: Self.problemColumns).prefix(3) {
                box.rows.append(.line(line))
            }
        }
        let isOnButtons = !note.isInField || note.isWaiting
        box.buttons = [
            DialogBox.Button(title: "Cancel", isHighlighted: isOnButtons && !note.isOnVerb),
            DialogBox.Button(title: note.purpose.verb, isHighlighted: isOnButtons && note.isOnVerb),
        ]
        return box
    }
}

/// A question with two answers.
struct QuestionView {
    let question: Question

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        box(layout).draw(layout, into: &grid)
    }

    func box(_ layout: InboxLayout) -> DialogBox {
        let columns = min(DialogBox.columnsMax, layout.size.columns) - 4
        var box = DialogBox(title: Line("Are you sure?", .dialog))
        for line in Line(question.text, .dialog).wrapped(to: max(1, columns)) {
            box.rows.append(.line(line))
        }
        box.buttons = [
            DialogBox.Button(title: "Cancel", isHighlighted: !question.isOnVerb),
            DialogBox.Button(title: question.verb, isHighlighted: question.isOnVerb),
        ]
        return box
    }
}

/// A hidden value for a short while.
struct RevealedView {
    let inbox: Inbox
    let revealed: Revealed

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        let columns = min(DialogBox.columnsMax, layout.size.columns) - 4
        var box = DialogBox(title: Line("Hidden value", .dialog))
        box.rows.append(.line(Line("\(revealed.pointer)", .accent)))
        let text = SafeText.json(revealed.value.text(.compact))
        let lines = text.wrapped(to: max(1, columns), .jsonString)
        // The place stands above, and what did not fit is counted below.
        let room = max(1, DialogBox.rowsMax(layout) - 2)
        let shown = lines.count > room + 1 ? room : lines.count
        for line in lines.prefix(shown) { box.rows.append(.line(line)) }
        if shown < lines.count {
            let rest = lines.count - shown
            box.rows.append(
                .line(Line("\(rest) more lines: a larger window shows them.", .warning)))
        }
        box.rows.append(.optional(Line("It leaves the screen within 30 seconds.", .dim)))
        box.buttons = [DialogBox.Button(title: "Close", isHighlighted: true)]
        box.draw(layout, into: &grid)
    }
}
