public import Approvals
public import Inbox
import SQLiteDatabase
public import WireAPI

/// The client's copy of the queue: rows, redacted views, drafts and the place in the feed.
///
/// It belongs to one thread. What a person revealed is never in it. Everything in it is sealed;
/// what is deleted is overwritten.
public final class InboxCache {
    /// How long what was settled, or ran out, stays.
    public static let settledMillisecondsMax: Int64 = 24 * 3_600_000
    /// How many views are kept.
    public static let viewsMax = 2_000

    let database: SQLiteConnection
    let seal: CacheSeal
    /// True once something did not open: what is missing must be fetched anew.
    private(set) var isDamaged = false
    /// How many drafts were there whose key is gone.
    private let lostDrafts: Int
    private let place: PrivateFolder

    /// Opens the copy, or begins an empty one, in a folder that only this user can enter.
    ///
    /// A copy whose key is gone cannot be opened by anybody; an empty one takes its place.
    public init(in folder: CacheFolder) throws(CacheFailure) {
        place = try folder.opened()
        seal = try folder.seal(of: place)
        let path: String
        do {
            path = try place.databaseFile(CacheFolder.fileName)
        } catch {
            throw CacheFailure(error.description)
        }
        database = try translating { () throws(SQLiteFailure) in
            let database = try SQLiteConnection(path: path)
            let before = try database.schemaVersion()
            try database.migrate(Self.migrations, path: path)
            if before == 1 { try database.checkpoint(.truncate) }
            return database
        }
        lostDrafts = try Self.discardForeign(database, seal, place)
    }

    /// What the first frame needs: as many of the most urgent rows and views as asked for.
    ///
    /// When a row does not open, none is given and everything is fetched anew: a queue with holes
    /// would hide what waits.
    public func start(rows: Int, views: Int) throws(CacheFailure) -> CachedInbox {
        var cached = try translating { () throws(SQLiteFailure) in
            try database.transaction(.deferred) { () throws(SQLiteFailure) in
                .keep(try readStart(rows: rows, views: views))
            }
        }
        cached.lostDrafts = lostDrafts
        guard isDamaged else { return cached }
        try removeDamaged()
        return CachedInbox(drafts: cached.drafts, me: cached.me, lostDrafts: lostDrafts)
    }

    /// The rows after a place in the order of the queue.
    public func rows(after place: RowPlace, limit: Int) throws(CacheFailure) -> CachedRows {
        try translating { () throws(SQLiteFailure) in
            try readRows(after: .some(place), limit: limit)
        }
    }

    /// One view, if it was kept.
    public func view(_ id: ApprovalID) throws(CacheFailure) -> ApproverView? {
        try translating { () throws(SQLiteFailure) in try readView(id) }
    }

    /// How much is kept.
    public func totals() throws(CacheFailure) -> CachedTotals {
        try translating { () throws(SQLiteFailure) in try readTotals() }
    }

    /// Keeps all changes or none of them.
    public func apply(_ changes: [CacheChange]) throws(CacheFailure) {
        try translating { () throws(SQLiteFailure) in
            try database.transaction { () throws(SQLiteFailure) in
                for change in changes { try apply(change) }
                return .keep(())
            }
            // What was deleted must not live on in the log.
            if changes.contains(where: \.removes) { try database.checkpoint(.truncate) }
        }
    }

    /// Forgets what was settled or ran out too long ago, and views that nobody will look at again.
    public func purge(at now: Timestamp) throws(CacheFailure) {
        let last = now.adding(milliseconds: -Self.settledMillisecondsMax).milliseconds
        try translating { () throws(SQLiteFailure) in
            let removed = try database.transaction { () throws(SQLiteFailure) in
                .keep(try removeOld(before: last))
            }
            if removed > 0 { try database.checkpoint(.truncate) }
        }
    }

    /// Notes that something did not open: the next start fetches everything anew.
    func noteDamage() throws(SQLiteFailure) {
        isDamaged = true
        try database.changes("INSERT OR REPLACE INTO fact VALUES ('damaged', x'')")
    }

    func foundDamage() { isDamaged = true }

    /// Forgets what has holes, unless another process is still filling it.
    private func removeDamaged() throws(CacheFailure) {
        guard let lock = try Self.lock(place) else { return }
        try translating { () throws(SQLiteFailure) in
            try database.transaction { () throws(SQLiteFailure) in
                try removeAllRows()
                try database.changes("DELETE FROM fact WHERE name = 'damaged'")
                return .keep(())
            }
            try database.checkpoint(.truncate)
        }
        _ = consume lock
    }

    /// Empties a copy that this key does not open, and says how many drafts went with it.
    private static func discardForeign(
        _ database: SQLiteConnection, _ seal: CacheSeal, _ place: PrivateFolder
    ) throws(CacheFailure) -> Int {
        let known = try translating { () throws(SQLiteFailure) in
            try database.first("SELECT body FROM fact WHERE name = 'check'") {
                (row) throws(SQLiteFailure) in try row.blob(0)
            }
        }
        if let known, seal.open(known, .check) != nil { return 0 }
        guard let lock = try lock(place) else {
            throw CacheFailure(
                "another inbox keeps it under another key. Leave that one, then start again.")
        }
        defer { _ = consume lock }
        return try translating { () throws(SQLiteFailure) in
            let lost = try database.transaction { () throws(SQLiteFailure) in
                let lost = try database.changes("DELETE FROM draft")
                for table in ["approval", "view", "fact"] {
                    try database.changes("DELETE FROM \(table)")
                }
                try database.changes(
                    "INSERT INTO fact VALUES ('check', ?1)", [seal.seal([], .check)])
                return .keep(lost)
            }
            try database.checkpoint(.truncate)
            return lost
        }
    }

    /// The right to change rows; nil while another process has it.
    private static func lock(_ place: PrivateFolder) throws(CacheFailure) -> FolderLock? {
        do {
            return try FolderLock(of: place)
        } catch {
            if case .held = error { return nil }
            throw CacheFailure(error.description)
        }
    }
}
