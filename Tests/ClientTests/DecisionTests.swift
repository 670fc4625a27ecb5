import JSONSchema
import JSONTree
import Testing

@testable import countersign

/// Goal: what stands on the command line becomes exactly the patch that was meant.
@Suite struct EditOptionTests {
    static let arguments: JSONValue = [
        "amount_cents": 184000, "zip": "01067", "tags": ["a"], "to": ["iban": "DE1"],
    ]
    static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "amount_cents": ["type": "integer"], "zip": ["type": "string"],
            "tags": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    struct Example: Sendable, CustomTestStringConvertible {
        let edit: String
        let isTyped: Bool
        let patch: JSONValue
        var testDescription: String { edit }
    }

    private static func step(_ operation: String, _ path: String, _ value: JSONValue) -> JSONValue {
        [["op": .string(operation), "path": .string(path), "value": value]]
    }

    @Test(arguments: [
        Example(
            edit: "/amount_cents=50000", isTyped: true,
            patch: step("replace", "/amount_cents", 50000)),
        Example(edit: "/zip=10115", isTyped: true, patch: step("replace", "/zip", "10115")),
        Example(edit: "/zip=10115", isTyped: false, patch: step("replace", "/zip", 10115)),
        Example(edit: "/zip=\"10115\"", isTyped: false, patch: step("replace", "/zip", "10115")),
        Example(edit: "/note=a = b", isTyped: true, patch: step("add", "/note", "a = b")),
        Example(edit: "/note=", isTyped: true, patch: step("add", "/note", "")),
        Example(edit: "/tags/-=7", isTyped: true, patch: step("add", "/tags/-", "7")),
        Example(
            edit: "/to={\"iban\":null}", isTyped: true,
            patch: step("replace", "/to", ["iban": .null])),
    ])
    func readsAnEdit(_ example: Example) throws {
        let patch = try EditOption.patch(
            edits: [example.edit], removals: [], of: Self.arguments,
            schema: example.isTyped ? Self.schema : nil)
        #expect(patch.json == example.patch)
    }

    @Test func aNumberStaysTheTextItWasWrittenAs() throws {
        let patch = try EditOption.patch(
            edits: ["/amount_cents=5.00"], removals: [], of: Self.arguments, schema: nil)
        #expect(patch.operations.first?.value?.numberValue?.text == "5.00")
    }

    @Test(arguments: ["amount=1", "/amount_cents", "/amount_cents=much", "/to/a/b=1", "/tags/9=1"])
    func refusesWhatCannotBeMeant(_ edit: String) {
        #expect(throws: Complaint.self) {
            try EditOption.patch(
                edits: [edit], removals: [], of: Self.arguments, schema: Self.schema)
        }
    }

    @Test func removalsComeAfterEditsAndMustFit() throws {
        let patch = try EditOption.patch(
            edits: ["/tags/-=b"], removals: ["/tags/0", "/to"], of: Self.arguments, schema: nil)
        let after = try patch.applied(to: Self.arguments)
        #expect(after == ["amount_cents": 184000, "zip": "01067", "tags": ["b"]])
        #expect(throws: Complaint.self) {
            try EditOption.patch(
                edits: [], removals: ["/nothing"], of: Self.arguments, schema: nil)
        }
    }
}

/// Goal: a patch between two values makes the one of the other, and touches nothing else.
@Suite struct DifferenceTests {
    @Test func patchesMakeTheNewOfTheOld() throws {
        var numbers = SeededNumbers(seed: 5)
        for round in 0..<2_000 {
            let old = value(&numbers, depth: 3)
            let new = round % 3 == 0 ? value(&numbers, depth: 3) : changed(old, &numbers)
            let patch = Difference.patch(from: old, to: new)
            let made = try patch.applied(to: old)
            try #require(made == new, "round \(round): \(old.text()) to \(new.text())")
            #expect(patch.isEmpty == (old == new))
        }
    }

    @Test func whatIsEqualIsNotTouched() {
        let patch = Difference.patch(
            from: ["a": 1, "b": ["c": [1, 2], "d": "x"]],
            to: ["a": 1, "b": ["c": [1, 3], "d": "x"]])
        #expect(patch.operations.map(\.pointer.description) == ["/b/c/1"])
    }

    private func value(_ numbers: inout SeededNumbers, depth: Int) -> JSONValue {
        switch numbers.next(below: depth > 0 ? 6 : 4) {
        case 0: return .null
        case 1: return .bool(true)
        case 2: return .number(JSONNumber(numbers.next(below: 5)))
        case 3: return .string("s\(numbers.next(below: 5))")
        case 4:
            return .array(
                (0..<numbers.next(below: 4)).map { _ in value(&numbers, depth: depth - 1) })
        default:
            let members = (0..<numbers.next(below: 4)).map { _ in
                ("n/~\(numbers.next(below: 4))", value(&numbers, depth: depth - 1))
            }
            return .object(JSONObject(members))
        }
    }

    private func changed(_ value: JSONValue, _ numbers: inout SeededNumbers) -> JSONValue {
        switch value {
        case .array(var elements):
            guard !elements.isEmpty else { return [1] }
            let place = numbers.next(below: elements.count)
            elements[place] = changed(elements[place], &numbers)
            if numbers.next(below: 4) == 0 { elements.removeLast() }
            return .array(elements)
        case .object(var object):
            guard let name = object.names.first else { return ["new": 1] }
            object[name] = object[name].map { changed($0, &numbers) }
            if numbers.next(below: 4) == 0 { object["more"] = .null }
            return .object(object)
        case .null, .bool, .number, .string: return .string("changed")
        }
    }
}
