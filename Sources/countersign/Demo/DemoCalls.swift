import JSONTree

/// The calls of the demo: what such agents really ask for, with invented names.
enum DemoCalls {
    static func refund(_ dice: inout DemoDice) -> DemoCall {
        let cents = dice.roll(120...2_400) * 100
        let customer = "cus_\(dice.roll(10...99))"
        return DemoCall(
            tool: "issue_refund", group: "finance", minutes: 12,
            summary: "€\(cents / 100).00 to \(customer) (duplicate charge?)",
            reason: "The customer writes that one order was charged twice; the second charge is "
                + "\(cents) cents.",
            arguments: refundArguments(customer, cents, &dice), redact: ["/recipient/iban"],
            schema: refundSchema(most: cents))
    }

    static func urgentRefund(_ dice: inout DemoDice) -> DemoCall {
        let cents = dice.roll(20...90) * 100
        let customer = "cus_\(dice.roll(10...99))"
        return DemoCall(
            tool: "issue_refund", group: "finance", minutes: 1.5,
            summary: "€\(cents / 100).00 to \(customer), the customer waits in the chat",
            reason: "The parcel is lost. The chat closes by itself in two minutes.",
            arguments: refundArguments(customer, cents, &dice), redact: ["/recipient/iban"],
            schema: refundSchema(most: cents))
    }

    private static func refundArguments(
        _ customer: String, _ cents: Int, _ dice: inout DemoDice
    ) -> JSONValue {
        let name = dice.pick("J. Okafor", "M. Lindqvist", "Zoë Brandt", "H. Yamada")
        let iban = "DE\(dice.roll(10...99))50010517\(dice.roll(1_000_000_000...9_999_999_999))"
        return [
            "customer_id": .text(customer),
            "charge_id": .text("ch_\(dice.roll(100_000...999_999))"),
            "amount_cents": .count(cents), "currency": "eur",
            "recipient": ["name": .text(name), "iban": .text(iban)],
            "reason": "duplicate charge", "notify_customer": true,
        ]
    }

    private static func refundSchema(most cents: Int) -> JSONValue {
        [
            "type": "object", "additionalProperties": false,
            "required": ["customer_id", "charge_id", "amount_cents", "currency", "recipient"],
            "properties": [
                "customer_id": ["type": "string", "pattern": "^cus_"],
                "charge_id": ["type": "string", "pattern": "^ch_"],
                "amount_cents": [
                    "type": "integer", "minimum": 1, "maximum": .count(cents),
                    "description": "At most what was charged.",
                ],
                "currency": ["enum": ["eur", "usd", "gbp"]],
                "recipient": [
                    "type": "object", "required": ["name", "iban"],
                    "properties": ["name": ["type": "string"], "iban": ["type": "string"]],
                ],
                "reason": ["type": "string", "maxLength": 200],
                "notify_customer": ["type": "boolean"],
            ],
        ]
    }

    static func email(_ dice: inout DemoDice) -> DemoCall {
        let count = dice.roll(800...4_200)
        return DemoCall(
            tool: "send_email", group: "support", minutes: 18,
            summary: "price change to \(count) recipients",
            reason: "The new prices begin next month; the law wants 30 days of notice.",
            arguments: [
                "segment": "eu-annual", "recipients": .count(count),
                "from": "billing@acme.test",
                "subject": "Our prices change on the first of next month",
                "body": .text(
                    "Dear customer,\n\nfrom the first of next month your plan costs 4 % more.\n"
                        + "You can cancel until then.\n\nYour Acme team\n"),
                "track_opens": true, "send_at": .null,
            ],
            schema: [
                "type": "object",
                "properties": [
                    "recipients": ["type": "integer", "minimum": 1, "maximum": 5_000],
                    "track_opens": ["type": "boolean"],
                    "send_at": ["type": ["string", "null"], "format": "date-time"],
                ],
            ])
    }

    static func apology(_ dice: inout DemoDice) -> DemoCall {
        let customer = dice.pick("lena@example.test", "omar@example.test", "pia@example.test")
        return DemoCall(
            tool: "send_email", group: "support", minutes: 9, summary: "apology to \(customer)",
            reason: "The customer waited four days for an answer.",
            arguments: [
                "to": [.text(customer)], "subject": "We are sorry",
                "body": "We should have answered on Monday. Here is a voucher of €15.\n",
                "voucher_code": .text("SORRY-\(dice.roll(1_000...9_999))"),
            ], redact: ["/voucher_code"])
    }

    static func deleteSessions(_ dice: inout DemoDice) -> DemoCall {
        let days = dice.roll(30...120)
        let rows = dice.roll(90_000...400_000)
        return DemoCall(
            tool: "db.execute", group: "platform", minutes: 6,
            summary: "DELETE FROM sessions older than \(days) days",
            reason: "The disk of the primary is 91 % full; old sessions are 40 GB of it.",
            arguments: [
                "database": "production",
                "statement": .text(
                    "DELETE FROM sessions WHERE last_seen < now() - interval '\(days) days'"),
                "rows_max": .count(rows), "transaction": true,
                "connection": ["host": "db-1.internal", "password": "hunter2-not-really"],
            ], redact: ["/connection/password"],
            schema: [
                "type": "object", "required": ["database", "statement"],
                "properties": [
                    "database": ["enum": ["production", "staging"]],
                    "statement": ["type": "string", "minLength": 1],
                    "rows_max": ["type": "integer", "minimum": 1, "maximum": 500_000],
                    "transaction": ["type": "boolean"],
                ],
            ], preview: "about \(rows) rows, 6 minutes, no lock on other tables")
    }
}
