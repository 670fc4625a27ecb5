import Approvals
import Audit
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: a log in which a grant released what it was not given for is found out.
struct GrantCheckTests {
    private static func id(_ number: Int) -> String {
        "019a0000-0000-7000-8000-00000000000\(number)"
    }

    private static func header(
        _ type: EventType, by kind: String, _ actor: String, about subject: String = "apr",
        kindOf: String = "approval", outcome: JSONValue = .null, at seconds: Int64 = 0,
        facts: JSONValue = [:], commit: JSONValue = [:]
    ) throws -> RecordHeader {
        let at = Timestamp(milliseconds: 1_780_000_000_000 + seconds * 1_000)
        let json: JSONValue = [
            "actor": ["id": .string(actor), "kind": .string(kind)], "boot": "b", "commit": commit,
            "facts": facts, "id": .string(id(1)), "log": "x/countersign/acme",
            "mono_ms": .number(JSONNumber(seconds * 1_000)), "outcome": outcome, "prev": "00",
            "provenance": nil, "seq": 1,
            "subject": ["id": .string(subject), "kind": .string(kindOf)],
            "ts": .string(at.rfc3339), "type": .string(type.rawValue),
            "v": "countersign-audit/1",
        ]
        return try #require(RecordHeader(json))
    }

    private static func requested(
        _ approval: String, agent: String = "bot", at seconds: Int64 = 60
    ) throws -> RecordHeader {
        try header(
            .approvalRequested, by: "agent", agent, about: approval, at: seconds,
            facts: ["group": "finance"])
    }

    private static func used(_ approval: String, at seconds: Int64 = 60) throws -> RecordHeader {
        try header(
            .approvalDecided, by: "grant", "g1", about: approval, outcome: "approved", at: seconds)
    }

    /// A log in which ada of finance approved a call of bot and granted one more for an hour.
    private static func granted(
        by giver: String = "ada", agent: String = "bot"
    ) throws -> [RecordHeader] {
        [
            try header(
                .memberAdded, by: "user", "adm", about: "finance", kindOf: "group",
                facts: ["member": "ada"]),
            try requested("a0", at: 0),
            try header(.approvalDecided, by: "user", "ada", about: "a0", outcome: "approved"),
            try header(
                .grantCreated, by: "user", giver, about: "g1", kindOf: "grant",
                facts: [
                    "agent": .string(agent), "approval": "a0", "expires_ms": 1_780_003_600_000,
                    "group": "finance", "uses": 1,
                ]),
        ]
    }

    private static func findings(_ headers: [RecordHeader]) -> Int {
        var check = MeaningCheck(skew: 10_000_000, isWhole: true)
        var list = FindingList()
        for header in headers { check.take(header, &list) }
        return list.count
    }

    @Test func whatWasGrantedIsFine() throws {
        #expect(
            Self.findings(try Self.granted() + [Self.requested("a1"), Self.used("a1")]) == 0)
    }

    @Test(arguments: ["nobody", "late", "twice", "revoked", "stranger", "agent", "giver"])
    func whatWasNotIsFound(_ wrong: String) throws {
        var log = try Self.granted(
            by: wrong == "giver" ? "eve" : "ada", agent: wrong == "agent" ? "other" : "bot")
        if wrong == "nobody" { log.removeLast() }
        if wrong == "revoked" {
            log.append(
                try Self.header(
                    .grantRevoked, by: "user", "ada", about: "g1", kindOf: "grant",
                    outcome: "revoked"))
        }
        log.append(try Self.requested("a1", agent: wrong == "stranger" ? "spy" : "bot"))
        log.append(try Self.used("a1", at: wrong == "late" ? 3_600 : 60))
        if wrong == "twice" { log += [try Self.requested("a2"), try Self.used("a2")] }
        #expect(Self.findings(log) > 0)
    }
}
