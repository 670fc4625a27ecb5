import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import SQLiteDatabase
import Testing

@testable import SQLiteStore

@Suite("What is erased is in no file any more, and only an event lets it go")
struct StoreErasureTests {
    @Test("The sealed bytes of an erased document are in no file, while the store works")
    func bytesGo() throws {
        let scratch = try Scratch()
        let folder = scratch.path + "/store"
        try scratch.withStore { (store) throws in
            let document = try plant(in: store)
            let sealed = try sealed(store)
            #expect(occurs(sealed, in: folder), "The search finds what is there.")
            try erase(document, in: store)
            #expect(!occurs(sealed, in: folder))
            let fields = try store.see { try $0.disclosedFields(of: 0, in: Fixture.acme) }
            let args = fields.filter { $0.field.document == "args" }
            #expect(args.map(\.untold) == Array(repeating: .erased, count: args.count))
            #expect(args.map(\.field.digest) == document.digests)
            #expect(fields.contains { $0.untold == nil }, "the reason is another document")
            let left = try store.see {
                try $0.documents(about: ApprovalID(Fixture.uuid(1)), of: Fixture.acme)
            }
            #expect(left.map(\.name) == ["reason"])
        }
    }

    private static let attacks = [
        "DELETE FROM disclosure",
        "INSERT INTO erased_document VALUES ('acme', 0, 'reason', zeroblob(32), 1)",
        "INSERT INTO erased_document VALUES ('acme', 0, 'args', zeroblob(32), 1)",
        "UPDATE erased_document SET digests = zeroblob(32)", "DELETE FROM erased_document",
        "REPLACE INTO erased_document SELECT * FROM erased_document",
        "INSERT INTO disclosure VALUES ('acme', 0, 'args', x'00')",
        "DELETE FROM event WHERE sequence = 1",
    ]

    @Test("Statements of another program, after an erasure", arguments: attacks)
    func triggers(attack: String) throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in try erase(plant(in: store), in: store) }
        try scratch.raw { database in
            expectRefused(attack) { try database.execute(attack) }
        }
    }

    /// Adds a log of one event with two documents, and says the one of the arguments.
    private func plant(in store: SQLiteStore) throws -> CommittedDocument {
        let approval = Fixture.approval(1)
        try furnish(store, with: approval)
        let entry = try Fixture.event(about: approval.id, after: nil)
        try store.commit { writer, _ in
            try writer.append(
                entry.record, disclosures: entry.disclosures, about: approval.id,
                of: Fixture.acme)
        }
        let all = try store.see { try $0.documents(about: approval.id, of: Fixture.acme) }
        #expect(all.map(\.name) == ["args", "reason"])
        return try #require(all.first)
    }

    private func erase(_ document: CommittedDocument, in store: SQLiteStore) throws {
        let event = AuditEvent(
            .disclosureErased, by: .server, about: .init(.event, "0"),
            facts: ["doc": .string(document.name), "idx": [0, 1, 2], "seq": 0])
        try store.commit { writer, _ in
            guard let head = try writer.chainHead(of: Fixture.acme) else { return }
            var entropy = CountingEntropy(next: 2_000)
            let entry = try EventLog(host: "test.example", tenant: Fixture.acme).entry(
                event, id: EventID(Fixture.uuid(900)),
                at: EventLog.Instant(
                    wall: Fixture.start, uptime: Uptime(boot: "b", milliseconds: 8)),
                after: head, saltedFrom: &entropy)
            try writer.append(entry.record, disclosures: [], about: nil, of: Fixture.acme)
            try writer.erase(document, toldBy: 1, in: Fixture.acme)
        }
    }

    private func sealed(_ store: SQLiteStore) throws -> [UInt8] {
        let found = try store.commit { writer, _ in
            try (writer as? SQLiteSession)?.first(
                "SELECT sealed FROM disclosure WHERE document = 'args'", []
            ) { (row) throws(SQLiteFailure) in try row.blob(0) }
        }
        return try #require(found)
    }

    private func occurs(_ wanted: [UInt8], in folder: String) -> Bool {
        names(in: folder).contains { name in
            let all = bytes(of: folder + "/" + name)
            guard let first = wanted.first else { return true }
            return all.indices.contains { all[$0] == first && all[$0...].starts(with: wanted) }
        }
    }
}
