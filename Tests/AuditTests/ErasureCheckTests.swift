import Approvals
import Audit
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: an erasure that one person did alone, or nobody proposed, is a finding.
@Suite struct ErasureCheckTests {
    private static let id = "01900000-0000-7000-8000-000000000001"

    private func header(
        _ type: EventType, by actor: String, kind: String = "user", erasure: String? = "e",
        before: Timestamp? = nil, basis: String? = nil, at: String = "2026-11-22T09:04:11.719Z"
    ) throws -> RecordHeader {
        var facts: JSONObject = ["doc": "args", "idx": [0], "seq": 1]
        facts["erasure"] = erasure.map { .string($0) }
        facts["before_ms"] = before.map { .number(JSONNumber($0.milliseconds)) }
        facts["basis"] = basis.map { .string($0) }
        return try #require(
            RecordHeader([
                "actor": ["id": .string(actor), "kind": .string(kind)], "boot": "b",
                "commit": [:], "facts": .object(facts), "id": .string(Self.id), "log": "l",
                "mono_ms": 1, "outcome": nil, "prev": "p", "provenance": nil, "seq": 1,
                "subject": ["id": "0", "kind": "event"], "ts": .string(at),
                "type": .string(type.rawValue), "v": 1,
            ]))
    }

    private func proposed() throws -> ErasureCheck {
        var check = ErasureCheck()
        #expect(check.take(try header(.erasureProposed, by: "ann"), isWhole: true) == nil)
        return check
    }

    @Test(arguments: [EventType.disclosureErased, .erasureDone])
    func twoPeople(_ type: EventType) throws {
        var check = try proposed()
        #expect(check.take(try header(type, by: "bea"), isWhole: true) == nil)
        #expect(check.take(try header(type, by: "ann"), isWhole: true) != nil)
        #expect(check.take(try header(type, by: "bea", erasure: "f"), isWhole: true) != nil)
        #expect(check.take(try header(type, by: "bea", erasure: "f"), isWhole: false) == nil)
        #expect(check.take(try header(type, by: "bea", kind: "agent"), isWhole: true) != nil)
    }

    @Test func logsOfOthersSayLess() throws {
        var check = ErasureCheck()
        let bare = try header(.disclosureErased, by: "dpo", erasure: nil)
        #expect(check.take(bare, isWhole: true) == nil)
        let done = try header(.erasureDone, by: "dpo", erasure: nil)
        #expect(check.take(done, isWhole: true) != nil)
    }

    /// Values are kept for 184 days at least, whatever the tenant says.
    @Test(arguments: [(184, "system", false), (183, "system", true), (400, "user", true)])
    func sweeps(_ days: Int, _ kind: String, _ isWrong: Bool) throws {
        var check = ErasureCheck()
        let at = try #require(Timestamp(rfc3339: "2026-11-22T09:04:11.719Z"))
        let swept = try header(
            .retentionSwept, by: "countersign-server", kind: kind, erasure: nil,
            before: at.adding(seconds: -days * 86_400))
        #expect((check.take(swept, isWhole: true) != nil) == isWrong)
        let silent = try header(.retentionSwept, by: "s", kind: "system", erasure: nil)
        #expect(check.take(silent, isWhole: true) != nil)
    }

    /// Whatever a sweep says of itself: the arguments of a call go for their age when it is old.
    @Test(arguments: [
        ("2026-05-22T09:04:11.719Z", false), ("2026-05-23T09:04:11.719Z", true),
        ("2026-11-22T09:04:11.718Z", true),
    ])
    func ages(_ asked: String, _ isWrong: Bool) throws {
        var check = ErasureCheck()
        let gone = try header(
            .disclosureErased, by: "s", kind: "system", erasure: nil, basis: "retention")
        #expect(check.take(gone, isWhole: true) == nil, "nobody asked here")
        check.note(try header(.approvalRequested, by: "bot", kind: "agent", at: asked))
        #expect((check.take(gone, isWhole: true) != nil) == isWrong)
        let other = try header(.disclosureErased, by: "dpo", erasure: nil)
        #expect(check.take(other, isWhole: true) == nil, "for another reason")
    }
}
