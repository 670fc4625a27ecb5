import JSONTree
import Testing

/// Goal: what was read is printed as it was written, and values compare by bytes.
struct JSONValueTests {
    @Test(arguments: [
        #"{"z":1,"a":[1.0,1e2,-0,123456789012345678901234567890,0.10],"m":{"":null}}"#,
        #"["\"\\\b\f\n\r\t\u0000\u001f/",true,false,null,{},[]]"#,
        "[\"\u{7F}\u{80}\u{202E}é😀\u{FFFF}\"]",
    ])
    func fidelity(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.text() == text)
        #expect(try JSONValue(parsing: value.text(.pretty(indent: 2))).text() == text)
        #expect(try JSONValue(parsing: value.text(.compact.inert)).text() == text)
    }

    @Test func prettyText() {
        let value: JSONValue = ["b": [1, [:]], "a": [], "c": ["d": "e"]]
        #expect(
            value.text(.pretty(indent: 2)) == """
                {
                  "b": [
                    1,
                    {}
                  ],
                  "a": [],
                  "c": {
                    "d": "e"
                  }
                }
                """)
    }

    /// Method: what a terminal would obey or hide is written as an escape; the value is the same.
    @Test func inertText() throws {
        let text = "a\u{1B}[31m\u{7F}\u{9B}2J\u{202E}\u{200B}\u{2028}\u{E0041}\u{FEFF}é漢😀"
        let value = JSONValue.object(JSONObject([(text, .string(text))]))
        let printed = value.text(.compact.inert)
        let shown = #"a\u001b[31m\u007f\u009b2J\u202e\u200b\u2028\udb40\udc41\ufeffé漢😀"#
        #expect(printed == "{\"\(shown)\":\"\(shown)\"}")
        #expect(try JSONValue(parsing: printed) == value)
    }

    @Test func comparesBytes() {
        let composed: JSONValue = "\u{E9}"
        let decomposed: JSONValue = "e\u{301}"
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func orderOfMembersDoesNotCount() {
        let one: JSONValue = ["a": 1, "b": [2], "c": nil]
        let other: JSONValue = ["c": nil, "a": 1, "b": [2]]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "b": [2], "d": nil])
        #expect(one != ["a": 1, "b": [2]])
    }

    /// Method: the same steps on a small and on a large object, which finds its names by hashing.
    @Test(arguments: [3, 16, 17, 400])
    func members(count: Int) {
        var object = JSONObject((0..<count).map { ("name\($0)", JSONValue.number(JSONNumber($0))) })
        object["name1"] = "changed"
        object["name0"] = nil
        object["new"] = true
        object["absent"] = nil
        #expect(object.count == count)
        #expect(object.names.first == "name1")
        #expect(object.names.last == "new")
        #expect(object["name1"] == "changed")
        #expect(object["name2"] == 2)
        #expect(object["name0"] == nil)
        for name in object.names {
            object[name] = nil
        }
        #expect(object.isEmpty)
        #expect(object["new"] == nil)
    }
}
