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

    var box: DialogBox {
        var box = DialogBox(title: Line(note.purpose.title, .dialog))
        box.rows.append(
            .line([
                Span(SafeWords.name(note.tool, columnsMax: 40), .heading),
                Span("  id ends \(inbox.short(note.id))  rev \(note.revision)", .dim),
            ]))
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
        if let problem = note.problem {
            for line in Line(problem, .danger).wrapped(to: 60).prefix(3) {
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
