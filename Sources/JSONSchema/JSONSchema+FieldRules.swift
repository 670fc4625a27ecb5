public import JSONTree

extension JSONSchema {
    /// What the schema says about the place `pointer` of `document`; nil when it says nothing.
    ///
    /// The place need not exist yet. Where the schema has alternatives, those that fit the
    /// document as it is are taken, or all when none does.
    public func fieldRule(at pointer: JSONPointer, in document: JSONValue) -> FieldRule? {
        var walk = FieldRuleWalk(schema: self)
        let tokens = pointer.tokens[...]
        guard var rule = walk.rule(0, document, tokens, depth: 0) else { return nil }
        if let parent = pointer.parent, let name = pointer.tokens.last,
            document[parent]?.arrayValue == nil
        {
            let around = walk.rule(0, document, parent.tokens[...], depth: 0)
            rule.isRequired = around?.requiredNames.contains { $0.hasSameBytes(as: name) } ?? false
        }
        return rule
    }
}

/// Gathers what the schemas on the way to a place say about it.
private struct FieldRuleWalk {
    let schema: JSONSchema
    /// How many schemas may still be visited, so that no schema can hold up the editor.
    var visitsLeft = 5_000
    /// Judges alternatives, within one budget for the whole walk.
    var checker: SchemaChecker

    init(schema: JSONSchema) {
        self.schema = schema
        checker = SchemaChecker(nodes: schema.nodes, tracksEvaluation: schema.tracksEvaluation)
        checker.stepsLeft = Self.stepsMax
    }

    /// A tenth of what a check may take.
    static let stepsMax = SchemaChecker.stepsMax / 10

    static let depthMax = 400

    mutating func rule(
        _ node: Int, _ value: JSONValue?, _ tokens: ArraySlice<String>, depth: Int
    ) -> FieldRule? {
        visitsLeft -= 1
        guard visitsLeft > 0, depth < Self.depthMax else { return nil }
        var found: FieldRule?
        if tokens.isEmpty {
            found = own(schema.nodes[node])
        } else {
            for part in parts(of: node, value, tokens, depth: depth) {
                found.narrow(part)
            }
        }
        for rule in schema.nodes[node].rules {
            if let more = sameplace(rule, value, tokens, depth: depth) { found.narrow(more) }
        }
        return found
    }

    /// What rules that lead to other schemas for the same value say.
    private mutating func sameplace(
        _ rule: SchemaRule, _ value: JSONValue?, _ tokens: ArraySlice<String>, depth: Int
    ) -> FieldRule? {
        switch rule {
        case .reference(let node):
            return self.rule(node, value, tokens, depth: depth + 1)
        case .allOf(let nodes):
            var found: FieldRule?
            for node in nodes {
                if let more = self.rule(node, value, tokens, depth: depth + 1) {
                    found.narrow(more)
                }
            }
            return found
        case .anyOf(let nodes), .oneOf(let nodes):
            return alternatives(nodes, value, tokens, depth: depth)
        case .never, .types, .choices, .numberBound, .multipleOf, .length, .pattern, .format,
            .members, .memberCount, .memberNames, .required, .dependentRequired, .dependentSchemas,
            .items, .itemCount, .uniqueItems, .contains, .not, .condition, .unevaluatedMembers,
            .unevaluatedItems:
            return nil
        }
    }

    private mutating func alternatives(
        _ nodes: [Int], _ value: JSONValue?, _ tokens: ArraySlice<String>, depth: Int
    ) -> FieldRule? {
        var fitting: [Int] = []
        for node in nodes where tokens.isEmpty || fits(node, value) {
            fitting.append(node)
        }
        var found: FieldRule?
        for node in fitting.isEmpty ? nodes : fitting {
            guard let one = rule(node, value, tokens, depth: depth + 1) else { continue }
            if found == nil { found = one } else { found?.formUnion(one) }
        }
        return found
    }

    private mutating func fits(_ node: Int, _ value: JSONValue?) -> Bool {
        guard let value else { return true }
        return checker.check(node, value, depth: 0).fits && !checker.isExhausted
    }

    /// What the schemas of members and elements say about the rest of the way.
    private mutating func parts(
        of node: Int, _ value: JSONValue?, _ tokens: ArraySlice<String>, depth: Int
    ) -> [FieldRule] {
        guard let token = tokens.first else { return [] }
        var nodes: [Int] = []
        for rule in schema.nodes[node].rules {
            if case .members(let rule) = rule, value?.arrayValue == nil {
                nodes += rule.nodes(of: token)
            } else if case .items(let rule) = rule, value?.objectValue == nil {
                nodes += rule.nodes(of: token)
            }
        }
        let part = value?[JSONPointer(tokens: [token])]
        return nodes.compactMap { rule($0, part, tokens.dropFirst(), depth: depth + 1) }
    }

    /// What one schema says about the value that it is held against.
    private func own(_ node: SchemaNode) -> FieldRule {
        var rule = FieldRule()
        rule.title = node.notes.title
        rule.description = node.notes.description
        rule.defaultValue = node.notes.defaultValue
        rule.examples = node.notes.examples
        rule.isReadOnly = node.notes.isReadOnly
        rule.isSensitive = node.notes.isSensitive
        rule.format = node.notes.format
        for demand in node.rules {
            rule.take(demand, schema.nodes)
        }
        return rule
    }
}

extension FieldRule {
    /// Writes one demand of a schema down.
    fileprivate mutating func take(_ demand: SchemaRule, _ nodes: [SchemaNode]) {
        func isNever(_ node: Int?) -> Bool {
            node.map { nodes[$0].rules.contains { if case .never = $0 { true } else { false } } }
                ?? false
        }
        switch demand {
        case .never: isForbidden = true
        case .types(let allowed): types = allowed
        case .choices(let allowed):
            let other = Set(allowed.exact)
            choices = choices?.filter { other.contains(ExactValue($0)) } ?? allowed.values
        case .numberBound(let bound): numbers.formIntersection(bound.range)
        case .multipleOf(let divisor): multipleOf = divisor.number
        case .length(let bound): length.formIntersection(bound.range)
        case .pattern(let pattern): patterns.append(pattern.text)
        case .members(let rule):
            memberNames = rule.names.filter { !isNever(rule.named[ByteText($0)]) }
            allowsOtherMembers = !isNever(rule.others)
        case .memberCount(let bound): memberCount.formIntersection(bound.range)
        case .required(let names): requiredNames = names
        case .itemCount(let bound): items.formIntersection(bound.range)
        case .unevaluatedMembers(let node): allowsOtherMembers = !isNever(node)
        case .format, .memberNames, .dependentRequired, .dependentSchemas, .items, .uniqueItems,
            .contains, .reference, .allOf, .anyOf, .oneOf, .not, .condition, .unevaluatedItems:
            break
        }
    }
}

extension FieldRule? {
    fileprivate mutating func narrow(_ other: FieldRule) {
        if self == nil { self = other } else { self?.formIntersection(other) }
    }
}

extension MembersRule {
    fileprivate func nodes(of name: String) -> [Int] {
        var steps = 100_000
        var nodes = named[ByteText(name)].map { [$0] } ?? []
        nodes += matching.filter { $0.pattern.matches(name, stepsLeft: &steps) }.map(\.node)
        return nodes.isEmpty ? [others].compactMap(\.self) : nodes
    }
}

extension ItemsRule {
    fileprivate func nodes(of token: String) -> [Int] {
        guard token != "-" else { return [others].compactMap(\.self) }
        guard let index = JSONPointer.index(token) else { return [] }
        return [index < first.count ? first[index] : others].compactMap(\.self)
    }
}

extension CountBound {
    fileprivate var range: CountRange {
        isMinimum ? CountRange(least: limit) : CountRange(most: limit)
    }
}

extension NumberBound {
    fileprivate var range: NumberRange {
        switch kind {
        case .minimum: NumberRange(least: .init(limit: limit, isExclusive: false))
        case .maximum: NumberRange(most: .init(limit: limit, isExclusive: false))
        case .exclusiveMinimum: NumberRange(least: .init(limit: limit, isExclusive: true))
        case .exclusiveMaximum: NumberRange(most: .init(limit: limit, isExclusive: true))
        }
    }
}
