import Approvals
import Audit
import JSONTree
import Testing

@testable import AuditVerifier

/// Goal: a step of an escalation is a finding unless it asked the schedule that was in force then,
/// and says whom that named.
@Suite struct ScheduleCheckTests {
    private func header(
        _ type: EventType, about subject: String, _ facts: JSONObject
    ) throws -> RecordHeader {
        try #require(
            RecordHeader([
                "actor": ["id": "s", "kind": "system"], "boot": "b", "commit": [:],
                "facts": .object(facts), "id": "01900000-0000-7000-8000-000000000001",
                "log": "l", "mono_ms": 1, "outcome": nil, "prev": "p", "provenance": nil,
                "seq": 1, "subject": ["id": .string(subject), "kind": "schedule"],
                "ts": .string(Timestamp(milliseconds: 1_790_000_000_000).rfc3339),
                "type": .string(type.rawValue), "v": 1,
            ]))
    }

    private static let facts: JSONObject = [
        "schedule": "primary", "schedule_version": 2, "zones": "2025b", "to_people": "eve",
    ]

    @Test(
        "S-9: a step, and what is wrong with it",
        arguments: [
            ([:], false), (["schedule_version": 1], true), (["schedule_version": 3], true),
            (["schedule_version": nil], true), (["zones": nil], true), (["to_people": ""], true),
            (["schedule": "other"], true),
        ] as [(JSONObject, Bool)])
    func step(_ change: JSONObject, _ isWrong: Bool) throws {
        var check = ScheduleCheck()
        for version in 1...2 {
            let made = try header(
                .scheduleChanged, about: "primary", ["version": .number(JSONNumber(version))])
            check.note(made)
        }
        var facts = Self.facts
        for member in change.members { facts[member.name] = member.value }
        let taken = try header(.approvalEscalated, about: "a", facts)
        #expect((check.step(taken, isWhole: true) != nil) == isWrong)
    }

    @Test("A log that begins in the middle knows no schedule, and a step to a group needs none")
    func unknown() throws {
        let taken = try header(.approvalEscalated, about: "a", Self.facts)
        #expect(ScheduleCheck().step(taken, isWhole: false) == nil)
        #expect(ScheduleCheck().step(taken, isWhole: true) != nil)
        let other = try header(.approvalEscalated, about: "a", ["to_group": "ops"])
        #expect(ScheduleCheck().step(other, isWhole: true) == nil)
    }
}
