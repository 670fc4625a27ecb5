/// Why SQLite did not do what it was asked.
///
/// Only `.busy` may be tried again. `.fatal` means that the disk, the file or the memory failed:
/// the pages of a failed write are forgotten by the kernel, so a second try could "succeed" and
/// lose data. Whoever sees it stops and lets the next start recover.
public enum SQLiteFailure: Error, Hashable, Sendable {
    /// A rule of the schema said no: unique, foreign key, check, or a trigger that raised.
    case constraint(SQLiteReport)

    /// Another connection holds the lock and kept it longer than the busy timeout.
    case busy(SQLiteReport)

    /// Disk, file or memory failed; stop, never retry.
    case fatal(SQLiteReport)

    /// The statement or the values are wrong, or the authorizer forbids them: a bug of the caller.
    case misuse(SQLiteReport)

    /// The store may not be opened, and why.
    case refused(OpeningRefusal)

    /// True when nothing more may be written by this process.
    public var isFatal: Bool {
        switch self {
        case .fatal: true
        case .constraint, .busy, .misuse, .refused: false
        }
    }
}

extension SQLiteFailure: CustomStringConvertible {
    /// One sentence for a log or a person; it never holds bound values.
    public var description: String {
        switch self {
        case .constraint(let report): "The database refused the change: \(report)"
        case .busy(let report): "The database is busy: \(report)"
        case .fatal(let report): "The database failed: \(report)"
        case .misuse(let report): "The database was asked wrongly: \(report)"
        case .refused(let refusal): refusal.description
        }
    }
}

/// What SQLite said: its extended result code, its words and the statement, without values.
public struct SQLiteReport: Hashable, Sendable, CustomStringConvertible {
    /// The extended result code, for example 2067 for a broken UNIQUE.
    public let code: Int32

    /// SQLite's own sentence.
    public let message: String

    /// The text of the statement, if one was running.
    public let statement: String?

    /// Gathers what is known about one failure.
    public init(code: Int32, message: String, statement: String? = nil) {
        self.code = code
        self.message = message
        self.statement = statement
    }

    /// The code and the sentence, and the statement if there is one.
    public var description: String {
        let place = statement.map { " in \"\($0)\"" } ?? ""
        return "\(message) (code \(code))\(place)"
    }
}

/// Why a database, or the folder that holds it, may not be opened.
public enum OpeningRefusal: Error, Hashable, Sendable {
    /// The path is missing, or is not the kind of thing that it should be.
    case notUsable(path: String, reason: String)

    /// The path belongs to another user.
    case foreignOwner(path: String, owner: UInt32)

    /// Others may read or write the path.
    case tooOpen(path: String, mode: UInt32)

    /// The folder is on a file system where locks and syncs cannot be trusted.
    case networkFileSystem(path: String, kind: String)

    /// Another process holds the folder.
    case held(path: String, byProcess: Int32?)

    /// A newer program has written this file.
    case newerSchema(path: String, found: Int, known: Int)

    /// The file is a database of some other program.
    case foreignDatabase(path: String, applicationID: Int)

    /// A setting that guards the data did not take.
    case settingNotInForce(name: String, wanted: String, found: String)
}

extension OpeningRefusal: CustomStringConvertible {
    /// One sentence for a person, with the path and what to do where that is known.
    public var description: String {
        switch self {
        case .notUsable(let path, let reason):
            return "\(path) cannot be used: \(reason)."
        case .foreignOwner(let path, let owner):
            return "\(path) belongs to the user with id \(owner), not to this one."
        case .tooOpen(let path, let mode):
            let octal = String(mode & 0o7777, radix: 8)
            return "\(path) is open to other users (mode \(octal)); take their access away first."
        case .networkFileSystem(let path, let kind):
            return "\(path) is on a network file system (\(kind)), where a database can be lost."
        case .held(let path, let process):
            let holder = process.map { "process \($0)" } ?? "another process"
            return "\(path) is held by \(holder)."
        case .newerSchema(let path, let found, let known):
            return "\(path) has schema \(found); this program knows only up to \(known)."
        case .foreignDatabase(let path, let applicationID):
            return "\(path) is a database of another program (application id \(applicationID))."
        case .settingNotInForce(let name, let wanted, let found):
            return "SQLite's \(name) is \(found) where \(wanted) is needed."
        }
    }
}
