import Approvals
import Glibc
import Inbox
import Keymap
import TextGrid
import WireAPI

/// Typing queries at the `/` line of an inbox with many rows, without a terminal.
struct Typing {
    /// Milliseconds of each key.
    private(set) var keys = Sample()
    /// Milliseconds of the keys that begin a word, for which everything is searched.
    private(set) var first = Sample()
    private var inbox: Inbox
    private var now = Timestamp(milliseconds: 1_780_000_000_000)

    static let queries = [
        "refund", "cus_91 high", "tool:send", "risk>=high agent:bot-1", "left<5m",
        "is:mine -tool:db", "\"call 77\"", "zzz", "run:r-99 or risk:critical",
    ]

    init?(rows count: Int) {
        inbox = Inbox(seed: 1)
        var rows: [ApprovalSummary] = []
        for number in 0..<count {
            guard let row = Self.row(number, now) else { return nil }
            rows.append(row)
        }
        _ = inbox.update(.resized(GridSize(columns: 80, rows: 24)), at: now)
        let totals = CachedTotals(rows: count, pending: count, pendingHigh: count / 2)
        _ = inbox.update(.started(CachedInbox(rows: rows, totals: totals)), at: now)
        press("j")
    }

    /// Types every query and takes it away again.
    mutating func run() {
        for query in Self.queries {
            press("/")
            for (place, scalar) in query.unicodeScalars.enumerated() {
                let took = send(KeyStroke(scalar))
                keys.add(took)
                if place == 0 { first.add(took) }
            }
            press("enter")
            press("\\")
        }
    }

    private mutating func press(_ notation: String) {
        if let stroke = KeyStroke(notation: notation) { _ = send(stroke) }
    }

    private mutating func send(_ stroke: KeyStroke) -> Double {
        now = now.adding(milliseconds: 50)
        let start = Self.nanoseconds()
        _ = inbox.update(.key(stroke), at: now)
        return Double(Self.nanoseconds() - start) / 1_000_000
    }

    private static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func row(_ number: Int, _ now: Timestamp) -> ApprovalSummary? {
        let tail = String(number, radix: 16)
        let zeros = String(repeating: "0", count: 12 - tail.utf8.count)
        guard let id = ApprovalID("019a0000-0000-7000-8000-" + zeros + tail),
            let group = GroupName(["finance", "platform"][number % 2])
        else { return nil }
        let tools = ["issue_refund", "send_email", "db.execute", "dns.update", "wire_transfer"]
        return ApprovalSummary(
            id: id, revision: 1, state: .pending, isReleased: false, execution: .none,
            tool: tools[number % tools.count],
            summary: "call \(number) of customer cus_\(number % 1_000), checked twice",
            agent: "bot-\(number % 20)", risk: Risk.allCases[number % 4], group: group,
            createdAt: now, updatedAt: now, deadline: now.adding(seconds: 60 + number),
            posture: .failClosed, needsReview: false, runID: "r-\(number / 10)")
    }
}
