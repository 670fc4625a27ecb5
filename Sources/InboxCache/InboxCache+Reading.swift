import Approvals
import Inbox
import SQLiteDatabase
import WireAPI

extension InboxCache {
    func readStart(rows limit: Int, views: Int) throws(SQLiteFailure) -> CachedInbox {
        let rows = try readRows(after: nil, limit: limit).rows
        var shown: [ApproverView] = []
        for row in rows.prefix(max(0, views)) {
            if let view = try readView(row.id) { shown.append(view) }
        }
        if try hasFact("damaged") { foundDamage() }
        return CachedInbox(
            rows: rows, totals: try readTotals(), views: shown, drafts: try readDrafts(),
            feed: try readFact("feed", .feed), me: try readFact("me", .me),
            logPin: try readFact("log-pin", .logPin))
    }

    func readRows(after place: RowPlace?, limit: Int) throws(SQLiteFailure) -> CachedRows {
        let wanted = min(max(0, limit), 10_000)
        var found: [ApprovalSummary] = []
        var isLast = true
        let (sql, values) = page(after: place, limit: wanted + 1)
        var seen = 0
        try database.forEachRow(sql, values) { (row) throws(SQLiteFailure) in
            seen += 1
            guard seen <= wanted else {
                isLast = false
                return false
            }
            if let summary = try RowColumns.read(row, seal) {
                found.append(summary)
            } else {
                foundDamage()
            }
            return true
        }
        return CachedRows(rows: found, isLast: isLast)
    }

    private func page(after place: RowPlace?, limit: Int) -> (String, [SQLiteValue]) {
        let start = "SELECT \(RowColumns.read) FROM approval"
        let order = "ORDER BY settled, deadline, tag LIMIT ?1"
        let count = SQLiteValue.integer(Int64(limit))
        guard let place else { return ("\(start) \(order)", [count]) }
        return (
            "\(start) WHERE (settled, deadline, tag) > (?2, ?3, ?4) \(order)",
            [
                count, .integer(place.isPending ? 0 : 1), .integer(place.deadline.milliseconds),
                .blob(seal.tag(place.id)),
            ]
        )
    }

    /// A view that does not open counts as none: the server has it.
    func readView(_ id: ApprovalID) throws(SQLiteFailure) -> ApproverView? {
        let tag = seal.tag(id)
        return try database.first("SELECT body FROM view WHERE tag = ?1", [.blob(tag)]) {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }.flatMap { seal.value($0, .view, tag) }
    }

    private func readDrafts() throws(SQLiteFailure) -> [Draft] {
        try database.rows("SELECT tag, body FROM draft") { (row) throws(SQLiteFailure) in
            let draft: Draft? = seal.value(try row.blob(1), .draft, try row.blob(0))
            return draft
        }.compactMap(\.self).sorted { $0.id < $1.id }
    }

    private func hasFact(_ name: String) throws(SQLiteFailure) -> Bool {
        try database.first("SELECT 1 FROM fact WHERE name = ?1", [.text(name)]) {
            (_) throws(SQLiteFailure) in true
        } ?? false
    }

    private func readFact<Value: WireValue>(
        _ name: String, _ kind: CacheSeal.Kind
    ) throws(SQLiteFailure) -> Value? {
        try database.first("SELECT body FROM fact WHERE name = ?1", [.text(name)]) {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }.flatMap { seal.value($0, kind) }
    }

    func readTotals() throws(SQLiteFailure) -> CachedTotals {
        try database.first("SELECT total, pending, urgent FROM tally") {
            (row) throws(SQLiteFailure) in
            CachedTotals(
                rows: Int(try row.integer(0)), pending: Int(try row.integer(1)),
                pendingHigh: Int(try row.integer(2)))
        } ?? CachedTotals()
    }
}
