import Glibc
import SQLiteDatabase
import Testing

@Suite("The database keeps what it was given, or says why not")
struct DatabaseTests {
    @Test("Every kind of value comes back as it went in")
    func valuesRoundTrip() throws {
        let database = try Scratch().database()
        try database.execute("CREATE TABLE any (a ANY, b ANY, c ANY, d ANY, e ANY, f ANY)")
        let values: [SQLiteValue] = [
            .null, .integer(.min), .real(0.1), .text("a\u{0}ü\u{202E}"), .blob([0, 255]), .blob([]),
        ]
        try database.changes("INSERT INTO any VALUES (?1, ?2, ?3, ?4, ?5, ?6)", values)
        let read = try database.first("SELECT * FROM any") { (row) throws(SQLiteFailure) in
            var all: [SQLiteValue] = []
            for column in 0..<6 { all.append(try row.value(column)) }
            return all
        }
        #expect(read == values)
    }

    @Test("A change says how many rows it touched")
    func changeCounts() throws {
        let database = try Scratch().database()
        let insert = "INSERT INTO note (body) VALUES (?1)"
        #expect(try database.changes(insert, [.text("a")]) == 1)
        #expect(try database.changes(insert, [.text("b")]) == 1)
        #expect(try database.changes("UPDATE note SET body = body || '!'") == 2)
        #expect(try database.changes("DELETE FROM note WHERE body = ?1", [.text("a")]) == 0)
    }

    @Test("Failures are told apart by what the caller may do")
    func failureKinds() throws {
        let database = try Scratch().database()
        try database.changes("INSERT INTO note (body) VALUES ('a')")
        expect("constraint") { try database.changes("INSERT INTO note (body) VALUES ('a')") }
        expect("misuse") { try database.changes("SELECT nothing FROM nowhere") }
        expect("misuse") { try database.changes("SELECT ?1") }
        expect("fatal") {
            try database.first("SELECT 'text'") { (row) throws(SQLiteFailure) in
                try row.integer(0)
            }
        }
    }

    @Test(
        "Result codes of disk, file and memory are fatal, busy may be tried again",
        arguments: [
            (10, "fatal"), (778, "fatal"), (1_034, "fatal"), (13, "fatal"), (11, "fatal"),
            (26, "fatal"), (7, "fatal"), (14, "fatal"), (5, "busy"), (6, "busy"), (517, "busy"),
            (19, "constraint"), (2_067, "constraint"), (1, "misuse"), (23, "misuse"),
        ] as [(Int32, String)])
    func classification(code: Int32, kind: String) {
        let failure = SQLiteFailure(SQLiteReport(code: code, message: ""))
        #expect(name(failure) == kind)
        #expect(failure.isFatal == (kind == "fatal"))
    }

    @Test("A transaction that fails leaves nothing behind; a savepoint undoes only itself")
    func undoing() throws {
        let database = try Scratch().database()
        let insert = "INSERT INTO note (body) VALUES (?1)"
        expect("constraint") {
            try database.transaction { () throws(SQLiteFailure) -> TransactionEnding<Void> in
                try database.changes(insert, [.text("lost")])
                try database.changes(insert, [.text("lost")])
                return .keep(())
            }
        }
        try database.transaction { () throws(SQLiteFailure) -> TransactionEnding<Void> in
            try database.changes(insert, [.text("kept")])
            let answer = try database.savepoint { () throws(SQLiteFailure) in
                try database.changes(insert, [.text("undone")])
                return TransactionEnding.undo(7)
            }
            #expect(answer == 7)
            return .keep(())
        }
        #expect(try bodies(database) == ["kept"])
        #expect(!database.isInTransaction)
    }

    @Test("The same statement can run inside its own rows")
    func nestedStatement() throws {
        let database = try Scratch().database()
        for body in ["a", "b"] {
            try database.changes("INSERT INTO note (body) VALUES (?1)", [.text(body)])
        }
        var pairs = 0
        try database.forEachRow("SELECT body FROM note") { (_) throws(SQLiteFailure) in
            pairs += try bodies(database, "SELECT body FROM note").count
            return true
        }
        #expect(pairs == 4)
    }

    @Test("Whoever waits longer than the busy timeout is told so, and nothing is broken")
    func busy() throws {
        let scratch = try Scratch()
        let holder = try scratch.database()
        let second = try scratch.database(options: SQLiteOptions(busyTimeoutMilliseconds: 1))
        try holder.begin()
        expect("busy") { try second.begin() }
        try holder.rollBack()
        try second.begin()
        try second.rollBack()
    }

    @Test("A read-only connection cannot write")
    func readOnly() throws {
        let scratch = try Scratch()
        _ = try scratch.database()
        let reader = try scratch.database(options: SQLiteOptions(access: .readOnly))
        #expect(throws: SQLiteFailure.self) {
            try reader.changes("INSERT INTO note (body) VALUES ('a')")
        }
    }

    @Test(
        "What the authorizer took away stays away",
        arguments: [
            "UPDATE note SET body = 'x'", "DELETE FROM note", "DROP TABLE note",
            "REPLACE INTO note (id, body) VALUES (1, 'x')",
            "INSERT INTO note (id, body) VALUES (1, 'x') ON CONFLICT DO UPDATE SET body = 'x'",
            "ALTER TABLE note RENAME TO other", "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = ''", "ATTACH 'x' AS y", "CREATE TABLE t (a)",
            "PRAGMA user_version = 9", "VACUUM INTO 'copy'", "DROP TRIGGER keep",
        ])
    func appendOnly(attack: String) throws {
        let database = try Scratch().database()
        try database.execute(
            "CREATE TRIGGER keep BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'kept'); END")
        try database.changes("INSERT INTO note (body) VALUES ('a')")
        try database.restrict(SQLiteRestrictions(appendOnlyTables: ["note"]))
        #expect(throws: SQLiteFailure.self) { try database.execute(attack) }
        #expect(try bodies(database) == ["a"])
        try database.changes("INSERT INTO note (body) VALUES ('b')")
    }

    private func bodies(
        _ database: SQLiteConnection, _ sql: String = "SELECT body FROM note ORDER BY id"
    ) throws(SQLiteFailure) -> [String] {
        try database.rows(sql) { (row) throws(SQLiteFailure) in try row.text(0) }
    }

    private func expect(_ kind: String, _ body: () throws -> some Any) {
        let thrown = #expect(throws: SQLiteFailure.self) { _ = try body() }
        #expect(thrown.map(name) == kind)
    }

    private func name(_ failure: SQLiteFailure) -> String {
        switch failure {
        case .constraint: "constraint"
        case .busy: "busy"
        case .fatal: "fatal"
        case .misuse: "misuse"
        case .refused: "refused"
        }
    }
}
