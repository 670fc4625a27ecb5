import Approvals
import JSONTree
import Testing
import WireAPI

@testable import Inbox

/// An edit comes out as the smallest patch, and what nobody touched stays as it was.
struct EditTreeTests {
    private func tree(_ text: String, _ redacted: [RedactedBody] = []) -> EditTree {
        EditTree(json(text), redacted: redacted)
    }

    private func patch(_ text: String) -> JSONPatch {
        do { return try JSONPatch(json: json(text)) } catch { return JSONPatch() }
    }

    private func changed(_ tree: EditTree, _ patch: JSONPatch) -> EditTree {
        var tree = tree
        #expect(tree.apply(patch, madeOn: tree.original).isEmpty)
        return tree
    }

    @Test("nothing touched is no patch")
    func untouched() {
        #expect(tree(#"{"a": 1.0, "b": [1, {"c": null}], "": {}}"#).patch.isEmpty)
    }

    @Test(
        "the patch is what was done, in the fewest operations",
        arguments: [
            #"[{"op":"replace","path":"/a","value":2}]"#,
            #"[{"op":"remove","path":"/list/0"}]"#,
            #"[{"op":"add","path":"/list/1","value":"x"}]"#,
            #"[{"op":"add","path":"/new","value":{"k":[]}}]"#,
            #"[{"op":"remove","path":"/deep/b"},{"op":"add","path":"/deep/c","value":null}]"#,
            #"[{"op":"replace","path":"/list/2/k","value":false}]"#,
            #"[{"op":"replace","path":"/deep","value":"flat"}]"#,
        ])
    func smallest(_ text: String) {
        let before = tree(#"{"a": 1, "list": [1, 2, {"k": true}], "deep": {"b": "x"}}"#)
        #expect(changed(before, patch(text)).patch == patch(text))
    }

    @Test("a change that is taken back by hand is no change; another spelling of a number is one")
    func backAgain() {
        let before = tree(#"{"a": 1.0}"#)
        #expect(
            changed(before, patch(#"[{"op":"replace","path":"/a","value":1.0}]"#)).patch.isEmpty)
        #expect(
            changed(before, patch(#"[{"op":"replace","path":"/a","value":1}]"#))
                .patch.operations.count == 1)
    }

    @Test("elements are known by what they were: removing the first of many is one operation")
    func elements() {
        let before = tree("{\"list\": [\((0..<100).map { String($0) }.joined(separator: ","))]}")
        let after = changed(before, patch(#"[{"op":"remove","path":"/list/0"}]"#))
        #expect(after.patch.operations == [.remove(pointer("/list/0"))])
    }

    @Test("random edits: the patch makes of the originals what the tree shows, hidden values kept")
    func random() throws {
        for seed in 0..<UInt64(300) {
            var dice = Dice(seed)
            let original = value(&dice, depth: 0)
            let handles = [RedactedBody(pointer: "/secret", handle: "r1", kind: "string")]
            var object = original.objectValue ?? JSONObject()
            object["secret"] = Redaction.mask("r1")
            var tree = EditTree(.object(object), redacted: handles)
            for _ in 0..<dice.roll(12) { edit(&tree, &dice) }
            let patched = try tree.patch.applied(to: .object(object))
            #expect(patched == tree.value, "seed \(seed)")
            for operation in tree.patch.operations {
                #expect(operation.value.map(Redaction.containsMarker) != true, "seed \(seed)")
            }
            var again = EditTree(.object(object), redacted: handles)
            #expect(again.apply(tree.patch, madeOn: .object(object)).isEmpty)
            #expect(again.value == tree.value, "seed \(seed): a draft is the edit it was")
        }
    }

    private func edit(_ tree: inout EditTree, _ dice: inout Dice) {
        var path: [Int] = []
        while let node = tree.node(at: path), let count = node.childCount, count > 0,
            path.isEmpty || dice.roll(3) > 0
        {
            path.append(dice.roll(count))
        }
        guard let node = tree.node(at: path), !path.isEmpty else { return }
        let fresh = EditNode(value(&dice, depth: 2))
        switch dice.roll(4) {
        case 0: tree.remove(at: path)
        case 1: tree.change(at: path) { $0.content = fresh.content }
        case 2:
            let name = "n\(dice.roll(1_000))"
            tree.insert(
                fresh, named: name, at: dice.roll(4), in: node.childCount == nil ? [] : path)
        case _: tree.change(at: path) { $0.content = .scalar(.string("x\(dice.roll(9))")) }
        }
    }

    private func value(_ dice: inout Dice, depth: Int) -> JSONValue {
        let kind = depth == 0 ? 5 : dice.roll(depth > 3 ? 4 : 6)
        switch kind {
        case 0: return .null
        case 1: return .bool(dice.roll(2) == 0)
        case 2: return .number(JSONNumber(dice.roll(5)))
        case 3: return .string("s\(dice.roll(5))")
        case 4: return .array((0..<dice.roll(4)).map { _ in value(&dice, depth: depth + 1) })
        case _:
            return .object(
                JSONObject(
                    (0..<dice.roll(4)).map { ("m\($0)", value(&dice, depth: depth + 1)) }))
        }
    }

    // MARK: Another view

    @Test("a change moves to a fresh view when its place still holds what was seen")
    func rebase() {
        let before = json(#"{"a": 1, "b": 2, "gone": 3}"#)
        var fresh = tree(#"{"a": 1, "b": 9, "extra": true}"#)
        let edits = patch(
            #"""
            [{"op":"replace","path":"/a","value":5},{"op":"replace","path":"/b","value":6},
             {"op":"remove","path":"/gone"},{"op":"add","path":"/new","value":1}]
            """#)
        let misfits = fresh.apply(edits, madeOn: before)
        #expect(misfits.map { "\($0.pointer)" } == ["/b", "/gone"])
        #expect(fresh.value == json(#"{"a": 5, "b": 9, "extra": true, "new": 1}"#))
    }

    // MARK: A whole document

    private let secret = [RedactedBody(pointer: "/iban", handle: "r1", kind: "string")]
    private let withSecret = #"{"iban": {"$redacted": "r1"}, "list": [1, 2, 3], "n": 1.50}"#

    @Test("a document from elsewhere becomes the smallest patch; a hidden value may stay or go")
    func document() throws {
        var edited = tree(withSecret, secret)
        try edited.take(json(#"{"n": 1.50, "list": [1, 3], "iban": {"$redacted": "r1"}}"#))
        #expect(edited.patch.operations == [.remove(pointer("/list/1"))])
        try edited.take(json(#"{"n": 1.50, "list": [1, 2, 3]}"#))
        #expect(edited.patch.operations == [.remove(pointer("/iban"))])
        try edited.take(json(#"{"iban": "DE1", "n": 1.50, "list": [1, 2, 3]}"#))
        #expect(edited.patch.operations == [.replace(pointer("/iban"), "DE1")])
    }

    @Test(
        "a mask is never moved, copied or written",
        arguments: [
            #"{"iban": {"$redacted": "r2"}}"#, #"{"copy": {"$redacted": "r1"}}"#,
            #"{"list": [{"$redacted": "r1"}]}"#, #"{"iban": {"$redacted": "r1", "x": 1}}"#,
        ])
    func masks(_ text: String) {
        var edited = tree(withSecret, secret)
        #expect(throws: EditMisfit.self) { try edited.take(json(text)) }
        #expect(edited.patch.isEmpty)
    }
}
