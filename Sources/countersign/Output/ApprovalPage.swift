import Cryptography
import Approvals
import JSONTree
import TextGrid
import WireAPI

/// One approval as plain lines.
enum ApprovalPage {
    /// Everything an approver needs to decide, top to bottom.
    static func lines(_ view: ApproverView, withHistory: Bool) -> [SafeText] {
        var lines = head(view)
        lines += words(of: view)
        lines += [SafeText.empty, "Arguments"]
        lines += json(view.arguments)
        lines += view.redacted.map {
            let found =
                $0.found.isEmpty
                ? "" : ", found by the scanner: \($0.found.joined(separator: ", "))"
            return row("  redacted", "\($0.pointer) is \($0.handle), a \($0.kind)\(found)")
        }
        if let effective = view.effectiveArguments, effective != view.arguments {
            lines += [SafeText.empty, "Arguments that run"]
            lines += json(effective)
        }
        lines += decisions(of: view)
        lines += ending(of: view)
        if withHistory { lines += history(of: view) }
        return lines
    }

    /// A value over several lines, indented; it parses back to the same value.
    static func json(_ value: JSONValue) -> [SafeText] {
        SafeText.jsonLines(value.text(.pretty(indent: 2))).map { SafeText.spaces(2) + $0 }
    }

    private static func head(_ view: ApproverView) -> [SafeText] {
        let left = Words.left(until: view.requirement.deadline, at: view.serverTime)
        let isPending = view.state == .pending
        let time = isPending ? "\(left) left" : view.settledAt.map(Words.time) ?? ""
        var lines = [
            row("Tool", view.tool),
            row("State", "\(view.state.rawValue) (\(time)), revision \(view.revision)"),
            row("Risk", view.risk.rawValue),
            row("Agent", view.agent.name),
            row("Asked", Words.time(view.createdAt)),
            row("Group", view.requirement.group.rawValue),
            row("Because of", view.requirement.rule),
            row("Digest", view.displayedDigest.text),
            row("ID", view.id.rawValue),
        ]
        if let asks = view.asks { lines.append(row("Asks", "\(asks) by its run; it runs once")) }
        if let earlier = view.follows { lines.append(row("Before", "rejected: \(earlier)")) }
        if let grantor = view.decidingFor { lines.append(row("You decide", "for \(grantor)")) }
        if let person = view.requirement.assignee { lines.append(row("Assigned", person)) }
        if view.requirement.posture == .failOpen {
            lines.append(row("At expiry", "the call is RELEASED without an answer"))
        }
        if view.provenance?.basis == "grant", let id = view.provenance?.reference {
            lines.append(row("Released", "by the standing grant \(id), without asking again"))
        }
        if view.needsReview { lines.append(row("Review", "it was released by its timeout")) }
        lines += escalation(of: view)
        if !view.reviewing.isEmpty {
            lines.append(row("Looking", view.reviewing.joined(separator: ", ")))
        }
        return lines
    }

    /// To whom it goes when nobody answers, and when.
    private static func escalation(of view: ApproverView) -> [SafeText] {
        guard let escalation = view.escalation else { return [] }
        var lines = escalation.steps.map { step in
            let at = step.at.map { " " + Words.time($0) } ?? ""
            let who = step.to.words(onDuty: step.onDuty)
            return row(step.state == "now" ? "Told" : "Tells", "\(who) (\(step.state)\(at))")
        }
        if let person = escalation.acknowledgedBy, let until = escalation.acknowledgedUntil {
            lines.append(row("Held back", "by \(person) until \(Words.time(until))"))
        }
        return lines
    }

    /// What the agent says stands apart from what is known.
    private static func words(of view: ApproverView) -> [SafeText] {
        let said = [
            ("summary", view.context.summary), ("reason", view.context.reason),
            ("preview", view.context.preview),
        ].compactMap { name, text in text.map { row("  \(name)", "\"\($0)\"") } }
        let links = view.context.links.map { row("  link", "\($0.title): \($0.url)") }
        guard !said.isEmpty || !links.isEmpty else { return [] }
        return [.empty, "The agent says"] + said + links
    }

    private static func decisions(of view: ApproverView) -> [SafeText] {
        guard !view.decisions.isEmpty || !view.comments.isEmpty else { return [] }
        var lines: [SafeText] = [.empty, "Decisions and notes"]
        for decision in view.decisions {
            let lent = decision.onBehalfOf.map { " on behalf of \($0)" } ?? ""
            let words = decision.comment.map { ": \($0)" } ?? ""
            lines.append(
                row("  \(decision.verdict.rawValue)", "\(decision.by)\(lent)\(words)"))
            lines += (decision.edits?.operations ?? []).map { SafeText.spaces(4) + line(of: $0) }
        }
        lines += view.comments.map { row("  note", "\($0.by): \($0.text)") }
        return lines
    }

    private static func ending(of view: ApproverView) -> [SafeText] {
        var lines: [SafeText] = [.empty]
        if view.execution != .none { lines.append(row("Execution", view.execution.rawValue)) }
        if let receipt = view.receipt {
            let words = receipt.resultSummary.map { ": \($0)" } ?? ""
            lines.append(row("Receipt", "\(receipt.outcome.rawValue)\(words)"))
            if receipt.isMismatch {
                lines.append(row("Mismatch", "what ran is NOT what was decided"))
            }
        }
        if view.state == .pending {
            if let reason = view.whyNot { lines.append(row("You cannot", reason)) }
            lines.append(row("Can decide", view.whoCanDecide.joined(separator: ", ")))
        }
        return lines.count == 1 ? [] : lines
    }

    private static func history(of view: ApproverView) -> [SafeText] {
        [.empty, "History"]
            + view.history.map { row("  " + Words.time($0.at), "\($0.actor): \($0.text)") }
    }

    /// One step of a patch.
    static func line(of operation: JSONPatch.Operation) -> SafeText {
        let place = SafeText(escaping: operation.pointer.description)
        switch operation {
        case .add(_, let value): return "+ " + place + " " + inline(value)
        case .remove: return "- " + place
        case .replace(_, let value): return "~ " + place + " " + inline(value)
        }
    }

    static func inline(_ value: JSONValue) -> SafeText { SafeText.json(value.text(.compact)) }

    private static func row(_ name: String, _ text: String) -> SafeText {
        SafeText(escaping: name).padded(to: 12) + " " + SafeText(escaping: text)
    }
}
