import JSONTree

extension DemoCalls {
    static func dropTable(_ dice: inout DemoDice) -> DemoCall {
        let month = dice.roll(1...9)
        let password = "Kq\(dice.roll(1_000...9_999))vT\(dice.roll(10...99))"
        return DemoCall(
            tool: "db.execute", group: "platform", minutes: 1.2,
            summary: "DROP TABLE events_2024_0\(month)",
            reason: "The partition is older than the retention of 24 months.",
            arguments: [
                // The agent forgot to declare the password; the scanner finds it.
                "database": [
                    "name": "production",
                    "url": .text("postgres://retention:\(password)@db-1.acme.test/events"),
                ],
                "statement": .text("DROP TABLE events_2024_0\(month)"), "transaction": false,
            ], preview: "38 GB are freed; there is no way back but the backup")
    }

    static func deleteFiles(_ dice: inout DemoDice) -> DemoCall {
        let host = "web-\(dice.roll(1...9))"
        return DemoCall(
            tool: "fs.delete", group: "platform", minutes: 8, summary: "old logs on \(host)",
            reason: "The log rotation failed on three nights.",
            arguments: [
                "host": .text(host), "recursive": true,
                "paths": [
                    "/var/log/nginx/access.log.14", "/var/log/nginx/access.log.15",
                    "/var/log/nginx/", "/var/tmp/report cache",
                ],
            ], preview: "4 paths, 61 GB")
    }

    static func deleteArtifacts(_ dice: inout DemoDice) -> DemoCall {
        let host = "build-0\(dice.roll(1...8))"
        return DemoCall(
            tool: "fs.delete", group: "platform", minutes: 5,
            summary: "artifacts of merged branches on \(host)",
            reason: "The nightly build has no space left.",
            arguments: [
                "host": .text(host), "recursive": true, "keep_newest": 3,
                "paths": ["/srv/artifacts/feature-checkout", "/srv/artifacts/release-4.2"],
            ],
            schema: [
                "type": "object", "required": ["host", "paths"],
                "properties": [
                    "host": ["type": "string", "pattern": "^build-"],
                    "keep_newest": ["type": "integer", "minimum": 0, "maximum": 20],
                    "recursive": ["type": "boolean"],
                    "paths": [
                        "type": "array", "minItems": 1,
                        "items": ["type": "string", "pattern": "^/srv/artifacts/"],
                    ],
                ],
            ])
    }

    static func changeDNS(_ dice: inout DemoDice) -> DemoCall {
        let last = dice.roll(20...250)
        return DemoCall(
            tool: "dns.change", group: "platform", minutes: 3,
            summary: "api.acme.test → 203.0.113.\(last)",
            reason: "The load balancer in Frankfurt answers with errors since 02:51.",
            arguments: [
                "zone": "acme.test", "record": "api", "type": "A", "from": "203.0.113.10",
                "to": .text("203.0.113.\(last)"), "ttl_seconds": 60,
            ],
            schema: [
                "type": "object", "required": ["zone", "record", "type", "to"],
                "properties": [
                    "type": ["enum": ["A", "AAAA", "CNAME", "TXT"]],
                    "to": ["type": "string"],
                    "ttl_seconds": ["type": "integer", "minimum": 30, "maximum": 86_400],
                ],
            ], preview: "all traffic of the API moves within a minute")
    }

    static func grantAccess(_ dice: inout DemoDice) -> DemoCall {
        let person = dice.pick("kim", "noor", "tomas", "ines")
        return DemoCall(
            tool: "grant_access", group: "platform", minutes: 25,
            summary: "\(person) reads production for \(dice.roll(2...8)) hours",
            reason:
                "\(person) is on call this week and looks into ticket OPS-\(dice.roll(100...999)).",
            arguments: [
                "user": .text("\(person)@acme.test"), "role": "prod-readonly", "hours": 4,
                "break_glass": false,
            ])
    }

    static func wire(_ dice: inout DemoDice) -> DemoCall {
        let amount = "\(dice.roll(2_100...48_000)).\(dice.roll(10...99))"
        return transfer(
            amount, to: "Nordlicht Hosting GmbH", "DE\(dice.roll(10...99))", &dice,
            why: "The invoice is due today; it fits order PO-\(dice.roll(1_000...9_999)).")
    }

    static func wireAbroad(_ dice: inout DemoDice) -> DemoCall {
        let amount = "\(dice.roll(60_000...240_000)).00"
        return transfer(
            amount, to: "Brightwater Trading Ltd", "MT\(dice.roll(10...99))", &dice,
            why: "The supplier writes that its bank account has changed and asks for haste.")
    }

    private static func transfer(
        _ amount: String, to name: String, _ country: String, _ dice: inout DemoDice, why: String
    ) -> DemoCall {
        let account = "\(dice.roll(10_000_000...99_999_999))\(dice.roll(10_000_000...99_999_999))"
        return DemoCall(
            tool: "wire_transfer", group: "finance", minutes: 20,
            summary: "\(amount) EUR to \(name)", reason: why,
            arguments: [
                // A decimal as text: money is not rounded on its way.
                "amount": .text(amount), "currency": "EUR",
                "beneficiary": [
                    "name": .text(name), "iban": .text(country + account), "bic": "NOLADE21XXX",
                ],
                "reference": .text("INV-\(dice.roll(20_000...29_999))"), "urgent": true,
            ], redact: ["/beneficiary/iban"],
            schema: [
                "type": "object",
                "required": ["amount", "currency", "beneficiary", "reference"],
                "properties": [
                    "amount": ["type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$"],
                    "currency": ["enum": ["EUR", "USD", "GBP"]],
                    "reference": ["type": "string", "maxLength": 140],
                    "urgent": ["type": "boolean"],
                ],
            ])
    }
}
