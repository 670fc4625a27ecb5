import Approvals
import JSONTree
import WireAPI

extension Contract {
    /// The types of the wire, field by field; a test holds them against the code that reads them.
    static let decisionsSchemas: [ContractSchema] = [
        ContractSchema(
            "BulkDecisionAnswer", .answered, "The answers, in the order of the decisions.",
            [
                .required("items", .list(.schema("BulkDecisionResult")), "One for each decision.")
            ]),
        ContractSchema(
            "BulkDecisionBody", .sent, "Many decisions, answered one by one.",
            [
                .optional("items", .list(.schema("BulkDecisionItem")), "1 to 100 decisions.")
            ]),
        ContractSchema(
            "BulkDecisionItem", .sent, "One decision of many.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required("revision", .count, "The revision that was shown.", 2),
                .required("verdict", .choice(Verdict.names), "`approve` or `reject`.", "approve"),
                .required(
                    "displayed_digest", .digest, "The digest of what was shown.",
                    "sha256:bbd8abef436490c7596e118c3dd7710b15c122b80380331c0bc38a4ec34886d4"),
                .optional(
                    "edits", .patch, "A patch.",
                    [["op": "replace", "path": "/amount_cents", "value": 50_000]]),
                .optional(
                    "comment", .text, "At most 4,000 bytes.", "The second charge was the wrong one."
                ),
                .optional(
                    "fully_shown", .flag,
                    "True when every value was on the screen; an approval at medium risk or above"
                        + " is refused without.", true),
                .optional(
                    "step_up", .schema("StepUpBody"),
                    "A code of the second factor, where the risk asks for one."),
                .optional(
                    "idempotency_key", .text,
                    "Sending the same decision twice under one key decides once.", "inbox-5f1c"),
            ]),
        ContractSchema(
            "BulkDecisionResult", .answered, "What became of one decision.",
            [
                .required("id", .id, "The approval.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required(
                    "status", .count, "The HTTP status that the single route would give.", 200),
                .optional(
                    "approval", .schema("ApproverView"),
                    "The new view, when decided; missing where the views before it had 3 MiB: read"
                        + " the approval by itself then."),
                .optional("problem", .schema("Problem"), "Why not."),
            ]),
        ContractSchema(
            "CommentBody", .sent, "A note.",
            [
                .required("text", .text, "1 to 4,000 bytes.", "Asked the customer.")
            ]),
        ContractSchema(
            "DecisionBody", .sent, "One person's verdict on what was on their screen.",
            [
                .required("verdict", .choice(Verdict.names), "`approve` or `reject`.", "approve"),
                .required(
                    "displayed_digest", .digest, "The digest of what was shown.",
                    "sha256:bbd8abef436490c7596e118c3dd7710b15c122b80380331c0bc38a4ec34886d4"),
                .optional(
                    "edits", .patch, "An RFC 6902 patch of `add`, `remove` and `replace`.",
                    [["op": "replace", "path": "/amount_cents", "value": 50_000]]),
                .optional(
                    "comment", .text, "At most 4,000 bytes; a rejection needs one.",
                    "The second charge was the wrong one."),
                .optional(
                    "on_behalf_of", .id, "Whose authority is used.",
                    "01a2043d-984d-7899-8e13-8cbc6563e194"),
                .optional(
                    "grant", .schema("GrantBody"),
                    "What is granted for calls like it, with an approval and only with all values"
                        + " on the screen."),
                .optional(
                    "fully_shown", .flag,
                    "True when every value was on the screen; an approval at medium risk or above"
                        + " is refused without.", true),
                .optional(
                    "step_up", .schema("StepUpBody"),
                    "A code of the second factor, where the risk asks for one."),
                .optional(
                    "break_glass", .schema("BreakGlassBody"),
                    "That the asker has no authority for it, and why they approve it"
                        + " nevertheless."),
            ]),
        ContractSchema(
            "ExtendBody", .sent, "More time.",
            [
                .required("by_s", .count, "Seconds to add to the deadline, 1 to 86,400.", 600),
                .optional("reason", .text, "At most 4,000 bytes.", "Waiting for the bank."),
            ]),
        ContractSchema(
            "ReassignBody", .sent, "Another group or person; exactly one of the two.",
            [
                .optional("group", .name, "The new group.", "finance"),
                .optional("member", .text, "The e-mail of the one person.", "bob@acme.test"),
                .optional("reason", .text, "At most 4,000 bytes.", "Finance knows this customer."),
            ]),
        ContractSchema(
            "RevealAnswer", .answered,
            "One redacted value; never cached, shown for at most 30 seconds.",
            [
                .required("pointer", .text, "Where it stands.", "/recipient/iban"),
                .required("value", .anything, "What stands there.", "DE89370400440532013000"),
                .required("show_s", .count, "For how long it may be shown.", 30),
            ]),
        ContractSchema(
            "RevealBody", .sent, "Asks to be shown one redacted value.",
            [
                .required("pointer", .text, "The JSON Pointer of the value.", "/recipient/iban"),
                .required(
                    "reason", .text, "Why, 1 to 4,000 bytes; it is recorded.",
                    "The bank asks for the last four digits."),
            ]),
        ContractSchema(
            "ReviewingBody", .sent, "\"I am looking at it\", a soft lock that others see.",
            [
                .required(
                    "active", .flag, "False to take it back; it lapses after 60 s by itself.", true)
            ]),
    ]
}
