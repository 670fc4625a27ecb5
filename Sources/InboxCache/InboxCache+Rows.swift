import Approvals
import SQLiteDatabase
import WireAPI

/// How a row of the queue stands in its table: numbers that put it in order, and the sealed rest.
enum RowColumns {
    /// An older revision never replaces a newer one.
    static let put = """
        INSERT INTO approval (settled, deadline, tag, revision, urgent, over_at, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (tag) DO UPDATE SET settled = excluded.settled, deadline = excluded.deadline,
            revision = excluded.revision, urgent = excluded.urgent, over_at = excluded.over_at,
            body = excluded.body
        WHERE excluded.revision >= approval.revision
        """

    static func values(_ row: ApprovalSummary, _ seal: CacheSeal) -> [SQLiteValue] {
        let tag = seal.tag(row.id)
        let isSettled = row.state.isTerminal
        let overAt = isSettled ? row.settledAt ?? row.deadline : row.deadline
        return [
            flag(isSettled), .integer(row.deadline.milliseconds), .blob(tag),
            .integer(Int64(row.revision)), flag(!isSettled && row.risk >= .high),
            .integer(overAt.milliseconds), seal.seal(row, .row, tag),
        ]
    }

    /// The columns that `read` wants.
    static let read = "tag, body"

    /// The row, or nil when it does not open.
    static func read(
        _ row: borrowing SQLiteRow, _ seal: CacheSeal
    ) throws(SQLiteFailure) -> ApprovalSummary? {
        seal.value(try row.blob(1), .row, try row.blob(0))
    }

    private static func flag(_ flag: Bool) -> SQLiteValue { .integer(flag ? 1 : 0) }
}
