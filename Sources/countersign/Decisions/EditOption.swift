import JSONSchema
import JSONTree

/// Reads `--edit '/amount_cents=50000'` and its like into a patch.
enum EditOption {
    /// The patch of all edits and removals, in their order, against what is shown.
    static func patch(
        edits: [String], removals: [String], of arguments: JSONValue, schema: JSONValue?
    ) throws(Complaint) -> JSONPatch {
        let schema = compiled(schema)
        var operations: [JSONPatch.Operation] = []
        var now = arguments
        for edit in edits {
            let operation = try step(edit, of: now, schema)
            operations.append(operation)
            now = try applying([operation], to: now)
        }
        for removal in removals {
            let operation = JSONPatch.Operation.remove(try Parsed.pointer(removal))
            operations.append(operation)
            now = try applying([operation], to: now)
        }
        return JSONPatch(operations)
    }

    /// The arguments after the patch; refuses one that does not fit them.
    static func applying(
        _ operations: [JSONPatch.Operation], to arguments: JSONValue
    ) throws(Complaint) -> JSONValue {
        do {
            return try JSONPatch(operations).applied(to: arguments)
        } catch {
            throw Complaint(
                "The edit does not fit the arguments: \(error).",
                next: "Look at them with `countersign show`.", .badInput)
        }
    }

    private static func step(
        _ edit: String, of arguments: JSONValue, _ schema: JSONSchema?
    ) throws(Complaint) -> JSONPatch.Operation {
        guard let equals = edit.firstIndex(of: "=") else {
            throw Complaint(
                "\(edit) is no edit.", next: "Write a pointer and a value: /amount_cents=50000",
                .usage)
        }
        let pointer = try Parsed.pointer(String(edit[..<equals]))
        let rule = schema?.fieldRule(at: pointer, in: arguments)
        let value = try value(
            String(edit[edit.index(after: equals)...]), at: pointer, types: rule?.types ?? .all)
        return arguments[pointer] == nil ? .add(pointer, value) : .replace(pointer, value)
    }

    /// JSON when it is JSON of an allowed type, a string when that is allowed.
    static func value(
        _ text: String, at pointer: JSONPointer, types: JSONTypes
    ) throws(Complaint) -> JSONValue {
        do {
            let value = try JSONValue(parsing: Array(text.utf8))
            if types.isSuperset(of: JSONTypes(of: value)) { return value }
        } catch {
            // What is not JSON is meant as text.
        }
        guard types.contains(.string) else {
            throw Complaint(
                "\(pointer) must be \(types).", next: "Write the value as JSON of that type.",
                .badInput)
        }
        return .string(text)
    }

    /// A schema that does not compile is left to the server's judgement.
    private static func compiled(_ schema: JSONValue?) -> JSONSchema? {
        guard let schema else { return nil }
        do {
            return try JSONSchema(schema)
        } catch {
            return nil
        }
    }
}
