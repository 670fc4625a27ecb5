import JSONSchema
import JSONTree
import Testing

/// Goal: a format is asserted as its document says, and is a note only when asked to be one.
struct FormatTests {
    struct Example: Sendable {
        let format: String
        let valid: [String]
        let invalid: [String]

        init(_ format: String, valid: [String], invalid: [String]) {
            self.format = format
            self.valid = valid
            self.invalid = invalid
        }
    }

    private static let examples = [
        Example(
            "date-time",
            valid: [
                "2026-01-31T12:00:00Z", "1985-04-12t23:20:50.52z", "1996-12-19T16:39:57-08:00",
                "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00",
            ],
            invalid: [
                "2026-02-29T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:00",
                "2026-01-31 12:00:00Z", "1998-12-31T22:59:60Z", "2026-01-31T12:00:00+24:00", "",
                "2026-01-31T12:00:00.Z", "١٩٩٠-02-31T15:59:59Z", "2026-01-31T12:00:00Zz",
            ]),
        Example(
            "date", valid: ["2024-02-29", "2000-02-29"],
            invalid: [
                "1900-02-29", "2026-13-01", "2026-1-1", "2026-04-31", "20260401", "2026-00-10",
            ]),
        Example(
            "time", valid: ["08:30:06Z", "08:30:06.283+00:20", "23:59:60Z", "01:29:60+01:30"],
            invalid: [
                "08:30:06", "8:30:06Z", "08:60:06Z", "22:59:60Z", "08:30:06Z+01", "08:30:61Z",
            ]),
        Example(
            "duration", valid: ["P4DT12H30M5S", "P4Y", "PT0S", "P1M", "PT1M", "P2W", "P1YT1H"],
            invalid: [
                "P", "PT", "4D", "P1", "P1D2H", "P2S", "PT1D", "P1YD", "P1Y2W", "P2M1Y", "PT1H1S",
                "P1DT",
            ]),
        Example(
            "email",
            valid: [
                "joe@example.com", "~te+st.x@x.y", "\"joe b\"@example.com", "a@[127.0.0.1]",
                "a@[IPv6:::1]",
            ],
            invalid: [
                "2962", "@x", "a@", ".a@x", "a.@x", "a..b@x", "a b@x", "a@-x", "é@x.y", "a@[1.2]",
            ]),
        Example("idn-email", valid: ["é@例え.jp", "a@b.c"], invalid: ["é", "a b@例え"]),
        Example(
            "hostname", valid: ["www.example.com", "a", "1host", "xn--4gbwdl.xn--wgbh1c"],
            invalid: [
                "", "-a", "a-", "a_b", "a..b", ".a", "é.com", String(repeating: "a", count: 64),
            ]),
        Example(
            "ipv4", valid: ["0.0.0.0", "255.255.255.255"],
            invalid: ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/8", "", "1.2.3.٤"]),
        Example(
            "ipv6",
            valid: [
                "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8", "::ffff:1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4",
            ],
            invalid: [
                "1", ":1", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", "12345::",
                "::1%eth0", "1:2:3:4:5:6:7::8:9", "1.2.3.4::", "::1.2.3", "fe80::/64", "",
            ]),
        Example(
            "uri",
            valid: [
                "https://example.com/a?b#c", "urn:uuid:1", "mailto:a@b", "http://[::1]:80/", "a:",
                "http://u:p@h:80/%20", "tel:+1-816", "file:///etc",
            ],
            invalid: [
                "//x/y", "/a", "a", "", "http:// x", "http://a\\b", "http://é", "%41:", "a:%4",
                "http://[1/", "http://a[b]", "1a:b", "http://h:x/", "http://a/#b#c", "a:b<c>",
            ]),
        Example(
            "uri-reference", valid: ["//x/y", "/a", "a", "", "#f", "?q", "./a:b", "https://x"],
            invalid: ["a b", "1a:b", "\\a", "#a#b", "é"]),
        Example("iri", valid: ["http://ƒøø.ßår/?∂=1"], invalid: ["/é", "http://a b"]),
        Example("iri-reference", valid: ["/é", "é"], invalid: ["a b"]),
        Example(
            "uuid", valid: ["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
            invalid: [
                "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "g",
            ]),
        Example("regex", valid: ["^a+$", "(?=a)", "\\1"], invalid: ["(", "a**", "[b-a]"]),
        Example("json-pointer", valid: ["", "/a~1b", "/"], invalid: ["a", "/~2", "#/a"]),
        Example(
            "relative-json-pointer", valid: ["0", "1/a", "12#", "0#"],
            invalid: ["", "/a", "01", "-1/a", "0##", "1#/a", "+1"]),
        Example("password", valid: ["anything"], invalid: []),
    ]

    @Test(arguments: examples)
    func asserted(_ example: Example) throws {
        let schema = try JSONSchema(["format": .string(example.format)])
        for text in example.valid {
            #expect(schema.accepts(.string(text)), "\(text)")
        }
        for text in example.invalid {
            let errors = schema.errors(in: .string(text))
            #expect(errors.map(\.keyword) == ["format"], "\(text)")
        }
        for other: JSONValue in [nil, 1, true, [], [:]] {
            #expect(schema.accepts(other))
        }
    }

    @Test(arguments: examples)
    func annotated(_ example: Example) throws {
        let schema = try JSONSchema(["format": .string(example.format)], formats: .annotated)
        for text in example.valid + example.invalid {
            #expect(schema.accepts(.string(text)))
        }
    }

    @Test(arguments: [
        ("int32", "2147483647", true), ("int32", "2147483648", false), ("int32", "1.5", false),
        ("int64", "9223372036854775807", true), ("int64", "9223372036854775808", false),
        ("double", "1e999", true), ("date", "1", true),
    ])
    func numbers(format: String, value: String, fits: Bool) throws {
        let schema = try JSONSchema(["format": .string(format)])
        #expect(try schema.accepts(JSONValue(parsing: value)) == fits)
    }
}
