/// One step from a schema to the next; steps are never changed after a release, only added.
public struct SQLiteMigration: Hashable, Sendable {
    /// The schema version that the step leads to: 1 for the first, then without gaps.
    public let version: Int

    /// What the step is for, in a few words.
    public let purpose: String

    /// The statements.
    public let sql: String

    /// Describes a step.
    public init(version: Int, purpose: String, sql: String) {
        self.version = version
        self.purpose = purpose
        self.sql = sql
    }
}

extension SQLiteConnection {
    /// The schema version that the file records.
    public func schemaVersion() throws(SQLiteFailure) -> Int {
        Int(try number("PRAGMA user_version"))
    }

    /// Brings the file to the newest version, each step in a transaction of its own.
    ///
    /// Refuses a file that a newer program has written, before anything is changed.
    public func migrate(
        _ migrations: [SQLiteMigration], path: String
    ) throws(SQLiteFailure) {
        precondition(
            migrations.enumerated().allSatisfy { $0.element.version == $0.offset + 1 },
            "Migrations are numbered from 1 without gaps.")
        let found = try schemaVersion()
        guard found <= migrations.count else {
            throw .refused(
                .newerSchema(path: path, found: found, known: migrations.count))
        }
        for migration in migrations.dropFirst(found) {
            try transaction { () throws(SQLiteFailure) in
                try execute(migration.sql)
                try execute("PRAGMA user_version = \(migration.version)")
                return .keep(())
            }
        }
    }
}
