import Approvals
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("Every store keeps standing grants, sealed, and lets none that ended come back")
struct StoreGrantTests {
    static let secret = "4929-hidden-in-a-grant"

    private static func grant(_ number: UInt64, seconds: Int = 60, uses: Int? = 2) -> Grant {
        Grant(
            id: GrantID(Fixture.uuid(number)),
            GrantWish(
                seconds: seconds, uses: uses,
                bounds: [GrantBound(JSONPointer(tokens: ["n"]), .max(JSONNumber(5)))]),
            on: Fixture.approval(1), approved: ["n": 3, "pin": .string(secret)],
            terms: GrantTerms(
                group: Fixture.approval(1).requirement.group, risk: .medium,
                rule: "refunds@7#large", timeoutSeconds: 300),
            isProven: true, by: MemberID(Fixture.uuid(1)), at: Fixture.start)
    }

    @Test("Grants come back whole, and only open ones are asked", arguments: StoreKind.allCases)
    func keeping(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let (first, second) = (Self.grant(1), Self.grant(2, seconds: 600, uses: nil))
        for grant in [first, second] { try rig.save { try $0.insert(grant) } }
        let agent = first.agent
        let now = Fixture.start
        #expect(try rig.read { try $0.grant(first.id, of: Fixture.acme) } == first)
        #expect(try rig.read { try $0.grant(first.id, of: Fixture.other) } == nil)
        #expect(try rig.read { try $0.grants(of: Fixture.acme, limit: 9) } == [second, first])
        #expect(try rig.read { try $0.grants(of: Fixture.acme, limit: 1) } == [second])
        #expect(
            try rig.read { try $0.openGrants(to: agent, of: Fixture.acme, after: now) }
                == [first, second])
        let later = now.adding(seconds: 60)
        #expect(
            try rig.read { try $0.openGrants(of: Fixture.acme, after: later) } == [second])
        let stranger = AgentID(Fixture.uuid(77))
        #expect(
            try rig.read { try $0.openGrants(to: stranger, of: Fixture.acme, after: now) } == [])
    }

    @Test("A use counts once, and what ended stays ended", arguments: StoreKind.allCases)
    func using(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let fresh = Self.grant(1)
        try rig.save { try $0.insert(fresh) }
        var used = fresh
        let isUsed = used.use(at: Fixture.start.adding(seconds: 1))
        #expect(isUsed)
        let once = used
        #expect(try rig.save { try $0.replace(once) })
        #expect(try !rig.save { try $0.replace(once) }, "somebody else was faster")
        var next = try #require(try rig.read { try $0.grant(fresh.id, of: Fixture.acme) })
        #expect(next.uses == 1 && next.version == 2)
        let isUsedAgain = next.use(at: Fixture.start.adding(seconds: 2))
        #expect(isUsedAgain)
        let last = next
        #expect(try rig.save { try $0.replace(last) })
        let over = try #require(try rig.read { try $0.grant(fresh.id, of: Fixture.acme) })
        #expect(over.state(at: Fixture.start) == .usedUp)
        #expect(try !rig.save { try $0.replace(over) })
        #expect(
            try rig.read { try $0.openGrants(of: Fixture.acme, after: Fixture.start) } == [])
    }

    private static let attacks = [
        "UPDATE standing_grant SET open = 1, version = version + 1", "DELETE FROM standing_grant",
        "UPDATE standing_grant SET expires = 99999999999999, version = version + 1",
    ]

    @Test("Statements of another program bring none back", arguments: attacks)
    func triggers(attack: String) throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            var grant = Self.grant(1)
            let fresh = grant
            try store.commit { writer, _ in try writer.insert(fresh) }
            let hasEnded = grant.end(
                .init(.revoked, by: nil, at: Fixture.start.adding(seconds: 1)))
            #expect(hasEnded)
            let ended = grant
            #expect(try store.commit { writer, _ in try writer.replace(ended) })
        }
        try scratch.raw { database in
            #expect(throws: SQLiteFailure.self) { try database.execute(attack) }
        }
    }

    @Test("The approved arguments are in no file")
    func secrecy() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            let grant = Self.grant(1)
            try store.commit { writer, _ in try writer.insert(grant) }
        }
        let folder = scratch.path + "/store"
        for name in names(in: folder) {
            let text = String(decoding: bytes(of: folder + "/" + name), as: Unicode.ASCII.self)
            #expect(!text.contains(Self.secret))
        }
    }
}
