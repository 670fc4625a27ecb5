import JSONTree

/// Keywords that lead to other schemas.
extension KeywordReader {
    func readMembers(into compiler: inout SchemaCompiler) throws(SchemaError) {
        try readMemberSchemas(into: &compiler)
        if let operand = members["required"] {
            guard operand.arrayValue != nil else {
                throw failure("required", "must be an array of strings")
            }
            add(.required(try names(operand, of: "required")), to: &compiler)
        }
        for bound in try bounds("minProperties", "maxProperties") {
            add(.memberCount(bound), to: &compiler)
        }
        if let names = try schema("propertyNames", in: &compiler) {
            add(.memberNames(names), to: &compiler)
        }
        if let operand = try object("dependentRequired") {
            var dependents: [DependentNames] = []
            for member in operand.members {
                let required = try names(member.value, of: "dependentRequired")
                dependents.append(DependentNames(name: member.name, required: required))
            }
            add(.dependentRequired(dependents), to: &compiler)
        }
        let dependents = try namedSchemas("dependentSchemas", in: &compiler)
        if !dependents.isEmpty { add(.dependentSchemas(dependents), to: &compiler) }
    }

    private func readMemberSchemas(into compiler: inout SchemaCompiler) throws(SchemaError) {
        var rule = MembersRule()
        for named in try namedSchemas("properties", in: &compiler) {
            rule.names.append(named.name)
            rule.named[ByteText(named.name)] = named.node
        }
        for named in try namedSchemas("patternProperties", in: &compiler) {
            let pattern = try pattern(named.name, of: "patternProperties", in: &compiler)
            rule.matching.append((pattern, named.node))
        }
        rule.others = try schema("additionalProperties", in: &compiler)
        if !rule.names.isEmpty || !rule.matching.isEmpty || rule.others != nil {
            add(.members(rule), to: &compiler)
        }
    }

    func readItems(into compiler: inout SchemaCompiler) throws(SchemaError) {
        let first = try schemas("prefixItems", in: &compiler) ?? []
        if case .array? = members["items"] {
            throw failure("items", "must be one schema; a list of them is called prefixItems")
        }
        let others = try schema("items", in: &compiler)
        if !first.isEmpty || others != nil {
            add(.items(ItemsRule(first: first, others: others)), to: &compiler)
        }
        for bound in try bounds("minItems", "maxItems") {
            add(.itemCount(bound), to: &compiler)
        }
        if try flag("uniqueItems") { add(.uniqueItems, to: &compiler) }
        let minimum = try count("minContains") ?? 1
        let maximum = try count("maxContains")
        if let node = try schema("contains", in: &compiler) {
            let rule = ContainsRule(node: node, minimum: minimum, maximum: maximum)
            add(.contains(rule), to: &compiler)
        }
    }

    func readAlternatives(into compiler: inout SchemaCompiler) throws(SchemaError) {
        if let nodes = try schemas("allOf", in: &compiler) { add(.allOf(nodes), to: &compiler) }
        if let nodes = try schemas("anyOf", in: &compiler) { add(.anyOf(nodes), to: &compiler) }
        if let nodes = try schemas("oneOf", in: &compiler) { add(.oneOf(nodes), to: &compiler) }
        if let node = try schema("not", in: &compiler) { add(.not(node), to: &compiler) }
    }

    /// Reads `if`, `then` and `else`; without `if` the other two demand nothing, says the draft.
    func readCondition(into compiler: inout SchemaCompiler) throws(SchemaError) {
        let then = try schema("then", in: &compiler)
        let otherwise = try schema("else", in: &compiler)
        if let test = try schema("if", in: &compiler) {
            let rule = ConditionRule(test: test, then: then, otherwise: otherwise)
            add(.condition(rule), to: &compiler)
        }
    }

    func readUnevaluated(into compiler: inout SchemaCompiler) throws(SchemaError) {
        if let node = try schema("unevaluatedProperties", in: &compiler) {
            add(.unevaluatedMembers(node), to: &compiler)
        }
        if let node = try schema("unevaluatedItems", in: &compiler) {
            add(.unevaluatedItems(node), to: &compiler)
        }
    }
}
