import Approvals
import TextGrid
import WireAPI
import ZoneTime

/// To whom an approval goes when nobody answers: where that stands, who is next, and when.
struct EscalationLines {
    private let plan: EscalationView
    private let zone: Zone

    /// Nil for what is settled, and for what has no plan.
    init?(_ view: ApproverView, zone: Zone) {
        guard view.state == .pending, let plan = view.escalation, !plan.steps.isEmpty else {
            return nil
        }
        self.plan = plan
        self.zone = zone
    }

    /// One line that stands above the arguments.
    func next(into out: inout LineCollector) {
        if let person = plan.acknowledgedBy, let until = plan.acknowledgedUntil {
            let who = SafeWords.name(person, columnsMax: 40)
            out.fact(
                "Held by", Line("\(who): nobody else is told before \(clock(until))", .warning))
        } else if let step = plan.steps.first(where: { $0.state.isSame(as: "next") }) {
            let at = step.at.map { " at \(clock($0))" } ?? ""
            out.fact("Goes to", Line("\(Self.words(step))\(at), if nobody answers", .text))
        }
    }

    /// The whole plan.
    func write(into out: inout LineCollector) {
        out.space()
        var head: Line = [
            Span("If nobody answers", .heading), Span("  times in \(zone.name)", .dim),
        ]
        if plan.repeats > 0 { head = head + [Span("  round \(plan.repeats + 1)", .warning)] }
        out.wrap(head, indent: 2)
        for step in plan.steps { out.wrap(line(step), indent: 16) }
        out.space()
    }

    private func line(_ step: EscalationStepView) -> Line {
        let (word, role): (String, TextGrid.Role) =
            switch step.state {
            case "done": ("told", .dim)
            case "now": ("told now", .accent)
            case "next": ("next", .warning)
            case _: ("later", .dim)
            }
        let time = step.at.map(clock) ?? "     "
        return [
            Span("  \(time)  ", .dim), Span(SafeText(escaping: word).padded(to: 10), role),
            Span(Self.words(step), .text),
            Span(step.mayDecide == true ? ", who may decide then, too" : "", .dim),
        ]
    }

    private func clock(_ instant: Timestamp) -> String { zone.local(at: instant).clockText }

    /// Who a step brings it to, with those whom its schedule named or names now.
    static func words(_ step: EscalationStepView) -> String {
        guard step.to.schedule != nil, let people = step.onDuty else { return words(step.to) }
        let names = people.prefix(3).map { SafeWords.name($0, columnsMax: 40) }
        let more = people.count > 3 ? " and \(people.count - 3) more" : ""
        let who = names.isEmpty ? "nobody" : names.joined(separator: ", ")
        return "\(words(step.to)) (\(who)\(more))"
    }

    /// Who a step brings it to.
    static func words(_ target: EscalationTargetBody) -> String {
        if let group = target.group { return "group \(SafeWords.name(group, columnsMax: 40))" }
        if let name = target.schedule {
            return "whoever is on shift in \(SafeWords.name(name, columnsMax: 40))"
        }
        let people = (target.people ?? []).map { SafeWords.name($0, columnsMax: 40) }
        return people.isEmpty ? "nobody" : people.joined(separator: ", ")
    }
}
