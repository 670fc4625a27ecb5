import Approvals
import JSONTree
import WireAPI

extension Contract {
    /// The types of the wire, field by field; a test holds them against the code that reads them.
    static let administrationSchemas: [ContractSchema] = [
        ContractSchema(
            "AgentBody", .sent, "An agent, as sent.",
            [
                .required("name", .text, "1 to 100 bytes.", "support-bot"),
                .optional(
                    "owner", .text,
                    "The e-mail of the person whose runs these are; they may not approve them.",
                    "ada@acme.test"),
            ]),
        ContractSchema(
            "AgentInfo", .answered, "An agent.",
            [
                .required("id", .id, "The id.", "01a2043d-9855-7a48-aeb7-508970f6c2d0"),
                .required("name", .text, "The name on screens.", "support-bot"),
                .optional("owner", .text, "Whose runs these are.", "ada@acme.test"),
                .required("created_at", .instant, "When it was added.", "2026-11-22T17:11:15.296Z"),
            ]),
        ContractSchema(
            "AgentList", .answered, "Agents.",
            [
                .required("items", .list(.schema("AgentInfo")), "By name."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
        ContractSchema(
            "GroupBody", .sent, "A group, as sent.",
            [
                .required("name", .name, "The name.", "finance")
            ]),
        ContractSchema(
            "GroupList", .answered, "Groups.",
            [
                .required("items", .list(.schema("GroupView")), "By name."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
        ContractSchema(
            "GroupView", .answered, "A group.",
            [
                .required("name", .name, "The name.", "finance"),
                .required("members", .list(.text), "E-mails.", ["ada@acme.test"]),
                .required("created_at", .instant, "When it was added.", "2026-11-22T17:11:15.296Z"),
            ]),
        ContractSchema(
            "MemberBody", .sent, "A person, as sent.",
            [
                .required("email", .text, "Names the person; at most 254 bytes.", "ada@acme.test"),
                .optional("roles", .list(.choice(Role.names)), "What they may do.", ["approver"]),
                .optional("groups", .list(.name), "For whom they decide.", ["finance"]),
            ]),
        ContractSchema(
            "MemberList", .answered, "People.",
            [
                .required("items", .list(.schema("MemberView")), "By e-mail."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
        ContractSchema(
            "MemberView", .answered, "A person.",
            [
                .required("id", .id, "Pseudonymous.", "01a2043d-984d-7899-8e13-8cbc6563e194"),
                .required("email", .text, "The name on screens.", "ada@acme.test"),
                .required("roles", .list(.choice(Role.names)), "What they may do.", ["approver"]),
                .required("groups", .list(.name), "For whom they decide.", ["finance"]),
                .required("operator", .flag, "True when they may manage tenants.", true),
                .required(
                    "created_at", .instant, "When they were added.", "2026-11-22T17:11:15.296Z"),
            ]),
        ContractSchema(
            "TenantBody", .sent, "A tenant and its defaults, as sent.",
            [
                .required("name", .name, "The name.", "acme"),
                .optional("default_group", .name, "Who is asked when nobody says.", "finance"),
                .optional("default_timeout_s", .count, "Seconds until an approval expires.", 900),
                .optional(
                    "timeout_max_s", .count, "The longest timeout an agent may ask for.", 604_800),
                .optional(
                    "claim_window_s", .count, "Seconds in which a released call must be claimed.",
                    3600),
                .optional(
                    "default_risk", .choice(Risk.names), "The risk of a tool that is not named.",
                    "high"),
                .optional("tool_risks", .list(.schema("ToolRiskBody")), "The risk of named tools."),
                .optional(
                    "fail_open_tools", .list(.text),
                    "Tools whose approvals may be released at the deadline.", ["send_status_page"]),
                .optional(
                    "step_up_from", .choice(StepUpFrom.names),
                    "From which risk on a decision needs a second factor.", "high"),
                .optional(
                    "step_up", .schema("StepUpBody"),
                    "A code of the admin's own second factor, where they have one and"
                        + " `step_up_from` asks for less than before."),
                .optional(
                    "retention_days", .count,
                    "After so many days the values of a call are erased; 184 to 36500.", 400),
                .optional(
                    "admin_email", .text, "The first admin of a new tenant; refused in a change.",
                    "ada@acme.test"),
            ]),
        ContractSchema(
            "TenantList", .answered, "Tenants.",
            [
                .required("items", .list(.schema("TenantView")), "By name."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
        ContractSchema(
            "TenantView", .answered, "A tenant and its defaults.",
            [
                .required("name", .name, "The name.", "acme"),
                .required("default_group", .name, "Who is asked when nobody says.", "finance"),
                .required("default_timeout_s", .count, "Seconds until an approval expires.", 900),
                .required(
                    "timeout_max_s", .count, "The longest timeout an agent may ask for.", 604_800),
                .required(
                    "claim_window_s", .count, "Seconds in which a released call must be claimed.",
                    3600),
                .required(
                    "default_risk", .choice(Risk.names), "The risk of a tool that is not named.",
                    "high"),
                .required("tool_risks", .list(.schema("ToolRiskBody")), "The risk of named tools."),
                .required(
                    "fail_open_tools", .list(.text),
                    "Tools whose approvals may be released at the deadline.", ["send_status_page"]),
                .required(
                    "step_up_from", .choice(StepUpFrom.names),
                    "From which risk on a decision needs a second factor.", "high"),
                .optional(
                    "retention_days", .count,
                    "After so many days the values of a call are erased.", 400),
                .required("created_at", .instant, "When it was added.", "2026-11-22T17:11:15.296Z"),
                .optional(
                    "admin_token", .text, "The token of its first admin, shown once.",
                    "cs_oQFWb5YuwwaSF0sbJn8dOi6N7nMteGAhO49VW3iOvVU"),
            ]),
        ContractSchema(
            "TokenBody", .sent, "A token for exactly one member or agent, as sent.",
            [
                .optional("member", .text, "The e-mail.", "ada@acme.test"),
                .optional("agent", .text, "The agent's name.", "support-bot"),
                .optional("label", .text, "Where it is used, at most 100 bytes.", "laptop"),
                .optional(
                    "expires_in_s", .count, "Seconds until it ends.", 2_592_000),
                .optional(
                    "step_up", .schema("StepUpBody"),
                    "A code of the admin's own second factor, where they have one and the token is"
                        + " a person's."),
            ]),
        ContractSchema(
            "TokenList", .answered, "Tokens.",
            [
                .required("items", .list(.schema("TokenView")), "By time."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
        ContractSchema(
            "TokenView", .answered, "A token, without its secret.",
            [
                .required("id", .id, "The id.", "01a2043d-9858-7590-b8c8-e4dc6993809a"),
                .required("holder", .text, "The e-mail or the agent's name.", "ada@acme.test"),
                .required("kind", .text, "`member` or `agent`.", "member"),
                .optional("label", .text, "Where it is used.", "laptop"),
                .required("created_at", .instant, "When it was made.", "2026-11-22T17:11:15.296Z"),
                .optional("expires_at", .instant, "When it ends.", "2026-11-22T17:16:15.833Z"),
                .optional(
                    "token", .text, "The secret, begins with `cs_`; shown once, when made.",
                    "cs_oQFWb5YuwwaSF0sbJn8dOi6N7nMteGAhO49VW3iOvVU"),
            ]),
        ContractSchema(
            "ToolRiskBody", .sent, "The risk of one tool.",
            [
                .required("tool", .text, "The exact name.", "issue_refund"),
                .required("risk", .choice(Risk.names), "Its risk.", "high"),
            ]),
    ]
}
