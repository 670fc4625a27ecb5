import JSONTree
import Redaction
import Testing

/// Goal: what a pattern of pointers means, and which texts are none.
@Suite struct PointerPatternTests {
    private static let value: JSONValue = [
        "recipient": ["iban": "x", "name": "n"],
        "items": [["secret": 1], ["secret": 2, "deep": ["password": "p"]]],
        "password": "q", "a.b": 1, "*": 2,
    ]

    @Test(arguments: [
        ("/recipient/iban", ["/recipient/iban"]), ("recipient.iban", ["/recipient/iban"]),
        ("/items/*/secret", ["/items/0/secret", "/items/1/secret"]),
        ("items[*].secret", ["/items/0/secret", "/items/1/secret"]),
        ("items[1].secret", ["/items/1/secret"]),
        ("/**/password", ["/items/1/deep/password", "/password"]),
        ("**.password", ["/items/1/deep/password", "/password"]),
        ("/items/**/password", ["/items/1/deep/password"]),
        ("/recipient/*", ["/recipient/iban", "/recipient/name"]),
        ("/a.b", ["/a.b"]), ("/~2", ["/*"]), ("/nothing", []),
    ])
    func names(_ example: (pattern: String, places: [String])) throws {
        let pattern = try PointerPattern(example.pattern)
        let places = pattern.places(in: Self.value)
        #expect(places.map(\.description) == example.places)
        for place in places { #expect(pattern.matches(place)) }
        #expect(!pattern.matches(JSONPointer(tokens: ["nowhere", "at", "all"])))
    }

    @Test(arguments: [
        "", "/a*b", "a/b", "a..b", "a[", "/a/**", "/**/**/a", "/~3", "a[]",
        "/" + Array(repeating: "a", count: 40).joined(separator: "/"),
    ])
    func isNoPattern(_ text: String) {
        #expect(throws: PointerPattern.Malformed.self) { try PointerPattern(text) }
    }
}
