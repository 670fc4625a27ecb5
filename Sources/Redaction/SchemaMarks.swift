import JSONTree

/// The places that a tool's schema marks with `"x-sensitive": true` or `"format": "password"`.
struct SchemaMarks {
    private let schema: JSONValue
    /// References are followed this deep, so that one to itself ends.
    private static let depthMax = 32

    init(_ schema: JSONValue) { self.schema = schema }

    /// The marked places that `value` has, none below another one.
    func places(in value: JSONValue) -> [JSONPointer] {
        var places: [JSONPointer] = []
        collect(value, schema, at: .root, depth: 0, into: &places)
        return places
    }

    private func collect(
        _ value: JSONValue, _ schema: JSONValue, at pointer: JSONPointer, depth: Int,
        into places: inout [JSONPointer]
    ) {
        guard depth < Self.depthMax, case .object(let rules) = schema else { return }
        if isMarked(rules) {
            places.append(pointer)
            return
        }
        if let target = target(of: rules) {
            collect(value, target, at: pointer, depth: depth + 1, into: &places)
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            for branch in rules[name]?.arrayValue ?? [] {
                collect(value, branch, at: pointer, depth: depth + 1, into: &places)
            }
        }
        for name in ["then", "else", "if"] {
            if let branch = rules[name] {
                collect(value, branch, at: pointer, depth: depth + 1, into: &places)
            }
        }
        switch value {
        case .object(let object):
            collect(object, rules, at: pointer, depth: depth, into: &places)
        case .array(let elements):
            collect(elements, rules, at: pointer, depth: depth, into: &places)
        case .null, .bool, .number, .string: break
        }
    }

    private func collect(
        _ object: JSONObject, _ rules: JSONObject, at pointer: JSONPointer, depth: Int,
        into places: inout [JSONPointer]
    ) {
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
                collect(member.value, schema, at: below, depth: depth + 1, into: &places)
            }
        }
    }

    private func collect(
        _ elements: [JSONValue], _ rules: JSONObject, at pointer: JSONPointer, depth: Int,
        into places: inout [JSONPointer]
    ) {
        let first = rules["prefixItems"]?.arrayValue ?? rules["items"]?.arrayValue ?? []
        for (index, element) in elements.enumerated() {
            let schema =
                index < first.count
                ? first[index] : rules["items"] ?? rules["additionalItems"] ?? .null
            collect(
                element, schema, at: pointer.appending(index), depth: depth + 1, into: &places)
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
