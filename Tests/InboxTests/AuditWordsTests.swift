import Approvals
import Inbox
import Testing
import ZoneTime

/// Goal: what is typed to look for is understood, or a sentence says why not.
@Suite struct AuditWordsTests {
    private let now = Timestamp(milliseconds: 1_795_000_000_000)

    private func query(_ text: String) throws -> [String] {
        try AuditWords(typed: text, in: .utc, now: now).query.map { "\($0)=\($1)" }
    }

    @Test(arguments: [
        ("", []), ("issue_refund", ["tool=issue_refund"]),
        ("ada@acme.test", ["by=ada@acme.test"]), ("finance#r03", ["rule=finance#r03"]),
        ("approval.decided", ["type=approval.decided"]),
        (
            "01a2043d-9860-7e0e-b08c-0ba87d4786f6",
            ["approval=01a2043d-9860-7e0e-b08c-0ba87d4786f6"]
        ),
        ("  tool:a.b   by:bot ", ["tool=a.b", "by=bot"]),
        ("rule:finance since:2026-11-01", ["rule=finance", "since=2026-11-01T00:00:00.000Z"]),
        ("until:2026-11-01T09:30", ["until=2026-11-01T09:30:00.000Z"]),
    ])
    func words(_ text: String, _ wanted: [String]) throws {
        #expect(try query(text) == wanted)
    }

    @Test func aSpanIsSoLongAgo() throws {
        let week = now.adding(seconds: -7 * 86_400)
        #expect(try query("since:7d") == ["since=\(week.rfc3339)"])
        #expect(try query("since:now") == ["since=\(now.rfc3339)"])
    }

    @Test(arguments: [
        "since:yesterday", "until:", "since:99999999999999999999d", "since:999999999d", "who:ada",
        ":x", "since:2026-13-01",
    ])
    func whatIsNotUnderstoodIsSaid(_ text: String) {
        let problem = #expect(throws: AuditWords.Problem.self) { try query(text) }
        #expect(problem?.sentence.isEmpty == false)
    }
}
