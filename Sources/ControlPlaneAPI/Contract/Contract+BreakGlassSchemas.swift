import JSONTree

extension Contract {
    /// The types of break-glass, field by field.
    static let breakGlassSchemas: [ContractSchema] = [
        ContractSchema(
            "BreakGlassBody", .sent, "That somebody decides without the authority for it.",
            [
                .required(
                    "reason", .text,
                    "At least 20 characters besides spaces, at most 4,000 bytes; it is recorded.",
                    "The payroll run stands still and nobody of the group answers.")
            ]),
        ContractSchema(
            "BreakGlassReviewBody", .sent, "What a lead found.",
            [.required("note", .text, "1 to 4,000 bytes.", "Called him: it did stand still.")]),
        ContractSchema(
            "BreakGlassView", .answered, "A use of break-glass and its review.",
            [
                .required(
                    "id", .id, "The approval that was decided.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required(
                    "state", .choice(["open", "overdue", "reviewed"]), "How far its review is.",
                    "open"),
                .optional("tool", .text, "The tool of the call.", "issue_refund"),
                .required("by", .text, "The e-mail of who did it.", "eve@acme.test"),
                .required("at", .instant, "When.", "2026-11-22T17:11:15.296Z"),
                .optional(
                    "reason", .text, "Why; missing once it was erased.",
                    "The payroll run stands still and nobody of the group answers."),
                .required(
                    "due_at", .instant, "Until when a lead has to look at it.",
                    "2026-11-25T17:11:15.296Z"),
                .optional("reviewed_by", .text, "The e-mail of the lead.", "lea@acme.test"),
                .optional(
                    "reviewed_at", .instant, "When they looked at it.", "2026-11-23T09:00:00.000Z"),
            ]),
        ContractSchema(
            "BreakGlassList", .answered, "Uses of break-glass; at most 500.",
            [
                .required(
                    "items", .list(.schema("BreakGlassView")),
                    "What nobody reviewed comes first, then the newest."),
                .required("next", .orNull(.text), "Always null.", nil),
            ]),
        ContractSchema(
            "BreakGlassDebt", .answered, "Uses of break-glass that nobody reviewed.",
            [
                .required("open", .count, "How many.", 1),
                .required("overdue", .count, "So many of them for longer than 72 hours.", 0),
                .required("newest", .schema("BreakGlassView"), "The newest of them."),
            ]),
    ]
}
