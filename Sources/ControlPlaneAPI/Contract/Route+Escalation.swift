import WireAPI

// What the routes about escalation take and give.
extension Route {
    var escalationOperation: ContractOperation {
        if self == .escalationPlan { return Self.escalationPlanOperation }
        return self == .planEscalation
            ? Self.planEscalationOperation : Self.acknowledgeOperation
    }

    private static let escalationPlanOperation = ContractOperation(
        "To whom a group's approvals go when nobody answers",
        gives: [.ok("EscalationPlanView", "The plan; without steps when there is none.")],
        problems: [404])

    private static let planEscalationOperation = ContractOperation(
        "Plan to whom a group's approvals go when nobody answers",
        "It holds for what is submitted from now on; what is pending keeps the plan it began with."
            + " 409 when somebody else changed it meanwhile, with who and when.",
        sends: "EscalationPlanBody",
        gives: [.ok("EscalationPlanView", "The plan as it is now.")], problems: [404, 409])

    private static let acknowledgeOperation = ContractOperation(
        "Hold the next step of the escalation back",
        "For ten minutes, because you look at it; at most twice a person. It moves no deadline.",
        gives: [.ok("ApproverView", "The approval as it is now.", tagged: true)], problems: [409])
}
