import Approvals
import ControlPlane
import Cryptography
import Glibc
import SQLiteDatabase
import SQLiteStore
import Simulation
import Testing

@Suite("The store opens only with its key, alone, and finds everything again")
struct SQLiteStoreOpeningTests {
    @Test("Everything is there after a restart, and the epoch is the same")
    func restart() throws {
        let scratch = try Scratch()
        let approval = Fixture.approval(1)
        let epoch = try scratch.withStore { (store) throws in
            try furnish(store, with: approval)
            return try store.see { try $0.epoch() }
        }
        try scratch.withStore { (store) throws in
            #expect(try store.see { try $0.epoch() } == epoch)
            #expect(try find(store, approval.id) == approval)
        }
    }

    /// Method: what is restored is the database and the key, as Operations.md says.
    @Test("A restored copy has another epoch, so that old cursors lead nowhere")
    func restored() throws {
        let original = try Scratch()
        let first = try original.withStore(seed: 1) { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            return try store.see { try $0.epoch() }
        }
        let copy = try Scratch()
        try copyStore(from: original, to: copy)
        unlink(copy.path + "/store/run")
        let second = try copy.withStore(seed: 2) { try $0.see { try $0.epoch() } }
        #expect(second != first)
        #expect(try copy.withStore(seed: 3) { try $0.see { try $0.epoch() } } == second)
        // The copy of an earlier run, put in the place of the one that went on.
        _ = try original.withStore(seed: 4) { try $0.see { try $0.epoch() } }
        try copyStore(from: original, to: copy)
        _ = try original.withStore(seed: 5) { try $0.see { try $0.epoch() } }
        let kept = bytes(of: original.path + "/store/run")
        try copyStore(from: copy, to: original)
        writeBytes(kept, to: original.path + "/store/run")
        #expect(try original.withStore(seed: 6) { try $0.see { try $0.epoch() } } != first)
    }

    /// Method: a backup of the whole folder, the mark included, goes to another place and over the
    /// folder that it was taken from.
    @Test("A copy of the whole folder has another epoch, wherever it is put")
    func restoredWhole() throws {
        let original = try Scratch()
        let first = try original.withStore(seed: 1) { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            return try store.see { try $0.epoch() }
        }
        let backup = try Scratch()
        try copyStore(from: original, to: backup)
        let elsewhere = try Scratch()
        try copyStore(from: backup, to: elsewhere)
        #expect(try elsewhere.withStore(seed: 2) { try $0.see { try $0.epoch() } } != first)
        let mark = original.path + "/store/run"
        let written = changed(mark)
        repeat { try copyStore(from: backup, to: original) } while changed(mark) == written
        let second = try original.withStore(seed: 3) { try $0.see { try $0.epoch() } }
        #expect(second != first)
        #expect(try original.withStore(seed: 4) { try $0.see { try $0.epoch() } } == second)
    }

    /// When a file was changed last, in nanoseconds.
    private func changed(_ path: String) -> Int {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return 0 }
        return facts.st_ctim.tv_sec * 1_000_000_000 + facts.st_ctim.tv_nsec
    }

    @Test("Two stores have two epochs")
    func epochs() throws {
        let first = try Scratch().withStore(seed: 1) { try $0.see { try $0.epoch() } }
        let second = try Scratch().withStore(seed: 2) { try $0.see { try $0.epoch() } }
        #expect(first != second)
    }

    @Test("Every file is closed to others while the store works and after")
    func modes() throws {
        let scratch = try Scratch()
        let folder = scratch.path + "/store"
        try scratch.withStore { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            #expect(
                names(in: folder) == [
                    "countersign.db", "countersign.db-shm", "countersign.db-wal", "key", "lock",
                    "log-key", "run",
                ])
            for name in names(in: folder) { #expect(mode(of: folder + "/" + name) == 0o600) }
        }
        #expect(mode(of: folder) == 0o700)
        for name in names(in: folder) { #expect(mode(of: folder + "/" + name) == 0o600) }
        #expect(bytes(of: folder + "/countersign.db-wal").isEmpty)
    }

    @Test("A second opening is refused while the first one lives, and names its process")
    func second() throws {
        let scratch = try Scratch()
        try scratch.withStore { (store) throws in
            let refusal = #expect(throws: StoreRefusal.self) { try scratch.store() }
            #expect(refusal == .opening(.held(path: store.folder.path, byProcess: getpid())))
        }
        try scratch.withStore { _ in }
    }

    @Test("A store of a newer program is refused")
    func newer() throws {
        let scratch = try Scratch()
        try scratch.withStore { _ in }
        try scratch.raw { try $0.execute("PRAGMA user_version = 99") }
        let refusal = #expect(throws: StoreRefusal.self) { try scratch.store() }
        guard case .opening(.newerSchema(_, found: 99, _)) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test("Another key is refused at once")
    func wrongKey() throws {
        let scratch = try Scratch()
        try scratch.withStore(key: .text(String(repeating: "ab", count: 32))) { _ in }
        expectKeyRefusal(scratch, .text(String(repeating: "cd", count: 32)))
        try scratch.withStore(key: .text(String(repeating: "AB", count: 32) + "\n")) { _ in }
    }

    @Test("A key file that went missing is not made anew")
    func missingKey() throws {
        let scratch = try Scratch()
        try scratch.withStore { _ in }
        unlink(scratch.path + "/store/key")
        expectKeyRefusal(scratch, .file)
        #expect(names(in: scratch.path + "/store").contains("key") == false)
    }

    @Test("A key file that others can read, or that holds no key, is refused", arguments: [0, 1])
    func badKeyFile(which: Int) throws {
        let scratch = try Scratch()
        try scratch.withStore { _ in }
        let path = scratch.path + "/store/key"
        if which == 0 {
            chmod(path, 0o640)
            #expect(throws: StoreRefusal.self) { try scratch.store() }
        } else {
            write("not a key\n", to: path)
            expectKeyRefusal(scratch, .file)
        }
    }

    @Test("The key can be printed by a command")
    func keyCommand() throws {
        let scratch = try Scratch()
        let key = String(repeating: "0f", count: 32)
        try scratch.withStore(key: .command("printf '%s' \(key)")) { _ in }
        try scratch.withStore(key: .text(key)) { _ in }
        for command in ["exit 3", "printf abc", "printf '%s' \(key); exit 1", "yes"] {
            expectKeyRefusal(scratch, .command(command))
        }
        #expect(!names(in: scratch.path + "/store").contains("key"))
    }

    @Test(
        "Keys are read from hexadecimal digits and both alphabets of base64",
        arguments: [
            (String(repeating: "fb", count: 32), true),
            (String(repeating: "+/v7", count: 10) + "+/s=", true),
            (String(repeating: "-_v7", count: 10) + "-_s", true),
            (String(repeating: "fb", count: 31), false), ("", false),
            (String(repeating: "zz", count: 32), false),
        ])
    func keyTexts(text: String, isKey: Bool) {
        #expect((StoreKey(text: text) != nil) == isKey)
    }

    @Test("A key shows itself in no text")
    func keyHides() throws {
        let key = try #require(StoreKey(text: String(repeating: "fb", count: 32)))
        var dumped = ""
        dump(key, to: &dumped)
        for text in [dumped, "\(key)", String(reflecting: key)] {
            #expect(!text.contains("fb") && !text.contains("251"))
        }
    }

    private func expectKeyRefusal(_ scratch: Scratch, _ source: StoreKeySource) {
        let refusal = #expect(throws: StoreRefusal.self) { try scratch.store(key: source) }
        guard case .key = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

}

extension Scratch {
    /// A real store in this folder.
    func store(
        key: StoreKeySource = .file, nextLog: StoreKeySource? = nil, seed: UInt64 = 1,
        clock: JumpingClock = JumpingClock(),
        onStop: @escaping @Sendable (StoreFailure) -> Void = { _ in }
    ) throws(StoreRefusal) -> SQLiteStore {
        try SQLiteStore(
            in: path + "/store", keys: StoreKeySources(sealing: key, nextLog: nextLog),
            surroundings: StoreRig.surroundings(clock, seed: seed),
            onStop: onStop)
    }

    /// Opens a store, uses it and closes it.
    @discardableResult
    func withStore<Value>(
        key: StoreKeySource = .file, seed: UInt64 = 1, _ body: (SQLiteStore) throws -> Value
    ) throws -> Value {
        let store = try store(key: key, seed: seed)
        defer { store.close() }
        return try body(store)
    }

    /// The file as another program would open it, without our authorizer.
    @discardableResult
    func raw<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        let file = path + "/store/" + SQLiteStore.fileName
        return try body(SQLiteConnection(path: file))
    }
}

/// Puts a tenant, an agent and an approval into a store.
func furnish(_ store: SQLiteStore, with approval: Approval) throws {
    try store.commit { writer, _ in
        _ = try writer.insert(Fixture.tenant())
        let agent = Agent(id: Fixture.agent, name: "bot", createdAt: Fixture.start)
        _ = try writer.insert(agent, of: Fixture.acme)
        let submission = Fixture.submission(approval, key: "k")
        _ = try writer.insert(approval, submission: submission)
    }
}

/// Reads one approval of `acme`.
func find(_ store: SQLiteStore, _ id: ApprovalID) throws -> Approval? {
    try store.see { reader in
        return try reader.approval(id, of: Fixture.acme)
    }
}
