public import Approvals
public import Inbox
import JSONTree
import SQLiteDatabase
public import WireAPI

/// The client's copy of the queue: rows, redacted views, drafts and the place in the feed.
///
/// It belongs to one thread. What a person revealed is never in it; what is deleted is overwritten.
public final class InboxCache {
    /// How long settled approvals stay.
    public static let settledMillisecondsMax: Int64 = 24 * 3_600_000
    /// How many views are kept.
    public static let viewsMax = 2_000

    private let database: SQLiteConnection

    /// Opens the copy, or begins an empty one, in a folder that only this user can enter.
    public init(in folder: CacheFolder) throws(CacheFailure) {
        let place = try folder.opened()
        let path: String
        do {
            path = try place.databaseFile(CacheFolder.fileName)
        } catch {
            throw CacheFailure(error.description)
        }
        database = try translating { () throws(SQLiteFailure) in
            let database = try SQLiteConnection(path: path)
            try database.migrate(Self.migrations, path: path)
            return database
        }
    }

    /// What the first frame needs: as many of the most urgent rows and views as asked for.
    public func start(rows: Int, views: Int) throws(CacheFailure) -> CachedInbox {
        try translating { () throws(SQLiteFailure) in
            try database.transaction(.deferred) { () throws(SQLiteFailure) in
                let totals = try readTotals()
                let rows = try self.rows(after: nil, limit: rows)
                var shown: [ApproverView] = []
                for row in rows.rows.prefix(max(0, views)) {
                    if let view = try readView(row.id) { shown.append(view) }
                }
                return .keep(
                    CachedInbox(
                        rows: rows.rows, totals: totals, views: shown, drafts: try drafts(),
                        feed: try feed(), me: try me()))
            }
        }
    }

    /// The rows after a place in the order of the queue.
    public func rows(after place: RowPlace, limit: Int) throws(CacheFailure) -> CachedRows {
        try translating { () throws(SQLiteFailure) in
            try rows(after: .some(place), limit: limit)
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

    /// Forgets what was settled too long ago, and views that nobody will look at again.
    public func purge(at now: Timestamp) throws(CacheFailure) {
        let last = now.adding(milliseconds: -Self.settledMillisecondsMax).milliseconds
        try translating { () throws(SQLiteFailure) in
            var removed = 0
            try database.transaction { () throws(SQLiteFailure) in
                removed += try database.changes(
                    """
                    DELETE FROM approval WHERE settled = 1 AND coalesce(settled_at, deadline) < ?1
                    """,
                    [.integer(last)])
                removed += try database.changes(
                    "DELETE FROM view WHERE id NOT IN (SELECT id FROM approval)")
                removed += try database.changes(
                    """
                    DELETE FROM view WHERE place <= (
                        SELECT place FROM view ORDER BY place DESC LIMIT 1 OFFSET ?1)
                    """, [.integer(Int64(Self.viewsMax))])
                return .keep(())
            }
            if removed > 0 { try database.checkpoint(.truncate) }
        }
    }
}

extension InboxCache {
    private func apply(_ change: CacheChange) throws(SQLiteFailure) {
        switch change {
        case .putRows(let rows):
            for row in rows { try database.changes(RowColumns.put, RowColumns.values(row)) }
        case .removeRows(let ids):
            for id in ids {
                try database.changes("DELETE FROM approval WHERE id = ?1", [.text(id.rawValue)])
                try database.changes("DELETE FROM view WHERE id = ?1", [.text(id.rawValue)])
            }
        case .removeAllRows: try removeAllRows()
        case .putView(let view):
            try database.changes(
                "INSERT OR REPLACE INTO view (id, body) VALUES (?1, ?2)",
                [.text(view.id.rawValue), .text(view.wire.text(.compact))])
        case .putDraft(let draft):
            try database.changes(
                "INSERT OR REPLACE INTO draft (id, body) VALUES (?1, ?2)",
                [.text(draft.id.rawValue), .text(draft.wire.text(.compact))])
        case .removeDraft(let id):
            try database.changes("DELETE FROM draft WHERE id = ?1", [.text(id.rawValue)])
        case .putMe(let me):
            try database.changes(
                "INSERT OR REPLACE INTO fact (name, body) VALUES ('me', ?1)",
                [.text(me.wire.text(.compact))])
        case .putFeed(let feed):
            try database.changes(
                "INSERT OR REPLACE INTO feed VALUES (1, ?1, ?2, ?3)",
                [
                    .text(feed.cursor), .integer(feed.serverTime.milliseconds),
                    .integer(feed.answeredAt.milliseconds),
                ])
        case .removeEverything:
            try removeAllRows()
            try database.changes("DELETE FROM draft")
            try database.changes("DELETE FROM fact")
        }
    }

    private func removeAllRows() throws(SQLiteFailure) {
        try database.changes("DELETE FROM approval")
        try database.changes("DELETE FROM view")
        try database.changes("DELETE FROM feed")
    }

    private func rows(after place: RowPlace?, limit: Int) throws(SQLiteFailure) -> CachedRows {
        let wanted = min(max(0, limit), 10_000)
        var found: [ApprovalSummary] = []
        var isLast = true
        let (sql, values) = Self.page(after: place, limit: wanted + 1)
        var seen = 0
        try database.forEachRow(sql, values) { (row) throws(SQLiteFailure) in
            seen += 1
            guard seen <= wanted else {
                isLast = false
                return false
            }
            if let summary = try RowColumns.read(row) { found.append(summary) }
            return true
        }
        return CachedRows(rows: found, isLast: isLast)
    }

    private static func page(after place: RowPlace?, limit: Int) -> (String, [SQLiteValue]) {
        let start = "SELECT \(RowColumns.names) FROM approval"
        let order = "ORDER BY settled, deadline, id LIMIT ?1"
        let count = SQLiteValue.integer(Int64(limit))
        guard let place else { return ("\(start) \(order)", [count]) }
        return (
            "\(start) WHERE (settled, deadline, id) > (?2, ?3, ?4) \(order)",
            [
                count, .integer(place.isPending ? 0 : 1), .integer(place.deadline.milliseconds),
                .text(place.id.rawValue),
            ]
        )
    }

    private func readView(_ id: ApprovalID) throws(SQLiteFailure) -> ApproverView? {
        try database.first("SELECT body FROM view WHERE id = ?1", [.text(id.rawValue)]) {
            (row) throws(SQLiteFailure) in try row.text(0)
        }.flatMap { stored($0) }
    }

    private func drafts() throws(SQLiteFailure) -> [Draft] {
        try database.rows("SELECT body FROM draft ORDER BY id") {
            (row) throws(SQLiteFailure) in try row.text(0)
        }.compactMap { stored($0) }
    }

    private func me() throws(SQLiteFailure) -> MeAnswer? {
        try database.first("SELECT body FROM fact WHERE name = 'me'") {
            (row) throws(SQLiteFailure) in try row.text(0)
        }.flatMap { stored($0) }
    }

    private func feed() throws(SQLiteFailure) -> CachedFeed? {
        try database.first("SELECT cursor, server_time, answered_at FROM feed") {
            (row) throws(SQLiteFailure) in
            CachedFeed(
                cursor: try row.text(0), serverTime: Timestamp(milliseconds: try row.integer(1)),
                answeredAt: Timestamp(milliseconds: try row.integer(2)))
        }
    }

    private func readTotals() throws(SQLiteFailure) -> CachedTotals {
        try database.first("SELECT total, pending, urgent FROM tally") {
            (row) throws(SQLiteFailure) in
            CachedTotals(
                rows: Int(try row.integer(0)), pending: Int(try row.integer(1)),
                pendingHigh: Int(try row.integer(2)))
        } ?? CachedTotals()
    }
}

extension CacheChange {
    /// True when something is deleted.
    var removes: Bool {
        switch self {
        case .removeRows, .removeAllRows, .removeDraft, .removeEverything: true
        case .putRows, .putView, .putDraft, .putMe, .putFeed: false
        }
    }
}
