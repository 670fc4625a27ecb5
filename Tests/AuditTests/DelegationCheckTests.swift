import Approvals
import Audit
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: a decision for somebody is a finding unless that somebody had lent it then, to the one who
/// decided, on the terms that the decision names.
@Suite struct DelegationCheckTests {
    private static let id = "01900000-0000-7000-8000-000000000001"

    private func header(
        _ type: EventType, actor: String = "bea", second: Int = 0, _ facts: JSONObject = [:]
    ) throws -> RecordHeader {
        let at = Timestamp(milliseconds: 1_790_000_000_000).adding(seconds: second)
        return try #require(
            RecordHeader([
                "actor": ["id": .string(actor), "kind": "user"], "boot": "b", "commit": [:],
                "facts": .object(facts), "id": .string(Self.id), "log": "l", "mono_ms": 1,
                "outcome": nil, "prev": "p", "provenance": nil, "seq": 1,
                "subject": ["id": .string(Self.id), "kind": "delegation"],
                "ts": .string(at.rfc3339), "type": .string(type.rawValue), "v": 1,
            ]))
    }

    private func lent() throws -> DelegationCheck {
        var check = DelegationCheck()
        let made = try header(
            .delegationMade, actor: "ann",
            [
                "grantor": "ann", "delegate": "bea", "digest": "d",
                "start_ms": 1_790_000_000_000, "end_ms": 1_790_000_060_000,
            ])
        #expect(check.make(made) == nil)
        #expect(check.make(made) != nil, "made twice")
        return check
    }

    private static let facts: JSONObject = [
        "on_behalf_of": "ann", "delegation": .string(id), "delegation_digest": "d",
    ]

    @Test(
        "A decision, and what is wrong with it",
        arguments: [
            ("bea", 0, [:], false), ("bea", 59, [:], false), ("bea", 60, [:], true),
            ("bea", -1, [:], true), ("cal", 0, [:], true),
            ("bea", 0, ["on_behalf_of": "cal"], true), ("bea", 0, ["delegation": "x"], true),
            ("bea", 0, ["delegation_digest": "e"], true),
        ] as [(String, Int, JSONObject, Bool)])
    func use(_ actor: String, _ second: Int, _ change: JSONObject, _ isWrong: Bool) throws {
        var facts = Self.facts
        for member in change.members { facts[member.name] = member.value }
        let decided = try header(.approvalDecided, actor: actor, second: second, facts)
        #expect((try lent().use(decided) != nil) == isWrong)
        #expect(DelegationCheck().use(decided) != nil, "nobody made it")
    }

    @Test("A revoked one is no use, and one's own authority needs none")
    func revoked() throws {
        var check = try lent()
        check.revoke(try header(.delegationRevoked))
        #expect(check.use(try header(.approvalDecided, Self.facts)) != nil)
        #expect(check.use(try header(.approvalDecided)) == nil)
        #expect(check.make(try header(.delegationMade)) != nil, "says nothing")
    }
}
