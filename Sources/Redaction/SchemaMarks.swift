import JSONTree

/// The places that a tool's schema marks with `"x-sensitive": true` or `"format": "password"`.
struct SchemaMarks {
    private let schema: JSONValue
    private var budget: ScanBudget
    private var found: [JSONPointer] = []
    /// Deeper than any arguments; a reference to itself ends here, and hides everything.
    private static let depthMax = 192

    init(_ schema: JSONValue, budget: ScanBudget) {
        self.schema = schema
        self.budget = budget
    }

    /// The marked places that `value` has, none below another one.
    ///
    /// Throws when the schema names itself in so many ways that there is no end to it.
    mutating func places(in value: JSONValue) throws(ScanBudget.Exhausted) -> [JSONPointer] {
        try collect(value, schema, at: .root, depth: 0)
        return found
    }

    private mutating func collect(
        _ value: JSONValue, _ schema: JSONValue, at pointer: JSONPointer, depth: Int
    ) throws(ScanBudget.Exhausted) {
        try budget.spend(16)
        guard depth < Self.depthMax else { throw ScanBudget.Exhausted() }
        guard case .object(let rules) = schema else { return }
        if isMarked(rules) {
            found.append(pointer)
            return
        }
        if let target = target(of: rules) {
            try collect(value, target, at: pointer, depth: depth + 1)
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            for branch in rules[name]?.arrayValue ?? [] {
                try collect(value, branch, at: pointer, depth: depth + 1)
            }
        }
        for name in ["then", "else", "if"] {
            if let branch = rules[name] {
                try collect(value, branch, at: pointer, depth: depth + 1)
            }
        }
        switch value {
        case .object(let object):
            try collect(object, rules, at: pointer, depth: depth)
        case .array(let elements):
            try collect(elements, rules, at: pointer, depth: depth)
        case .null, .bool, .number, .string: break
        }
    }

    private mutating func collect(
        _ object: JSONObject, _ rules: JSONObject, at pointer: JSONPointer, depth: Int
    ) throws(ScanBudget.Exhausted) {
        let known = rules["properties"]?.objectValue
        let patterns = rules["patternProperties"]?.objectValue?.members.map(\.value) ?? []
        for member in object.members {
            let below = pointer.appending(member.name)
            var fitting = patterns
            if let own = known?[member.name] {
                fitting.append(own)
            } else if let other = rules["additionalProperties"] {
                fitting.append(other)
            }
            // Which pattern fits is not asked: a mark on any of them is enough to hide.
            for schema in fitting {
                try collect(member.value, schema, at: below, depth: depth + 1)
            }
        }
    }

    private mutating func collect(
        _ elements: [JSONValue], _ rules: JSONObject, at pointer: JSONPointer, depth: Int
    ) throws(ScanBudget.Exhausted) {
        let first = rules["prefixItems"]?.arrayValue ?? rules["items"]?.arrayValue ?? []
        for (index, element) in elements.enumerated() {
            let schema =
                index < first.count
                ? first[index] : rules["items"] ?? rules["additionalItems"] ?? .null
            try collect(
                element, schema, at: pointer.appending(index), depth: depth + 1)
        }
    }

    private func isMarked(_ rules: JSONObject) -> Bool {
        rules["x-sensitive"]?.boolValue == true
            || rules["format"]?.stringValue?.hasSameBytes(as: "password") == true
    }

    /// What `$ref` names inside of this schema.
    private func target(of rules: JSONObject) -> JSONValue? {
        guard let reference = rules["$ref"]?.stringValue, reference.utf8.first == UInt8(ascii: "#")
        else { return nil }
        let pointer = String(decoding: Array(reference.utf8.dropFirst()), as: UTF8.self)
        do {
            return schema[try JSONPointer(parsing: pointer)]
        } catch {
            return nil
        }
    }
}
