import Approvals
import Authority
import ControlPlane
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("Every store keeps the terms of delegations, and changes nothing but their revocation")
struct StoreDelegationTests {
    private static func delegation(_ number: UInt64, days: Int) throws -> Delegation {
        Delegation(
            id: DelegationID(Fixture.uuid(number)), grantor: MemberID(Fixture.uuid(101)),
            delegate: MemberID(Fixture.uuid(102)), start: Fixture.start,
            end: Fixture.start.adding(seconds: days * 86_400),
            scope: .only(tools: [try #require(ToolName("t"))], groups: [], tags: []),
            ceiling: .high, reason: "holiday", createdBy: MemberID(Fixture.uuid(101)),
            createdAt: Fixture.start)
    }

    private func rig(_ kind: StoreKind) throws -> StoreRig {
        let rig = try StoreRig(furnished: kind)
        for number in [101, 102] as [UInt64] {
            let member = Member(
                id: MemberID(Fixture.uuid(number)), email: "m\(number)@acme.test",
                roles: [.approver], groups: [], createdAt: Fixture.start)
            #expect(try rig.save { try $0.insert(member, of: Fixture.acme) })
        }
        return rig
    }

    @Test("They come back whole, by end, and are revoked once", arguments: StoreKind.allCases)
    func whole(kind: StoreKind) throws {
        let rig = try rig(kind)
        let (late, soon) = (try Self.delegation(1, days: 9), try Self.delegation(2, days: 3))
        for delegation in [late, soon] {
            try rig.save { try $0.insert(delegation, of: Fixture.acme) }
        }
        func found(
            to delegate: MemberID? = nil, from grantor: MemberID? = nil, days: Int = 0
        ) throws -> [Delegation] {
            let after = Fixture.start.adding(seconds: days * 86_400)
            return try rig.read {
                try $0.delegations(
                    of: Fixture.acme, to: delegate, from: grantor, endingAfter: after, limit: 9)
            }
        }
        #expect(try found() == [soon, late])
        #expect(try found(to: soon.delegate) == [soon, late])
        #expect(try found(to: soon.grantor) == [])
        #expect(try found(from: soon.grantor) == [soon, late])
        #expect(try found(days: 3) == [late], "the end itself is over")
        #expect(try rig.read { try $0.delegation(soon.id, of: Fixture.other) } == nil)
        let now = Fixture.start.adding(seconds: 60)
        for expected in [true, false] {
            #expect(
                try rig.save {
                    try $0.revoke(soon.id, by: soon.delegate, at: now, of: Fixture.acme)
                } == expected)
        }
        let revoked = try #require(try rig.read { try $0.delegation(soon.id, of: Fixture.acme) })
        #expect(revoked.revokedAt == now)
        #expect(revoked.revokedBy == soon.delegate)
        #expect(revoked.digest == soon.digest)
    }

    @Test("What is over or was revoked never crowds out what holds", arguments: StoreKind.allCases)
    func crowded(kind: StoreKind) throws {
        let rig = try rig(kind)
        let lent = try (1...9).map { try Self.delegation(UInt64($0), days: $0) }
        for delegation in lent {
            try rig.save { try $0.insert(delegation, of: Fixture.acme) }
        }
        for index in [2, 4, 6, 7] {
            let (id, delegate) = (lent[index].id, lent[index].delegate)
            #expect(
                try rig.save {
                    try $0.revoke(id, by: delegate, at: Fixture.start, of: Fixture.acme)
                })
        }
        func days(limit: Int) throws -> [Int64] {
            try rig.read {
                try $0.delegations(
                    of: Fixture.acme, to: lent[0].delegate, from: nil,
                    endingAfter: Fixture.start, limit: limit)
            }.map { $0.end.since($0.start) / 86_400_000 }
        }
        #expect(try days(limit: 1) == [9])
        #expect(try days(limit: 4) == [2, 4, 6, 9])
        #expect(try days(limit: 5) == [1, 2, 4, 6, 9])
        #expect(try days(limit: 7) == [1, 2, 4, 6, 7, 8, 9])
        #expect(try days(limit: 99) == Array(1...9))
    }

    @Test(
        "No statement changes terms, revokes twice, or lends to oneself",
        arguments: [
            "UPDATE delegation SET terms = '{}'", "UPDATE delegation SET ends = ends + 1",
            "UPDATE delegation SET revoked = 1, revoker = 'x'",
            "UPDATE delegation SET revoked = NULL, revoker = NULL",
            "UPDATE delegation SET delegate = grantor",
        ])
    func attacks(_ sql: String) throws {
        let rig = try rig(.sqlite)
        let delegation = try Self.delegation(1, days: 3)
        try rig.save { try $0.insert(delegation, of: Fixture.acme) }
        #expect(
            try rig.save {
                try $0.revoke(
                    delegation.id, by: delegation.delegate, at: Fixture.start, of: Fixture.acme)
            })
        #expect(throws: (any Error).self) {
            try rig.save { store in
                let session = try #require(store as? SQLiteSession)
                try session.change(sql, [])
            }
        }
    }
}
