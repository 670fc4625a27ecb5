import JSONTree
import PolicyFile
import Testing

/// Goal: a person's YAML means what it says, and nothing in it can surprise.
struct PolicyFileTests {
    private static func read(_ text: String) throws -> JSONValue {
        try PolicyFile(parsing: Array(text.utf8), as: .yaml).value
    }

    @Test(
        arguments: [
            ("a: no", #"{"a": "no"}"#), ("on: yes", #"{"on": "yes"}"#), ("a: y", #"{"a": "y"}"#),
            ("a: true\nb: False", #"{"a": true, "b": false}"#),
            ("a: ~\nb:\nc: null", #"{"a": null, "b": null, "c": null}"#),
            ("a: \"5\"\nb: 5\nc: -1.50", #"{"a": "5", "b": 5, "c": -1.50}"#),
            ("a: 12345678901234567890", #"{"a": 12345678901234567890}"#),
            (
                "a: 1:30\nb: 1_000\nc: 2026-11-22",
                #"{"a": "1:30", "b": "1_000", "c": "2026-11-22"}"#
            ),
            (
                "- 1\n- [x, {\">\": [{var: args.a}, 5]}]",
                #"[1, ["x", {">": [{"var": "args.a"}, 5]}]]"#
            ),
            ("a: |\n  one\n  two\n", #"{"a": "one\ntwo\n"}"#),
            ("b: .\nc: 5x\nd: e5", #"{"b": ".", "c": "5x", "d": "e5"}"#),
            ("5: a\ntrue: b", #"{"5": "a", "true": "b"}"#), ("---\na: 1\n...\n", #"{"a": 1}"#),
            ("e: \"\\u00e9\\0\"", #"{"e": "\u00e9\u0000"}"#),
        ])
    func wordsMeanWhatTheySay(_ text: String, _ json: String) throws {
        let value: JSONValue
        do {
            value = try Self.read(text)
        } catch let error as PolicyFileError {
            Issue.record("\(text): \(error)")
            return
        }
        #expect(value == (try JSONValue(parsing: json)), "\(text): \(value.text())")
    }

    @Test(
        arguments: [
            ("a: 1\na: 2", "line 2, column 1: the map has a member of this name already"),
            ("a: &x 1\nb: 2", "line 1, column 4: anchors are not taken"),
            ("a: *x", "line 1, column 4: aliases are not taken"),
            ("a: !!str 5", "line 1, column 4: tags are not taken"),
            ("a: 007", "line 1, column 4: write this number as JSON does"),
            ("a: +5", "write this number"), ("a: 0x1F", "write this number"),
            ("a: .5", "write this number"), ("a: 5.", "write this number"),
            ("a: .inf", "is no number of JSON"), ("<<: {a: 1}", "maps are not merged"),
            ("? [a]\n: 1", "the name of a member is a text"),
            ("a: 1\n---\nb: 2", "a second document"), ("", "no document"),
            (">: [1, 2]", "need quotes in YAML"), ("a: %b", "need quotes in YAML"),
            ("a: [1", "line 2, column 1: did not find expected"), ("a:\n\tb: 1", "line 2"),
        ])
    func refusesWithThePlace(_ text: String, _ sentence: String) {
        let error = #expect(throws: PolicyFileError.self) { try Self.read(text) }
        #expect(
            error?.description.contains(sentence) == true, "\(text): \(error?.description ?? "")")
    }

    @Test func isBounded() {
        for depth in [10, 64, 1_000, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            if depth <= PolicyFile.depthMax {
                #expect(throws: Never.self) { try Self.read(text) }
            } else {
                #expect(throws: PolicyFileError.self) { try Self.read(text) }
            }
        }
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: PolicyFile.bytesMax + 1)
        #expect(throws: PolicyFileError.self) { try PolicyFile(parsing: long, as: .yaml) }
        #expect(throws: PolicyFileError.self) { try PolicyFile(parsing: [97, 0xFF], as: .yaml) }
    }

    /// Any bytes give a document or a refusal, never a trap.
    @Test func anyBytesAreAnswered() {
        let pieces = [
            "a", ":", " ", "\n", "- ", "[", "]", "{", "}", ",", "&a", "*a", "!", "|", ">", "\"",
            "'",
            "#", "%", "~", "é", "\u{0}", "\t", "? ", "---", "0x", "1e5",
        ]
        var state: UInt64 = 4
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            _ = try? Self.read(text)
        }
    }

    @Test func knowsWhereAValueStands() throws {
        let text = "id: a\nrules:\n  - id: one\n    when: {\"==\": [1, 2]}\n"
        let file = try PolicyFile(parsing: Array(text.utf8), as: .yaml)
        func line(_ pointer: String) throws -> Int? {
            file.place(of: try JSONPointer(parsing: pointer))?.line
        }
        #expect(try line("/rules/0/when/==/1") == 4)
        #expect(try line("/rules/0/then") == 3, "what is missing stands where its parent does")
        let json = try PolicyFile(parsing: Array("{\"id\": 1}".utf8), as: .json)
        #expect(json.place(of: .root) == nil)
        #expect(throws: PolicyFileError.self) {
            try PolicyFile(parsing: Array("{\"id\": 1,}".utf8), as: .json)
        }
    }

    @Test func tellsTheNotation() {
        typealias Notation = PolicyFile.Notation
        #expect(Notation(name: "a.json", bytes: Array("x".utf8)) == .json)
        #expect(Notation(name: "-", bytes: Array("\n {".utf8)) == .json)
        #expect(Notation(name: "a.yaml", bytes: Array("id: a".utf8)) == .yaml)
    }
}
