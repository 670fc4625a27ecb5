import Approvals
import Inbox
import SQLiteDatabase
import WireAPI

extension InboxCache {
    func apply(_ change: CacheChange) throws(SQLiteFailure) {
        switch change {
        case .putRows(let rows):
            for row in rows { try database.changes(RowColumns.put, RowColumns.values(row, seal)) }
        case .removeRows(let ids):
            for id in ids {
                let tag = SQLiteValue.blob(seal.tag(id))
                try database.changes("DELETE FROM approval WHERE tag = ?1", [tag])
                try database.changes("DELETE FROM view WHERE tag = ?1", [tag])
            }
        case .removeAllRows: try removeAllRows()
        case .putView(let view):
            let tag = seal.tag(view.id)
            try database.changes(
                "INSERT OR REPLACE INTO view (tag, body) VALUES (?1, ?2)",
                [.blob(tag), seal.seal(view, .view, tag)])
        case .putDraft(let draft):
            let tag = seal.tag(draft.id)
            try database.changes(
                "INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3)",
                [.blob(tag), .integer(draft.deadline.milliseconds), seal.seal(draft, .draft, tag)])
        case .removeDraft(let id):
            try database.changes("DELETE FROM draft WHERE tag = ?1", [.blob(seal.tag(id))])
        case .putMe(let me): try putFact("me", seal.seal(me, .me))
        case .putFeed(let feed): try putFact("feed", seal.seal(feed, .feed))
        case .putLogPin(let pin): try putFact("log-pin", seal.seal(pin, .logPin))
        case .removeEverything:
            try removeAllRows()
            try database.changes("DELETE FROM draft")
            try database.changes("DELETE FROM fact WHERE name != 'check'")
        }
    }

    func removeAllRows() throws(SQLiteFailure) {
        try database.changes("DELETE FROM approval")
        try database.changes("DELETE FROM view")
        try database.changes("DELETE FROM fact WHERE name = 'feed'")
    }

    /// Removes what was over before a moment; says how much that was.
    func removeOld(before last: Int64) throws(SQLiteFailure) -> Int {
        let moment = [SQLiteValue.integer(last)]
        let waiting = try database.changes(
            "DELETE FROM approval WHERE settled = 0 AND deadline < ?1", moment)
        // They ran out while nobody looked; should one wait after all, the server names it again.
        if waiting > 0 { try database.changes("DELETE FROM fact WHERE name = 'feed'") }
        var removed = waiting
        removed += try database.changes(
            "DELETE FROM approval WHERE settled = 1 AND over_at < ?1", moment)
        removed += try database.changes("DELETE FROM draft WHERE over_at < ?1", moment)
        removed += try database.changes(
            "DELETE FROM view WHERE tag NOT IN (SELECT tag FROM approval)")
        removed += try database.changes(
            """
            DELETE FROM view WHERE place <= (
                SELECT place FROM view ORDER BY place DESC LIMIT 1 OFFSET ?1)
            """, [.integer(Int64(Self.viewsMax))])
        return removed
    }

    private func putFact(_ name: String, _ body: SQLiteValue) throws(SQLiteFailure) {
        try database.changes("INSERT OR REPLACE INTO fact VALUES (?1, ?2)", [.text(name), body])
    }
}

extension CacheChange {
    /// True when something is deleted.
    var removes: Bool {
        switch self {
        case .removeRows, .removeAllRows, .removeDraft, .removeEverything: true
        case .putRows, .putView, .putDraft, .putMe, .putFeed, .putLogPin: false
        }
    }
}
