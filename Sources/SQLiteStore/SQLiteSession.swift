import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Policies
import SQLiteDatabase

/// What one transaction can ask and do: the store's port, in SQL.
///
/// Values are always bound. A fatal failure is remembered, so that the writer stops even when
/// whoever asked went on.
final class SQLiteSession: StoreWriter {
    let connection: SQLiteConnection
    let vault: Vault
    let shelf = ProgramShelf()

    /// Approvals changed since the transaction began.
    var changes: [CommittedChange] = []

    /// Events added since the transaction began.
    var appended: [AppendedEvent] = []

    /// True from an erasure on until the write-ahead log, which has the old pages, is emptied.
    var hasErased = false

    /// The names of logs that were looked up: they never change.
    var origins: [TenantName: String] = [:]

    /// The first failure after which nothing may be written.
    private(set) var fatalFailure: SQLiteFailure?

    init(_ connection: SQLiteConnection, _ vault: Vault) {
        self.connection = connection
        self.vault = vault
    }

    func epoch() throws(StoreFailure) -> String {
        let found = try first("SELECT value FROM about WHERE name = 'epoch'", []) {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }
        guard let found else { throw .damaged("The store has no epoch.") }
        return Hexadecimal.encode(found)
    }

    // MARK: Statements with the port's failures

    func rows<Value>(
        _ sql: String, _ values: [SQLiteValue],
        _ read: (borrowing SQLiteRow) throws(SQLiteFailure) -> Value
    ) throws(StoreFailure) -> [Value] {
        do {
            return try connection.rows(sql, values, read)
        } catch {
            throw noted(error)
        }
    }

    func first<Value>(
        _ sql: String, _ values: [SQLiteValue],
        _ read: (borrowing SQLiteRow) throws(SQLiteFailure) -> Value
    ) throws(StoreFailure) -> Value? {
        do {
            return try connection.first(sql, values, read)
        } catch {
            throw noted(error)
        }
    }

    @discardableResult
    func change(_ sql: String, _ values: [SQLiteValue]) throws(StoreFailure) -> Int {
        do {
            return try connection.changes(sql, values)
        } catch {
            throw noted(error)
        }
    }

    func attempt(_ body: () throws(CommandFailure) -> Void) throws(CommandFailure) {
        let before = place
        var failure: CommandFailure?
        do {
            try connection.savepoint { () throws(SQLiteFailure) in
                do throws(CommandFailure) {
                    try body()
                    return .keep(())
                } catch {
                    failure = error
                    return .undo(())
                }
            }
        } catch {
            throw .store(noted(error))
        }
        guard let failure else { return }
        goBack(to: before)
        throw failure
    }

    /// How far the transaction has come.
    var place: (changes: Int, events: Int) { (changes.count, appended.count) }

    /// Forgets what was done after a place that the database was taken back to.
    func goBack(to place: (changes: Int, events: Int)) {
        changes.removeLast(changes.count - place.changes)
        appended.removeLast(appended.count - place.events)
    }

    private func noted(_ failure: SQLiteFailure) -> StoreFailure {
        if failure.isFatal, fatalFailure == nil { fatalFailure = failure }
        return StoreFailure(failure)
    }
}

extension StoreFailure {
    /// What a failure of the database means to the control plane.
    init(_ failure: SQLiteFailure) {
        switch failure {
        case .busy: self = .busy(failure.description)
        case .fatal, .refused: self = .stopped(failure.description)
        case .constraint, .misuse: self = .damaged(failure.description)
        }
    }

    /// What happened.
    var sentence: String {
        switch self {
        case .busy(let sentence), .stopped(let sentence), .damaged(let sentence): sentence
        }
    }
}

/// Turns what a column holds into a domain value, or says that the row is damaged.
func parsed<Value>(_ value: Value?, _ what: String) throws(StoreFailure) -> Value {
    guard let value else { throw .damaged("A stored \(what) cannot be read.") }
    return value
}

extension Array {
    /// `map` with the port's failures.
    func mapped<Value>(
        _ transform: (Element) throws(StoreFailure) -> Value
    ) throws(StoreFailure) -> [Value] {
        var all: [Value] = []
        all.reserveCapacity(count)
        for element in self { all.append(try transform(element)) }
        return all
    }
}
