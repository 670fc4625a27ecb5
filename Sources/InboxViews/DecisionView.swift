import Keymap
import Cryptography
import Approvals
import Inbox
import JSONTree
import TextGrid
import WireAPI

/// The question before a decision is sent.
struct DecisionView {
    let inbox: Inbox
    let dialog: DecisionDialog

    func draw(_ layout: InboxLayout, into grid: inout Grid) {
        box(layout).draw(layout, into: &grid)
    }

    func box(_ layout: InboxLayout) -> DialogBox {
        var box = DialogBox(title: Line(title, .dialog))
        let columns = min(DialogBox.columnsMax, layout.size.columns) - 4
        if dialog.draft != nil {
            box.rows.append(
                .line(
                    Line("You decided this before; it did not reach the server.\(more)", .warning)))
        }
        box.rows += subject
        if let grantor = dialog.view.decidingFor {
            box.rows.append(.line(Line("On behalf of \(grantor)", .accent)))
        }
        if let ending = dialog.ending {
            box.rows += Line(ending, .danger).wrapped(to: max(1, columns)).map { .line($0) }
            box.buttons = [DialogBox.Button(title: "Close", isHighlighted: true)]
            return box
        }
        box.rows += changes(columns)
        if let edited = dialog.edited {
            box.rows += Line(edited, .warning).wrapped(to: max(1, columns)).map { .line($0) }
        }
        box.rows += halted(columns)
        box.rows += consequences
        box.rows += fields
        box.rows += granting(columns)
        box.rows += choices(layout, beside: box.rows)
        if let problem = dialog.problem { box.rows.append(.line(Line(problem, .danger))) }
        box.buttons = dialog.buttons.map { button in
            DialogBox.Button(
                title: name(button),
                isHighlighted: dialog.focus == .buttons && dialog.button == button)
        }
        return box
    }

    private var title: String {
        let verb = dialog.verdict == .approve ? "Approve" : "Reject"
        let count = dialog.edits.operations.count
        let edits = count == 0 ? "" : count == 1 ? " with 1 edit" : " with \(count) edits"
        return dialog.draft == nil
            ? "\(verb) this call\(edits)?" : "Send your draft: \(verb)\(edits)?"
    }

    /// How many questions of this kind follow.
    private var more: String {
        let count = inbox.draftsBehind
        return count == 0 ? "" : count == 1 ? " 1 more follows." : " \(count) more follow."
    }

    private func name(_ button: DecisionDialog.Button) -> String {
        switch button {
        case .cancel: dialog.draft == nil ? "Cancel" : "Keep as draft"
        case .discard: "Throw the draft away"
        case .decide:
            dialog.verdict == .reject
                ? "Reject"
                : dialog.grant.seconds.map { "Approve, and for \(GrantChoice.span($0))" }
                    ?? "Approve"
        }
    }

    /// What the approval stands for besides this call: nothing, or exactly what is said.
    private func granting(_ columns: Int) -> [DialogBox.Row] {
        guard dialog.verdict == .approve else { return [] }
        guard let seconds = dialog.grant.seconds else {
            guard dialog.grantObstacle == nil else { return [] }
            let key = inbox.settings.keymap.key(for: .widenGrant, in: .dialog) ?? ":widen-grant"
            return [
                .optional(
                    Line("For this call only. \(key): and for calls like it, for a while.", .dim))
            ]
        }
        var rows = promise(seconds).wrapped(to: max(1, columns)).map { DialogBox.Row.line($0) }
        rows.append(
            .field(
                label: Line("At most so many calls ", .dim), dialog.grant.uses,
                hasFocus: dialog.focus == .grantUses))
        rows.append(
            .field(
                label: Line("May differ (amount<=500) ", .dim), dialog.grant.bounds,
                hasFocus: dialog.focus == .grantBounds))
        return rows
    }

    /// What will run by itself, until when and how often, in one sentence.
    private func promise(_ seconds: Int) -> Line {
        let view = dialog.view
        let until = inbox.serverTime.adding(seconds: seconds).rfc3339.dropFirst(11).prefix(5)
        let whose = dialog.grant.scope == .session ? "this session of " : ""
        var line: Line = [
            Span("Then nobody is asked for \(GrantChoice.span(seconds))", .warning),
            Span(", until \(until) UTC: ", .dialog),
            Span(SafeWords.name(view.tool, columnsMax: 40), .accent),
            Span(" by \(whose)", .dialog), Span(SafeWords.name(view.agent.name), .accent),
        ]
        if !dialog.grant.uses.isEmpty {
            line = line + Line(", \(dialog.grant.uses.text) times at most", .dialog)
        }
        let limits = dialog.grant.limits(running: dialog.running)
        line = line + Line(", every argument as it would run now", .dialog)
        for limit in limits {
            let most = limit.max == nil ? " is " : " is at most "
            line = line + [Span(", but ", .dialog), Span(limit.pointer, .jsonName)]
            line = line + Line(most, .dialog)
            line = line + ValueText.brief(limit.max ?? limit.equals ?? .null)
        }
        return line + Line(".", .dialog)
    }

    /// What exactly is decided: everything that the decision is bound to.
    private var subject: [DialogBox.Row] {
        let view = dialog.view
        let left = view.requirement.deadline.since(inbox.serverTime)
        var rows: [DialogBox.Row] = [
            .line([
                Span(SafeWords.name(view.tool, columnsMax: 40), .heading), Span("  by ", .dim),
                Span(SafeWords.name(view.agent.name), .accent),
            ]),
            .line([
                Span("\(view.risk.rawValue) risk", view.risk.role),
                Span("  \(Countdown.text(left)) left", Countdown.isUrgent(left) ? .danger : .text),
                Span("  id ends \(inbox.short(view.id))  rev \(view.revision)", .dim),
                Span("  sha256:\(dialog.digest.hex.prefix(12))", .dim),
            ]),
        ]
        if let summary = view.context.summary {
            rows.append(.optional([Span("agent says ", .dim), Span(summary, .agentWords)]))
        }
        return rows
    }

    /// The edits, so that nobody sends what they forgot.
    private func changes(_ columns: Int) -> [DialogBox.Row] {
        let operations = dialog.edits.operations
        let shown = operations.prefix(4).map { operation -> DialogBox.Row in
            .optional(line(operation).fitted(to: columns))
        }
        guard operations.count > shown.count else { return Array(shown) }
        let rest = operations.count - shown.count
        return shown + [
            .optional(Line("and \(rest) more (\(inbox.key(for: .diff)) shows them)", .dim))
        ]
    }

    private func line(_ operation: JSONPatch.Operation) -> Line {
        let place = "\(operation.pointer)  "
        switch operation {
        case .add(_, let value):
            return [Span("+ ", .added), Span(place, .jsonName)] + ValueText.brief(value)
        case .remove:
            return [Span("- ", .removed), Span(place, .jsonName)] + old(operation.pointer)
        case .replace(_, let value):
            return [Span("~ ", .changed), Span(place, .jsonName)] + old(operation.pointer)
                + [Span(" ", .dim), Span(.arrow), Span(" ", .dim)] + ValueText.brief(value)
        }
    }

    private func old(_ pointer: JSONPointer) -> Line {
        let view = dialog.view
        guard let value = view.arguments[pointer] else { return Line() }
        if let handle = view.redacted.handles[pointer]?.seen(in: value) {
            return ValueText.handle(handle)
        }
        return ValueText.brief(value)
    }

    /// That an approval would be refused now, and because of whom.
    private func halted(_ columns: Int) -> [DialogBox.Row] {
        guard dialog.verdict == .approve, let halt = inbox.me?.halt else { return [] }
        let who = SafeWords.name(halt.by, columnsMax: 40)
        return Line(
            "HALTED by \(who): approving is refused until a second person lifts it.", .danger
        )
        .wrapped(to: max(1, columns)).map { .line($0) }
    }

    private var consequences: [DialogBox.Row] {
        var rows: [DialogBox.Row] = []
        if dialog.isOffline {
            rows.append(
                .line(Line("You are offline: this becomes a draft, nothing is sent.", .warning)))
        }
        let needed = dialog.view.requirement
        let what =
            dialog.verdict == .reject
            ? "One rejection ends it."
            : needed.quorum > 1
                ? "\(needed.approvals) of \(needed.quorum) approvals so far."
                : "It may run at once."
        rows.append(.optional(Line("\(what) \(undoing)", .dim)))
        return rows
    }

    /// Whether, and how long, it can be taken back.
    private var undoing: String {
        let seconds = inbox.settings.undoSeconds
        guard seconds > 0 else { return "It cannot be undone." }
        let key = inbox.key(for: .takeBack)
        return "It is sent after \(seconds) s; until then \(key) takes it back."
    }

    /// The reasons that can be chosen, as many as there is room for beside what must be said.
    private func choices(
        _ layout: InboxLayout, beside rows: [DialogBox.Row]
    ) -> [DialogBox.Row] {
        guard dialog.focus == .comment, !dialog.comment.presets.isEmpty else { return [] }
        let needed = rows.count { if case .optional = $0 { false } else { true } }
        let room = DialogBox.rowsMax(layout) - needed - (dialog.problem == nil ? 0 : 1)
        let count = min(max(1, room), ReasonField.presetsMax)
        return ReasonChoices(dialog.comment).lines(count).map { .line($0) }
    }

    private var fields: [DialogBox.Row] {
        var rows: [DialogBox.Row] = []
        if let fact = dialog.fact {
            let label: Line = [
                Span("Type ", .dialog), Span(fact.text, .accent),
                Span(" (\(SafeWords.name(fact.label))) ", .dim),
            ]
            rows.append(
                .field(
                    label: label, dialog.confirmation, hasFocus: dialog.focus == .confirmation))
        }
        let label = dialog.verdict == .reject ? "Why (goes to the agent) " : "Comment "
        rows.append(
            .field(
                label: Line(label, .dim), dialog.comment.text,
                hasFocus: dialog.focus == .comment))
        if dialog.needsCode {
            rows.append(
                .field(
                    label: [Span("Code of your authenticator ", .dialog)], dialog.code,
                    hasFocus: dialog.focus == .code))
        }
        return rows
    }
}
