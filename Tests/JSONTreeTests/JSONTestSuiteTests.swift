import JSONTree
import Testing

/// Goal: the parser accepts what RFC 8259 accepts and nothing else, held against JSONTestSuite.
@Suite(.enabled(if: ConformanceData.isPresent, ConformanceData.absent))
struct JSONTestSuiteTests {
    private static let folder = "jsontestsuite/test_parsing"

    @Test func acceptsEveryValidFile() throws {
        let names = try ConformanceData.names(in: Self.folder).filter { $0.hasPrefix("y_") }
        #expect(names.count == 95)
        for name in names {
            let bytes = try ConformanceData.bytes("\(Self.folder)/\(name)")
            guard name != Self.twins, name != Self.equalTwins else {
                #expect(refusal(of: bytes) != nil, "\(name)")
                continue
            }
            #expect(refusal(of: bytes) == nil, "\(name)")
        }
    }

    @Test func refusesEveryInvalidFile() throws {
        let names = try ConformanceData.names(in: Self.folder).filter { $0.hasPrefix("n_") }
        #expect(names.count == 188)
        for name in names {
            let bytes = try ConformanceData.bytes("\(Self.folder)/\(name)")
            #expect(refusal(of: bytes) != nil, "\(name)")
        }
    }

    /// The two files that RFC 8259 allows and we refuse: one name twice in an object, which other
    /// parsers read as the first, as the last or as both.
    private static let twins = "y_object_duplicated_key.json"
    private static let equalTwins = "y_object_duplicated_key_and_value.json"
}
