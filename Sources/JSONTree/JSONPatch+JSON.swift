extension JSONPatch {
    /// Reads the JSON form; unknown operations and unknown members are refused by name.
    public init(json: JSONValue) throws(JSONPatchError) {
        guard let steps = json.arrayValue else {
            throw JSONPatchError(operation: nil, pointer: nil, reason: "a patch is an array")
        }
        guard steps.count <= Self.operationsMax else {
            throw JSONPatchError(
                operation: nil, pointer: nil,
                reason: "a patch has at most \(Self.operationsMax) operations")
        }
        operations = []
        operations.reserveCapacity(steps.count)
        for (place, step) in steps.enumerated() {
            operations.append(try Self.operation(step, at: place))
        }
    }

    private static func operation(
        _ step: JSONValue, at place: Int
    ) throws(JSONPatchError) -> Operation {
        func failure(_ reason: String, _ pointer: JSONPointer? = nil) -> JSONPatchError {
            JSONPatchError(operation: place, pointer: pointer, reason: reason)
        }
        guard let members = step.objectValue else { throw failure("an operation is an object") }
        guard let name = members["op"]?.stringValue else {
            throw failure("an operation has a string \"op\"")
        }
        guard let path = members["path"]?.stringValue else {
            throw failure("an operation has a string \"path\"")
        }
        let pointer: JSONPointer
        do {
            pointer = try JSONPointer(parsing: path)
        } catch {
            throw failure("\"path\" is no JSON pointer: \(error.reason)")
        }
        guard ["add", "remove", "replace"].contains(name) else {
            throw failure("only add, remove and replace are allowed", pointer)
        }
        let known = name == "remove" ? ["op", "path"] : ["op", "path", "value"]
        guard members.count == known.count, known.allSatisfy({ members[$0] != nil }) else {
            throw failure("\(known.joined(separator: ", ")) are the members expected", pointer)
        }
        guard let value = members["value"] else { return .remove(pointer) }
        return name == "add" ? .add(pointer, value) : .replace(pointer, value)
    }

    /// The JSON form.
    public var json: JSONValue {
        .array(operations.map(\.json))
    }
}

extension JSONPatch.Operation {
    /// The JSON form.
    public var json: JSONValue {
        switch self {
        case .add(let pointer, let value):
            ["op": "add", "path": .string("\(pointer)"), "value": value]
        case .remove(let pointer):
            ["op": "remove", "path": .string("\(pointer)")]
        case .replace(let pointer, let value):
            ["op": "replace", "path": .string("\(pointer)"), "value": value]
        }
    }
}
