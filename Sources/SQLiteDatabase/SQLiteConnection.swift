/// One connection to a SQLite database, used by one thread at a time.
///
/// Statements are prepared once and kept; values are always bound, never written into the text.
public final class SQLiteConnection {
    /// How many prepared statements are kept; the program's own statements are fewer.
    public static let statementsMax = 256

    let handle: SQLiteHandle
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens `path`, which `PrivateFolder.file(_:)` has created and checked before.
    public init(path: String, options: SQLiteOptions = SQLiteOptions()) throws(SQLiteFailure) {
        handle = try SQLiteHandle(path: path, options: options)
        try configure(options, path: path)
    }

    /// Runs statements that give no rows and take no values; several may be separated by `;`.
    public func execute(_ sql: String) throws(SQLiteFailure) {
        try handle.execute(sql)
    }

    /// Runs one statement and says how many rows it inserted, changed or deleted.
    @discardableResult
    public func changes(
        _ sql: String, _ values: [SQLiteValue] = []
    ) throws(SQLiteFailure) -> Int {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {}
        return statement.isReadOnly ? 0 : handle.changedRows
    }

    /// Reads every row.
    public func rows<Value>(
        _ sql: String, _ values: [SQLiteValue] = [],
        _ read: (borrowing SQLiteRow) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> [Value] {
        var all: [Value] = []
        try forEachRow(sql, values) { (row) throws(SQLiteFailure) in
            all.append(try read(row))
            return true
        }
        return all
    }

    /// Reads the first row, if there is one.
    public func first<Value>(
        _ sql: String, _ values: [SQLiteValue] = [],
        _ read: (borrowing SQLiteRow) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value? {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        guard try statement.step() else { return nil }
        return try read(SQLiteRow(statement: statement))
    }

    /// Hands over rows one by one until `visit` answers false.
    public func forEachRow(
        _ sql: String, _ values: [SQLiteValue] = [],
        _ visit: (borrowing SQLiteRow) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {
            guard try visit(SQLiteRow(statement: statement)) else { return }
        }
    }

    /// True between BEGIN and COMMIT or ROLLBACK.
    ///
    /// SQLite itself rolls back on some failures, so this says what is, not what was asked.
    public var isInTransaction: Bool { handle.isInTransaction }

    /// Takes authority away from this connection for its remaining life.
    public func restrict(_ restrictions: SQLiteRestrictions) throws(SQLiteFailure) {
        statements.removeAll()
        try handle.authorize(restrictions)
    }

    /// Moves the write-ahead log into the database; says how many log pages there were.
    @discardableResult
    public func checkpoint(_ mode: SQLiteCheckpoint) throws(SQLiteFailure) -> Int {
        try handle.checkpoint(mode)
    }

    /// Has the last connection that closes leave the log as it is.
    ///
    /// Otherwise SQLite moves the log into the file then, which nobody may try after a failed sync.
    public func leaveLogOnClose() throws(SQLiteFailure) {
        try handle.leaveLogOnClose()
    }

    /// How many pages the log had after the last commit; counted only when `checkpointPages` is 0.
    public var logPages: Int { handle.logPages }

    /// A statement that is free to use: the kept one, or a new one while that one gives rows.
    private func prepared(_ sql: String) throws(SQLiteFailure) -> SQLiteStatement {
        if let kept = statements[sql] {
            if !kept.isRunning { return kept }
            return try SQLiteStatement(handle, sql, isKept: false)
        }
        if statements.count >= Self.statementsMax { statements.removeAll() }
        let fresh = try SQLiteStatement(handle, sql, isKept: true)
        statements[sql] = fresh
        return fresh
    }
}

/// How far a checkpoint goes.
public enum SQLiteCheckpoint: Hashable, Sendable {
    /// What can be moved without waiting for anybody.
    case passive

    /// Everything, and the log is emptied: what was deleted is gone from it, too.
    case truncate
}

/// The row at which a statement stands; it cannot outlive the visit.
public struct SQLiteRow: ~Copyable {
    let statement: SQLiteStatement

    /// True when the column holds NULL.
    public func isNull(_ column: Int) -> Bool { statement.isNull(column) }

    /// The number in a column that must hold one.
    public func integer(_ column: Int) throws(SQLiteFailure) -> Int64 {
        try statement.integer(column)
    }

    /// The text in a column that must hold some.
    public func text(_ column: Int) throws(SQLiteFailure) -> String { try statement.text(column) }

    /// The bytes in a column that must hold some.
    public func blob(_ column: Int) throws(SQLiteFailure) -> [UInt8] { try statement.blob(column) }

    /// The number, or nil for NULL.
    public func optionalInteger(_ column: Int) throws(SQLiteFailure) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    /// The text, or nil for NULL.
    public func optionalText(_ column: Int) throws(SQLiteFailure) -> String? {
        isNull(column) ? nil : try text(column)
    }

    /// Whatever the column holds.
    public func value(_ column: Int) throws(SQLiteFailure) -> SQLiteValue {
        try statement.value(column)
    }
}
