import JSONSchema
import JSONTree
import Testing

/// Goal: what a schema costs is bounded by its size, not by how its parts multiply.
@Suite struct CostTests {
    /// One long name beside many short ones would make a sentence of megabytes, many times.
    @Test func sentencesDoNotMultiply() throws {
        let name = String(repeating: "n", count: 250_000)
        let names = (0..<100_000).map { JSONValue.string("m\($0)") }
        let dependents: JSONValue = .object(JSONObject([(name, .array(names))]))
        let schema = try JSONSchema(["dependentRequired": dependents, "required": [.string(name)]])
        let violations = schema.errors(in: .object(JSONObject([(name, .bool(true))])))
        #expect(violations.count == JSONSchema.violationsMax)
        #expect(violations.allSatisfy { $0.sentence.utf8.count < 1_000 })
        #expect(schema.errors(in: [:]).first?.sentence.utf8.count ?? 1_000 < 1_000)
    }

    /// Long names around many schemas would be hashed and kept once for each of them.
    @Test func placesDoNotMultiply() {
        let leaves = (0..<9_000).map { ("l\($0)", JSONValue.object(JSONObject())) }
        var schema: JSONValue = ["properties": .object(JSONObject(leaves))]
        let name = String(repeating: "n", count: 10_000)
        for _ in 0..<20 { schema = ["properties": .object(JSONObject([(name, schema)]))] }
        #expect(throws: SchemaError.self) { try JSONSchema(schema) }
    }
}
