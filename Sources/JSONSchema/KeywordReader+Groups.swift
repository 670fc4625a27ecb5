import JSONTree

/// Keywords that look at the value itself.
extension KeywordReader {
    func readNotes(into compiler: inout SchemaCompiler) throws(SchemaError) {
        var notes = compiler.nodes[node].notes
        notes.title = try text("title")
        notes.description = try text("description")
        notes.defaultValue = members["default"]
        notes.isReadOnly = try flag("readOnly")
        if let examples = members["examples"] {
            guard let values = examples.arrayValue else {
                throw failure("examples", "must be an array")
            }
            notes.examples = values
        }
        compiler.nodes[node].notes = notes
        for keyword in ["$comment", "contentEncoding", "contentMediaType"] {
            _ = try text(keyword)
        }
        for keyword in ["deprecated", "writeOnly"] {
            _ = try flag(keyword)
        }
        _ = try schema("contentSchema", in: &compiler)
    }

    func readIdentity(into compiler: inout SchemaCompiler) throws(SchemaError) {
        _ = try namedSchemas("$defs", in: &compiler)
        _ = try namedSchemas("definitions", in: &compiler)
        if let anchor = try text("$anchor") {
            guard Self.isAnchor(anchor) else {
                throw failure("$anchor", "must be a plain name")
            }
            guard compiler.anchors.updateValue(node, forKey: ByteText(anchor)) == nil else {
                throw failure("$anchor", "must not name two schemas")
            }
        }
        if let target = try text("$ref") {
            let place = pointer.appending("$ref")
            compiler.references.append(.init(node: node, target: target, pointer: place))
        }
    }

    private static func isAnchor(_ text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
        }
        let others = Array("-.0123456789".utf8)
        return text.utf8.first.map(isLetter) ?? false
            && text.utf8.allSatisfy { isLetter($0) || others.contains($0) }
    }

    func readValue(into compiler: inout SchemaCompiler) throws(SchemaError) {
        if let operand = members["type"] {
            add(.types(try types(operand)), to: &compiler)
        }
        if let operand = members["enum"] {
            guard let values = operand.arrayValue else {
                throw failure("enum", "must be an array")
            }
            add(.choices(Self.choices("enum", values)), to: &compiler)
        }
        if let value = members["const"] {
            add(.choices(Self.choices("const", [value])), to: &compiler)
        }
    }

    private func types(_ operand: JSONValue) throws(SchemaError) -> JSONTypes {
        var types: JSONTypes = []
        for name in operand.arrayValue ?? [operand] {
            guard let known = name.stringValue.flatMap(JSONTypes.init(name:)) else {
                throw failure("type", "must name JSON types")
            }
            types.formUnion(known)
        }
        guard !types.isEmpty else { throw failure("type", "must name at least one type") }
        return types
    }

    private static func choices(_ keyword: String, _ values: [JSONValue]) -> SchemaChoices {
        SchemaChoices(keyword: keyword, values: values, exact: Set(values.map(ExactValue.init)))
    }

    func readNumber(into compiler: inout SchemaCompiler) throws(SchemaError) {
        for kind in NumberBound.Kind.allCases {
            guard let operand = members[kind.rawValue] else { continue }
            guard let limit = operand.numberValue else {
                throw failure(kind.rawValue, "must be a number")
            }
            let bound = NumberBound(kind: kind, limit: limit, exact: limit.exact)
            add(.numberBound(bound), to: &compiler)
        }
        guard let operand = members["multipleOf"] else { return }
        guard let divisor = operand.numberValue.flatMap(ExactDivisor.init) else {
            throw failure(
                "multipleOf",
                "must be a number above zero with at most \(ExactDivisor.digitsMax) digits")
        }
        add(.multipleOf(divisor), to: &compiler)
    }

    func readText(into compiler: inout SchemaCompiler) throws(SchemaError) {
        for bound in try bounds("minLength", "maxLength") {
            add(.length(bound), to: &compiler)
        }
        if let text = try text("pattern") {
            add(.pattern(try pattern(text, of: "pattern", in: &compiler)), to: &compiler)
        }
        guard let name = try text("format") else { return }
        compiler.nodes[node].notes.format = name
        guard compiler.formats == .asserted else { return }
        guard let format = Format(rawValue: name) else {
            throw failure("format", "names a format that is not supported")
        }
        add(.format(format), to: &compiler)
    }

    func bounds(_ minimum: String, _ maximum: String) throws(SchemaError) -> [CountBound] {
        var bounds: [CountBound] = []
        if let limit = try count(minimum) {
            bounds.append(CountBound(keyword: minimum, isMinimum: true, limit: limit))
        }
        if let limit = try count(maximum) {
            bounds.append(CountBound(keyword: maximum, isMinimum: false, limit: limit))
        }
        return bounds
    }
}
