import Approvals
import ControlPlane
import WireAPI

extension EscalationPlanView {
    init(_ report: PlanReport) {
        self.init(
            group: report.group.rawValue, version: report.version,
            steps: report.plan.steps.map { step in
                EscalationStepBody(
                    afterSeconds: step.afterSeconds,
                    to: EscalationTargetBody(step.target, report.emails),
                    mayDecide: step.mayDecide ? true : nil)
            },
            repeat: report.plan.repeats, end: report.plan.end.rawValue,
            changedBy: report.changerEmail, changedAt: report.changedAt,
            onDuty: report.onDuty.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                EscalationDutyView(schedule: $0.key.rawValue, people: $0.value)
            })
    }
}

extension EscalationView {
    init(_ shown: ShownEscalation) {
        let escalation = shown.escalation
        let steps = escalation.plan.steps.enumerated().map { index, step in
            EscalationStepView(
                afterSeconds: step.afterSeconds,
                to: EscalationTargetBody(step.target, shown.emails),
                mayDecide: step.mayDecide ? true : nil,
                state: Self.word(for: index, taken: escalation.step),
                at: shown.instants.indices.contains(index) ? shown.instants[index] : nil,
                onDuty: shown.onDuty(at: index))
        }
        self.init(
            steps: steps, step: escalation.step, repeats: escalation.passes,
            acknowledgedBy: shown.acknowledgedBy, acknowledgedUntil: shown.acknowledgedUntil)
    }

    private static func word(for index: Int, taken: Int) -> String {
        if index + 1 < taken { return "done" }
        if index < taken { return "now" }
        return index == taken ? "next" : "later"
    }
}

extension EscalationTargetBody {
    fileprivate init(_ target: EscalationPlan.Target, _ emails: [MemberID: String]) {
        switch target {
        case .group(let group): self.init(group: group.rawValue)
        case .people(let people): self.init(people: people.map { emails[$0] ?? $0.rawValue })
        case .schedule(let schedule): self.init(schedule: schedule.rawValue)
        }
    }
}

extension ShownEscalation {
    /// Who was told by the schedule of a step that was taken, or would be told by it now.
    fileprivate func onDuty(at index: Int) -> [String]? {
        guard case .schedule(let name) = escalation.plan.steps[index].target else { return nil }
        guard index < escalation.takenAt.count else { return onDuty[name] ?? [] }
        let answer = escalation.duties.last {
            $0.schedule == name && $0.at == escalation.takenAt[index]
        }
        return (answer?.people ?? []).map { emails[$0] ?? $0.rawValue }
    }
}
