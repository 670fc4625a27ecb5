import CSQLite

/// The raw database pointer: nothing outside this file and `SQLiteStatement` touches it.
@safe final class SQLiteHandle {
    let pointer: OpaquePointer
    private var authorizer: SQLiteAuthorizer?
    private let log = LogSize()

    /// How many pages the write-ahead log had after the last commit of this connection.
    private final class LogSize {
        var pages = 0
    }

    var logPages: Int { log.pages }

    init(path: String, options: SQLiteOptions) throws(SQLiteFailure) {
        var opened: OpaquePointer?
        let flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened = unsafe opened else {
            let failure = unsafe Self.failure(code, opened, statement: nil)
            unsafe sqlite3_close_v2(opened)
            throw failure
        }
        unsafe pointer = unsafe opened
        unsafe sqlite3_busy_timeout(opened, options.busyTimeoutMilliseconds)
    }

    deinit {
        unsafe sqlite3_close_v2(pointer)
    }

    /// Switches off what an attacker with write access to the file would use.
    func harden() throws(SQLiteFailure) {
        try set(SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive")
        try set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "trusted_schema")
        try set(SQLITE_DBCONFIG_DQS_DML, 0, "dqs_dml")
        try set(SQLITE_DBCONFIG_DQS_DDL, 0, "dqs_ddl")
        try set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "load_extension")
        try set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, "triggers")
    }

    func leaveLogOnClose() throws(SQLiteFailure) {
        try set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, "no_ckpt_on_close")
    }

    private func set(_ option: Int32, _ value: Int32, _ name: String) throws(SQLiteFailure) {
        let found = unsafe cs_db_config_bool(pointer, option, value)
        guard found == value else {
            throw .refused(
                .settingNotInForce(name: name, wanted: String(value), found: String(found)))
        }
    }

    func execute(_ sql: String) throws(SQLiteFailure) {
        let code = unsafe sqlite3_exec(pointer, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, statement: sql) }
    }

    var changedRows: Int { Int(unsafe sqlite3_changes64(pointer)) }
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(pointer) == 0 }

    func checkpoint(_ mode: SQLiteCheckpoint) throws(SQLiteFailure) -> Int {
        let kind =
            switch mode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        var pages: Int32 = 0
        let code = unsafe sqlite3_wal_checkpoint_v2(pointer, nil, kind, &pages, nil)
        guard code == SQLITE_OK else { throw failure(code, statement: "checkpoint") }
        return Int(max(0, pages))
    }

    /// Counts the pages of the log instead of having commits write them back.
    func countLogPages() {
        let context = unsafe Unmanaged.passUnretained(log).toOpaque()
        unsafe sqlite3_wal_hook(
            pointer,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                unsafe Unmanaged<LogSize>.fromOpaque(context).takeUnretainedValue().pages =
                    Int(pages)
                return SQLITE_OK
            }, context)
    }

    func authorize(_ restrictions: SQLiteRestrictions) throws(SQLiteFailure) {
        let fresh = SQLiteAuthorizer(restrictions)
        let context = unsafe Unmanaged.passUnretained(fresh).toOpaque()
        let code = unsafe sqlite3_set_authorizer(
            pointer,
            { context, action, first, second, _, _ in
                guard let context = unsafe context else { return SQLITE_DENY }
                let authorizer = unsafe Unmanaged<SQLiteAuthorizer>.fromOpaque(context)
                    .takeUnretainedValue()
                let names = (
                    unsafe first.map { unsafe String(cString: $0) },
                    unsafe second.map { unsafe String(cString: $0) }
                )
                return authorizer.allows(action, names.0, names.1) ? SQLITE_OK : SQLITE_DENY
            }, context)
        guard code == SQLITE_OK else { throw failure(code, statement: "authorizer") }
        authorizer = fresh
    }

    /// The typed failure for a result code on this connection.
    func failure(_ code: Int32, statement: String?) -> SQLiteFailure {
        unsafe Self.failure(code, pointer, statement: statement)
    }

    private static func failure(
        _ code: Int32, _ pointer: OpaquePointer?, statement: String?
    ) -> SQLiteFailure {
        let words =
            unsafe pointer.map { unsafe String(cString: sqlite3_errmsg($0)) }
            ?? "out of memory while opening"
        let report = SQLiteReport(code: code, message: words, statement: statement)
        return SQLiteFailure(report)
    }
}

extension SQLiteFailure {
    /// Sorts a result code by what the caller may do about it; what is unknown is fatal.
    public init(_ report: SQLiteReport) {
        switch report.code & 0xFF {
        case SQLITE_CONSTRAINT: self = .constraint(report)
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(report)
        case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_MISMATCH, SQLITE_AUTH, SQLITE_TOOBIG,
            SQLITE_READONLY, SQLITE_SCHEMA, SQLITE_ABORT, SQLITE_INTERRUPT:
            self = .misuse(report)
        case SQLITE_CANTOPEN: self = .fatal(report)
        default: self = .fatal(report)
        }
    }
}
