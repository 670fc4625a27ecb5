public import SQLiteDatabase

/// Why a store does not open.
public enum StoreRefusal: Error, Hashable, Sendable {
    /// The folder, a file or the schema is not what it must be.
    case opening(OpeningRefusal)

    /// SQLite failed.
    case database(SQLiteFailure)

    /// The key is missing or is not the one that the store was made with.
    case key(String)

    /// A thread could not be started.
    case system(String)

    init(_ failure: SQLiteFailure) {
        switch failure {
        case .refused(let refusal): self = .opening(refusal)
        case .constraint, .busy, .fatal, .misuse: self = .database(failure)
        }
    }
}

extension StoreRefusal: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        switch self {
        case .opening(let refusal): refusal.description
        case .database(let failure): failure.description
        case .key(let sentence), .system(let sentence): sentence
        }
    }
}
