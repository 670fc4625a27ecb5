import Approvals
import Cryptography
import Inbox
import InboxViews
import JSONTree
import TextGrid
import WireAPI

/// The inbox over a few made-up approvals, to look at a theme: one of them is urgent, one tries to
/// draw on the screen, one hides a value.
enum ThemePreview {
    /// A frame of the real inbox.
    static func frame(size: GridSize, repertoire: Repertoire) -> Grid {
        let settings = InboxSettings(repertoire: repertoire, server: "https://approvals.acme.test")
        var inbox = Inbox(settings: settings, seed: 1)
        let feed = CachedFeed(cursor: "1", serverTime: noon, answeredAt: noon)
        let totals = CachedTotals(rows: rows.count, pending: rows.count, pendingHigh: 2)
        let cached = CachedInbox(
            rows: rows, totals: totals, views: [view].compactMap(\.self), feed: feed)
        _ = inbox.update(.resized(size), at: noon)
        _ = inbox.update(.started(cached), at: noon)
        return inboxFrame(inbox, size: size)
    }

    private static let noon = Timestamp(milliseconds: 1_780_000_000_000)

    private static let rows: [ApprovalSummary] = [
        row(1, "issue_refund", "1,840.00 to cus_91 (dup?)", "support-bot", .critical, 42),
        row(
            2, "db.execute", "DELETE FROM sessions\u{1B}[2J\u{202E} WHERE 1=1", "ops-bot", .high,
            130),
        row(3, "send_email", "to 2,140 recipients", "growth-bot", .medium, 415),
        row(4, "deploy", "web 4.2.1 to production", "release-bot", .medium, 900),
        row(5, "create_ticket", "Printer on floor 3", "desk-bot", .low, 3_600),
    ].compactMap(\.self)

    private static func row(
        _ number: Int, _ tool: String, _ summary: String, _ agent: String, _ risk: Risk,
        _ seconds: Int
    ) -> ApprovalSummary? {
        guard let id = id(number), let group = GroupName("finance") else { return nil }
        return ApprovalSummary(
            id: id, revision: 1, state: .pending, isReleased: false, execution: .none, tool: tool,
            summary: summary, agent: agent, risk: risk, group: group,
            createdAt: noon.adding(seconds: -240), updatedAt: noon,
            deadline: noon.adding(seconds: seconds), posture: .failClosed, needsReview: false,
            youCanDecide: true, deciders: 3)
    }

    private static func id(_ number: Int) -> ApprovalID? {
        ApprovalID("019a0000-0000-7000-8000-00000000000\(number)")
    }

    private static var view: ApproverView? {
        guard let first = rows.first, let digest = Digest(bytes: Array(repeating: 0, count: 32))
        else { return nil }
        return ApproverView(
            id: first.id, revision: 1, state: .pending, isReleased: false, execution: .none,
            tool: first.tool,
            arguments: [
                "amount_cents": 184_000, "customer_id": "cus_91", "urgent": true, "note": nil,
                "reason": "duplicate charge",
            ],
            displayedDigest: digest,
            context: ContextBody(
                summary: first.summary, reason: "Customer charged twice\u{7}; second charge 1840.00"
            ),
            origin: OriginBody(runID: "7f3a"),
            agent: PartyBody(id: "agent", name: "support-bot"), risk: .critical,
            requirement: RequirementBody(
                group: first.group, quorum: 1, approvals: 0, deadline: first.deadline,
                posture: .failClosed, editable: nil, rule: "default"),
            createdAt: first.createdAt, updatedAt: noon, youCanDecide: true, needsReview: false,
            serverTime: noon)
    }
}
