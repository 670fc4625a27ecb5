import Approvals
import JSONTree

extension Contract {
    /// The types of standing grants, field by field.
    static let grantSchemas: [ContractSchema] = [
        ContractSchema(
            "GrantBody", .sent, "What a person grants beside an approval, for calls like it.",
            [
                .required("seconds", .count, "For how long: 60 to 86,400.", 3_600),
                .optional(
                    "uses", .count,
                    "For how many calls, at most 1,000; any number when left out.", 10),
                .optional(
                    "scope", .choice(GrantScope.names),
                    "All calls of the agent (when left out), or those of the session that this"
                        + " one came from.", "agent"),
                .optional(
                    "bounds", .list(.schema("GrantBoundBody")),
                    "Where another value than the approved one may stand, at most 16 places."
                        + " Every other argument must equal the approved one, and no other may be"
                        + " there."),
            ]),
        ContractSchema(
            "GrantBoundBody", .sent, "What may stand at one place: `max` or `equals`.",
            [
                .required("pointer", .text, "A JSON Pointer into the arguments.", "/amount_cents"),
                .optional(
                    "max", .anything,
                    "A number: up to this one, and not below zero unless the approved one was.",
                    50_000),
                .optional("equals", .anything, "Exactly this value.", "EUR"),
            ]),
        ContractSchema(
            "GrantRevokeBody", .sent, "Why a grant is taken back.",
            [.optional("reason", .text, "At most 4,000 bytes.", "The customer called.")]),
        ContractSchema(
            "GrantView", .answered, "A standing grant.", about + course),
        ContractSchema(
            "GrantBoundView", .answered, "What stands at one place of the arguments.",
            [
                .required(
                    "pointer", .text, "Where; empty for everything else.", "/amount_cents"),
                .optional("max", .anything, "A number: up to this one.", 50_000),
                .optional("equals", .anything, "Exactly this value.", "EUR"),
                .optional(
                    "same", .flag,
                    "True for a value as it was approved that is hidden or too long to say.", true),
            ]),
        ContractSchema(
            "GrantList", .answered, "Standing grants.",
            [
                .required("items", .list(.schema("GrantView")), "Newest first, at most 500."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
    ]

    private static let about: [ContractField] = [
        .required("id", .id, "The grant.", "01a2043d-9a01-7c55-8f3e-6d1f0a7b2c91"),
        .required("tool", .text, "The tool.", "issue_refund"),
        .required("agent", .schema("PartyBody"), "Whose calls."),
        .required(
            "scope", .choice(GrantScope.names), "All of the agent, or those of one session.",
            "session"),
        .optional("session_id", .text, "The session.", "s-17"),
        .required("group", .name, "Whom such a call would ask.", "finance"),
        .required("risk", .choice(Risk.names), "The highest risk that it covers.", "medium"),
        .required("rule", .text, "The rule that asks.", "refunds#large"),
        .required(
            "bounds", .list(.schema("GrantBoundView")),
            "What every argument must be; others than these may not be there."),
        .required("granted_by", .text, "The e-mail of who granted it.", "ada@acme.test"),
        .required("granted_at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
        .required(
            "from_approval", .id, "The approval that it came with.",
            "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
    ]

    private static let course: [ContractField] = [
        .required("expires_at", .instant, "When it ends by itself.", "2026-11-22T18:11:15.818Z"),
        .required("uses", .count, "How many calls it released.", 3),
        .required(
            "uses_left", .orNull(.count), "How many more it may release; null for any number.", 7),
        .optional(
            "last_used_at", .instant, "When it released the last one.",
            "2026-11-22T17:40:02.114Z"),
        .required(
            "state", .choice(GrantState.names), "Whether it still releases calls.", "revoked"),
        .optional(
            "cause", .choice(Grant.Ending.Cause.names), "What ended it before its time.",
            "revoked"),
        .optional("revoked_by", .text, "The e-mail of who took it back.", "bob@acme.test"),
        .optional(
            "revoked_at", .instant, "When it ended before its time.", "2026-11-22T17:45:00.000Z"),
        .optional("reason", .text, "What they said.", "The customer called."),
    ]
}
