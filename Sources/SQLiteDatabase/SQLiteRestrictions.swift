import CSQLite

/// What a connection may no longer do, whatever text it is handed.
///
/// SQLite asks when it prepares a statement, so a kept statement costs nothing more.
public struct SQLiteRestrictions: Hashable, Sendable {
    /// Tables whose rows may be added and read, never changed or deleted.
    public var appendOnlyTables: Set<String>

    /// Tables whose rows are never changed; deleting them is left to their triggers.
    public var erasableTables: Set<String>

    /// Forbids creating, altering and dropping anything, attaching files and changing settings.
    public var freezesSchema: Bool

    /// Names what is taken away.
    public init(
        appendOnlyTables: Set<String> = [], erasableTables: Set<String> = [],
        freezesSchema: Bool = true
    ) {
        self.appendOnlyTables = appendOnlyTables
        self.erasableTables = erasableTables
        self.freezesSchema = freezesSchema
    }
}

/// Answers SQLite's question "may this statement do that?".
final class SQLiteAuthorizer {
    private let restrictions: SQLiteRestrictions
    private let unchanged: Set<String>
    private let undeleted: Set<String>

    init(_ restrictions: SQLiteRestrictions) {
        self.restrictions = restrictions
        undeleted = Set(restrictions.appendOnlyTables.map { $0.lowercased() })
        unchanged = undeleted.union(restrictions.erasableTables.map { $0.lowercased() })
    }

    func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE, SQLITE_TRANSACTION,
            SQLITE_SAVEPOINT:
            return true
        case SQLITE_INSERT:
            return !isSchema(first)
        case SQLITE_UPDATE: return !isSchema(first) && !isAmong(unchanged, first)
        case SQLITE_DELETE: return !isSchema(first) && !isAmong(undeleted, first)
        case SQLITE_PRAGMA:
            return !restrictions.freezesSchema || second == nil && Self.readable.contains(first)
        default:
            return !restrictions.freezesSchema
        }
    }

    /// Settings that may be read, and the check that a start runs.
    private static let readable: Set<String?> = [
        "synchronous", "user_version", "application_id", "integrity_check", "quick_check",
        "data_version", "journal_mode", "foreign_key_check", "page_count", "freelist_count",
    ]

    private func isAmong(_ tables: Set<String>, _ table: String?) -> Bool {
        guard let table else { return true }
        return tables.contains(table.lowercased())
    }

    private func isSchema(_ table: String?) -> Bool {
        guard restrictions.freezesSchema else { return false }
        return table?.lowercased().hasPrefix("sqlite_") ?? true
    }
}
