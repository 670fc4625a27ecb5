import Approvals
import JSONTree
import WireAPI

extension Contract {
    /// The types of the wire, field by field; a test holds them against the code that reads them.
    static let agentsSchemas: [ContractSchema] = [
        ContractSchema(
            "AgentView", .answered, "An approval as its agent sees it.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required("revision", .count, "Counts every change.", 2),
                .required("state", .choice(ApprovalState.names), "Pending or terminal.", "pending"),
                .required("released", .flag, "True when a claim may succeed.", true),
                .required(
                    "execution", .choice(Execution.names), "What became of the call.", "none"),
                .required("tool", .text, "The tool.", "issue_refund"),
                .required(
                    "created_at", .instant, "When it was submitted.", "2026-11-22T17:11:15.296Z"),
                .required("deadline", .instant, "When it expires.", "2026-11-22T17:26:15.296Z"),
                .required(
                    "proposed_digest", .digest, "The digest of what was sent.",
                    "sha256:a0c9950b7e1d16cb2917b992412b4b4f4663045ac19a1a61d87d121c807fca37"),
                .optional(
                    "effective_digest", .digest, "The digest of what will run.",
                    "sha256:301856c0f1789380136239bdce10f3236b2ea763a8323dcdd295acd7ad609bbc"),
                .optional(
                    "claim_deadline", .instant, "The last instant to claim.",
                    "2026-11-22T18:11:15.818Z"),
                .optional("provenance", .schema("ProvenanceBody"), "Why it may run."),
                .optional(
                    "decided_by", .text, "The e-mail of the person who settled it.", "ada@acme.test"
                ),
                .optional("on_behalf_of", .text, "Whose authority they used.", "bob@acme.test"),
                .optional(
                    "comment", .text, "What the person said, or which rule refused it.",
                    "The second charge was the wrong one."),
                .optional(
                    "reason_code", .text, "Why a policy refused it, for programs.", "sanctioned"),
                .optional(
                    "instead", .text, "What the policy that refused it says may be done instead.",
                    "Refund at most 500 EUR."),
                .required("edited", .flag, "True when the effective arguments differ.", true),
                .asks, .follows,
                .optional(
                    "proof", .schema("EventProof"),
                    "The event that settled it, proved to be in the audit log; only where the"
                        + " approval is read."),
            ]),
        ContractSchema(
            "HookEventBody", .answered,
            "The event of a PreToolUse hook as Claude Code sends it; more fields are left unread.",
            [
                .required(
                    "hook_event_name", .choice(["PreToolUse"]), "Nothing else can be held.",
                    "PreToolUse"),
                .required(
                    "tool_name", .text, "The tool, as the host names it.",
                    "mcp__bank__issue_refund"),
                .required(
                    "tool_input", .object, "The arguments.", ["amount_cents": 184_000]),
                .required("session_id", .text, "The session of the host.", "s-1"),
                .required("tool_use_id", .text, "The call.", "toolu_01"),
            ]),
        ContractSchema(
            "HookAnswer", .answered, "What the hook is answered with.",
            [
                .required(
                    "hookSpecificOutput", .object,
                    "The verdict, and with `allow` the complete arguments.",
                    [
                        "hookEventName": "PreToolUse", "permissionDecision": "allow",
                        "permissionDecisionReason": "Approved with changes in Countersign.",
                        "updatedInput": ["amount_cents": 50_000],
                    ])
            ]),
        ContractSchema(
            "CancelBody", .sent, "The run was abandoned.",
            [
                .optional(
                    "reason", .text, "The agent's words, at most 4,000 bytes.",
                    "The customer took the request back.")
            ]),
        ContractSchema(
            "ClaimAnswer", .answered, "The right to execute, and what to execute.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required("tool", .text, "The tool.", "issue_refund"),
                .required(
                    "arguments", .object, "The effective arguments: run exactly these.",
                    [
                        "customer_id": "cus_91", "amount_cents": 50_000,
                        "recipient": ["iban": "DE89370400440532013000"],
                    ]),
                .required(
                    "effective_digest", .digest, "Their digest.",
                    "sha256:301856c0f1789380136239bdce10f3236b2ea763a8323dcdd295acd7ad609bbc"),
                .required(
                    "fencing_token", .text, "Goes into the receipt.",
                    "liBxPNsoIGMpzRHQ0UcUKw4AgWVtdQku"),
                .required(
                    "expires_at", .instant, "When a missing receipt means unknown.",
                    "2026-11-22T17:16:15.833Z"),
                .optional(
                    "salts", .list(.text),
                    "When asked for: the salt of each field in base64, in the order of the bytes of"
                        + " their pointers. With them the arguments have the root that the decision"
                        + " in the audit log has.",
                    ["qL8RGZ0mXvT0a3ylwJm9dQvC0h4ZpG7nKkq9Tn1bS6o="]),
            ]),
        ContractSchema(
            "ClaimBody", .sent, "The agent asks for its single-use right to execute.",
            [
                .required(
                    "nonce", .text, "16 to 128 bytes that live in the agent's memory only.",
                    "6f1e2f0c9a7b4d0d8a45"),
                .optional(
                    "lease_s", .count,
                    "Seconds until a missing receipt means unknown, 1 to 86,400; 300 when missing.",
                    300),
                .optional(
                    "with_salts", .flag,
                    "Whether to send the salts, to hold the arguments against the audit log.",
                    true),
            ]),
        ContractSchema(
            "ContextBody", .sent, "What the agent says about its call: its words, never facts.",
            [
                .optional("summary", .text, "One line, at most 500 bytes.", "€1,840.00 to cus_91"),
                .optional(
                    "reason", .text, "Why, at most 4,000 bytes.", "Customer charged twice."),
                .optional(
                    "preview", .text, "What would happen, at most 16,000 bytes.",
                    "Refunds charge ch_7 in full."),
                .optional("links", .list(.schema("LinkBody")), "At most 10 addresses."),
            ]),
        ContractSchema(
            "LinkBody", .sent, "A titled address.",
            [
                .required("title", .text, "What a person reads.", "Ticket 4711"),
                .required("url", .text, "Where it leads.", "https://desk.acme.test/4711"),
            ]),
        ContractSchema(
            "OriginBody", .sent, "Where in the agent's world a call comes from.",
            [
                .optional("framework", .text, "For example `langgraph`.", "langgraph"),
                .optional("run_id", .text, "The run.", "run-7f3a"),
                .optional("call_id", .text, "The framework's own id of the call.", "call-2"),
                .optional("session_id", .text, "The session.", "session-9"),
            ]),
        ContractSchema(
            "ProvenanceBody", .answered, "Why a call was allowed to run, or who ended it.",
            [
                .required(
                    "basis", .text,
                    "`person`, `break_glass`, `policy`, `tool_flag`, `grant` or `timeout`.",
                    "person"),
                .required(
                    "reference", .text, "The id of it; empty for a flag.",
                    "01a2043d-984d-7899-8e13-8cbc6563e194"),
            ]),
        ContractSchema(
            "ReceiptBody", .sent, "What happened when the tool ran.",
            [
                .required(
                    "fencing_token", .text, "From the claim.", "liBxPNsoIGMpzRHQ0UcUKw4AgWVtdQku"),
                .required(
                    "outcome", .choice(Outcome.names), "`succeeded` or `failed`.", "succeeded"),
                .required(
                    "effective_digest", .digest, "The digest of what ran.",
                    "sha256:301856c0f1789380136239bdce10f3236b2ea763a8323dcdd295acd7ad609bbc"),
                .optional(
                    "result_summary", .text, "The agent's words, at most 4,000 bytes.",
                    "Refund re_3 was made."),
            ]),
        ContractSchema(
            "SubmitBody", .sent, "What an agent sends to have a call gated.",
            [
                .required("tool", .text, "The name of the tool.", "issue_refund"),
                .required(
                    "arguments", .object, "The arguments of the call, a JSON object.",
                    [
                        "customer_id": "cus_91", "amount_cents": 184_000,
                        "recipient": ["iban": "DE89370400440532013000"],
                    ]),
                .optional(
                    "schema", .anything,
                    "The JSON Schema of the arguments, which edits are checked against.",
                    ["type": "object"]),
                .optional(
                    "policy", .text,
                    "A policy that must be in force for this tool, else the call is refused.",
                    "refunds"),
                .optional(
                    "redact", .list(.text), "JSON Pointers to values that no approver may see.",
                    ["/recipient/iban"]),
                .optional(
                    "timeout_s", .count,
                    "Seconds until the approval expires; the tenant's default when missing.", 900),
                .optional(
                    "on_timeout", .choice(Posture.names),
                    "What expiry does; `fail_open` only where the tenant allows it for this tool.",
                    "fail_closed"),
                .optional(
                    "group", .name, "Who is asked; the tenant's default when missing.", "finance"),
                .optional(
                    "risk", .choice(Risk.names),
                    "May raise the tenant's risk for this tool, never lower it.", "high"),
                .optional("context", .schema("ContextBody"), "The agent's own words."),
                .optional("origin", .schema("OriginBody"), "Where the call comes from."),
                .optional(
                    "auto_approve", .flag,
                    "Asks to skip the approval; only counts where a policy allows it.", true),
            ]),
    ]
}
