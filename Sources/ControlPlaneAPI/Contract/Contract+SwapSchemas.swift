import JSONTree

extension Contract {
    /// The types of swaps.
    static let swapSchemas: [ContractSchema] = [
        ContractSchema(
            "SwapBody", .sent, "Hours of one's own that are offered, as sent.", hours + why),
        ContractSchema(
            "SwapView", .answered, "An offer to swap hours of a schedule.",
            [
                .required("id", .id, "Names it.", "01a2043d-9860-7e0e-b08c-0ba87d4786f7"),
                .required("schedule", .name, "The schedule.", "finance-primary"),
                .required("give", .text, "The e-mail of whose hours they are.", "ann@acme.test"),
            ] + hours + why + [
                .required(
                    "state", .choice(["open", "taken", "lapsed", "withdrawn"]),
                    "Where it stands; one that nobody took lapses when its hours begin.", "taken"),
                .optional("taken_by", .text, "The e-mail of who took it.", "bea@acme.test"),
                .required(
                    "overrides", .list(.id), "Its halves, once it is taken.",
                    ["01a2043d-9860-7e0e-b08c-0ba87d4786f7"]),
                .required(
                    "created_at", .instant, "When it was offered.", "2026-11-23T08:00:00.000Z"),
            ]),
        ContractSchema(
            "SwapAnswer", .answered, "An offer that was made or taken.",
            [
                .required("swap", .schema("SwapView"), "The offer."),
                .required(
                    "warnings", .list(.text), "What is worse with it than without.",
                    ["From 2026-11-23 09:00 coverage falls from 2 to 1."]),
            ]),
        ContractSchema(
            "SwapList", .answered, "Offers to swap.",
            [
                .required("items", .list(.schema("SwapView")), "By their beginning."),
                .required("next", .orNull(.text), "The cursor of the next page.", .null),
            ]),
    ]

    private static let hours: [ContractField] = [
        .required("start", .instant, "When they begin.", "2026-11-30T08:00:00.000Z"),
        .required(
            "end", .instant, "The first instant at which they are over.",
            "2026-12-01T08:00:00.000Z"),
        .optional(
            "take", .text, "The e-mail of who is asked; everybody of the group when missing.",
            "bea@acme.test"),
        .optional(
            "return_start", .instant, "When the hours that are taken in return begin.",
            "2026-12-07T08:00:00.000Z"),
        .optional(
            "return_end", .instant, "The first instant at which those are over.",
            "2026-12-08T08:00:00.000Z"),
    ]

    private static let why: [ContractField] = [.required("reason", .text, "Why.", "Dentist")]
}
