import CSQLite

/// One prepared statement; its pointer lives and dies here.
@safe final class SQLiteStatement {
    private let handle: SQLiteHandle
    private let pointer: OpaquePointer
    private let sql: String

    init(_ handle: SQLiteHandle, _ sql: String, isKept: Bool) throws(SQLiteFailure) {
        var prepared: OpaquePointer?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = unsafe sqlite3_prepare_v3(handle.pointer, sql, -1, flags, &prepared, nil)
        guard code == SQLITE_OK else { throw handle.failure(code, statement: sql) }
        guard let prepared = unsafe prepared else {
            throw .misuse(
                SQLiteReport(code: SQLITE_MISUSE, message: "empty statement", statement: sql))
        }
        self.handle = handle
        unsafe pointer = unsafe prepared
        self.sql = sql
    }

    deinit {
        unsafe sqlite3_finalize(pointer)
    }

    var isRunning: Bool { unsafe sqlite3_stmt_busy(pointer) != 0 }
    var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(pointer) != 0 }

    /// Ends the run and forgets the values: none stays in memory longer than its use.
    func reset() {
        unsafe sqlite3_reset(pointer)
        unsafe sqlite3_clear_bindings(pointer)
    }

    /// True when there is a row to read, false when the statement is done.
    func step() throws(SQLiteFailure) -> Bool {
        let code = unsafe sqlite3_step(pointer)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw handle.failure(code, statement: sql)
        }
    }

    func bind(_ values: [SQLiteValue]) throws(SQLiteFailure) {
        guard unsafe sqlite3_bind_parameter_count(pointer) == values.count else {
            let message = "the statement takes another number of values than \(values.count)"
            throw .misuse(SQLiteReport(code: SQLITE_MISUSE, message: message, statement: sql))
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw handle.failure(code, statement: sql) }
        }
    }

    private func bind(_ value: SQLiteValue, at index: Int32) -> Int32 {
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number):
            return unsafe sqlite3_bind_int64(pointer, index, number)
        case .real(let number):
            return unsafe sqlite3_bind_double(pointer, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return unsafe cs_bind_text(pointer, index, "", 0)
                }
                let count = bytes.count
                return unsafe start.withMemoryRebound(to: CChar.self, capacity: count) {
                    unsafe cs_bind_text(pointer, index, $0, Int32(clamping: count))
                }
            }
        case .blob(let bytes):
            if bytes.isEmpty { return unsafe sqlite3_bind_zeroblob(pointer, index, 0) }
            return unsafe bytes.withUnsafeBytes {
                unsafe cs_bind_blob(pointer, index, $0.baseAddress, Int32(clamping: $0.count))
            }
        }
    }

    func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    func integer(_ column: Int) throws(SQLiteFailure) -> Int64 {
        try expect(SQLITE_INTEGER, column)
        return unsafe sqlite3_column_int64(pointer, Int32(column))
    }

    func text(_ column: Int) throws(SQLiteFailure) -> String {
        try expect(SQLITE_TEXT, column)
        guard let start = unsafe sqlite3_column_text(pointer, Int32(column)) else {
            throw handle.failure(SQLITE_NOMEM, statement: sql)
        }
        let count = Int(unsafe sqlite3_column_bytes(pointer, Int32(column)))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            throw wrongType(column, "text that is not UTF-8")
        }
        return text
    }

    func blob(_ column: Int) throws(SQLiteFailure) -> [UInt8] {
        try expect(SQLITE_BLOB, column)
        let count = Int(unsafe sqlite3_column_bytes(pointer, Int32(column)))
        guard count > 0 else { return [] }
        guard let start = unsafe sqlite3_column_blob(pointer, Int32(column)) else {
            throw handle.failure(SQLITE_NOMEM, statement: sql)
        }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    func value(_ column: Int) throws(SQLiteFailure) -> SQLiteValue {
        switch type(column) {
        case SQLITE_INTEGER: return .integer(try integer(column))
        case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(pointer, Int32(column)))
        case SQLITE_TEXT: return .text(try text(column))
        case SQLITE_BLOB: return .blob(try blob(column))
        default: return .null
        }
    }

    private func type(_ column: Int) -> Int32 {
        unsafe sqlite3_column_type(pointer, Int32(column))
    }

    private func expect(_ wanted: Int32, _ column: Int) throws(SQLiteFailure) {
        let found = type(column)
        guard found == wanted else { throw wrongType(column, "a value of type \(found)") }
    }

    /// A column that holds what the program never wrote: the file was changed by somebody else.
    private func wrongType(_ column: Int, _ what: String) -> SQLiteFailure {
        let message = "column \(column) holds \(what)"
        return .fatal(SQLiteReport(code: SQLITE_CORRUPT, message: message, statement: sql))
    }
}
