import JSONTree
import Policies
import Testing

/// The document that most tests begin with.
enum Fixture {
    static let finance: JSONValue = [
        "id": "finance-approvals", "version": 8, "status": "shadow", "hit_policy": "strictest",
        "applies_to": ["tools": ["issue_refund", "transfer_*"]],
        "defs": ["is_big": [">": [["var": "args.amount_cents"], 50_000]]],
        "tables": ["trusted_domains": ["example.com"]],
        "rules": [
            [
                "id": "sanctioned", "when": ["in": [["var": "args.iban_country"], ["XX", "YY"]]],
                "then": ["effect": "deny", "reason_code": "sanctioned", "instead": "Ask legal."],
            ],
            [
                "id": "large", "summary": "A large amount.", "when": ["use": "is_big"],
                "then": [
                    "effect": "require_approval", "group": "finance", "quorum": 2,
                    "timeout_s": 300, "on_timeout": "fail_closed", "risk": "high",
                    "reason_required": true, "editable": ["/amount_cents"],
                    "edit_limit": [
                        "<=": [["var": "edited.amount_cents"], ["var": "args.amount_cents"]]
                    ],
                ],
            ],
            [
                "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
                "then": ["effect": "allow"],
            ],
        ],
        "default": ["effect": "require_approval", "group": "on-call"],
        "on_error": ["effect": "require_approval", "group": "on-call"],
        "redact": ["/recipient/iban", "/**/password"],
        "tests": [
            [
                "name": "small refund is free",
                "input": ["args": ["amount_cents": 299, "iban_country": "DE"]],
                "expect": ["effect": "allow", "rule": "small"],
            ]
        ],
        "change": ["by": "usr_lead", "note": "raise the cap"],
    ]

    /// The document with a value put in at a pointer, or taken out.
    static func finance(_ pointer: String, _ value: JSONValue?) throws -> JSONValue {
        let place = try JSONPointer(parsing: pointer)
        let operation: JSONPatch.Operation
        switch (finance[place], value) {
        case (_?, let value?): operation = .replace(place, value)
        case (nil, let value?): operation = .add(place, value)
        case (_, nil): operation = .remove(place)
        }
        return try JSONPatch([operation]).applied(to: finance)
    }
}
