import Approvals
import Cryptography
import JSONTree
import Testing

/// Goal: a hidden value is a handle in every view.
@Suite struct RedactionTests {
    private static let arguments: JSONValue = [
        "a": ["b": "secret", "c": [1, "deep"]], "d": nil, "e/f": true,
    ]

    private func masked(_ pointers: [String]) throws -> (view: JSONValue, redacted: [RedactedValue])
    {
        Redaction.masked(
            Self.arguments, at: try pointers.map { try JSONPointer(parsing: $0) })
    }

    @Test(arguments: [
        ([], #"{"a":{"b":"secret","c":[1,"deep"]},"d":null,"e/f":true}"#, ""),
        (["/a/b"], #"{"a":{"b":{"$redacted":"r1"},"c":[1,"deep"]},"d":null,"e/f":true}"#, "string"),
        (["/a", "/a/b"], #"{"a":{"$redacted":"r1"},"d":null,"e/f":true}"#, "object"),
        (["/a/b", "/a"], #"{"a":{"$redacted":"r1"},"d":null,"e/f":true}"#, "object"),
        (
            ["/d", "/d"], #"{"a":{"b":"secret","c":[1,"deep"]},"d":{"$redacted":"r1"},"e/f":true}"#,
            "null"
        ),
        (
            ["/a/c/1", "/e~1f"],
            #"{"a":{"b":"secret","c":[1,{"$redacted":"r1"}]},"d":null,"e/f":{"$redacted":"r2"}}"#,
            "string boolean"
        ),
        (["/nothing"], #"{"a":{"b":"secret","c":[1,"deep"]},"d":null,"e/f":true}"#, ""),
    ])
    func valuesBecomeHandles(_ pointers: [String], _ view: String, _ kinds: String) throws {
        let (shown, redacted) = try masked(pointers)
        #expect(shown.text() == view)
        #expect(redacted.map(\.kind).joined(separator: " ") == kinds)
    }

    @Test(arguments: [
        (#"{"$redacted":1}"#, true), (#"[{"a":[{"$redacted":null}]}]"#, true),
        (#""$redacted""#, false), (#"{"redacted":1}"#, false), (#"{"$redacted2":1}"#, false),
    ])
    func markerIsFoundAnywhere(_ text: String, _ isThere: Bool) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(Redaction.containsMarker(value) == isThere)
    }

    @Test func displayedDigestCoversToolArgumentsAndWords() throws {
        let tool = try #require(ToolName("t"))
        let base = try Digest.displayed(tool: tool, arguments: [:], context: Context())
        let others = try [
            Digest.displayed(
                tool: try #require(ToolName("u")), arguments: [:], context: Context()),
            Digest.displayed(tool: tool, arguments: ["a": 1], context: Context()),
            Digest.displayed(tool: tool, arguments: [:], context: Context(summary: "")),
            Digest.displayed(tool: tool, arguments: [:], context: Context(reason: "")),
            Digest.displayed(tool: tool, arguments: [:], context: Context(preview: "")),
            Digest.displayed(
                tool: tool, arguments: [:],
                context: Context(links: [.init(title: "", url: "")])),
        ]
        #expect(Set(others + [base]).count == 7)
    }
}

/// Goal: edits are followed through masks, and what they write over a secret is hidden too.
@Suite struct MaskedEditTests {
    private static let arguments: JSONValue = [
        "card": ["pin": 1_234, "name": "ada"], "items": [["pin": 1], ["pin": 2]], "whole": ["a": 1],
    ]
    private static let pointers = ["/card/pin", "/items/0/pin", "/whole"]

    /// The edits, and how the edits are shown; nil when they are refused.
    @Test(
        arguments: [
            (#"[{"op":"replace","path":"/card/pin","value":5}]"#, "r1"),
            (#"[{"op":"add","path":"/card/pin","value":5}]"#, "r1"),
            (#"[{"op":"replace","path":"/card","value":{"pin":5}}]"#, "r1"),
            (#"[{"op":"replace","path":"/card","value":{"pin":{"x":5}}}]"#, "r1"),
            (#"[{"op":"replace","path":"/whole","value":{"a":5}}]"#, "r3"),
            (
                #"[{"op":"remove","path":"/items/0"},"#
                    + #"{"op":"add","path":"/items/0/pin","value":5}]"#, "r2"
            ),
            (
                #"[{"op":"remove","path":"/whole"},{"op":"add","path":"/whole","value":5}]"#, "r3"
            ),
            (
                #"[{"op":"add","path":"/items/0","value":{}},{"op":"replace","path":"/items/1","#
                    + #""value":{"pin":5}}]"#, "r2"
            ),
            (
                #"[{"op":"remove","path":"/items/0"},"#
                    + #"{"op":"add","path":"/items/0/pin/x","value":5}]"#, nil
            ),
            (#"[{"op":"replace","path":"/whole/a","value":5}]"#, nil),
            (#"[{"op":"add","path":"/whole/b","value":5}]"#, nil),
            (#"[{"op":"add","path":"/whole/$redacted","value":5}]"#, nil),
            (#"[{"op":"remove","path":"/whole/a"}]"#, nil),
            (#"[{"op":"add","path":"/card/pin/x","value":5}]"#, nil),
        ] as [(String, String?)])
    func whatIsWrittenOverASecretIsHidden(_ patch: String, _ handle: String?) throws {
        let masked = Redaction.masked(
            Self.arguments, at: try Self.pointers.map { try JSONPointer(parsing: $0) })
        let edits = try JSONPatch(json: JSONValue(parsing: Array(patch.utf8)))
        let followed = try? Redaction.masked(edits, of: masked.view, masked.redacted)
        guard let handle else {
            #expect(followed == nil)
            return
        }
        let shown = try #require(followed)
        #expect(!shown.edits.json.text().contains("5"))
        #expect(!shown.view.text().contains("5"))
        #expect(shown.edits.json.text().contains(#"{"$redacted":"\#(handle)"}"#))
    }

    /// The place of a secret stays hidden when something else moved there.
    @Test func placeStaysHidden() throws {
        let pointer = JSONPointer(tokens: ["0"])
        let masked = Redaction.masked(["secret", ["x": 1]], at: [pointer])
        let edits = JSONPatch([.remove(pointer), .replace(pointer.appending("x"), 5)])
        let shown = try Redaction.masked(edits, of: masked.view, masked.redacted)
        #expect(!shown.view.text().contains("5"))
    }
}

/// Goal: free text cannot say what the arguments hide.
@Suite struct ScrubberTests {
    private func scrubber(_ value: JSONValue) -> Scrubber {
        Scrubber(hiding: [JSONPointer(tokens: ["s"])], in: [["s": value, "other": "visible"]])
    }

    @Test(
        arguments: [
            ("secret", "a secret!", "a ▒▒▒!"), ("secret", "secretsecret", "▒▒▒▒▒▒"),
            ("secret", "Secret secre", "Secret secre"), ("abc", "abc", "▒▒▒"),
            ("abc", "abcd xabc abc.", "abcd xabc ▒▒▒."), ("é", "é né éa", "▒▒▒ né éa"),
            (7, "7 of 17, 7.", "▒▒▒ of 17, ▒▒▒."),
            ("né1", "né1", "▒▒▒"),
            (12_345, "pin 12345.", "pin ▒▒▒."), (123, "cvv 123", "cvv ▒▒▒"), (true, "true", "true"),
            (["x": ["deep", "deeper"]], "deeper deep", "▒▒▒ ▒▒▒"), ("visible", "visible", "▒▒▒"),
            ("▒▒▒", "▒▒▒", "▒▒▒"), ("secret", "", ""),
        ] as [(JSONValue, String, String)])
    func secretsLeaveVisibleGaps(_ secret: JSONValue, _ text: String, _ expected: String) {
        #expect(scrubber(secret).scrubbed(text) == expected)
    }

    @Test func nothingHiddenIsNothingScrubbed() {
        let idle = Scrubber(hiding: [], in: [["s": "visible"]])
        #expect(idle.isIdle)
        #expect(idle.scrubbed("visible") == "visible")
    }
}
