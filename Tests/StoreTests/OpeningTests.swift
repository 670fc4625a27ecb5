import Glibc
import SQLiteDatabase
import Testing

@Suite("A store opens only where it is safe, and alone")
struct OpeningTests {
    @Test("Folder, database, log, index and lock are closed to everybody else")
    func modes() throws {
        let scratch = try Scratch()
        let database = try scratch.database()
        let lock = try FolderLock(of: scratch.folder())
        try database.changes("INSERT INTO note (body) VALUES ('a')")
        let store = scratch.path + "/store"
        #expect(mode(of: store) == 0o700)
        #expect(names(in: store) == ["lock", "test.db", "test.db-shm", "test.db-wal"])
        for name in names(in: store) { #expect(mode(of: store + "/" + name) == 0o600) }
        withExtendedLifetime(lock) {}
    }

    @Test("Missing parents are made, closed to others as well")
    func parents() throws {
        let scratch = try Scratch()
        let folder = try PrivateFolder(creating: scratch.path + "/a/b/c")
        #expect(folder.path == scratch.path + "/a/b/c")
        #expect(mode(of: scratch.path + "/a") == 0o700)
    }

    @Test("A folder that others can enter is refused, and not quietly mended")
    func openFolder() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/store"
        mkdir(path, 0o700)
        chmod(path, 0o755)
        #expect(throws: OpeningRefusal.tooOpen(path: path, mode: 0o40755)) {
            try PrivateFolder(creating: path)
        }
        #expect(mode(of: path) == 0o755)
    }

    @Test("A folder whose parent others can write is refused")
    func openParent() throws {
        let scratch = try Scratch()
        chmod(scratch.path, 0o777)
        #expect(throws: OpeningRefusal.tooOpen(path: scratch.path, mode: 0o40777)) {
            try scratch.folder()
        }
    }

    @Test("A link in place of the folder or of a file is refused")
    func links() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        symlink(folder.path, scratch.path + "/link")
        #expect(throws: OpeningRefusal.self) {
            try PrivateFolder(creating: scratch.path + "/link")
        }
        write("", to: scratch.path + "/elsewhere")
        for name in ["a.db", "b.db-wal"] {
            symlink(scratch.path + "/elsewhere", folder.path + "/" + name)
        }
        #expect(throws: OpeningRefusal.self) { try folder.databaseFile("a.db") }
        #expect(throws: OpeningRefusal.self) { try folder.databaseFile("b.db") }
    }

    @Test("A file that others can read, that has two names or that is no file is refused")
    func files() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        write("", to: folder.path + "/open.db", mode: 0o600)
        chmod(folder.path + "/open.db", 0o644)
        write("", to: folder.path + "/twice.db")
        link(folder.path + "/twice.db", folder.path + "/second")
        mkdir(folder.path + "/folder.db", 0o700)
        mkfifo(folder.path + "/pipe.db", 0o600)
        for name in ["open.db", "twice.db", "folder.db", "pipe.db"] {
            #expect(throws: OpeningRefusal.self, "\(name)") { try folder.databaseFile(name) }
        }
    }

    @Test(
        "File systems whose locks cannot be trusted are known by their numbers",
        arguments: [
            (0x6969, "NFS"), (0x517B, "SMB"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB2"),
            (0x6573_5546, "FUSE"), (0x0102_1997, "9P"),
        ] as [(Int64, String)])
    func networkFileSystems(magic: Int64, kind: String) throws {
        #expect(FileSystemKind(magic: magic) == .network(kind))
        let scratch = try Scratch()
        let path = scratch.path + "/store"
        #expect(throws: OpeningRefusal.networkFileSystem(path: path, kind: kind)) {
            try PrivateFolder(creating: path) { _ in FileSystemKind(magic: magic) }
        }
    }

    @Test(
        "Local file systems are let in",
        arguments: [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] as [Int64])
    func localFileSystems(magic: Int64) {
        #expect(FileSystemKind(magic: magic) == .local)
    }

    @Test("A second holder of the folder is refused and told which process has it")
    func lock() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder()
        do {
            let held = try FolderLock(of: folder)
            let refusal = #expect(throws: OpeningRefusal.self) { _ = try FolderLock(of: folder) }
            #expect(refusal == .held(path: folder.path, byProcess: getpid()))
            withExtendedLifetime(held) {}
        }
        _ = try FolderLock(of: folder)
    }

    @Test("A file of a newer schema is refused and left as it is")
    func newerSchema() throws {
        let scratch = try Scratch()
        let second = SQLiteMigration(version: 2, purpose: "more", sql: "CREATE TABLE more (a)")
        let file = scratch.path + "/store/test.db"
        _ = try scratch.database([.sample, second])
        #expect(throws: SQLiteFailure.refused(.newerSchema(path: file, found: 2, known: 1))) {
            try scratch.database()
        }
        let kept = try scratch.database([.sample, second])
        #expect(try kept.schemaVersion() == 2)
    }

    @Test("A step that fails leaves the schema at the step before")
    func brokenMigration() throws {
        let scratch = try Scratch()
        let broken = SQLiteMigration(
            version: 2, purpose: "broken", sql: "CREATE TABLE more (a); CREATE TABLE note (a)")
        #expect(throws: SQLiteFailure.self) { try scratch.database([.sample, broken]) }
        let good = try scratch.database()
        #expect(try good.schemaVersion() == 1)
        #expect(throws: SQLiteFailure.self) { try good.changes("SELECT * FROM more") }
    }

    @Test("A database of another program is refused")
    func foreignDatabase() throws {
        let scratch = try Scratch()
        _ = try scratch.database(options: SQLiteOptions(applicationID: 77))
        #expect(throws: SQLiteFailure.self) { try scratch.database() }
    }

    @Test("A file that is no database is refused")
    func noDatabase() throws {
        let scratch = try Scratch()
        write(
            String(repeating: "not a database ", count: 100),
            to: try scratch.folder().path + "/test.db")
        let failure = #expect(throws: SQLiteFailure.self) { try scratch.database() }
        #expect(failure?.isFatal == true)
    }

    @Test("The settings that guard the data are in force", arguments: [1, 2] as [Int64])
    func settings(level: Int64) throws {
        let durability = try #require(SQLiteOptions.Durability(rawValue: level))
        let database = try Scratch().database(options: SQLiteOptions(durability: durability))
        let wanted: [(String, SQLiteValue)] = [
            ("synchronous", .integer(level)), ("journal_mode", .text("wal")),
            ("foreign_keys", .integer(1)), ("trusted_schema", .integer(0)),
            ("secure_delete", .integer(1)), ("temp_store", .integer(2)),
            ("busy_timeout", .integer(5_000)),
        ]
        for (name, value) in wanted {
            let found = try database.first("PRAGMA \(name)") { (row) throws(SQLiteFailure) in
                try row.value(0)
            }
            #expect(found == value, "\(name)")
        }
    }

    @Test("What is deleted is gone from the file and, after a checkpoint, from the log")
    func erasing() throws {
        let scratch = try Scratch()
        let database = try scratch.database()
        let canary = "canary-4f1c9e77"
        try database.changes("INSERT INTO note (body) VALUES (?1)", [.text(canary)])
        #expect(occurs(canary, in: scratch.path + "/store"))
        try database.changes("DELETE FROM note")
        try database.checkpoint(.truncate)
        #expect(!occurs(canary, in: scratch.path + "/store"))
    }
}

/// True when the text's bytes are in any file of the folder.
func occurs(_ text: String, in folder: String) -> Bool {
    let wanted = Array(text.utf8)
    return names(in: folder).contains { name in
        bytes(of: folder + "/" + name).split(
            separator: wanted, maxSplits: 1, omittingEmptySubsequences: false
        ).count > 1
    }
}
