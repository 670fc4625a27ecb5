import JSONTree
import Testing

@testable import JSONLogic

/// Texts that mean something: what is read, and what is not because it could be read twice.
@Suite struct FormTests {
    @Test(
        "The host of a URL",
        arguments: [
            ("https://Example.com/x", "example.com"), ("http://u:p@h.example:80?q#f", "h.example"),
            ("https://good.example@evil.example/", "evil.example"),
            ("ftp://h.example.", "h.example"),
            ("https://[::1]:8/", "::1"), ("https://127.0.0.1", "127.0.0.1"),
            ("https://a@b@c.example", nil), ("https://h.example\\@evil.example", nil),
            ("https://h.example /", nil), ("https://h.example\n", nil), ("//h.example", nil),
            ("h.example", nil), ("https:///x", nil), ("https://", nil),
            ("https://h.example:8a", nil),
            ("https://h%2eexample", nil), ("https://bücher.example", nil), ("https://[::1", nil),
            ("https://-a.example", nil), ("1https://", nil), ("", nil),
            ("javascript:alert(1)", nil),
        ] as [(String, String?)])
    func hosts(_ url: String, _ host: String?) {
        #expect(HostName.ofURL(url) == host)
    }

    @Test(
        "The domain of an address",
        arguments: [
            ("ada@Example.com", "example.com"), ("a.b+c@x.example", "x.example"),
            ("@x.example", nil),
            ("a@", nil), ("a@b@c.example", nil), ("Ada <a@x.example>", nil),
            ("\"a\"@x.example", nil),
            ("a@x.example, b@y.example", nil), ("a@x.example\n", nil), ("a@х.example", nil),
        ] as [(String, String?)])
    func addresses(_ address: String, _ domain: String?) {
        #expect(HostName.ofEmail(address) == domain)
    }

    @Test(
        "An address in a block",
        arguments: [
            ("10.1.2.3", "10.0.0.0/8", true), ("11.1.2.3", "10.0.0.0/8", false),
            ("10.0.0.1", "10.0.0.1", true), ("10.0.0.2", "10.0.0.1", false),
            ("1.2.3.4", "0.0.0.0/0", true), ("::ffff:10.1.2.3", "10.0.0.0/8", true),
            ("10.1.2.3", "::ffff:10.0.0.0/104", true), ("10.1.2.3", "::/0", nil),
            ("2001:db8::1", "2001:db8::/32", true), ("2001:db9::1", "2001:db8::/32", false),
            ("fe80::1", "fe80::/10", true), ("febf::1", "fe80::/10", true),
            ("fec0::1", "fe80::/10", false), ("::", "::/128", true), ("1::2:3", "1::/16", true),
            ("1:2:3:4:5:6:7::", "1:2::/32", true), ("010.1.2.3", "10.0.0.0/8", nil),
            ("10.1.2", "10.0.0.0/8", nil), ("10.1.2.3.4", "10.0.0.0/8", nil),
            ("1:2:3:4:5:6:7:8:9", "::/0", nil), ("1::2::3", "::/0", nil), (":::", "::/0", nil),
            ("1:", "::/0", nil), (":1", "::/0", nil), ("12345::", "::/0", nil),
            ("10.0.0.1", "10.0.0.0/33", nil), ("10.0.0.1", "10.0.0.0/", nil),
            ("10.0.0.1", "10.0.0.0/-1", nil), ("fe80::1%eth0", "fe80::/10", nil),
        ] as [(String, String, Bool?)])
    func blocks(_ address: String, _ block: String, _ expected: Bool?) {
        guard let one = InternetAddress(address), let other = AddressBlock(block) else {
            #expect(expected == nil, "\(address) \(block)")
            return
        }
        // A block of all IPv6 addresses has no IPv4 address in it.
        #expect(other.contains(one) == expected ?? false, "\(address) \(block)")
    }

    @Test(
        "Amounts of money",
        arguments: [
            ("12.50", "EUR", 1_250), ("12.5", "EUR", 1_250), ("12", "EUR", 1_200), ("0", "EUR", 0),
            ("-1.05", "USD", -105), ("1,234,567.89", "USD", 123_456_789), ("USD 5", "USD", 500),
            ("5 USD", "USD", 500), ("100", "JPY", 100), ("1.234", "KWD", 1_234),
            ("12.345", "EUR", nil), ("1.840,00", "EUR", nil), ("1840,00", "EUR", nil),
            ("1,84", "EUR", nil), ("12,3456", "EUR", nil), ("100.5", "JPY", nil),
            ("+5", "EUR", nil),
            ("5.", "EUR", nil), (".5", "EUR", nil), ("1e3", "EUR", nil), ("€5", "EUR", nil),
            ("USD 5", "EUR", nil), ("5", "ZZZ", nil), ("", "EUR", nil), ("٥", "EUR", nil),
            ("99999999999999999999", "EUR", nil), ("999999999999999999", "EUR", nil),
        ] as [(String, String, Int64?)])
    func amounts(_ text: String, _ currency: String, _ expected: Int64?) {
        #expect(MoneyText.minorUnits(text, currency) == expected)
    }

    @Test(
        "Points in time",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-22T10:00:00.500Z", 1_795_341_600.5),
            ("2026-11-22T11:00:00+01:00", 1_795_341_600), ("2000-02-29T00:00:00Z", 951_782_400),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("1900-02-29T00:00:00Z", nil),
            ("2026-11-31T10:00:00Z", nil), ("2026-11-22T24:00:00Z", nil), ("2026-11-22", nil),
            ("2026-11-22T10:00:00", nil), ("2026-11-22T10:00:00Zx", nil), ("", nil),
            ("2026-11-22 10:00:00Z", nil), ("2026-11-22T10:00:00.Z", nil),
        ] as [(String, Double?)])
    func times(_ text: String, _ seconds: Double?) {
        #expect(RFC3339.seconds(text) == seconds)
    }

    @Test(
        "Spans of time",
        arguments: [
            ("30s", 30), ("15m", 900), ("2w", 1_209_600), ("PT1H30M", 5_400), ("P1W", 604_800),
            ("P1DT1S", 86_401), ("P", nil), ("PT", nil), ("P1M", nil), ("1y", nil), ("m", nil),
            ("PT1M1H", nil), ("15m ", nil), ("1.5h", nil), ("-1h", nil), ("P1DT", nil),
        ] as [(String, Double?)])
    func spans(_ text: String, _ seconds: Double?) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        "Shell patterns",
        arguments: [
            ("transfer_*", "transfer_funds", true), ("*", "", true), ("?", "", false),
            ("a*b*c", "aXbXbXc", true), ("a*b*c", "aXbX", false), ("*a", "aab", false),
            ("[a]", "[a]", true), ("[a]", "a", false), ("é", "e\u{301}", false), ("??", "👍🏽", true),
        ])
    func patterns(_ pattern: String, _ text: String, _ expected: Bool) {
        #expect(Glob.matches(pattern, text) == expected)
    }

    @Test("A pattern that makes others slow is answered at once, or stopped")
    func slowPatterns() throws {
        let text = String(repeating: "a", count: 100_000)
        let stars = String(repeating: "a*", count: 500) + "b"
        let rules: [JSONValue] = [
            ["glob": [["var": "x"], .string(stars)]], ["matches": [["var": "x"], "^(a|aa)*$b"]],
            ["contains": [["var": "x"], .string(String(repeating: "a", count: 50_000) + "b")]],
        ]
        for rule in rules {
            let program = try LogicProgram(rule)
            #expect(program.truth(on: program.resolve(["x": .string(text)])) != .yes)
        }
    }

    @Test("Integers and doubles compare by their exact values")
    func numbers() {
        let big = LogicNumber.integer(9_007_199_254_740_993)
        #expect(big != .double(9_007_199_254_740_992))
        #expect(LogicNumber.double(9_007_199_254_740_992) < big)
        #expect(LogicNumber.integer(.max) < .double(0x1p63))
        #expect(!(LogicNumber.integer(.min) < .double(-0x1p63)))
        #expect(LogicNumber.integer(.min) == .double(-0x1p63))
        #expect(LogicNumber.double(-0.5) < .integer(0) && LogicNumber.integer(-1) < .double(-0.5))
    }
}
