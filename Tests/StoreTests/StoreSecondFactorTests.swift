import Approvals
import ControlPlane
import Cryptography
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("Every store keeps a member's second factor, sealed, until the member goes")
struct StoreSecondFactorTests {
    private static let ada = MemberID(Fixture.uuid(900))
    private static let secret = Array("a secret of 20 bytes".utf8)

    private static func factor() throws -> SecondFactor {
        var factor = SecondFactor()
        factor.begin(StepUpSecret(secret), at: Fixture.start)
        let step = TOTP.step(atMilliseconds: Fixture.start.milliseconds)
        let digits = String(decoding: TOTP.code(secret, step: step), as: UTF8.self)
        let code = try #require(StepUpCode(digits))
        #expect(factor.confirm(code, at: Fixture.start) == .right)
        _ = factor.check(try #require(StepUpCode("000000")), at: Fixture.start)
        return factor
    }

    private static func member() -> Member {
        Member(
            id: ada, email: "ada@acme.test", roles: [.approver], groups: [],
            createdAt: Fixture.start)
    }

    @Test(
        "It comes back whole, is changed, and goes with its member", arguments: StoreKind.allCases)
    func keeping(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let factor = try Self.factor()
        #expect(try rig.save { try $0.insert(Self.member(), of: Fixture.acme) })
        #expect(try rig.read { try $0.secondFactor(of: Self.ada, in: Fixture.acme) } == nil)
        try rig.save { try $0.save(SecondFactor(), of: Self.ada, in: Fixture.acme) }
        try rig.save { try $0.save(factor, of: Self.ada, in: Fixture.acme) }
        #expect(try rig.read { try $0.secondFactor(of: Self.ada, in: Fixture.acme) } == factor)
        #expect(try rig.read { try $0.secondFactor(of: Self.ada, in: Fixture.other) } == nil)
        #expect(try rig.save { try $0.removeSecondFactor(of: Self.ada, in: Fixture.acme) })
        #expect(try !rig.save { try $0.removeSecondFactor(of: Self.ada, in: Fixture.acme) })
        try rig.save { try $0.save(factor, of: Self.ada, in: Fixture.acme) }
        #expect(try rig.save { try $0.removeMember(Self.ada, of: Fixture.acme) })
        #expect(try rig.read { try $0.secondFactor(of: Self.ada, in: Fixture.acme) } == nil)
    }

    @Test("Its secret is in no file")
    func secrecy() throws {
        let scratch = try Scratch()
        let factor = try Self.factor()
        try scratch.withStore { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            try store.commit { writer, _ in
                _ = try writer.insert(Self.member(), of: Fixture.acme)
                try writer.save(factor, of: Self.ada, in: Fixture.acme)
            }
        }
        let folder = scratch.path + "/store"
        for name in names(in: folder) {
            let text = String(decoding: bytes(of: folder + "/" + name), as: Unicode.ASCII.self)
            #expect(!text.contains("a secret of 20 bytes"))
            #expect(!text.contains(Hexadecimal.encode(Self.secret)))
            #expect(!text.contains(Base32.encode(Self.secret)))
        }
    }

    @Test("A store of the schema before takes the step, and asks for no second factor")
    func migrating() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try furnish(store, with: Fixture.approval(1)) }
        try scratch.raw { database in
            try database.execute(
                """
                DROP TABLE erasure; DROP TRIGGER disclosure_remains;
                DROP TRIGGER disclosure_is_not_back; DROP TABLE erased_document;
                CREATE TRIGGER disclosure_remains BEFORE DELETE ON disclosure
                BEGIN SELECT RAISE(ABORT, 'a disclosure is never deleted'); END;
                DROP TRIGGER approval_stays_erased; DROP INDEX approval_kept;
                ALTER TABLE approval DROP COLUMN erased;
                DROP TABLE escalation_plan; DROP INDEX approval_untimed;
                DROP TRIGGER approval_begins_timed; DROP TRIGGER approval_stays_timed;
                DROP TABLE second_factor; DROP TABLE refused_decision; DROP TABLE shadow_verdict;
                DROP TABLE policy_mode; DROP TABLE policy_version; DROP TABLE standing_grant;
                DROP TABLE delegation; DROP TABLE latest_ask;
                DROP TABLE duty_schedule; DROP TABLE duty_override; DROP TABLE reach;
                DROP TABLE duty_swap;
                DROP TABLE log_node; DROP TABLE checkpoint; DROP TABLE log_key;
                DROP TRIGGER event_counts; DROP TABLE call_count; DROP TABLE call_total;
                DROP TABLE approved_value;
                PRAGMA user_version = 4
                """)
            try database.changes(
                "UPDATE tenant SET settings = json_remove(settings, '$.step_up_from')")
        }
        try scratch.withStore { (store) throws in
            #expect(try find(store, ApprovalID(Fixture.uuid(1))) == Fixture.approval(1))
            let tenant = try store.see { try $0.tenant(Fixture.acme) }
            #expect(tenant == Fixture.tenant())
            #expect(tenant?.stepUpFrom == StepUpFrom.none)
            let factor = try store.see { try $0.secondFactor(of: Self.ada, in: Fixture.acme) }
            #expect(factor == nil)
        }
        #expect(StoreSchema.migrations.count >= 5)
    }
}
