import JSONTree
import Policies

extension Contract {
    /// The types of policies, field by field.
    static let policySchemas: [ContractSchema] = [
        ContractSchema(
            "PolicyBody", .sent, "A policy, as sent.",
            [
                .required(
                    "document", .object, "One whole document; Docs/Policies.md says what it holds.",
                    policyDocument)
            ]),
        ContractSchema(
            "PolicyModeBody", .sent, "Into which status a version shall come.",
            [
                .required("version", .count, "Which version.", 1),
                .required("status", .choice(PolicyStatus.names), "The status.", "canary"),
                .optional(
                    "share", .count,
                    "Out of a hundred calls, how many a canary decides; with `canary` only.", 10),
                .optional(
                    "ack", .text, "Why it cannot be watched first.",
                    "An incident: these calls must stop now."),
            ]),
        ContractSchema(
            "PolicyProposalView", .answered, "A change that waits for a second person.",
            [
                .required(
                    "status", .choice(PolicyStatus.names), "What it shall become.", "canary"),
                .optional(
                    "share", .count, "Out of a hundred calls, how many it shall decide.", 25),
                .required("by", .text, "The e-mail of who wants it.", "ada@acme.test"),
                .required("at", .instant, "Since when.", "2026-11-22T17:11:15.296Z"),
            ]),
        ContractSchema(
            "PolicyView", .answered, "One version of a policy.",
            [
                .required("id", .name, "The policy's name.", "refunds"),
                .required("version", .count, "Counts from 1.", 1),
                .required(
                    "digest", .digest, "SHA-256 of the canonical form of the document.",
                    "sha256:4aa8f9068f3b00ff1745c594f3244fa28e88793b79ac8afc6481947868c4a81f"),
                .required("status", .choice(PolicyStatus.names), "How far it has come.", "canary"),
                .optional(
                    "share", .count, "Out of a hundred calls, how many a canary decides.", 10),
                .optional(
                    "proposal", .schema("PolicyProposalView"),
                    "A change that waits for a second person."),
                .required("document", .object, "As it was published.", policyDocument),
                .required(
                    "published_by", .text, "The e-mail of who published it.", "ada@acme.test"),
                .required(
                    "published_at", .instant, "When it was published.",
                    "2026-11-22T17:11:15.296Z"),
            ]),
        ContractSchema(
            "PolicyList", .answered, "Versions of policies.",
            [
                .required("items", .list(.schema("PolicyView")), "By name and version."),
                .required("next", .orNull(.text), "The cursor of the next page.", nil),
            ]),
    ]

    static let policyDocument: JSONValue = [
        "id": "refunds", "version": 1, "status": "shadow",
        "applies_to": ["tools": ["issue_refund"]],
        "rules": [
            [
                "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
                "then": ["effect": "allow"],
            ]
        ],
        "default": ["effect": "require_approval", "group": "finance"],
    ]
}
