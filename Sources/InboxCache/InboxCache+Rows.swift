import Approvals
import JSONTree
import SQLiteDatabase
import WireAPI

/// How a row of the queue stands in its table.
enum RowColumns {
    static let names = """
        id, settled, deadline, revision, state, released, execution, tool, summary, agent, risk, \
        team, created_at, updated_at, posture, settled_at, decided_by, reviewing, needs_review
        """

    /// An older revision never replaces a newer one.
    static let put = """
        INSERT INTO approval (\(names))
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19)
        ON CONFLICT (id) DO UPDATE SET settled = excluded.settled, deadline = excluded.deadline,
            revision = excluded.revision, state = excluded.state, released = excluded.released,
            execution = excluded.execution, tool = excluded.tool, summary = excluded.summary,
            agent = excluded.agent, risk = excluded.risk, team = excluded.team,
            created_at = excluded.created_at, updated_at = excluded.updated_at,
            posture = excluded.posture, settled_at = excluded.settled_at,
            decided_by = excluded.decided_by, reviewing = excluded.reviewing,
            needs_review = excluded.needs_review
        WHERE excluded.revision >= approval.revision
        """

    static func values(_ row: ApprovalSummary) -> [SQLiteValue] {
        [
            .text(row.id.rawValue), flag(row.state.isTerminal),
            .integer(row.deadline.milliseconds), .integer(Int64(row.revision)),
            .text(row.state.rawValue), flag(row.isReleased), .text(row.execution.rawValue),
            .text(row.tool), .optional(row.summary), .text(row.agent), .text(row.risk.rawValue),
            .text(row.group.rawValue), .integer(row.createdAt.milliseconds),
            .integer(row.updatedAt.milliseconds), .text(row.posture.rawValue),
            .optional(row.settledAt?.milliseconds), .optional(row.decidedBy),
            .optional(row.reviewing.isEmpty ? nil : row.reviewing.wire.text(.compact)),
            flag(row.needsReview),
        ]
    }

    /// The row, or nil when the file holds what no program of ours has written.
    static func read(_ row: borrowing SQLiteRow) throws(SQLiteFailure) -> ApprovalSummary? {
        guard
            let id = ApprovalID(try row.text(0)),
            let state = ApprovalState(rawValue: try row.text(4)),
            let execution = Execution(rawValue: try row.text(6)),
            let risk = Risk(rawValue: try row.text(10)), let group = GroupName(try row.text(11)),
            let posture = Posture(rawValue: try row.text(14))
        else { return nil }
        return ApprovalSummary(
            id: id, revision: Int(try row.integer(3)), state: state,
            isReleased: try row.integer(5) != 0, execution: execution, tool: try row.text(7),
            summary: try row.optionalText(8), agent: try row.text(9), risk: risk, group: group,
            createdAt: Timestamp(milliseconds: try row.integer(12)),
            updatedAt: Timestamp(milliseconds: try row.integer(13)),
            deadline: Timestamp(milliseconds: try row.integer(2)), posture: posture,
            settledAt: (try row.optionalInteger(15)).map { Timestamp(milliseconds: $0) },
            decidedBy: try row.optionalText(16),
            reviewing: try row.optionalText(17).flatMap(names) ?? [],
            needsReview: try row.integer(18) != 0)
    }

    private static func flag(_ flag: Bool) -> SQLiteValue { .integer(flag ? 1 : 0) }

    private static func names(_ text: String) -> [String]? { stored(text) }
}

/// A value that was kept as JSON text, or nil when the text is not that.
func stored<Value: WireValue>(_ text: String) -> Value? {
    do {
        let limits = JSONLimits(bytesMax: 8 << 20, depthMax: 80)
        return try Value(wire: try JSONValue(parsing: Array(text.utf8), limits: limits))
    } catch {
        return nil
    }
}
