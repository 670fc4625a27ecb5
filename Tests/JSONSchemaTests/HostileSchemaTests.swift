import JSONSchema
import JSONTree
import Testing

/// Goal: no pattern and no schema whatever makes the compiler or the check trap.
///
/// Method: expressions and schemas put together at random by a seeded generator.
struct HostileSchemaTests {
    private static let pieces = [
        "a", "é", "😀", "(", ")", "(?:", "(?<n>", "[", "]", "[^", "-", "{", "}", "{2}", "{1,3}",
        "{9999}",
        "*", "+", "?", "|", "^", "$", ".", "\\", "\\d", "\\W", "\\b", "\\p{L}", "\\p{", "\\u00e9",
        "\\ud83d\\ude00", "\\u{", "\\x4", "\\cA", "\\0", ",", "1", "\u{0}",
    ]

    @Test func patterns() {
        let seed: UInt64 = 0x5EED_0002
        var random = SplitMix64(state: seed)
        var compiled = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...9, using: &random)
            let pattern = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &random) }
            let text = (0..<4).compactMap { _ in Self.pieces.randomElement(using: &random) }
            guard let schema = try? JSONSchema(["pattern": .string(pattern.joined())]) else {
                continue
            }
            compiled += 1
            _ = schema.errors(in: .string(text.joined()))
        }
        #expect(compiled > 2_000, "seed \(seed)")
    }

    @Test func schemas() {
        let seed: UInt64 = 0x5EED_0003
        var random = SplitMix64(state: seed)
        var compiled = 0
        for _ in 0..<6_000 {
            let document = Self.schema(depth: 3, &random)
            guard let schema = try? JSONSchema(document) else { continue }
            compiled += 1
            for _ in 0..<4 {
                let value = Self.value(depth: 3, &random)
                _ = schema.errors(in: value)
                _ = schema.fieldRule(at: .root, in: value)
                _ = schema.fieldRule(at: JSONPointer(tokens: ["a", "0"]), in: value)
            }
        }
        #expect(compiled > 1_000, "seed \(seed)")
    }

    private static let ofSchemas = [
        "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames",
        "unevaluatedProperties", "unevaluatedItems",
    ]
    private static let ofLists = ["allOf", "anyOf", "oneOf", "prefixItems"]
    private static let ofNames = ["properties", "$defs", "dependentSchemas", "patternProperties"]
    private static let ofValues = [
        "const", "minimum", "maxLength", "multipleOf", "minItems", "type", "enum", "required",
        "uniqueItems", "format", "pattern", "minContains", "exclusiveMaximum", "dependentRequired",
    ]

    private static func schema(depth: Int, _ random: inout SplitMix64) -> JSONValue {
        guard depth > 0 else { return .bool(.random(using: &random)) }
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let below = schema(depth: depth - 1, &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: object[pick(ofSchemas, &random)] = below
            case 1: object[pick(ofLists, &random)] = [below, schema(depth: depth - 1, &random)]
            case 2: object[pick(ofNames, &random)] = ["a": below]
            case 3:
                let targets: [JSONValue] = ["#", "#/$defs/a", "#/properties/a", "#/items", "#/not"]
                object["$ref"] = targets.randomElement(using: &random)
            case 4:
                let operands: [JSONValue] = [
                    "string", ["integer", "null"], "date", ["a"], true, 2, ["a": ["b"]],
                ]
                object[pick(ofValues, &random)] = operands.randomElement(using: &random)
            default: object[pick(ofValues, &random)] = value(depth: 1, &random)
            }
        }
        return .object(object)
    }

    private static func value(depth: Int, _ random: inout SplitMix64) -> JSONValue {
        let scalars: [JSONValue] = [nil, true, 0, -1, 7, "", "a", "2026-01-31"]
        guard depth > 0 else { return scalars.randomElement(using: &random) ?? nil }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return .array([value(depth: depth - 1, &random), value(depth: depth - 1, &random)])
        case 1: return ["a": value(depth: depth - 1, &random), "b": 1]
        case 2:
            let exponent = Int.random(in: -999_999_999...999_999_999, using: &random)
            return .number(JSONNumber("\(Int64(depth) * 37)e\(exponent)") ?? JSONNumber(0))
        default: return scalars.randomElement(using: &random) ?? nil
        }
    }

    private static func pick(_ names: [String], _ random: inout SplitMix64) -> String {
        names.randomElement(using: &random) ?? ""
    }
}

/// A small seeded generator, so that a failure can be played again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
