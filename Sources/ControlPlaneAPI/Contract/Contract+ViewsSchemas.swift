import Approvals
import JSONTree
import WireAPI

extension Contract {
    /// The types of the wire, field by field; a test holds them against the code that reads them.
    static let viewsSchemas: [ContractSchema] = [
        ContractSchema(
            "ApprovalSummary", .answered, "One row of the queue or of history.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required("revision", .count, "Counts every change.", 2),
                .required("state", .choice(ApprovalState.names), "Pending or terminal.", "pending"),
                .required("released", .flag, "True when a claim may succeed.", true),
                .required(
                    "execution", .choice(Execution.names), "What became of the call.", "none"),
                .required("tool", .text, "The tool.", "issue_refund"),
                .optional(
                    "summary", .text, "The agent's one line, with redacted values removed.",
                    "€1,840.00 to cus_91"),
                .required("agent", .text, "The name of the agent.", "support-bot"),
                .required("risk", .choice(Risk.names), "How much harm it may do.", "high"),
                .required("group", .name, "Who is asked.", "finance"),
                .required(
                    "created_at", .instant, "When it was submitted.", "2026-11-22T17:11:15.296Z"),
                .required(
                    "updated_at", .instant, "When it last changed.", "2026-11-22T17:11:15.818Z"),
                .required("deadline", .instant, "When it expires.", "2026-11-22T17:26:15.296Z"),
                .required("posture", .choice(Posture.names), "What expiry does.", "fail_closed"),
                .optional(
                    "settled_at", .instant, "When it was settled.", "2026-11-22T17:11:15.818Z"),
                .optional("decided_by", .text, "Who settled it.", "ada@acme.test"),
                .required(
                    "reviewing", .list(.text), "Who is looking at it now.", ["ada@acme.test"]),
                .required(
                    "needs_review", .flag, "Released by timeout and not yet looked at.", true),
                .optional("run_id", .text, "The agent's run, as the agent named it.", "7f3a"),
                .optional(
                    "you_can_decide", .flag,
                    "Whether you can decide it, as of its last change; missing once settled.",
                    true),
                .optional(
                    "deciders", .count,
                    "How many people can decide it, as of its last change; missing once settled.",
                    3),
            ]),
        ContractSchema(
            "ApproverView", .answered,
            "An approval as an approver sees it; redacted values are handles.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required("revision", .count, "Goes into `If-Match` as the ETag.", 2),
                .required("state", .choice(ApprovalState.names), "Pending or terminal.", "pending"),
                .required("released", .flag, "True when a claim may succeed.", true),
                .required(
                    "execution", .choice(Execution.names), "What became of the call.", "none"),
                .required("tool", .text, "The tool.", "issue_refund"),
                .required(
                    "arguments", .object, "The arguments, redacted.",
                    [
                        "customer_id": "cus_91", "amount_cents": 184_000,
                        "recipient": ["iban": ["$redacted": "r1", "shown": "‹IBAN · 22›"]],
                    ]),
                .required(
                    "redacted", .list(.schema("RedactedBody")),
                    "The handles in `arguments`; what is not listed here is no handle."),
                .required(
                    "displayed_digest", .digest,
                    "Of tool, redacted arguments and context; compute it from what you show.",
                    "sha256:bbd8abef436490c7596e118c3dd7710b15c122b80380331c0bc38a4ec34886d4"),
                .optional(
                    "proposed_digest", .digest,
                    "Of the arguments; missing when something is redacted.",
                    "sha256:a0c9950b7e1d16cb2917b992412b4b4f4663045ac19a1a61d87d121c807fca37"),
                .optional(
                    "schema", .anything, "The JSON Schema of the arguments.", ["type": "object"]),
                .required("context", .schema("ContextBody"), "The agent's words."),
                .required("origin", .schema("OriginBody"), "Where the call comes from."),
                .required("agent", .schema("PartyBody"), "The agent."),
                .required("risk", .choice(Risk.names), "How much harm it may do.", "high"),
                .required("requirement", .schema("RequirementBody"), "What is still needed."),
                .required(
                    "created_at", .instant, "When it was submitted.", "2026-11-22T17:11:15.296Z"),
                .required(
                    "updated_at", .instant, "When it last changed.", "2026-11-22T17:11:15.818Z"),
                .optional(
                    "settled_at", .instant, "When it was settled.", "2026-11-22T17:11:15.818Z"),
                .optional("provenance", .schema("ProvenanceBody"), "Why it may run."),
                .required("decisions", .list(.schema("DecisionView")), "In order."),
                .required("comments", .list(.schema("CommentView")), "In order."),
                .optional(
                    "effective_arguments", .anything, "What will run, redacted.",
                    [
                        "customer_id": "cus_91", "amount_cents": 50_000,
                        "recipient": ["iban": ["$redacted": "r1", "shown": "‹IBAN · 22›"]],
                    ]),
                .optional(
                    "effective_digest", .digest,
                    "Of what will run; missing when something is redacted.",
                    "sha256:301856c0f1789380136239bdce10f3236b2ea763a8323dcdd295acd7ad609bbc"),
                .required(
                    "reviewing", .list(.text), "Who is looking at it now.", ["ada@acme.test"]),
                .required(
                    "who_can_decide", .list(.text), "E-mails of those who could.",
                    ["ada@acme.test", "bob@acme.test"]),
                .required("you_can_decide", .flag, "True when the asker could decide now.", true),
                .optional(
                    "deciding_for", .text,
                    "The e-mail of the person on whose behalf they would decide.",
                    "bob@acme.test"),
                .optional("why_not", .text, "Why the asker cannot.", "It is approved."),
                .required(
                    "step_up", .choice(StepUpNeed.names),
                    "Whether a decision of the asker needs a code of their second factor.",
                    "required"),
                .optional("claim", .schema("ClaimView"), "Who executes."),
                .optional("receipt", .schema("ReceiptView"), "What happened."),
                .required(
                    "needs_review", .flag, "Released by timeout and not yet looked at.", true),
                .required("history", .list(.schema("HistoryEntry")), "What happened, in order."),
                .asks, .follows, .escalation,
                .required(
                    "server_time", .instant, "The server's clock.", "2026-11-22T17:11:16.002Z"),
            ]),
        ContractSchema(
            "ClaimView", .answered, "The claim.",
            [
                .required("at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
                .required(
                    "lease_until", .instant, "When a missing receipt means unknown.",
                    "2026-11-22T17:16:15.833Z"),
            ]),
        ContractSchema(
            "CommentView", .answered, "A note.",
            [
                .required("by", .text, "The e-mail.", "ada@acme.test"),
                .required("at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
                .required("text", .text, "What they said.", "Asked the customer."),
            ]),
        ContractSchema(
            "DecisionView", .answered, "One person's verdict.",
            [
                .required("verdict", .choice(Verdict.names), "`approve` or `reject`.", "approve"),
                .required("by", .text, "The e-mail.", "ada@acme.test"),
                .optional("on_behalf_of", .text, "Whose authority.", "bob@acme.test"),
                .optional(
                    "edits", .patch, "The change; values at redacted pointers are hidden.",
                    [["op": "replace", "path": "/amount_cents", "value": 50_000]]),
                .optional(
                    "comment", .text, "What they said.", "The second charge was the wrong one."),
                .required("at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
                .required("revision", .count, "Of which revision.", 2),
                .optional(
                    "grant", .id, "The standing grant that came with it.",
                    "01a2043d-9a01-7c55-8f3e-6d1f0a7b2c91"),
            ]),
        ContractSchema(
            "HistoryEntry", .answered, "One line of the time line.",
            [
                .required("at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
                .required("type", .text, "The type of the audit event.", "approval.requested"),
                .required(
                    "actor", .text, "The e-mail, the agent's name or `system`.", "support-bot"),
                .required(
                    "text", .text, "One sentence.", "Asked the group finance to approve the call."),
            ]),
        ContractSchema(
            "InboxAnswer", .answered, "A page of the change feed.",
            [
                .required("items", .list(.schema("InboxChange")), "In the order of the changes."),
                .required(
                    "next", .text, "The cursor for the next call; opaque.",
                    "ace026759e998b1bce44f8d0f69e8bbe.1.c-5fbb208c8e8a"),
                .required("more", .flag, "True when the next page is ready now.", true),
                .required(
                    "server_time", .instant, "The server's clock.", "2026-11-22T17:11:16.002Z"),
            ]),
        ContractSchema(
            "InboxChange", .answered, "One change of the queue.",
            [
                .required(
                    "kind", .choice(ChangeKind.names),
                    "`changed`: created or changed, `gone`: no longer for this person.", "changed"),
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .optional("approval", .schema("ApprovalSummary"), "The row; missing when gone."),
            ]),
        ContractSchema(
            "MeAnswer", .answered, "Who is asking.",
            [
                .required(
                    "id", .text, "The id of the member or agent.",
                    "01a2043d-984d-7899-8e13-8cbc6563e194"),
                .required("name", .text, "The e-mail or the agent's name.", "ada@acme.test"),
                .required("kind", .text, "`member` or `agent`.", "member"),
                .required("tenant", .name, "The tenant.", "acme"),
                .required("roles", .list(.choice(Role.names)), "What they may do.", ["approver"]),
                .required("groups", .list(.name), "For whom they decide.", ["finance"]),
                .required("operator", .flag, "True when they may manage tenants.", true),
                .required("on_shift", .flag, "True until shifts say otherwise.", true),
                .optional(
                    "shift_until", .instant, "The end of the shift.", "2026-11-23T08:00:00.000Z"),
                .required("delegations_in", .list(.anything), "Lent to them.", []),
                .required("delegations_out", .list(.anything), "Lent by them.", []),
                .required(
                    "step_up", .choice(StepUpState.names),
                    "How far they are with their second factor.", "active"),
                .required(
                    "server_time", .instant, "The server's clock.", "2026-11-22T17:11:16.002Z"),
                .optional(
                    "break_glass", .schema("BreakGlassDebt"),
                    "For a lead: approvals by break-glass that nobody reviewed; missing when there"
                        + " are none."),
                .optional(
                    "halt", .schema("HaltView"),
                    "What stops every release of the tenant; missing when nothing does."),
                .optional(
                    "duty", .schema("DutyView"),
                    "Whether they are expected to decide; missing where no schedule says."),
                .optional(
                    "quiet_until", .instant,
                    "Until when they are not to be disturbed, but for what is critical; missing"
                        + " when they may be.", "2026-11-23T06:00:00.000Z"),
            ]),
        ContractSchema(
            "PartyBody", .answered, "An agent or a person, with a name for the screen.",
            [
                .required("id", .text, "The id.", "01a2043d-9855-7a48-aeb7-508970f6c2d0"),
                .required(
                    "name", .text, "The name; an agent chose it, so show it with care.",
                    "support-bot"),
            ]),
        ContractSchema(
            "ReceiptView", .answered, "The receipt.",
            [
                .required("outcome", .choice(Outcome.names), "What happened.", "succeeded"),
                .required("at", .instant, "When.", "2026-11-22T17:11:15.818Z"),
                .optional("result_summary", .text, "The agent's words.", "Refund re_3 was made."),
                .required("mismatch", .flag, "True when what ran is not what was decided.", true),
            ]),
        ContractSchema(
            "RedactedBody", .answered, "A handle.",
            [
                .required("pointer", .text, "Where the value stands.", "/recipient/iban"),
                .required("handle", .text, "`r1`, `r2` …", "r1"),
                .required("kind", .text, "The JSON type of the value.", "string"),
                .optional(
                    "found", .list(.text),
                    "What the scanner found there; missing when the agent declared the value.",
                    ["iban"]),
                .optional(
                    "shown", .text,
                    "What may be read instead of a found value, also beside `$redacted` itself.",
                    "‹IBAN · 22›"),
            ]),
        ContractSchema(
            "RequirementBody", .answered, "What an approval needs.",
            [
                .required("group", .name, "Who is asked.", "finance"),
                .optional("assignee", .text, "The one person asked instead.", "bob@acme.test"),
                .required("quorum", .count, "How many people must approve.", 1),
                .required("approvals", .count, "How many did.", 0),
                .required(
                    "deadline", .instant, "The first instant that is too late.",
                    "2026-11-22T17:26:15.296Z"),
                .required("posture", .choice(Posture.names), "What expiry does.", "fail_closed"),
                .optional(
                    "editable", .list(.text), "What may be changed; missing when everything may.",
                    ["/amount_cents"]),
                .optional(
                    "edit_limits", .list(.anything),
                    "What changed arguments must keep, as conditions over `edited` and `args`.",
                    [["<=": [["var": "edited.amount_cents"], ["var": "args.amount_cents"]]]]),
                .optional(
                    "stricter_rules", .list(.anything),
                    "Rules that would take the decision to others, were the arguments changed so"
                        + " that `when` holds; some of them, and every edit is judged anyway.",
                    [
                        [
                            "rule": "refunds@7#huge",
                            "when": [">": [["var": "args.amount_cents"], 500_000]],
                            "effect": "require_approval", "group": "board", "quorum": 2,
                        ]
                    ]),
                .required("rule", .text, "What asked for it.", "tenant default"),
                .optional(
                    "delegation", .choice(DelegationRule.allCases.map(\.rawValue)),
                    "Whether somebody may decide on behalf of another; missing for what is usual:"
                        + " forbidden at critical risk, allowed below.", "same_team"),
            ]),
        ContractSchema(
            "SummaryList", .answered, "A page of approvals.",
            [
                .required("items", .list(.schema("ApprovalSummary")), "Newest first."),
                .required(
                    "next", .orNull(.text), "The cursor of the next page.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
            ]),
        ContractSchema(
            "Problem", .answered,
            "An RFC 9457 problem: what went wrong, and what to do next.",
            [
                .required(
                    "type", .text, "A stable name, `urn:countersign:problem:<name>`.",
                    "urn:countersign:problem:moved"),
                .required(
                    "title", .text,
                    "A short sentence that is the same for every problem of this type.",
                    "The approval is not what you looked at"),
                .required("status", .count, "The HTTP status.", 412),
                .required(
                    "detail", .text, "What happened this time.",
                    "It is at revision 3 now, or its text is another one."),
                .required(
                    "next_step", .text, "What the caller can do now.",
                    "Look at the fresh view, then decide on its revision and digest."),
                .optional(
                    "fields", .list(.schema("FieldProblemBody")), "The fields that were wrong."),
                .optional(
                    "approval", .schema("ApproverView"),
                    "The fresh view, when the approval moved or was settled before."),
                .optional(
                    "who_could", .list(.text),
                    "E-mails of those who could do it, when authority is missing.",
                    ["ada@acme.test", "bob@acme.test"]),
            ]),
        ContractSchema(
            "FieldProblemBody", .answered, "One field that was wrong.",
            [
                .required(
                    "field", .text,
                    "A JSON Pointer into the body, or the name of a header or query item.",
                    "/timeout_s"),
                .required("detail", .text, "What it should be.", "must be from 1 to 604800"),
            ]),
    ]
}

// What both sides see of a call that was asked for more than once.
extension ContractField {
    static let asks = ContractField.optional(
        "asks", .count, "How often the run asked for it, by more than one key; missing when once.",
        3)
    static let follows = ContractField.optional(
        "follows", .id, "The rejected approval of the same call of the same run.",
        "01a2043d-9860-7e0e-b08c-0ba87d4786f6")
}
