import Approvals
import Audit
import JSONTree
package import TextGrid
package import WireAPI
package import ZoneTime

/// The story of one approval as it is read: what happened, why, with which arguments, and what of
/// it is proved.
package struct StoryLines {
    private let story: StoryView
    private let check: StoryCheck
    private let zone: Zone

    package init(story: StoryView, check: StoryCheck, zone: Zone) {
        self.story = story
        self.check = check
        self.zone = zone
    }

    /// The same as text.
    package var text: [Line] {
        (head + proof + steps + why + arguments(digits: 64)).map(\.line)
    }

    /// What leads on from the page: what the rule saw.
    var lines: [PageLine] {
        let more = PageLine(Line("> What the rule saw", .accent), .page(.why(view.id)))
        return head + proof + steps + why + [more] + arguments(digits: 24)
    }

    private var view: ApproverView { story.approval }

    private var head: [PageLine] {
        let agent = SafeWords.name(view.agent.name, columnsMax: 40)
        return [
            PageLine([
                Span(SafeWords.name(view.tool, columnsMax: 60), .heading),
                Span("  \(view.risk.rawValue) risk  ", .text),
                Span(
                    StateWords.settled(StateWords.Facts(view), at: view.serverTime)
                        ?? "waits for a decision", .accent),
            ]),
            PageLine(Line("asked by \(agent)  \(view.id.rawValue)", .dim)),
        ]
    }

    private func title(_ text: String) -> [PageLine] {
        [PageLine(Line()), PageLine(Line(text, .heading))]
    }

    // What happened, step by step.

    private var steps: [PageLine] {
        var decisions = view.decisions[...]
        var comments = view.comments[...]
        var lines = title("What happened (times in \(zone.name))")
        for (step, finding) in zip(story.events, check.findings) {
            lines.append(PageLine(line(of: step, finding)))
            switch EventType(rawValue: step.type) {
            case .approvalDecided, .approvalEndorsed:
                if let decision = decisions.first, decision.at == step.at {
                    lines += said(decision)
                    decisions = decisions.dropFirst()
                }
            case .approvalCommented:
                guard let comment = comments.popFirst() else { continue }
                lines.append(quote(comment.text))
            case .executionReported:
                guard let summary = view.receipt?.resultSummary else { continue }
                lines.append(quote(summary))
            case _: continue
            }
        }
        return lines
    }

    private func line(of step: StoryEventView, _ finding: StoryCheck.Finding) -> Line {
        let time = zone.local(at: step.at)
        let second = time.secondOfDay % 60
        let isWrong = finding == .wrong
        return [
            Span(
                "  \(time.date) \(time.clockText):\(second < 10 ? "0" : "")\(second)  ", .dim),
            Span(SafeWords.name(step.actor, columnsMax: 40), .accent),
            Span("  \(step.text)", .text), Span("  #\(step.sequence)", .dim),
            Span(isWrong ? "  NOT IN THE LOG LIKE THIS" : "", .danger),
        ]
    }

    private func said(_ decision: DecisionView) -> [PageLine] {
        let edits = decision.edits.map { changes($0) } ?? []
        return edits + (decision.comment.map { [quote($0)] } ?? [])
    }

    /// What was changed, from what to what; each change is made to what the ones before left.
    private func changes(_ edits: JSONPatch) -> [PageLine] {
        var arguments: JSONValue? = view.arguments
        return edits.operations.map { operation in
            let before = arguments?[operation.pointer]
            do { arguments = try arguments.map(JSONPatch([operation]).applied) } catch {
                arguments = nil
            }
            return PageLine(Self.line(of: operation, before))
        }
    }

    private func quote(_ text: String) -> PageLine {
        PageLine([Span("      > ", .dim), Span(text.cut(to: 2_000), .agentWords)])
    }

    private static func line(of operation: JSONPatch.Operation, _ before: JSONValue?) -> Line {
        let place = "\(operation.pointer)"
        let was = before.map { " \($0.text(.compact).cut(to: 400))" } ?? ""
        switch operation {
        case .add(_, let value):
            return Line("      + \(place) \(value.text(.compact).cut(to: 400))", .added)
        case .remove: return Line("      - \(place)\(was)", .removed)
        case .replace(_, let value):
            let now = value.text(.compact).cut(to: 400)
            return Line(
                "      ~ \(place)\(was.isEmpty ? "" : was + " \u{2192}") \(now)", .added)
        }
    }

    // Why people were asked.

    private var why: [PageLine] {
        let rule = SafeWords.name(view.requirement.rule, columnsMax: 80)
        let group = SafeWords.name(view.requirement.group.rawValue, columnsMax: 40)
        let count = view.requirement.quorum
        let people = count == 1 ? "one person" : "\(count) people"
        return title("Why people were asked") + [
            PageLine(Line("  \(rule) asked for \(people) of \(group).", .text))
        ]
    }

    // Which arguments were released, claimed and run.

    /// A root as the first of its digits; a screen has no room for all.
    private func arguments(digits: Int) -> [PageLine] {
        let roots = check.roots
        var lines = title("Arguments, and the root of their salted fields")
        lines.append(values("asked", view.arguments))
        switch check.shown {
        case .same:
            lines.append(seen("the same as asked; the digest of it is in the log", .success))
        case .different:
            lines.append(seen("DIFFERENT from what is asked, by the digest in the log", .danger))
        case .unknown: break
        }
        if let effective = view.effectiveArguments, effective != view.arguments {
            lines.append(values("decided", effective))
        }
        guard let released = roots.released else {
            return lines + [PageLine(Line("  Nothing was released.", .dim))]
        }
        let isEdited = view.decisions.contains { $0.verdict == .approve && $0.edits != nil }
        let how = isEdited ? "as they were edited" : "as the agent asked"
        func root(_ name: String, _ root: String, _ verdict: String) -> PageLine {
            self.root(name, root.cut(to: digits), verdict)
        }
        lines.append(root("released", released, "  \(how)"))
        if let claimed = roots.claimed {
            lines.append(root("claimed", claimed, Self.compared(claimed, released)))
        }
        if roots.isMismatch {
            lines.append(
                PageLine(Line("  run       DIFFERENT from what was released", .danger)))
        } else if let executed = roots.executed {
            lines.append(root("run", executed, Self.compared(executed, released)))
        }
        return lines
    }

    private func seen(_ verdict: SafeText, _ role: TextGrid.Role) -> PageLine {
        PageLine([Span("  seen".padded(to: 12), .dim), Span(verdict, role)])
    }

    private func values(_ name: String, _ arguments: JSONValue) -> PageLine {
        PageLine([
            Span("  \(name)".padded(to: 12), .dim),
            Span(SafeText.json(arguments.text(.compact).cut(to: 2_000)), .text),
        ])
    }

    private func root(_ name: String, _ root: String, _ verdict: String) -> PageLine {
        let isOther = verdict.contains("DIFFERENT")
        return PageLine([
            Span("  \(name)".padded(to: 12), .dim), Span(root, .text),
            Span(verdict, isOther ? .danger : .success),
        ])
    }

    private static func compared(_ one: String, _ other: String) -> String {
        one.hasSameBytes(as: other) ? "  the same" : "  DIFFERENT from what was released"
    }

    // What of all that is proved.

    private var proof: [PageLine] {
        let wrong = check.findings.count { $0 == .wrong }
        let proved = check.findings.count { $0 == .proved }
        let all = check.findings.count
        var lines: [PageLine] = []
        if wrong > 0 {
            lines.append(
                PageLine(
                    Line(
                        "\(wrong) of \(all) steps are NOT what the signed log says. Stop deciding"
                            + " and tell your auditor.", .danger)))
        }
        guard let size = check.size else {
            return lines + [
                PageLine(
                    Line("No checkpoint of the log was seen yet; nothing is proved.", .warning))
            ]
        }
        let signed = "the audit log as it was signed for \(size) events"
        if proved == all {
            let steps = all == 1 ? "The one step is" : "All \(all) steps are"
            lines.append(PageLine(Line("\(steps) in \(signed).", .success)))
        } else {
            let open = all - proved - wrong
            lines.append(PageLine(Line("\(proved) of \(all) steps are in \(signed).", .text)))
            if open > 0 {
                lines.append(
                    PageLine(
                        Line(
                            "\(open) came later or have no proof yet; look again in a minute.",
                            .warning)))
            }
        }
        return lines
    }
}

extension String {
    /// Blanks behind a name, so that what follows stands below each other.
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, count - self.count))
    }
}
