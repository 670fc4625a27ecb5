import Approvals
import ControlPlane
import Duty
import SQLiteDatabase
import Testing
import ZoneTime

@testable import SQLiteStore

@Suite("Every store keeps all versions of schedules, and refuses overrides that conflict")
struct StoreScheduleTests {
    private static let people = (1...4).map { MemberID(Fixture.uuid(200 + UInt64($0))) }
    private static let (a, b, c) = (people[0], people[1], people[2])

    private static func name() throws -> GroupName { try #require(GroupName("primary")) }

    /// An override from one hour to another.
    private static func override(
        _ number: UInt64, _ remove: MemberID?, _ add: MemberID?, _ hours: Range<Int>,
        parent: UInt64? = nil
    ) throws -> PlannedOverride {
        let window = InstantRange(
            Fixture.start.adding(seconds: hours.lowerBound * 3_600),
            Fixture.start.adding(seconds: hours.upperBound * 3_600))
        return PlannedOverride(
            terms: Override(
                id: OverrideID(Fixture.uuid(number)), window: try #require(window), remove: remove,
                add: add, parent: parent.map { OverrideID(Fixture.uuid($0)) }),
            schedule: try name(), reason: "dentist", createdBy: a, createdAt: Fixture.start)
    }

    private static func schedule(
        _ version: Int, isRemoved: Bool = false
    ) throws -> PlannedSchedule {
        let start = try #require(LocalTime("2026-11-23T09:00"))
        let turns = PlannedRotation(
            name: "turns", people: [a, b], start: start, handOff: Recurrence(.weekly),
            lengthSeconds: 3_600 * version, repeats: Recurrence(.daily))
        return PlannedSchedule(
            name: try name(), group: try #require(GroupName("finance")), zone: "Europe/Berlin",
            version: version, changedBy: a, changedAt: Fixture.start, rotations: [turns],
            isRemoved: isRemoved)
    }

    private func rig(_ kind: StoreKind) throws -> StoreRig {
        let rig = try StoreRig(furnished: kind)
        for (number, id) in Self.people.enumerated() {
            let member = Member(
                id: id, email: "p\(number)@acme.test", roles: [.approver], groups: [],
                createdAt: Fixture.start)
            #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        }
        return rig
    }

    private func take(_ override: PlannedOverride, in rig: StoreRig) throws -> Bool {
        try rig.save { try $0.insert(override, of: Fixture.acme) }
    }

    @Test("Versions follow each other, and the newest is listed", arguments: StoreKind.allCases)
    func versions(kind: StoreKind) throws {
        let rig = try rig(kind)
        func put(_ schedule: PlannedSchedule) throws -> Bool {
            try rig.save { try $0.insert(schedule, of: Fixture.acme) }
        }
        func listed() throws -> [PlannedSchedule] {
            try rig.read { try $0.schedules(of: Fixture.acme) }
        }
        let (first, second) = (try Self.schedule(1), try Self.schedule(2))
        #expect(try !put(second), "not the next one")
        #expect(try put(first))
        #expect(try !put(first), "two made it at once")
        #expect(try put(second))
        #expect(try listed() == [second])
        #expect(try rig.read { try $0.schedules(of: Fixture.other) } == [])
        #expect(try put(try Self.schedule(3, isRemoved: true)))
        #expect(try listed() == [])
        let name = try Self.name()
        let all = try rig.read { try $0.scheduleVersions(name, of: Fixture.acme) }
        #expect(all.map(\.version) == [1, 2, 3] && all[0] == first)
    }

    /// The rows of the table of overrides that are about conflicts.
    @Test("The store itself refuses what conflicts", arguments: StoreKind.allCases)
    func conflicts(kind: StoreKind) throws {
        let (a, b, c) = (Self.a, Self.b, Self.c)
        let rows: [(String, PlannedOverride, isTaken: Bool)] = [
            ("S-6", try Self.override(2, b, c, 15..<25), false),
            ("S-7", try Self.override(2, b, c, 20..<30), true),
            ("S-8", try Self.override(2, b, c, 12..<18, parent: 1), true),
            ("S-9", try Self.override(2, b, a, 10..<20, parent: 1), true),
            ("S-10", try Self.override(2, b, a, 10..<20), false),
            ("S-14", try Self.override(2, nil, b, 12..<14), false),
            ("S-17", try Self.override(2, a, c, 10..<20), false),
            ("not of its parent", try Self.override(2, a, c, 12..<18, parent: 1), false),
            ("longer than its parent", try Self.override(2, b, c, 12..<21, parent: 1), false),
            ("no such parent", try Self.override(2, b, c, 12..<18, parent: 9), false),
            ("others", try Self.override(2, c, Self.people[3], 10..<20), true),
        ]
        for (row, override, isTaken) in rows {
            let rig = try rig(kind)
            #expect(try take(try Self.override(1, a, b, 10..<20), in: rig))
            #expect(try take(override, in: rig) == isTaken, "\(row)")
            let name = try Self.name()
            let kept = try rig.read {
                try $0.overrides(on: name, of: Fixture.acme, endingAfter: Fixture.start)
            }
            #expect(kept.count == (isTaken ? 2 : 1), "\(row)")
            #expect(!isTaken || kept.contains(override), "\(row): it comes back whole")
        }
    }

    @Test("Ending one keeps what was, and forgets what never began", arguments: StoreKind.allCases)
    func ending(kind: StoreKind) throws {
        let rig = try rig(kind)
        let begun = try Self.override(1, Self.a, Self.b, 0..<20)
        let coming = try Self.override(2, Self.a, Self.b, 30..<40)
        for override in [begun, coming] { #expect(try take(override, in: rig)) }
        let now = Fixture.start.adding(seconds: 5 * 3_600)
        for override in [begun, coming] {
            try rig.save { try $0.end(override.terms.id, at: now, of: Fixture.acme) }
        }
        let kept = try rig.read { try $0.override(begun.terms.id, of: Fixture.acme) }
        #expect(kept?.terms.window == InstantRange(Fixture.start, now))
        #expect(try rig.read { try $0.override(coming.terms.id, of: Fixture.acme) } == nil)
    }

    @Test(
        "No statement changes a version, or makes an override longer",
        arguments: [
            "UPDATE duty_schedule SET record = '{}'", "UPDATE duty_override SET ends = ends + 1",
            "UPDATE duty_override SET adds = removes", "UPDATE duty_override SET starts = 0",
        ])
    func attacks(_ sql: String) throws {
        let rig = try rig(.sqlite)
        let schedule = try Self.schedule(1)
        #expect(try rig.save { try $0.insert(schedule, of: Fixture.acme) })
        #expect(try take(try Self.override(1, Self.a, Self.b, 10..<20), in: rig))
        #expect(throws: (any Error).self) {
            try rig.save { store in
                let session = try #require(store as? SQLiteSession)
                try session.change(sql, [])
            }
        }
    }
}
