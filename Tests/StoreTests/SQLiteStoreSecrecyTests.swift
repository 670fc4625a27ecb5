import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase
import SQLiteStore
import Testing

@testable import SQLiteStore

@Suite("What is confidential is sealed, and sealed values stay where they were put")
struct SQLiteStoreSecrecyTests {
    private let secret = "canary-7f3a91c2"

    @Test("A secret is in no file, neither while the store works nor after")
    func canary() throws {
        let scratch = try Scratch()
        let folder = scratch.path + "/store"
        try scratch.withStore { (store) throws in
            try plant(in: store)
            #expect(!occurs(secret, in: folder))
            #expect(occurs("bot", in: folder), "The search finds what is there.")
            #expect(try find(store, ApprovalID(Fixture.uuid(1)))?.arguments["key"] != nil)
        }
        #expect(!occurs(secret, in: folder))
    }

    /// A plain digest of a body with a short secret in it lets the secret be guessed.
    @Test("The digest of what was submitted is in no file, and comes back")
    func payloadDigest() throws {
        let scratch = try Scratch()
        let one = Fixture.approval(1)
        let submission = Fixture.submission(one, key: "k")
        try scratch.withStore { (store) throws in
            try furnish(store, with: one)
            let read = try store.see { reader in
                try reader.submission(key: "k", by: one.agent, of: Fixture.acme)
            }
            #expect(read == submission)
        }
        try scratch.raw { database in
            let stored = try database.first("SELECT payload FROM submission") {
                (row) throws(SQLiteFailure) in try row.blob(0)
            }
            let bytes = try #require(stored)
            let digest = submission.payloadDigest.bytes
            #expect(bytes.count > digest.count)
            #expect(!bytes.indices.contains { bytes[$0...].starts(with: digest) })
        }
    }

    @Test("Disclosures come back with their salts and values")
    func disclosures() throws {
        let scratch = try Scratch()
        let entry = try Fixture.event(
            about: ApprovalID(Fixture.uuid(1)), after: nil, secret: secret)
        try scratch.withStore { (store) throws in
            try plant(in: store)
            let read = try store.see { reader in
                let session = reader as? SQLiteSession
                return try session?.disclosures(of: 0, in: Fixture.acme)
            }
            #expect(Set(read ?? []) == Set(entry.disclosures))
        }
    }

    @Test("A sealed approval opens in no other row and at no other version")
    func moved() throws {
        let scratch = try Scratch()
        let one = Fixture.approval(1)
        let two = Fixture.approval(2)
        let old = try scratch.withStore { (store) throws in
            try furnish(store, with: one)
            try insert(store, two)
            let old = try sealed(scratch, one)
            try replace(store, one)
            return old
        }
        try scratch.raw { database in
            try database.changes(
                "UPDATE approval SET sealed = ?1 WHERE id = ?2",
                [.blob(old), .text(two.id.rawValue)])
            try database.changes(
                "UPDATE approval SET sealed = ?1 WHERE id = ?2",
                [.blob(old), .text(one.id.rawValue)])
        }
        try scratch.withStore { (store) throws in
            for id in [one.id, two.id] {
                let failure = #expect(throws: CommandFailure.self) { try find(store, id) }
                guard case .store(.damaged) = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
            }
        }
    }

    @Test("A row that says another state than its approval is noticed")
    func mislabelled() throws {
        let scratch = try Scratch()
        let approval = Fixture.approval(1)
        try scratch.withStore { try furnish($0, with: approval) }
        try scratch.raw { try $0.changes("UPDATE approval SET pending = 0") }
        try scratch.withStore { (store) throws in
            #expect(throws: CommandFailure.self) { try find(store, approval.id) }
        }
    }

    @Test("No key sees a nonce twice, also after a backup was restored")
    func nonces() throws {
        let original = try Scratch()
        try original.withStore(seed: 1) { try furnish($0, with: Fixture.approval(1)) }
        let restored = try Scratch()
        try copyStore(from: original, to: restored)
        var seen: [[UInt8]] = []
        for (scratch, seed) in [(original, 2), (restored, 3)] as [(Scratch, UInt64)] {
            try scratch.withStore(seed: seed) { (store) throws in
                for number: UInt64 in 2...5 { try insert(store, Fixture.approval(number)) }
            }
            seen += try scratch.raw { database in
                try database.rows("SELECT sealed FROM approval ORDER BY id") {
                    (row) throws(SQLiteFailure) in Array(try row.blob(0).prefix(28))
                }
            }
        }
        #expect(seen.count == 10 && Set(seen).count == 9, "Only the backed-up row is there twice.")
    }

    private func plant(in store: SQLiteStore) throws {
        var approval = Fixture.approval(
            1, arguments: ["key": .string(secret), "\(secret)": [.string(secret)]])
        approval.effectiveArguments = approval.arguments
        approval.comments = [
            Comment(by: MemberID(Fixture.uuid(2)), at: Fixture.start, text: secret)
        ]
        let entry = try Fixture.event(about: approval.id, after: nil, secret: secret)
        try furnish(store, with: approval)
        try store.commit { writer, _ in
            try writer.append(
                entry.record, disclosures: entry.disclosures,
                about: ApprovalID(Fixture.uuid(1)), of: Fixture.acme)
        }
    }

    private func insert(_ store: SQLiteStore, _ approval: Approval) throws {
        try store.commit { writer, _ in
            let submission = Fixture.submission(approval, key: approval.id.rawValue)
            _ = try writer.insert(approval, submission: submission)
        }
    }

    private func replace(_ store: SQLiteStore, _ approval: Approval) throws {
        try store.commit { writer, _ in
            _ = try writer.replace(approval)
        }
    }

    private func sealed(_ scratch: Scratch, _ approval: Approval) throws -> [UInt8] {
        let found = try scratch.raw { database in
            try database.first(
                "SELECT sealed FROM approval WHERE id = ?1", [.text(approval.id.rawValue)]
            ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        }
        return try #require(found)
    }
}

/// Copies a store's files as they are at this moment.
func copyStore(from source: Scratch, to target: Scratch) throws {
    let folder = try target.folder()
    for name in names(in: source.path + "/store") where name != "lock" {
        writeBytes(bytes(of: source.path + "/store/" + name), to: folder.path + "/" + name)
    }
}
