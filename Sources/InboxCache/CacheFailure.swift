import SQLiteDatabase

/// Why the local copy cannot be used; the inbox works without it.
public struct CacheFailure: Error, Hashable, Sendable {
    /// A sentence for a person.
    public let sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    init(_ failure: SQLiteFailure) { sentence = failure.description }
}

/// Runs `body` and puts what went wrong into this module's words.
func translating<Value>(
    _ body: () throws(SQLiteFailure) -> Value
) throws(CacheFailure) -> Value {
    do {
        return try body()
    } catch {
        throw CacheFailure(error)
    }
}
