import JSONTree

/// One schema of the document: its rules in the order in which they are checked.
struct SchemaNode: Sendable {
    /// Where the schema stands in the document.
    let location: JSONPointer
    /// What it demands.
    var rules: [SchemaRule] = []
    /// What it tells a reader.
    var notes = SchemaNotes()
}

/// The annotations of a schema that an editor shows.
struct SchemaNotes: Sendable {
    var title: String?
    var description: String?
    var defaultValue: JSONValue?
    var examples: [JSONValue] = []
    var isReadOnly = false
    var isSensitive = false
    var format: String?
}

/// One demand, compiled from one keyword or from several that only make sense together.
enum SchemaRule: Sendable {
    case never
    case types(JSONTypes)
    case choices(SchemaChoices)
    case numberBound(NumberBound)
    case multipleOf(ExactDivisor)
    case length(CountBound)
    case pattern(Pattern)
    case format(Format)
    case members(MembersRule)
    case memberCount(CountBound)
    case memberNames(Int)
    case required([String])
    case dependentRequired([DependentNames])
    case dependentSchemas([DependentSchema])
    case items(ItemsRule)
    case itemCount(CountBound)
    case uniqueItems
    case contains(ContainsRule)
    case reference(Int)
    case allOf([Int])
    case anyOf([Int])
    case oneOf([Int])
    case not(Int)
    case condition(ConditionRule)
    case unevaluatedMembers(Int)
    case unevaluatedItems(Int)

    /// Whether the rule needs to know what other rules have looked at; such rules come last.
    var asksForEvaluation: Bool {
        switch self {
        case .unevaluatedMembers, .unevaluatedItems: true
        case .never, .types, .choices, .numberBound, .multipleOf, .length, .pattern, .format,
            .members, .memberCount, .memberNames, .required, .dependentRequired,
            .dependentSchemas, .items, .itemCount, .uniqueItems, .contains, .reference, .allOf,
            .anyOf, .oneOf, .not, .condition:
            false
        }
    }

    /// The schemas that are held against the same value, not against a part of it.
    var samePlaceNodes: [Int] {
        switch self {
        case .reference(let node), .not(let node): [node]
        case .allOf(let nodes), .anyOf(let nodes), .oneOf(let nodes): nodes
        case .dependentSchemas(let dependents): dependents.map(\.node)
        case .condition(let rule): [rule.test, rule.then, rule.otherwise].compactMap(\.self)
        case .never, .types, .choices, .numberBound, .multipleOf, .length, .pattern, .format,
            .members, .memberCount, .memberNames, .required, .dependentRequired, .items,
            .itemCount, .uniqueItems, .contains, .unevaluatedMembers, .unevaluatedItems:
            []
        }
    }
}

/// `enum` or `const`.
struct SchemaChoices: Sendable {
    let keyword: String
    let values: [JSONValue]
    let exact: Set<ExactValue>
}

/// `minimum` and its kin.
struct NumberBound: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum
    }

    let kind: Kind
    let limit: JSONNumber
    let exact: ExactDecimal
}

/// `minLength`, `maxItems` and their kin.
struct CountBound: Sendable {
    let keyword: String
    let isMinimum: Bool
    let limit: Int

    func allows(_ count: Int) -> Bool {
        isMinimum ? count >= limit : count <= limit
    }
}

/// `properties`, `patternProperties` and `additionalProperties`.
struct MembersRule: Sendable {
    var names: [String] = []
    var named: [ByteText: Int] = [:]
    var matching: [(pattern: Pattern, node: Int)] = []
    var others: Int?
}

/// `prefixItems` and `items`.
struct ItemsRule: Sendable {
    var first: [Int] = []
    var others: Int?
}

/// `contains`, `minContains` and `maxContains`.
struct ContainsRule: Sendable {
    let node: Int
    let minimum: Int
    let maximum: Int?
}

/// `if`, `then` and `else`.
struct ConditionRule: Sendable {
    let test: Int
    let then: Int?
    let otherwise: Int?
}

/// One name of `dependentRequired`.
struct DependentNames: Sendable {
    let name: String
    let required: [String]
}

/// One name of `dependentSchemas`.
struct DependentSchema: Sendable {
    let name: String
    let node: Int
}
