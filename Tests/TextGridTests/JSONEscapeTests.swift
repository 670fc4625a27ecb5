import JSONTree
import TextGrid
import Testing

/// Goal: JSON on the screen or in a pipe is inert and parses back to the same value.
struct JSONEscapeTests {
    private static let hostile = [
        "plain", "\u{1B}[2J", "a\u{202E}b", "\u{9B}", "x\u{E0041}", "tab\there",
        "back\\slash \"quoted\"",
        "e\u{301}", "\u{301}lone", "Z" + String(repeating: "\u{301}", count: 40), "👍🏽", "🇫🇷",
        String(repeating: " ", count: 50) + "rm -rf /", "\\u001b", "\u{FFFF}\u{10FFFF}", "日本", "א",
        "a\u{A0}b", "/", "\u{7F}",
    ]

    @Test(arguments: hostile)
    func stringsParseBack(_ text: String) throws {
        let value: JSONValue = .object(JSONObject([(text, .string(text)), ("n", .string("x"))]))
        for style in [JSONStyle.compact, .pretty(indent: 2)] {
            let lines = SafeText.jsonLines(value.text(style))
            for line in lines { #expect(Inertness.isInert(line)) }
            let joined = lines.map(\.text).joined(separator: "\n")
            #expect(try JSONValue(parsing: joined) == value)
        }
    }

    @Test func escapesOfJSONAreMarksAndIndentsAreNot() {
        let safe = SafeText.json(#"          {"a": "\u001b\n", "b": "é"}"#)
        #expect(safe.text == #"          {"a": "\u001b\n", "b": "é"}"#)
        var grid = Grid(size: GridSize(columns: 60, rows: 1))
        grid.put(safe, at: GridPosition(row: 0, column: 0))
        #expect(grid.roleMap == [String(repeating: ".", count: 17) + "eeeeeeee"])
    }

    @Test func longRunsOfSpacesInStringsAreVisible() {
        let safe = SafeText.json("\"a" + String(repeating: " ", count: 8) + "b\"")
        #expect(safe.text == "\"a" + String(repeating: "\\u0020", count: 8) + "b\"")
    }
}
