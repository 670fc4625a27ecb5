/// How a transaction or a savepoint ends.
public enum TransactionEnding<Value> {
    /// Its changes stay.
    case keep(Value)

    /// Its changes are undone; the value is handed back all the same.
    case undo(Value)
}

extension TransactionEnding: Sendable where Value: Sendable {}

extension SQLiteConnection {
    /// How a transaction begins.
    public enum Beginning: String, Hashable, Sendable {
        /// Reads see one state of the database; a write may come later.
        case deferred = "BEGIN DEFERRED"

        /// The write lock is taken at once.
        case immediate = "BEGIN IMMEDIATE"
    }

    /// Runs `body` in a transaction; a thrown failure rolls everything back.
    public func transaction<Value>(
        _ beginning: Beginning = .immediate,
        _ body: () throws(SQLiteFailure) -> TransactionEnding<Value>
    ) throws(SQLiteFailure) -> Value {
        try begin(beginning)
        let ending: TransactionEnding<Value>
        do {
            ending = try body()
        } catch {
            try rollBackAfter(error)
        }
        switch ending {
        case .keep(let value):
            try commit()
            return value
        case .undo(let value):
            try execute("ROLLBACK")
            return value
        }
    }

    /// Runs `body` in a savepoint of the running transaction; a thrown failure undoes only it.
    public func savepoint<Value>(
        _ body: () throws(SQLiteFailure) -> TransactionEnding<Value>
    ) throws(SQLiteFailure) -> Value {
        try changes("SAVEPOINT step")
        let ending: TransactionEnding<Value>
        do {
            ending = try body()
        } catch {
            guard !error.isFatal, isInTransaction else { throw error }
            try undoSavepoint()
            throw error
        }
        switch ending {
        case .keep(let value):
            try changes("RELEASE step")
            return value
        case .undo(let value):
            try undoSavepoint()
            return value
        }
    }

    /// Begins a transaction that `commit()` or `rollBack()` will end.
    public func begin(_ beginning: Beginning = .immediate) throws(SQLiteFailure) {
        try changes(beginning.rawValue)
    }

    /// Makes the transaction durable; a failure rolls it back, and a fatal one is final.
    public func commit() throws(SQLiteFailure) {
        do {
            try changes("COMMIT")
        } catch {
            try rollBackAfter(error)
        }
    }

    /// Gives the running transaction up, if there is one.
    public func rollBack() throws(SQLiteFailure) {
        guard isInTransaction else { return }
        try changes("ROLLBACK")
    }

    private func undoSavepoint() throws(SQLiteFailure) {
        try changes("ROLLBACK TO step")
        try changes("RELEASE step")
    }

    /// Leaves no transaction open and reports the first failure, or a worse one met on the way.
    private func rollBackAfter(_ failure: SQLiteFailure) throws(SQLiteFailure) -> Never {
        do {
            try rollBack()
        } catch {
            throw failure.isFatal ? failure : error
        }
        throw failure
    }
}
