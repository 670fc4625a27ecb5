import Approvals
import ControlPlane
import JSONTree
import Policies

extension Contract {
    /// The types that tell how policies decided, and would have.
    static let replaySchemas = explanationSchemas + differenceSchemas + agreementSchemas

    private static let digest: JSONValue =
        "sha256:4aa8f9068f3b00ff1745c594f3244fa28e88793b79ac8afc6481947868c4a81f"
    private static let instant: JSONValue = "2026-11-22T17:11:15.296Z"
    private static let approval: JSONValue = "01a2043d-9860-7e0e-b08c-0ba87d4786f6"
    private static let words = ["allow", "ask", "deny"]
    private static let leanings = ["stricter", "laxer"]

    private static let explanationSchemas = [
        ContractSchema(
            "ExplanationAnswer", .answered, "Why an approval was decided as it was.",
            [
                .required("approval", .id, "Which approval.", approval),
                .required(
                    "replayable", .flag,
                    "False when what the policies saw is gone; then conditions are left out.",
                    true),
                .required(
                    "decisive", .orNull(.text),
                    "What decided; null when no policy in force spoke about the tool.",
                    "refunds@1#large"),
                .required(
                    "policies", .list(.schema("ExplainedPolicy")),
                    "Those in force first, then the shadows."),
            ]),
        ContractSchema(
            "ExplainedPolicy", .answered, "What one version of a policy said to a call.",
            [
                .required("policy", .name, "The policy's name.", "refunds"),
                .required("version", .count, "Which version.", 1),
                .required("digest", .digest, "Of that version.", digest),
                .required(
                    "mode", .choice(["enforced", "canary", "shadow"]), "As what it was asked.",
                    "shadow"),
                .required(
                    "effect", .orNull(.choice(EffectKind.names)),
                    "What it said; null when it could not be asked or leaves the tool out.",
                    "require_approval"),
                .required(
                    "rule", .orNull(.text),
                    "The rule that decided, `default` or `on_error`; null when it said nothing.",
                    "large"),
                .required(
                    "leaning", .orNull(.choice(ShadowLeaning.names)),
                    "Against what was in force; null for what is in force.", "stricter"),
                .required(
                    "rules", .list(.schema("ExplainedRule")), "In the order of the document."),
            ]),
        ContractSchema(
            "ExplainedRule", .answered, "What one rule said to a call, and why.",
            [
                .required("id", .text, "The rule's name.", "large"),
                .optional(
                    "summary", .text, "What its author says about it.", "Finance decides."),
                .required(
                    "effect", .choice(EffectKind.names), "What it asks for when it matches.",
                    "require_approval"),
                .required(
                    "result", .anything, "true, false, or `error` when it has no answer.", "error"),
                .optional("error", .text, "Why it has no answer.", "args.amount is missing."),
                .optional(
                    "when", .list(.schema("ExplainedPart")),
                    "The condition from the outside in; missing when it cannot be replayed."),
            ]),
        ContractSchema(
            "ExplainedPart", .answered, "One part of a condition.",
            [
                .required("depth", .count, "How deep it stands; 0 for the whole condition.", 1),
                .required(
                    "part", .text, "An operator, a path that is read, or a constant.",
                    "args.amount_cents"),
                .optional("value", .anything, "What it came to.", 60_000),
                .optional(
                    "hidden", .flag, "True when it depends on what approvers do not see.", true),
                .optional("error", .text, "Why it has no answer.", "args.amount is missing."),
                .optional("needed", .flag, "False when the rest had decided before.", false),
            ]),
    ]

    private static let differenceSchemas = [
        ContractSchema(
            "PolicyDifferenceAnswer", .answered, "What one version changes against another.",
            [
                .required("policy", .name, "The policy's name.", "refunds"),
                .required("from", .count, "The version before.", 1),
                .required("to", .count, "The version after.", 2),
                .required("changes", .list(.schema("PolicyChangeView")), "Fields, then rules."),
            ]),
        ContractSchema(
            "PolicyChangeView", .answered, "One change between two versions.",
            [
                .required(
                    "kind", .choice(PolicyDifference.Kind.names), "What happened.", "changed"),
                .required(
                    "name", .text, "`rule` and its id, or the field of the document.",
                    "rule large"),
                .required(
                    "pointer", .text, "The place below that; empty for the whole.",
                    "/then/quorum"),
                .required(
                    "leaning", .orNull(.choice(leanings)),
                    "Null where it cannot be read off the change.", "stricter"),
                .required(
                    "sentence", .text, "The change in one sentence.",
                    "Changed: /then/quorum of rule large. This is stricter."),
                .optional("before", .anything, "What stood there.", 1),
                .optional("after", .anything, "What stands there.", 2),
            ]),
    ]

    private static let agreementSchemas =
        [
            ContractSchema(
                "AgreementRow", .answered, "How often a version said what.",
                [
                    .required("allow", .count, "It would have allowed the call.", 3),
                    .required("ask", .count, "It would have asked people.", 180),
                    .required("deny", .count, "It would have refused the call.", 1),
                ]),
            ContractSchema(
                "AgreementMatrix", .answered, "What was in force, against what a version says.",
                [
                    .required("allow", .schema("AgreementRow"), "Where what was in force allowed."),
                    .required("ask", .schema("AgreementRow"), "Where it asked people."),
                    .required("deny", .schema("AgreementRow"), "Where it refused."),
                ]),
            ContractSchema(
                "AgreementWithPeople", .answered,
                "What a version says, against what people decided.",
                [
                    .required(
                        "would_be_false_approvals", .count, "It allows what a person rejected.", 1),
                    .required(
                        "would_be_false_rejections", .count, "It refuses what a person approved.", 0
                    ),
                    .required(
                        "asks_saved", .count,
                        "Calls that people were asked about, and that it settles by itself.", 4),
                    .required(
                        "minutes_saved", .count, "How long those calls waited for people.", 37),
                ]),
            ContractSchema(
                "PolicyCaseView", .answered, "A call that a version judges otherwise.",
                [
                    .required("approval", .id, "Which approval.", approval),
                    .required("tool", .text, "Its tool.", "issue_refund"),
                    .required("at", .instant, "When it was submitted.", instant),
                    .required("live", .choice(words), "What was in force said.", "ask"),
                    .required(
                        "shadow", .orNull(.choice(words)),
                        "What the version says; null when it could not be asked.", "allow"),
                    .required("rule", .orNull(.text), "What decided in the version.", "small"),
                    .required(
                        "state", .choice(ApprovalState.names), "What became of the call.",
                        "approved"),
                    .required("leaning", .choice(leanings + ["error"]), "Which way.", "laxer"),
                    .required(
                        "reviewed_by", .orNull(.text), "The e-mail of who looked at it.",
                        "ada@acme.test"),
                ]),
        ] + reportSchemas

    private static let counts: [ContractField] = [
        .required("matrix", .schema("AgreementMatrix"), "In force, against what it says."),
        .required("people", .schema("AgreementWithPeople"), "Against what people decided."),
        .required("stricter", .count, "How many calls it is stricter about.", 12),
        .required("laxer", .count, "How many calls it is laxer about.", 3),
        .required("errors", .count, "How many calls it has no answer to.", 0),
    ]

    private static let reportSchemas = [
        ContractSchema(
            "ShadowReport", .answered, "How a version would have decided as a shadow.",
            [
                .required("policy", .name, "The policy's name.", "refunds"),
                .required("version", .count, "Which version.", 2),
                .required("since", .instant, "Calls submitted since then are counted.", instant),
                .required("samples", .count, "How many calls it was asked about.", 560),
                .required(
                    "laxer_unreviewed", .count, "Laxer calls that nobody has looked at yet.", 1),
                .required(
                    "cases", .list(.schema("PolicyCaseView")),
                    "Laxer ones first, then the newest; at most 200."),
            ] + counts),
        ContractSchema(
            "ReviewedBody", .sent, "Which calls of a shadow report somebody looked at.",
            [.required("approvals", .list(.id), "Their approvals.", [approval])]),
        ContractSchema(
            "ReviewedAnswer", .answered, "What is left to look at.",
            [
                .required("reviewed", .count, "How many are marked that were not before.", 1),
                .required(
                    "laxer_unreviewed", .count, "Laxer calls that nobody has looked at yet.", 2),
            ]),
        ContractSchema(
            "BacktestBody", .sent, "A policy to be tried on stored calls.",
            [
                .required("document", .object, "One whole document.", policyDocument),
                .optional("since", .text, "How far back; P30D when it is left out.", "P30D"),
                .optional(
                    "cursor", .text, "The `next` of the page before.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f6.560"),
            ]),
        ContractSchema(
            "GroupLoad", .answered, "How often a group was asked, and would have been.",
            [
                .required("group", .name, "The group's name.", "finance"),
                .required("before", .count, "How many calls it was asked about.", 180),
                .required("after", .count, "How many it would have been asked about.", 176),
            ]),
        ContractSchema(
            "BacktestPage", .answered, "What a policy would have done to a page of stored calls.",
            [
                .required("replayed", .count, "How many calls were judged again.", 540),
                .required(
                    "not_replayable", .count,
                    "How many could not be: erased, or unreadable.", 0),
                .required(
                    "unconcerned", .count,
                    "How many are none of this policy's: neither it nor its versions speak about"
                        + " the tool.",
                    20),
                .required("groups", .list(.schema("GroupLoad")), "Who would be asked how often."),
                .required(
                    "changed", .list(.schema("PolicyCaseView")),
                    "Calls that it judges otherwise; at most 50 a page."),
                .required("total", .count, "Stored calls, on all pages together.", 560),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ] + counts),
    ]
}
