import JSONTree

/// Reads the keywords of one schema object.
struct KeywordReader {
    let node: Int
    let members: JSONObject
    let pointer: JSONPointer

    /// What a keyword is read by; keywords of one group are read together.
    private enum Group {
        case root, note, identity, value, number, text, members, items, alternatives, condition
        case unevaluated
    }

    /// Every keyword that is understood; all others but `x-…` are refused.
    private static let groups: [String: Group] = {
        let table: [(Group, [String])] = [
            (.root, ["$schema", "$id"]),
            (
                .note,
                [
                    "$comment", "title", "description", "default", "examples", "deprecated",
                    "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
                    "contentSchema", "discriminator",
                ]
            ),
            (.identity, ["$ref", "$anchor", "$defs", "definitions"]),
            (.value, ["type", "enum", "const"]),
            (.number, NumberBound.Kind.allCases.map(\.rawValue) + ["multipleOf"]),
            (.text, ["minLength", "maxLength", "pattern", "format"]),
            (
                .members,
                [
                    "properties", "patternProperties", "additionalProperties", "required",
                    "minProperties", "maxProperties", "propertyNames", "dependentRequired",
                    "dependentSchemas",
                ]
            ),
            (
                .items,
                [
                    "prefixItems", "items", "minItems", "maxItems", "uniqueItems", "contains",
                    "minContains", "maxContains",
                ]
            ),
            (.alternatives, ["allOf", "anyOf", "oneOf", "not"]),
            (.condition, ["if", "then", "else"]),
            (.unevaluated, ["unevaluatedProperties", "unevaluatedItems"]),
        ]
        return Dictionary(
            uniqueKeysWithValues: table.flatMap { group, names in names.map { ($0, group) } })
    }()

    /// Reads each group that the schema has a keyword of, once, in the order of the schema.
    func read(into compiler: inout SchemaCompiler) throws(SchemaError) {
        try refuseHiddenSiblings(compiler)
        var seen: Set<Group> = []
        for name in members.names where !name.hasPrefix("x-") {
            guard let group = Self.groups[name] else {
                throw failure(name, "is not supported")
            }
            if seen.insert(group).inserted {
                try read(group, into: &compiler)
            }
        }
        compiler.nodes[node].notes.isSensitive = members["x-sensitive"] == true
    }

    private func read(
        _ group: Group, into compiler: inout SchemaCompiler
    ) throws(SchemaError) {
        switch group {
        case .root: try refuseRootKeywords()
        case .note: try readNotes(into: &compiler)
        case .identity: try readIdentity(into: &compiler)
        case .value: try readValue(into: &compiler)
        case .number: try readNumber(into: &compiler)
        case .text: try readText(into: &compiler)
        case .members: try readMembers(into: &compiler)
        case .items: try readItems(into: &compiler)
        case .alternatives: try readAlternatives(into: &compiler)
        case .condition: try readCondition(into: &compiler)
        case .unevaluated: try readUnevaluated(into: &compiler)
        }
    }

    /// In draft 7 a `$ref` hides what stands beside it, which nobody who writes it expects.
    private func refuseHiddenSiblings(_ compiler: SchemaCompiler) throws(SchemaError) {
        guard compiler.hidesSiblings, members["$ref"] != nil else { return }
        for name in members.names where !name.hasPrefix("x-") {
            let group = Self.groups[name]
            guard name == "$ref" || name == "definitions" || group == .note || group == .root else {
                throw failure(name, "stands beside $ref, which hides it in draft 7")
            }
        }
    }

    private func refuseRootKeywords() throws(SchemaError) {
        guard !pointer.isRoot else { return }
        for name in ["$schema", "$id"] where members[name] != nil {
            throw failure(name, "is supported at the root of the document only")
        }
    }

    func failure(_ keyword: String, _ sentence: String) -> SchemaError {
        SchemaError(pointer: pointer.appending(keyword), keyword: keyword, sentence: sentence)
    }

    func add(_ rule: SchemaRule, to compiler: inout SchemaCompiler) {
        compiler.nodes[node].rules.append(rule)
    }
}
