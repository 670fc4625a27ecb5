import JSONSchema
import JSONTree
import Testing

/// Goal: a schema is either understood as draft 2020-12 says, or refused; nothing in between.
///
/// Method: every group of the official suite. A group is refused as the table says, by keyword;
/// each test of every other group must have the verdict that the suite expects.
@Suite(.enabled(if: ConformanceData.isPresent, ConformanceData.absent))
struct SuiteTests {
    private static let folder = "json-schema-test-suite/tests/draft2020-12"

    /// The groups of each file that are refused, and the keyword that names the reason.
    ///
    /// They are embedded resources (`$id` below the root), references out of the document, dynamic
    /// references, and documents of another dialect.
    private static let refused: [String: [String: Int]] = [
        "anchor": ["$id": 3],
        "defs": ["$ref": 1],
        "dynamicRef": ["$dynamicAnchor": 12, "$dynamicRef": 3, "$id": 5, "$ref": 1],
        "ref": ["$id": 12, "$ref": 1],
        "refRemote": ["$id": 3, "$ref": 12],
        "unevaluatedItems": ["$dynamicAnchor": 1],
        "unevaluatedProperties": ["$dynamicAnchor": 1],
        "vocabulary": ["$schema": 2],
    ]

    private struct Count {
        var groups = 0
        var refused = 0
        var tests = 0
        var wrong: [String] = []
    }

    @Test func everyFile() throws {
        let names = try ConformanceData.names(in: Self.folder).filter { $0.hasSuffix(".json") }
        #expect(names.count == 46)
        var count = Count()
        for name in names {
            let refusals = try run(name, &count)
            let file = String(name.dropLast(".json".count))
            #expect(refusals == Self.refused[file] ?? [:], "\(file)")
        }
        print(
            "draft 2020-12: \(count.tests) tests right in \(count.groups - count.refused) groups,",
            "\(count.refused) groups refused by keyword")
        #expect(count.wrong.isEmpty)
        #expect(count.groups == 383)
        #expect(count.refused == 57)
        #expect(count.tests == 1_179)
    }

    /// Runs the groups of one file and counts those refused by keyword.
    private func run(_ name: String, _ count: inout Count) throws -> [String: Int] {
        let bytes = try ConformanceData.bytes("\(Self.folder)/\(name)")
        let groups = try JSONValue(parsing: bytes)
        var refusals: [String: Int] = [:]
        for group in try #require(groups.arrayValue) {
            count.groups += 1
            do {
                // The suite takes formats for notes unless told otherwise; see FormatTests.
                let schema = try JSONSchema(#require(group["schema"]), formats: .annotated)
                try check(group, schema, "\(name): ", &count)
            } catch let error as SchemaError {
                count.refused += 1
                refusals[error.keyword, default: 0] += 1
            }
        }
        return refusals
    }

    private func check(
        _ group: JSONValue, _ schema: JSONSchema, _ name: String, _ count: inout Count
    ) throws {
        for test in try #require(group["tests"]?.arrayValue) {
            count.tests += 1
            let expected = try #require(test["valid"]) == true
            let found = try schema.accepts(#require(test["data"]))
            guard found != expected else { continue }
            let words = [group["description"], test["description"]].compactMap { $0?.stringValue }
            count.wrong.append(name + words.joined(separator: ": "))
        }
    }
}
