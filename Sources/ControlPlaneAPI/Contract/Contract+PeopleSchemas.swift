import Approvals
import Authority
import JSONTree

extension Contract {
    /// The types of delegations.
    static let peopleSchemas: [ContractSchema] = [
        ContractSchema(
            "DelegationBody", .sent, "Authority that is to be lent, as sent.",
            [
                .optional(
                    "grantor", .text, "The e-mail of whose authority it is; yours when missing.",
                    "ann@acme.test"),
                .required("delegate", .text, "The e-mail of who gets it.", "bea@acme.test"),
                .optional("start", .instant, "Now when missing.", begin),
                .optional("end", .instant, "Two weeks after the start when missing.", end),
                .required("scope", .list(.text), scopeText, scope),
                .required(
                    "ceiling", .choice(Risk.names), "The highest risk it reaches up to.", "high"),
                .optional(
                    "mode", .choice(Delegation.Mode.names), "`parallel` when missing.", "parallel"),
                .optional(
                    "new_only", .flag, "True when approvals from before it are not meant.", false),
                .required("reason", .text, "Why; the log commits to it.", "Holiday"),
                .optional(
                    "preview", .flag,
                    "True to be told what would come of it, and to change nothing.", true),
            ]),
        ContractSchema(
            "DelegationView", .answered, "Authority that one person lent to another.",
            [
                .required("id", .text, "Decisions name it.", id),
                .required(
                    "grantor", .text, "The e-mail of whose authority it is.", "ann@acme.test"),
                .required(
                    "grantor_id", .id, "Their id, for `on_behalf_of`.",
                    "01a2043d-984d-7899-8e13-8cbc6563e194"),
                .required("delegate", .text, "The e-mail of who got it.", "bea@acme.test"),
                .required("start", .instant, "When it begins.", begin),
                .required("end", .instant, "The first instant at which it is over.", end),
                .required(
                    "state", .choice(Delegation.State.names), "Where it stands now.", "active"),
                .required("scope", .list(.text), scopeText, scope),
                .required(
                    "ceiling", .choice(Risk.names), "The highest risk it reaches up to.", "high"),
                .required(
                    "mode", .choice(Delegation.Mode.names),
                    "Whether the grantor is asked meanwhile, too.", "parallel"),
                .required(
                    "new_only", .flag, "True when approvals from before it are not meant.", false),
                .required("reason", .text, "Why.", "Holiday"),
                .required("created_by", .text, "The e-mail of who made it.", "ann@acme.test"),
                .required("created_at", .instant, "When it was made.", begin),
                .optional("revoked_by", .text, "The e-mail of who took it back.", "ann@acme.test"),
                .optional("revoked_at", .instant, "When it was taken back.", end),
                .required(
                    "digest", .digest, "Of its terms; the log names it with every use.",
                    "sha256:4aa8f9068f3b00ff1745c594f3244fa28e88793b79ac8afc6481947868c4a81f"),
                .required(
                    "consequences", .list(.text), "What comes of it; empty in a list.",
                    ["bea@acme.test may decide issue_refund up to high risk for ann@acme.test."]),
            ]),
        ContractSchema(
            "DelegationList", .answered, "Delegations.",
            [
                .required("items", .list(.schema("DelegationView")), "By their end."),
                .required("next", .orNull(.text), "The cursor of the next page.", .null),
            ]),
    ]

    private static let id: JSONValue = "01a2043d-9860-7e0e-b08c-0ba87d4786f7"
    private static let begin: JSONValue = "2026-11-22T17:11:15.296Z"
    private static let end: JSONValue = "2026-11-29T17:00:00.000Z"
    private static let scope: JSONValue = ["tool:issue_refund", "group:finance"]
    private static let scopeText =
        "Only `all`; or `tool:NAME` and `group:NAME`: a call must fit one of each kind named."
}
