extension SQLiteConnection {
    /// Puts every guard in force and reads it back.
    func configure(_ options: SQLiteOptions, path: String) throws(SQLiteFailure) {
        try handle.harden()
        try execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        try execute("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON")
        // Without it, REPLACE deletes a row and no trigger is asked.
        try execute("PRAGMA recursive_triggers = ON")
        try checkOwner(options, path: path)
        try expect("journal_mode", "wal", setting: "PRAGMA journal_mode = WAL")
        let level = options.durability.rawValue
        try execute("PRAGMA synchronous = \(level)")
        try expect("synchronous", String(level), setting: "PRAGMA synchronous")
        try expect("foreign_keys", "1", setting: "PRAGMA foreign_keys")
        try expect("trusted_schema", "0", setting: "PRAGMA trusted_schema")
        let erases = options.erasesDeleted ? "1" : "0"
        try expect("secure_delete", erases, setting: "PRAGMA secure_delete = \(erases)")
        if options.checkpointPages > 0 {
            try execute("PRAGMA wal_autocheckpoint = \(options.checkpointPages)")
        } else {
            handle.countLogPages()
        }
        if options.access == .readOnly { try execute("PRAGMA query_only = ON") }
    }

    /// Signs an empty database as ours; refuses one that somebody else signed or filled.
    private func checkOwner(_ options: SQLiteOptions, path: String) throws(SQLiteFailure) {
        let found = try number("PRAGMA application_id")
        if found == Int64(options.applicationID) { return }
        let tables = try number("SELECT count(*) FROM sqlite_schema")
        guard found == 0, tables == 0 else {
            throw .refused(.foreignDatabase(path: path, applicationID: Int(found)))
        }
        try execute("PRAGMA application_id = \(options.applicationID)")
    }

    /// Runs a PRAGMA that answers with the value in force, and compares.
    private func expect(
        _ name: String, _ wanted: String, setting sql: String
    ) throws(SQLiteFailure) {
        let found = try first(sql) { (row) throws(SQLiteFailure) in try row.value(0) }
        let text =
            switch found {
            case .integer(let number): String(number)
            case .text(let text): text
            case .null, .real, .blob, nil: "unknown"
            }
        guard text == wanted else {
            throw .refused(.settingNotInForce(name: name, wanted: wanted, found: text))
        }
    }

    /// The single number that `sql` gives, or 0.
    func number(_ sql: String) throws(SQLiteFailure) -> Int64 {
        try first(sql) { (row) throws(SQLiteFailure) in try row.integer(0) } ?? 0
    }
}
