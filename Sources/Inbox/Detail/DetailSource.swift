import Cryptography
package import Approvals
package import JSONTree
package import TextGrid
import WireAPI
import ZoneTime

/// Everything that the detail pane shows of one approval.
package struct DetailSource: Sendable {
    /// The row, while the view is not known.
    package var row: QueueRow?
    package var known: KnownView?
    package var editor: ArgumentEditor?
    package var standing: Standing
    package var folded: Set<JSONPointer>
    /// Strings whose JSON is shown in their place.
    package var opened: Set<JSONPointer>
    /// True while somebody reads it: each value has its type behind it.
    package var showsTypes: Bool
    package var serverTime: Timestamp
    /// True when the row says that this view is not the latest.
    package var isOutdated: Bool
    /// Why there is no view, when there is none.
    package var trouble: String?
    /// The zone in which times are shown.
    var zone: Zone = .utc
    /// What was decided on calls like this one.
    package var earlier: EarlierDecisions.State?
    var earlierDecisions: [EarlierDecision]
    /// Who is looking, so that they are not told about themselves.
    package var me: String?
    /// True when the pane has the keys, false when a cursor in the list passes by: id and digest,
    /// which differ with every row, are then not worth their bytes.
    package var isRead: Bool

    /// The lines, at most `linesMax`; the cost grows with that, not with the arguments.
    package func lines(
        columns: Int, linesMax: Int, repertoire: Repertoire
    ) -> [DetailLine] {
        var out = LineCollector(columns: columns, linesMax: linesMax, repertoire: repertoire)
        if let known {
            view(known, into: &out)
        } else if let row {
            self.row(row, into: &out)
        }
        return out.lines
    }

    private func row(_ row: QueueRow, into out: inout LineCollector) {
        out.wrap(Line([Span(row.tool, .heading), Span("  rev \(row.revision)", .dim)]), indent: 2)
        state(StateWords.Facts(row), risk: row.risk, into: &out)
        out.fact("Agent", Line(row.agent, .accent))
        out.quote([row.summary].compactMap(\.self), by: "agent says")
        out.space()
        out.wrap(Line(trouble ?? "The arguments are on their way.", .dim))
    }

    private func view(_ known: KnownView, into out: inout LineCollector) {
        let view = known.view
        title(view, into: &out)
        warnings(known, into: &out)
        state(StateWords.Facts(view), risk: view.risk, into: &out)
        agent(view, into: &out)
        out.quote([view.context.summary, view.context.reason].compactMap(\.self), by: "agent says")
        let plan = EscalationLines(view, zone: zone)
        plan?.next(into: &out)
        arguments(known, into: &out)
        guard !out.isFull else { return }
        furtherWords(view.context, into: &out)
        plan?.write(into: &out)
        DetailEarlier(state: earlier, decisions: earlierDecisions, serverTime: serverTime)
            .write(into: &out)
        DetailRecord(view: view, serverTime: serverTime).write(into: &out)
        if isRead { names(known, into: &out) }
    }

    /// The tool, the revision, and who is asked by which rule.
    private func title(_ view: ApproverView, into out: inout LineCollector) {
        let needed = view.requirement
        let asked = needed.assignee ?? needed.group.rawValue
        var line: Line = [
            Span(view.tool, .heading), Span("  rev \(view.revision)", .dim),
            Span("  for \(asked) (\(needed.rule))", .dim),
        ]
        if needed.quorum > 1 {
            line = line + [Span("  \(needed.approvals) of \(needed.quorum) approvals", .accent)]
        }
        out.wrap(line, indent: 2)
    }

    private func warnings(_ known: KnownView, into out: inout LineCollector) {
        let view = known.view
        if let sentence = standing.sentence { out.wrap(Line(sentence, .warning), indent: 2) }
        if let trouble = known.trouble { out.wrap(Line(trouble, .danger), indent: 2) }
        if isOutdated {
            out.wrap(Line("It changed on the server; the new view is on its way.", .warning))
        }
        let others = view.reviewing.filter { $0 != me }
        if !others.isEmpty {
            let names = others.joined(separator: ", ")
            out.wrap(
                Line("\(names) \(others.count == 1 ? "is" : "are") looking at it too.", .warning))
        }
        if let asks = view.asks {
            out.wrap(
                Line("The run asked for this call \(asks) times; it runs once.", .warning),
                indent: 2)
        }
        if let earlier = view.follows {
            out.wrap(
                Line("The same call of this run was rejected before: \(earlier).", .warning),
                indent: 2)
        }
        if view.state == .pending, let grantor = view.decidingFor {
            out.wrap(Line("You decide this on behalf of \(grantor).", .accent), indent: 2)
        }
        if view.state == .pending, !view.youCanDecide {
            out.wrap(Line(view.whyNot ?? "You cannot decide this.", .warning), indent: 2)
            if !view.whoCanDecide.isEmpty {
                out.fact("Could", Line(view.whoCanDecide.joined(separator: ", ")))
            }
        }
        if !view.tool.unicodeScalars.allSatisfy(\.isASCII) {
            let name = view.tool.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
            out.wrap(
                Line("The tool's name has letters outside ASCII: \(name)", .warning), indent: 2)
        }
    }

    /// Separates facts in one line.
    private static let dot: Line = [Span(" "), Span(.middot, .dim), Span(" ")]

    private func state(
        _ facts: StateWords.Facts, risk: Risk, into out: inout LineCollector
    ) {
        let left = facts.deadline.since(serverTime)
        let risk = Line("\(risk.rawValue) risk", risk.role)
        guard let settled = StateWords.settled(facts, at: serverTime) else {
            let time = Line(
                Countdown.text(left) + " left", Countdown.isUrgent(left) ? .danger : .text)
            let posture = Line(
                StateWords.posture(facts.posture), facts.posture == .failOpen ? .danger : .dim)
            let words = Line("pending", .accent) + Self.dot + risk + Self.dot + time
            out.fact("State", words + Self.dot + posture)
            return
        }
        let role = StateWords.role(facts, at: serverTime)
        out.fact("State", Line(settled, role) + Self.dot + risk)
    }

    private func agent(_ view: ApproverView, into out: inout LineCollector) {
        var line = Line(view.agent.name, .accent)
        let origin = [
            ("run", view.origin.runID), ("session", view.origin.sessionID),
            ("by", view.origin.framework),
        ]
        for (label, value) in origin {
            if let value { line = line + Self.dot + Line("\(label) \(value)", .dim) }
        }
        let age = Age.text(serverTime.since(view.createdAt))
        out.fact("Agent", line + Self.dot + Line("asked \(age) ago", .dim))
    }

    private func arguments(_ known: KnownView, into out: inout LineCollector) {
        out.space()
        var title = Line("Arguments", .heading)
        let changes = editor?.patch.operations.count ?? 0
        if changes > 0 {
            let text = changes == 1 ? "1 change, not sent" : "\(changes) changes, not sent"
            title = title + [Span("  \(text)", .changed)]
        }
        if let editable = known.view.requirement.editable {
            let places = editable.isEmpty ? "nothing" : editable.joined(separator: ", ")
            title = title + [Span("  editable: \(places)", .dim)]
        }
        out.wrap(title, indent: 2)
        for misfit in editor?.misfits ?? [] {
            out.wrap(
                Line(
                    "Your change of \(misfit.pointer) was dropped: it \(misfit.reason).", .warning),
                indent: 2)
        }
        var printer = ArgumentPrinter(handles: known.handles, looks: looks(known), into: out)
        if let editor, changes > 0 {
            printer.write(known.view.arguments, editedTo: editor.tree.root)
        } else {
            printer.write(known.view.arguments, .root, at: .root, depth: 0)
        }
        out = printer.out
    }

    private func looks(_ known: KnownView) -> ArgumentPrinter.Looks {
        ArgumentPrinter.Looks(
            folded: folded, opened: opened, showsTypes: showsTypes, notes: known.notes)
    }

    private func furtherWords(_ words: ContextBody, into out: inout LineCollector) {
        if let preview = words.preview {
            out.space()
            out.put(Line("agent says it would do", .dim))
            out.quote([preview])
        }
        if !words.links.isEmpty { out.put(Line("agent says to read", .dim)) }
        for link in words.links { out.quote([link.title, link.url]) }
    }

    /// What this approval is called by machines. Nobody compares 64 digits by eye: the whole digest
    /// is in `countersign show`.
    private func names(_ known: KnownView, into out: inout LineCollector) {
        guard !out.isFull else { return }
        out.space()
        out.fact("Id", Line(known.view.id.rawValue, .dim))
        let digest = known.digest.map { "sha256:" + $0.hex.prefix(12) } ?? "no digest"
        out.fact("Shown", Line(digest, .dim))
    }
}
