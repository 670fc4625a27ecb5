import Approvals
import Audit
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: an approval by the person whose runs an agent's are is a finding; nobody else's is.
@Suite struct OwnRunTests {
    private func header(
        _ type: EventType, by actor: String, _ kind: String, about subject: String,
        outcome: String? = nil, _ facts: JSONObject = [:]
    ) throws -> RecordHeader {
        let subjectKind =
            type == .agentAdded || type == .agentRemoved
            ? "agent" : type == .memberAdded ? "group" : "approval"
        return try #require(
            RecordHeader([
                "actor": ["id": .string(actor), "kind": .string(kind)], "boot": "b", "commit": [:],
                "facts": .object(facts), "id": "01900000-0000-7000-8000-000000000001", "log": "l",
                "mono_ms": 1, "outcome": outcome.map { .string($0) } ?? nil, "prev": "p",
                "provenance": nil, "seq": 1,
                "subject": ["id": .string(subject), "kind": .string(subjectKind)],
                "ts": "2026-11-22T09:04:11.719Z", "type": .string(type.rawValue), "v": 1,
            ]))
    }

    private func findings(
        decidedBy person: String, _ outcome: String = "approved", ownerGone: Bool = false,
        endorsed: Bool = false
    ) throws -> [AuditFinding] {
        var check = MeaningCheck(skew: 5_000, isWhole: true)
        var findings = FindingList()
        var events = [
            try header(.memberAdded, by: "lea", "user", about: "ops", ["member": "ada"]),
            try header(.memberAdded, by: "lea", "user", about: "ops", ["member": "bob"]),
            try header(.agentAdded, by: "lea", "user", about: "agt", ["owner": "bob"]),
            try header(.approvalRequested, by: "agt", "agent", about: "apr", ["group": "ops"]),
        ]
        if ownerGone { events.append(try header(.agentRemoved, by: "lea", "user", about: "agt")) }
        events.append(
            try header(
                endorsed ? .approvalEndorsed : .approvalDecided, by: person, "user", about: "apr",
                outcome: outcome))
        for event in events { check.take(event, &findings) }
        return findings.kept
    }

    @Test func onlyAnApprovalOfOnesOwnIsFound() throws {
        #expect(try findings(decidedBy: "ada").isEmpty)
        #expect(try findings(decidedBy: "bob").map(\.code) == [.authority])
        #expect(try findings(decidedBy: "bob", "edited").map(\.code) == [.authority])
        #expect(try findings(decidedBy: "bob", "approved", endorsed: true).count == 1)
        #expect(try findings(decidedBy: "bob", "rejected").isEmpty)
        #expect(try findings(decidedBy: "bob", ownerGone: true).isEmpty)
    }
}
