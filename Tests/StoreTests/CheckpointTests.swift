import Approvals
import Audit
import ControlPlane
import Cryptography
import Glibc
import JSONTree
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("What is committed is signed for, by one key, over a tree that only grows")
struct CheckpointTests {
    @Test("A checkpoint of everything is durable with the event that somebody waits for")
    func signedTogether() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            try grow(store, to: 3, settling: true)
            let newest = try #require(try newest(store))
            let checkpoint = try #require(newest.checkpoint)
            #expect(checkpoint.size == 3)
            #expect(checkpoint.origin == "test.example/countersign/acme")
            let leaves = try leaves(store)
            #expect(checkpoint.root == MerkleTree.root(leaves))
            try expectSigned(newest, in: store)
        }
    }

    @Test("What nobody waits for shares a checkpoint, which comes without anybody's asking")
    func signedLater() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            try grow(store, to: 2, settling: true)
            try grow(store, to: 4, settling: false)
        }
        // The end of the store's life signs the rest, and so would a quarter of a second.
        try scratch.withStore { (store) throws in
            let sizes = try store.see {
                try $0.checkpoints(of: Fixture.acme, from: 0, limit: 99).map(\.size)
            }
            #expect(sizes.last == 4 && sizes.contains(2))
        }
    }

    @Test("The tree that was written down gives the roots and proofs of all events")
    func tree() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            try grow(store, to: 290, settling: true)
        }
        try scratch.withStore(seed: 2) { (store) throws in
            try grow(store, to: 300, settling: true)
            let leaves = try leaves(store)
            let newest = try #require(try newest(store)?.checkpoint)
            #expect(newest.size == 300 && newest.root == MerkleTree.root(leaves))
            try store.see { reader in
                let tree = reader.tree(of: Fixture.acme, size: 300)
                for index in stride(from: Int64(0), to: 300, by: 23) {
                    let proof = try #require(try tree.inclusion(of: index))
                    #expect(
                        MerkleProof.includes(
                            leaves[Int(index)], at: index, in: 300, root: newest.root,
                            proof: proof))
                }
            }
        }
    }

    @Test("A store from before there were trees has its log put under one")
    func older() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try grow(store, to: 40, settling: true) }
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
                DROP TABLE log_node; DROP TABLE checkpoint; DROP TABLE log_key;
                DROP TRIGGER event_counts; DROP TABLE call_count; DROP TABLE call_total;
                DROP TABLE approved_value; DROP TABLE delegation; DROP TABLE latest_ask;
                DROP TABLE duty_schedule; DROP TABLE duty_override; DROP TABLE reach;
                DROP TABLE duty_swap;
                ALTER TABLE policy_mode DROP COLUMN share;
                ALTER TABLE policy_mode DROP COLUMN proposed_share; PRAGMA user_version = 9
                """)
        }
        try scratch.withStore { (store) throws in
            let newest = try #require(try newest(store)?.checkpoint)
            let leaves = try leaves(store)
            #expect(newest.size == 40 && newest.root == MerkleTree.root(leaves))
        }
    }

    @Test("A log that is not the one that was signed is not signed again: nothing opens")
    func rewritten() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try grow(store, to: 5, settling: true) }
        try scratch.raw { database in
            try database.execute(
                """
                DROP TRIGGER event_stays;
                UPDATE event SET leaf = zeroblob(32) WHERE sequence = 3
                """)
        }
        #expect(throws: StoreRefusal.self) { try scratch.store() }
    }

    @Test("Another key, or none, is refused")
    func keys() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try grow(store, to: 1, settling: true) }
        let file = scratch.path + "/store/log-key"
        let kept = bytes(of: file)
        write(String(repeating: "ab", count: 32) + "\n", to: file)
        #expect(throws: StoreRefusal.self) { try scratch.store() }
        unlink(file)
        #expect(throws: StoreRefusal.self) { try scratch.store() }
        writeBytes(kept, to: file)
        try scratch.withStore { (store) throws in
            let size = try newest(store)?.size
            #expect(size == 1)
        }
    }

    private static let attacks = [
        "UPDATE checkpoint SET note = x'00'", "DELETE FROM checkpoint",
        "REPLACE INTO checkpoint SELECT tenant, size, x'00' FROM checkpoint",
        "INSERT INTO checkpoint VALUES ('acme', 99, x'00')",
        "INSERT INTO checkpoint VALUES ('acme', 1, x'00')",
        "UPDATE log_node SET hash = zeroblob(32)", "DELETE FROM log_node",
        "REPLACE INTO log_node SELECT tenant, level, number, zeroblob(32) FROM log_node",
        "INSERT INTO log_node VALUES ('acme', 1, 9, zeroblob(32))",
        "UPDATE log_key SET key = zeroblob(32)", "DELETE FROM log_key",
        "REPLACE INTO log_key VALUES (0, zeroblob(32))",
        "INSERT INTO log_key VALUES (7, zeroblob(32))",
    ]

    @Test("Nothing that was signed is changed", arguments: attacks)
    func attacked(attack: String) throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try grow(store, to: 20, settling: true) }
        try scratch.raw { database in
            expectRefused(attack) { try database.execute(attack) }
        }
        guard !attack.hasPrefix("INSERT") else { return }
        try scratch.withStore { (store) throws in
            try store.commit { writer, _ in
                guard let session = writer as? SQLiteSession else { return }
                expectRefused(attack) { try session.connection.execute(attack) }
            }
        }
    }

    /// Adds events until there are so many; the last is one that an agent waits for, or none is.
    private func grow(_ store: SQLiteStore, to count: Int64, settling: Bool) throws {
        try store.commit { writer, _ in
            while true {
                let head = try writer.chainHead(of: Fixture.acme)
                let sequence = (head?.sequence ?? -1) + 1
                guard sequence < count else { return }
                let type: EventType =
                    settling && sequence == count - 1 ? .approvalDecided : .approvalCommented
                var entropy = CountingEntropy(next: UInt64(sequence))
                let entry = try EventLog(host: "test.example", tenant: Fixture.acme).entry(
                    AuditEvent(type, by: .server, about: .init(.log, "x")),
                    id: EventID(Fixture.uuid(UInt64(sequence) + 500)),
                    at: EventLog.Instant(
                        wall: Fixture.start, uptime: Uptime(boot: "b", milliseconds: 7)),
                    after: head, saltedFrom: &entropy)
                try writer.append(entry.record, disclosures: [], about: nil, of: Fixture.acme)
            }
        }
    }

    private func newest(_ store: SQLiteStore) throws -> SignedCheckpoint? {
        try store.see { try $0.newestCheckpoint(of: Fixture.acme) }
    }

    private func leaves(_ store: SQLiteStore) throws -> [Digest] {
        try store.see { try $0.events(of: Fixture.acme, from: 0, limit: 999).map(\.leafHash) }
    }

    private func expectSigned(_ signed: SignedCheckpoint, in store: SQLiteStore) throws {
        let key = try #require(try store.see { try $0.logKeys() }.last)
        let note = try #require(SignedNote(parsing: signed.note))
        let origin = try #require(signed.checkpoint?.origin)
        let known = try #require(NoteKey(name: origin, kind: .note, key: key))
        let signature = try #require(note.signatures.first)
        #expect(known.check(signature, of: note.text) != nil)
    }
}
