import JSONTree
import Testing

/// Goal: patches are RFC 6902's, of three operations, and touch nothing they do not name.
struct JSONPatchTests {
    struct Example: Sendable {
        let title: String
        let document: String
        let patch: String
        let result: String

        init(_ title: String, _ document: String, _ patch: String, gives result: String) {
            self.title = title
            self.document = document
            self.patch = patch
            self.result = result
        }
    }

    @Test(arguments: [
        Example(
            "A.1 a member", #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/baz","value":"qux"}]"#, gives: #"{"foo":"bar","baz":"qux"}"#),
        Example(
            "A.2 an element", #"{"foo":["bar","baz"]}"#,
            #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
            gives: #"{"foo":["bar","qux","baz"]}"#),
        Example(
            "A.3 a member goes", #"{"baz":"qux","foo":"bar"}"#,
            #"[{"op":"remove","path":"/baz"}]"#, gives: #"{"foo":"bar"}"#),
        Example(
            "A.4 an element goes", #"{"foo":["bar","qux","baz"]}"#,
            #"[{"op":"remove","path":"/foo/1"}]"#, gives: #"{"foo":["bar","baz"]}"#),
        Example(
            "A.5 a value changes in its place", #"{"baz":"qux","foo":"bar"}"#,
            #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
            gives: #"{"baz":"boo","foo":"bar"}"#),
        Example(
            "A.10 a nested object", #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
            gives: #"{"foo":"bar","child":{"grandchild":{}}}"#),
        Example(
            "A.16 an array as an element", #"{"foo":["bar"]}"#,
            #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
            gives: #"{"foo":["bar",["abc","def"]]}"#),
        Example(
            "A.14 escapes", #"{"/":9,"~1":10}"#,
            #"[{"op":"replace","path":"/~01","value":11}]"#, gives: #"{"/":9,"~1":11}"#),
        Example(
            "add over a member keeps its place", #"{"a":1,"b":2}"#,
            #"[{"op":"add","path":"/a","value":3}]"#, gives: #"{"a":3,"b":2}"#),
        Example(
            "the whole document", #"{"a":1}"#,
            #"[{"op":"replace","path":"","value":[1.0]}]"#, gives: "[1.0]"),
        Example(
            "the rest stays as written", #"{"z":1.50,"a":[1e2,{"k":123456789012345678901}],"m":0}"#,
            #"[{"op":"replace","path":"/m","value":1}]"#,
            gives: #"{"z":1.50,"a":[1e2,{"k":123456789012345678901}],"m":1}"#),
        Example(
            "steps build on each other", "{}",
            #"[{"op":"add","path":"/a","value":[]},{"op":"add","path":"/a/0","value":1}]"#,
            gives: #"{"a":[1]}"#),
    ])
    func applying(_ example: Example) throws {
        let patch = try JSONPatch(json: JSONValue(parsing: example.patch))
        let result = try patch.applied(to: JSONValue(parsing: example.document))
        #expect(result.text() == example.result, "\(example.title)")
        #expect(patch.json.text() == example.patch)
    }

    @Test(arguments: [
        ("[1]", "/1/a", "add", "the index is past the end of the array"),
        ("[1]", "/2", "add", "the index is past the end of the array"),
        ("[1]", "/01", "add", "an array element is named by its index"),
        ("[1]", "/-", "remove", "there is no such place"),
        ("[1]", "/1", "remove", "the index is past the end of the array"),
        ("[1]", "/0/a", "add", "the value around it is neither an object nor an array"),
        (#"{"foo":"bar"}"#, "/baz/bat", "add", "there is no such place"),
        (#"{"foo":"bar"}"#, "/baz", "remove", "there is no such place"),
        (#"{"foo":"bar"}"#, "/baz", "replace", "there is no such place"),
        (#"{"foo":"bar"}"#, "", "remove", "the whole document cannot be removed"),
    ])
    func misfit(document: String, path: String, operation: String, reason: String) throws {
        let place = try JSONPointer(parsing: path)
        let step: JSONPatch.Operation =
            switch operation {
            case "add": .add(place, 1)
            case "remove": .remove(place)
            default: .replace(place, 1)
            }
        let patch = JSONPatch([.add(.root, try JSONValue(parsing: document)), step])
        let error = #expect(throws: JSONPatchError.self) { try patch.applied(to: nil) }
        #expect(error?.operation == 1)
        #expect(error?.pointer == place)
        #expect(error?.reason == reason)
    }

    @Test(
        arguments: [
            (#"{}"#, nil, "a patch is an array"),
            (#"[1]"#, 0, "an operation is an object"),
            (#"[{"path":""}]"#, 0, "an operation has a string \"op\""),
            (#"[{"op":"remove"}]"#, 0, "an operation has a string \"path\""),
            (
                #"[{"op":"remove","path":"a"}]"#, 0,
                "\"path\" is no JSON pointer: a pointer is empty or begins with a slash"
            ),
            (#"[{"op":"add","path":""}]"#, 0, "op, path, value are the members expected"),
            (
                #"[{"op":"remove","path":"","value":1}]"#, 0, "op, path are the members expected"
            ),
            (
                #"[{"op":"test","path":"","value":1}]"#, 0,
                "only add, remove and replace are allowed"
            ),
            (
                #"[{"op":"move","path":"/a","from":"/b"}]"#, 0,
                "only add, remove and replace are allowed"
            ),
        ] as [(String, Int?, String)])
    func malformed(text: String, operation: Int?, reason: String) throws {
        let json = try JSONValue(parsing: text)
        let error = #expect(throws: JSONPatchError.self) { try JSONPatch(json: json) }
        #expect(error?.operation == operation)
        #expect(error?.reason == reason)
    }

    @Test func boundsOperations() throws {
        let step: JSONValue = ["op": "remove", "path": "/a"]
        let most = JSONValue.array(.init(repeating: step, count: JSONPatch.operationsMax))
        #expect(try JSONPatch(json: most).operations.count == JSONPatch.operationsMax)
        let more = JSONValue.array(.init(repeating: step, count: JSONPatch.operationsMax + 1))
        #expect(throws: JSONPatchError.self) { try JSONPatch(json: more) }
    }

    /// Goal: a step in place is the step of a patch, and one that does not fit changes nothing.
    @Test func stepsInPlaceAreStepsOfAPatch() throws {
        let start: JSONValue = ["list": [1, ["deep": 2]], "name": "n"]
        for text in ["/list/0", "/list/1/deep", "/list/-", "/list/9", "/name/x", "/no/way", ""] {
            let pointer = try JSONPointer(parsing: text)
            for step in [
                JSONPatch.Operation.add(pointer, 7), .remove(pointer), .replace(pointer, 7),
            ] {
                var value = start
                let wanted = try? JSONPatch([step]).applied(to: start)
                do {
                    try value.apply(step)
                    #expect(value == wanted)
                } catch {
                    #expect(wanted == nil)
                    #expect(value == start)
                }
            }
        }
    }
}
