import Approvals
import JSONTree

extension Contract {
    /// The types of escalation.
    static let escalationSchemas: [ContractSchema] = [
        ContractSchema(
            "EscalationTargetBody", .sent, "To whom a step goes: exactly one of these.",
            [
                .optional("group", .text, "Everybody of a group who decides.", "leads"),
                .optional("schedule", .text, "Whoever is on duty by a schedule.", "finance-duty"),
                .optional("people", .list(.text), "These people, by e-mail.", ["bea@acme.test"]),
            ]),
        ContractSchema(
            "EscalationStepBody", .sent, "One step of a plan.",
            [
                .required("after_s", .count, afterText, 600),
                .required("to", .schema("EscalationTargetBody"), "Who is told."),
                .mayDecide,
            ]),
        ContractSchema(
            "EscalationPlanBody", .sent, "The escalation plan of a group, as sent.",
            [
                .required(
                    "version", .count, "The version that was edited; 0 when there was none.", 2),
                .required(
                    "steps", .list(.schema("EscalationStepBody")),
                    "In order, at most \(EscalationPlan.stepsMax); none takes the plan away."),
                .optional("repeat", .count, repeatText + " 0 when missing.", 1),
                .optional("end", .choice(ends), endText + " `refuse` when missing.", "refuse"),
            ]),
        ContractSchema(
            "EscalationPlanView", .answered, "The escalation plan of a group.",
            [
                .required("group", .text, "Whose calls it is for.", "finance"),
                .required(
                    "version", .count,
                    "Send it back with a change; 0 when there never was a plan.", 2),
                .required(
                    "steps", .list(.schema("EscalationStepBody")),
                    "In order; none when there is no plan."),
                .required("repeat", .count, repeatText, 1),
                .required("end", .choice(ends), endText, "refuse"),
                .optional(
                    "changed_by", .text, "The e-mail of who changed it last.", "ann@acme.test"),
                .optional("changed_at", .instant, "When they did.", at),
                .optional(
                    "on_duty", .list(.schema("EscalationDutyView")),
                    "Who is on duty now, by each schedule that a step goes to."),
            ]),
        ContractSchema(
            "EscalationDutyView", .answered, "Who is on duty now by a schedule of a plan.",
            [
                .required("schedule", .text, "The schedule.", "finance-duty"),
                .required(
                    "people", .list(.text), "By e-mail; nobody is a gap, which is passed over.",
                    ["bea@acme.test"]),
            ]),
        ContractSchema(
            "EscalationStepView", .answered, "One step of a plan that runs.",
            [
                .required("after_s", .count, afterText, 600),
                .required("to", .schema("EscalationTargetBody"), "Who is told."),
                .mayDecide,
                .required(
                    "state", .choice(["done", "now", "next", "later"]),
                    "Where it stands in this pass.", "next"),
                .optional("at", .instant, "When it was taken, or will be.", at),
                .optional(
                    "on_duty", .list(.text),
                    "By e-mail, when it goes to a schedule: who was told, or who is on duty now.",
                    ["bea@acme.test"]),
            ]),
        ContractSchema(
            "EscalationView", .answered,
            "The escalation plan of a pending approval, as it was at submission.",
            [
                .required("steps", .list(.schema("EscalationStepView")), "Those of this pass."),
                .required("step", .count, "How many steps of this pass were taken.", 1),
                .required("repeats", .count, "How many passes were finished.", 0),
                .optional(
                    "acknowledged_by", .text, "The e-mail of who looks at it.", "bea@acme.test"),
                .optional(
                    "acknowledged_until", .instant, "Until when that holds the next step back.",
                    at),
            ]),
    ]

    private static let ends = EscalationPlan.End.allCases.map(\.rawValue)
    private static let at: JSONValue = "2026-11-22T17:21:15.296Z"
    private static let afterText =
        "Seconds after the step before it, or after the submission; 1 to"
        + " \(EscalationPlan.afterSecondsMax)."
    private static let repeatText =
        "How often the steps are taken again, at most \(EscalationPlan.repeatsMax)."
    private static let endText =
        "When the plan is through: `refuse` the call, or `wait` for its deadline."
}

extension ContractField {
    /// To whom a pending approval goes.
    static let escalation = ContractField.optional(
        "escalation", .schema("EscalationView"),
        "To whom it goes when nobody answers; missing without a plan, and once settled.")

    fileprivate static let mayDecide = ContractField.optional(
        "may_decide", .flag,
        "True to let the group decide from this step on; else a step changes nobody's authority.",
        true)
}
