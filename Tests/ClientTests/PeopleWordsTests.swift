import Approvals
import TextGrid
import Testing
import WireAPI

@testable import countersign

/// Goal: what people write about quiet hours is read as they mean it, and coverage is said once.
struct PeopleWordsTests {
    @Test(arguments: [
        ("22:00-07:00", [], "22:00", "07:00"),
        ("mon-fri@20:00-08:00", ["mon", "tue", "wed", "thu", "fri"], "20:00", "08:00"),
        ("sat,sun@18:00-10:00", ["sat", "sun"], "18:00", "10:00"),
        ("fri-mon@00:00-06:00", ["fri", "sat", "sun", "mon"], "00:00", "06:00"),
        ("Wed@1:00-2:00", ["wed"], "1:00", "2:00"),
    ])
    func quietHoursAreRead(_ text: String, _ days: [String], _ from: String, _ to: String) throws {
        #expect(try QuietWords.hours(text) == QuietHoursBody(days: days, from: from, to: to))
    }

    @Test(arguments: [
        "", "22:00", "22:00-07:00-08:00", "mo@22:00-07:00", "@1-2", "mon-@1-2", "mon@tue@1-2",
    ])
    func whatIsNoQuietHourIsRefused(_ text: String) {
        #expect(throws: Complaint.self) { try QuietWords.hours(text) }
    }

    @Test func absencesBeginWhereTheyAreWritten() throws {
        let wall = try WallClock(zone: "UTC")
        let now = try #require(Timestamp(rfc3339: "2026-11-23T09:00:00Z"))
        let away = try QuietWords.absence("2026-12-24T00:00/3d", wall, now: now)
        #expect(away.start.rfc3339.hasPrefix("2026-12-24T00:00"))
        #expect(away.end.rfc3339.hasPrefix("2026-12-27T00:00"))
        #expect(throws: Complaint.self) { try QuietWords.absence("now", wall, now: now) }
    }

    @Test func rowsWithTheSameGapsStandTogether() throws {
        let start = try #require(Timestamp(rfc3339: "2026-11-23T09:00:00Z"))
        let end = start.adding(seconds: 3_600)
        let finance = try #require(GroupName("finance"))
        let rows = ["a#1", "a#2"].map { rule in
            CoverageRowView(
                rule: rule, group: finance,
                spans: [
                    CoverageSpanView(
                        start: start, end: end, isGap: true, sentence: "Nobody for \(rule).",
                        closes: "Add somebody.")
                ])
        }
        let view = CoverageView(from: start, to: end, rows: rows, gaps: 2)
        #expect(
            CoverageWords.gaps(view) == [
                "", "a#1, a#2", "  Nobody for a#1.", "  What closes it: Add somebody.", "",
            ])
        #expect(
            CoverageWords.summary(view, try WallClock(zone: "UTC")).hasSuffix("2 gaps in 2 rules."))
        #expect(CoverageWords.gaps(CoverageView(from: start, to: end, gaps: 0)).isEmpty)
    }
}
