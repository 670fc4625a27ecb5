import Approvals
import Audit
import ControlPlane
import SQLiteDatabase
import SQLiteStore
import Testing

@testable import SQLiteStore

@Suite("Events are only ever added: by the authorizer in this program, by triggers in any other")
struct AuditTableTests {
    private static let attacks = [
        "UPDATE event SET line = x'00'", "UPDATE OR REPLACE event SET sequence = 0",
        "DELETE FROM event", "DELETE FROM event WHERE sequence = 1",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE sequence = 1",
        "REPLACE INTO event SELECT tenant, 1, 'x', at, type, approval, line, leaf FROM event",
        "INSERT INTO event SELECT tenant, 5, 'x', at, type, approval, line, leaf FROM event",
        """
        INSERT INTO event
        SELECT tenant, 2, 'x', at, type, approval, x'7B7D', leaf FROM event LIMIT 1
        """,
        """
        INSERT INTO event SELECT * FROM event WHERE sequence = 1
        ON CONFLICT DO UPDATE SET line = x'00'
        """,
        "UPDATE disclosure SET sealed = x'00'", "DELETE FROM disclosure",
        "REPLACE INTO disclosure SELECT tenant, sequence, document, x'00' FROM disclosure",
    ]

    private static let schemaAttacks = [
        "DROP TABLE event", "DROP TRIGGER event_stays", "ALTER TABLE event RENAME TO old",
        "ALTER TABLE event DROP COLUMN line", "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_schema WHERE type = 'trigger'", "ATTACH ':memory:' AS other",
        "PRAGMA recursive_triggers = OFF", "PRAGMA user_version = 0", "DETACH main",
        "CREATE TRIGGER undo AFTER INSERT ON event BEGIN DELETE FROM event; END",
        "VACUUM", "REINDEX", "PRAGMA journal_mode = DELETE",
    ]

    @Test("Statements of another program", arguments: attacks)
    func triggers(attack: String) throws {
        let scratch = try Scratch()
        let before = try scratch.withStore { try events($0) }
        try scratch.raw { database in
            expectRefused(attack) { try database.execute(attack) }
        }
        #expect(try scratch.withStore { try stored($0) } == before)
    }

    @Test("Statements of this program", arguments: attacks + schemaAttacks)
    func authorizer(attack: String) throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            let before = try events(store)
            try store.commit { writer, _ in
                guard let session = writer as? SQLiteSession else { return }
                expectRefused(attack) { try session.connection.execute(attack) }
            }
            #expect(try stored(store) == before)
        }
    }

    /// Fills a store with two events and their disclosures.
    private func events(_ store: SQLiteStore) throws -> [AuditRecord] {
        let approval = Fixture.approval(1)
        try furnish(store, with: approval)
        let first = try Fixture.event(about: approval.id, after: nil)
        let head = ChainHead(sequence: 0, leafHash: first.record.leafHash)
        let second = try Fixture.event(about: approval.id, after: head)
        try store.commit { writer, _ in
            for entry in [first, second] {
                try writer.append(
                    entry.record, disclosures: entry.disclosures, about: approval.id,
                    of: Fixture.acme)
            }
        }
        return [first.record, second.record]
    }

    private func stored(_ store: SQLiteStore) throws -> [AuditRecord] {
        try store.see { reader in
            return try reader.events(of: Fixture.acme, from: 0, limit: 99)
        }
    }
}

func expectRefused(_ attack: String, _ body: () throws -> Void) {
    #expect(throws: SQLiteFailure.self, "\(attack)") { try body() }
}
