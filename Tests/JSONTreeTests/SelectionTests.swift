import JSONTree
import Testing

/// Goal: reading a part of a document gives what the same part of the whole document is.
struct SelectionTests {
    private static let text = """
        {"id": "a", "skipped": {"deep": [1, {"x": "}]\\"\\\\"}], "n": -1.5e3}, "list":
        [{"keep": 1, "drop": [2]}, {"drop": "\\u007d", "keep": {"a": null}}, 7],
        "object": {"keep": [true, {"all": "of it"}], "drop": {}}, "text": "whole",
        "last": "\\\\", "empty": {}, "none": []}
        """

    @Test(
        arguments: [
            (.whole, nil),
            (.members([:]), "{}"),
            (.members(["id": .whole, "last": .whole]), #"{"id":"a","last":"\\"}"#),
            (
                .members(["list": .elements(.members(["keep": .whole]))]),
                #"{"list":[{"keep":1},{"keep":{"a":null}},7]}"#
            ),
            (
                .members(["object": .members(["keep": .whole]), "text": .members([:])]),
                #"{"object":{"keep":[true,{"all":"of it"}]},"text":"whole"}"#
            ),
            (
                .members(["list": .members(["keep": .whole]), "id": .elements(.whole)]),
                #"{"id":"a","list":[{"keep":1,"drop":[2]},{"drop":"}","keep":{"a":null}},7]}"#
            ),
            (
                .members(["empty": .members([:]), "none": .elements(.whole)]),
                #"{"empty":{},"none":[]}"#
            ),
            (.members(["unheard_of": .whole]), "{}"),
        ] as [(JSONSelection, String?)])
    func partsAreThoseOfTheWhole(_ selection: JSONSelection, _ expected: String?) throws {
        let part = try JSONValue(parsing: Array(Self.text.utf8), only: selection)
        let wanted = try JSONValue(parsing: expected ?? Self.text)
        #expect(part == wanted)
    }

    @Test(arguments: [#"{"a": "#, #"{"a": [1, 2"#, #"{"a": "x"#, #"{"a" 1}"#, #"{a: 1}"#, "", "{"])
    func whatBreaksOffIsRefused(_ text: String) {
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Array(text.utf8), only: .members(["b": .whole]))
        }
    }
}
