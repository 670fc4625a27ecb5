import JSONTree
import Policies
import Testing

/// Goal: a diff says what a version lets through that the one before did not.
struct DifferenceTests {
    @Test(
        arguments: [
            ("/rules/1/then/quorum", 1, "changed rule large /then/quorum laxer"),
            ("/rules/1/then/quorum", 3, "changed rule large /then/quorum stricter"),
            ("/rules/1/then/timeout_s", 900, "changed rule large /then/timeout_s laxer"),
            ("/rules/0", nil, "removed rule sanctioned  laxer"),
            ("/rules/2", nil, "removed rule small  stricter"),
            (
                "/default", ["effect": "deny"],
                "changed default /effect stricter,removed default /group ?"
            ),
            ("/rules/2/when/</1", 500, "changed rule small /when/< ?"),
            ("/version", 9, "changed version  ?"), ("/redact/1", nil, "changed redact  ?"),
        ] as [(String, JSONValue?, String)])
    func tells(_ pointer: String, _ value: JSONValue?, _ words: String) throws {
        let before = try Policy(Fixture.finance)
        let after = try Policy(try Fixture.finance(pointer, value))
        let found = PolicyDifference(from: before, to: after).changes.map {
            "\($0.kind.rawValue) \($0.name) \($0.pointer) \($0.leaning?.rawValue ?? "?")"
        }
        #expect(found.joined(separator: ",") == words)
        #expect(PolicyDifference(from: before, to: before).changes.isEmpty)
    }

    @Test func orderMattersAndLayoutDoesNot() throws {
        let rules = try #require(Fixture.finance["rules"]?.arrayValue)
        let turned = try Policy(
            try Fixture.finance("/rules", .array([rules[1], rules[0], rules[2]])))
        let changes = PolicyDifference(from: try Policy(Fixture.finance), to: turned).changes
        #expect(Set(changes.map(\.kind)) == [.moved])
    }
}
