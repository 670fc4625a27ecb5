import JSONTree

/// Operands of keywords, each with its own refusal.
extension KeywordReader {
    func text(_ keyword: String) throws(SchemaError) -> String? {
        guard let value = members[keyword] else { return nil }
        guard let text = value.stringValue else { throw failure(keyword, "must be a string") }
        return text
    }

    func flag(_ keyword: String) throws(SchemaError) -> Bool {
        guard let value = members[keyword] else { return false }
        guard let flag = value.boolValue else { throw failure(keyword, "must be true or false") }
        return flag
    }

    /// A whole number of zero or more; one that is past all sizes is as good as the largest.
    func count(_ keyword: String) throws(SchemaError) -> Int? {
        guard let value = members[keyword] else { return nil }
        guard let exact = value.numberValue?.exact, exact.isInteger, !exact.isNegative else {
            throw failure(keyword, "must be a whole number of zero or more")
        }
        return exact.int64.map(Int.init) ?? Int.max
    }

    func object(_ keyword: String) throws(SchemaError) -> JSONObject? {
        guard let value = members[keyword] else { return nil }
        guard let object = value.objectValue else { throw failure(keyword, "must be an object") }
        return object
    }

    /// The schema that is the operand.
    func schema(
        _ keyword: String, in compiler: inout SchemaCompiler
    ) throws(SchemaError) -> Int? {
        guard let value = members[keyword] else { return nil }
        return try compiler.node(value, at: pointer.appending(keyword))
    }

    /// The schemas of an array with at least one.
    func schemas(
        _ keyword: String, in compiler: inout SchemaCompiler
    ) throws(SchemaError) -> [Int]? {
        guard let value = members[keyword] else { return nil }
        guard let elements = value.arrayValue, !elements.isEmpty else {
            throw failure(keyword, "must be an array of at least one schema")
        }
        var nodes: [Int] = []
        for (place, element) in elements.enumerated() {
            let place = pointer.appending(keyword).appending(place)
            nodes.append(try compiler.node(element, at: place))
        }
        return nodes
    }

    /// The schemas of an object, by name.
    func namedSchemas(
        _ keyword: String, in compiler: inout SchemaCompiler
    ) throws(SchemaError) -> [DependentSchema] {
        guard let object = try object(keyword) else { return [] }
        var named: [DependentSchema] = []
        for member in object.members {
            let place = pointer.appending(keyword).appending(member.name)
            let node = try compiler.node(member.value, at: place)
            named.append(DependentSchema(name: member.name, node: node))
        }
        return named
    }

    /// An array of different strings.
    func names(_ value: JSONValue, of keyword: String) throws(SchemaError) -> [String] {
        var names: [String] = []
        for element in value.arrayValue ?? [.null] {
            guard let name = element.stringValue else {
                throw failure(keyword, "must hold arrays of strings")
            }
            names.append(name)
        }
        guard Set(names.map(ByteText.init)).count == names.count else {
            throw failure(keyword, "must not name a member twice")
        }
        return names
    }

    /// Compiles an expression of `pattern` or `patternProperties`.
    func pattern(
        _ text: String, of keyword: String, in compiler: inout SchemaCompiler
    ) throws(SchemaError) -> Pattern {
        let pattern: Pattern
        do {
            pattern = try Pattern(text)
        } catch {
            throw failure(keyword, "\(error.reason), at character \(error.place + 1)")
        }
        compiler.patternSizes += pattern.size
        guard compiler.patternSizes <= SchemaCompiler.patternSizesMax else {
            throw failure(keyword, "makes the patterns of the document too large together")
        }
        return pattern
    }
}
