import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("Every store keeps the versions of policies, and changes nothing but their status")
struct StorePolicyTests {
    private static func policy(_ version: Int, _ status: PolicyStatus) throws -> PublishedPolicy {
        let document: JSONValue = ["id": "refunds", "version": .number(JSONNumber(version))]
        return PublishedPolicy(
            id: try #require(PolicyID("refunds")), version: version,
            digest: SHA256.hash(document.bytes()), document: document,
            publishedBy: MemberID(Fixture.uuid(1)), publishedAt: Fixture.start, status: status)
    }

    @Test("Versions come back whole", arguments: StoreKind.allCases)
    func versions(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        var first = try Self.policy(1, .shadow)
        let second = try Self.policy(2, .draft)
        for policy in [first, second] {
            #expect(try rig.save { try $0.insert(policy, of: Fixture.acme) })
            #expect(try !rig.save { try $0.insert(policy, of: Fixture.acme) })
        }
        #expect(try rig.read { try $0.policies(of: Fixture.acme) } == [first, second])
        #expect(try rig.read { try $0.policies(of: Fixture.other) } == [])
        #expect(try rig.read { try $0.activePolicies(of: Fixture.acme) } == [first])
        first.status = .retired
        first.proposal = .init(
            status: .enforced, by: MemberID(Fixture.uuid(2)), at: Fixture.start)
        let changed = first
        try rig.save { try $0.replace(changed, of: Fixture.acme) }
        #expect(
            try rig.read { try $0.policy(changed.id, version: 1, of: Fixture.acme) } == changed)
        #expect(try rig.read { try $0.activePolicies(of: Fixture.acme) } == [])
        #expect(
            try rig.read { try $0.policy(changed.id, version: 3, of: Fixture.acme) } == nil)
    }

    private static let attacks = [
        "UPDATE policy_version SET document = '{}'", "DELETE FROM policy_version",
        "UPDATE OR REPLACE policy_version SET version = 2",
        """
        INSERT OR REPLACE INTO policy_version
        SELECT tenant, id, version, digest, '{}', publisher, published FROM policy_version
        """,
        """
        INSERT INTO policy_version
        SELECT tenant, id, 7, digest, document, publisher, published FROM policy_version
        """,
    ]

    @Test("Statements of another program change no version", arguments: attacks)
    func triggers(attack: String) throws {
        let scratch = try Scratch()
        let policy = try Self.policy(1, .enforced)
        try scratch.withStore { (store) throws in
            try store.commit { writer, _ in
                _ = try writer.insert(Fixture.tenant())
                _ = try writer.insert(policy, of: Fixture.acme)
            }
        }
        try scratch.raw { database in
            expectRefused(attack) { try database.execute(attack) }
        }
        try scratch.withStore { (store) throws in
            try store.commit { writer, _ in
                guard let session = writer as? SQLiteSession else { return }
                expectRefused(attack) { try session.connection.execute(attack) }
            }
        }
    }
}
