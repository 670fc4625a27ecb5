import JSONTree
import Testing

/// Goal: where RFC 8259 leaves a choice, ours is the strict one; every refusal names its place.
struct JSONParserTests {
    struct Example: Sendable {
        let title: String
        let bytes: [UInt8]
        let refusedAt: (line: Int, column: Int)?
        let reason: String

        init(_ title: String, _ text: String, at place: (Int, Int)? = nil, _ reason: String = "") {
            self.init(title, Array(text.utf8), at: place, reason)
        }

        init(_ title: String, _ bytes: [UInt8], at place: (Int, Int)? = nil, _ reason: String = "")
        {
            self.title = title
            self.bytes = bytes
            refusedAt = place
            self.reason = reason
        }
    }

    private static let halved = "an escape gives one half of a surrogate pair alone"
    private static let notUTF8 = "these bytes are not UTF-8"
    private static let twice = "the object has a member of this name already"
    private static let escaped = "a control character in a string must be escaped"
    private static let moreFollows = "the document goes on after its value"

    @Test(arguments: [
        Example("lead surrogate alone", #"["\uDADA"]"#, at: (1, 3), halved),
        Example("trail surrogate alone", #"["\uDd1e"]"#, at: (1, 3), halved),
        Example("two leads", #"["\uD800\uD800"]"#, at: (1, 3), halved),
        Example("lead, then another escape", #"["\uD800\n"]"#, at: (1, 3), halved),
        Example("lead, then the end", #"["\uD800""#, at: (1, 3), halved),
        Example("surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22], at: (1, 2), notUTF8),
        Example("overlong", [0x22, 0xC0, 0xAF, 0x22], at: (1, 2), notUTF8),
        Example("past U+10FFFF", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], at: (1, 2), notUTF8),
        Example("cut short", [0x22, 0x61, 0xE2, 0x82, 0x22], at: (1, 3), notUTF8),
        Example("bad after an escape", [0x22, 0x5C, 0x6E, 0xFF, 0x22], at: (1, 4), notUTF8),
        Example("byte order mark", [0xEF, 0xBB, 0xBF, 0x31], at: (1, 1), "a value was expected"),
        Example("UTF-16", [0xFF, 0xFE, 0x31, 0x00], at: (1, 1), "a value was expected"),
        Example("a noncharacter", "\"\u{FFFF}\""),
        Example("an escaped NUL", #""\u0000""#),
        Example("a name twice", #"{"a":1,"b":2,"a":1}"#, at: (1, 14), twice),
        Example("a name twice, escaped once", #"{"a":1,"\u0061":2}"#, at: (1, 8), twice),
        Example("composed and decomposed are two names", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
        Example("a bare line feed", "[\n\"a\nb\"]", at: (2, 3), escaped),
        Example("a second value", "{}\n {}", at: (2, 2), moreFollows),
        Example("columns are scalars", "\"äöü€😀\" 1", at: (1, 9), moreFollows),
        Example("nothing", "", at: (1, 1), "the document ends where a value was expected"),
        Example("a large exponent", "[1e999999999]"),
        Example(
            "an absurd exponent", "[1e1000000000]", at: (1, 4),
            "an exponent has more than 9 digits"),
        Example("an integer beyond 64 bits", "[-123123123123123123123123123123]"),
        Example("a tiny number", "123.456e-789"),
        Example("a form feed is no space", "[\u{0C}1]", at: (1, 2), "a value was expected"),
    ])
    func choice(_ example: Example) {
        let found = refusal(of: example.bytes)
        #expect(found?.line == example.refusedAt?.line, "\(example.title)")
        #expect(found?.column == example.refusedAt?.column, "\(example.title)")
        #expect((found?.reason ?? "") == example.reason, "\(example.title)")
    }

    @Test func boundsDepth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(refusal(of: nested(64)) == nil)
        #expect(refusal(of: nested(65))?.reason == "arrays and objects are nested deeper than 64")
        let deepest = JSONLimits(depthMax: .max)
        #expect(refusal(of: nested(512), limits: deepest) == nil)
        #expect(refusal(of: nested(513), limits: deepest) != nil)
        #expect(refusal(of: String(repeating: "[{\"a\":", count: 100_000)) != nil)
    }

    @Test func boundsSize() {
        let limits = JSONLimits(bytesMax: 6)
        #expect(refusal(of: "[1234]", limits: limits) == nil)
        #expect(refusal(of: "[12345]", limits: limits)?.offset == 6)
        let longest = String(repeating: "1", count: JSONNumber.bytesMax)
        #expect(refusal(of: longest) == nil)
        #expect(refusal(of: longest + "1")?.reason == "a number is longer than 1024 bytes")
    }

    @Test func readsAnyCollectionAlike() throws {
        let bytes = Array(" [1, {\"a\": true}] ".utf8)
        let value = try JSONValue(parsing: bytes)
        #expect(try JSONValue(parsing: bytes[...]) == value)
        #expect(try JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) == value)
        #expect(value == [1, ["a": true]])
    }

    /// Method: a name that occurs twice among very many is found whether it is first or last.
    @Test func findsTheSameNameInLargeObjects() {
        let members = (0..<20_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",")
        #expect(refusal(of: "{\(members)}") == nil)
        #expect(refusal(of: "{\(members),\"name0\":0}") != nil)
        #expect(refusal(of: "{\(members),\"name19999\":0}") != nil)
    }
}
