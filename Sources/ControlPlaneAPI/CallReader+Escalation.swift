import Approvals
import ControlPlane
import WireAPI

// What people send about escalation.
extension CallReader {
    func escalationPlan() throws(APIFailure) -> Query {
        try knowing()
        return .people(.plan(try named()))
    }

    func planEscalation() throws(APIFailure) -> Command {
        let group: GroupName = try named()
        let body: EscalationPlanBody = try body()
        var end = EscalationPlan.End.refuse
        if let word = body.end {
            guard let known = EscalationPlan.End(rawValue: word) else {
                throw .field("end", "must be one of refuse, wait")
            }
            end = known
        }
        let steps = body.steps.map {
            PlanWish.Step(
                afterSeconds: $0.afterSeconds, group: $0.to.group, schedule: $0.to.schedule,
                people: $0.to.people, mayDecide: $0.mayDecide ?? false)
        }
        return .people(
            .plan(
                PlanWish(
                    group: group, version: body.version, steps: steps,
                    repeats: body.repeat ?? 0, end: end)))
    }

    func acknowledge() throws(APIFailure) -> Command {
        try noBody()
        return .people(.acknowledge(try named()))
    }
}
