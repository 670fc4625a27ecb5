import Approvals
import ControlPlane
import Duty
import Simulation
import Testing
import ZoneTime

/// Goal: for every rule and hour to come it is said who can decide, and where nobody can: why, and
/// what would close it.
@Suite struct CoverageDeskTests {
    private let ada = "ada@acme.test"
    private let bob = "bob@acme.test"
    private let lea = "lea@acme.test"

    private func coverage(
        _ days: Int = 14, as name: String = "aud@acme.test", in desk: Desk
    ) throws -> CoverageReport {
        let answer = try desk.ask(.people(.coverage(days: days)), as: name)
        guard case .people(.coverage(let report)) = answer else { throw Surprise(answer) }
        return report
    }

    private func schedule(_ email: String, hours: Int?, in desk: Desk) throws {
        let start = LocalTime(seconds: Int(desk.clock.wall.milliseconds / 3_600_000) * 3_600)
        let wish = ScheduleWish(
            name: try #require(GroupName("primary")), version: 0,
            group: try #require(Desk.finance), zone: "UTC",
            rotations: [
                .init(
                    name: "turns", emails: [email], start: start, handOff: Recurrence(.daily),
                    lengthSeconds: hours.map { $0 * 3_600 })
            ])
        try desk.tell(.people(.putSchedule(wish)), as: lea)
    }

    @Test func withoutAScheduleEverybodyOfTheGroupIsExpected() throws {
        let desk = try Desk()
        let report = try coverage(in: desk)
        #expect(report.rows.map(\.rule) == ["finance (tenant default)", "ops (asked by name)"])
        let row = try #require(report.rows.first)
        #expect(row.schedule == nil && row.spans.count == 1)
        #expect(row.spans.first?.emails == [ada, bob] && row.spans.first?.isGap == false)
        #expect(row.spans.first?.range == report.range)
        #expect(report.range.milliseconds == 14 * 86_400_000)
    }

    @Test func anHourOfNobodyIsAGapWithItsReasonAndWhatClosesIt() throws {
        let desk = try Desk()
        try schedule(ada, hours: 9, in: desk)
        let row = try #require(
            try coverage(2, in: desk).rows.first { $0.schedule?.rawValue == "primary" })
        #expect(row.spans.first?.emails == [ada])
        let gap = try #require(row.spans.first { $0.isGap })
        #expect(gap.emails.isEmpty && gap.range.milliseconds == 15 * 3_600_000)
        #expect(gap.sentence?.contains("nobody is on shift in primary") == true)
        #expect(gap.remedy?.hasPrefix("Add an override") == true)
        for (one, next) in zip(row.spans, row.spans.dropFirst()) {
            #expect(one.range.end == next.range.start)
        }
        let wish = OverrideWish(
            schedule: try #require(GroupName("primary")), start: gap.range.start,
            end: gap.range.end, addEmail: bob, reason: "Night")
        try desk.tell(.people(.override(wish)), as: lea)
        let closed = try coverage(1, in: desk).rows.filter { $0.schedule != nil }
        #expect(closed.allSatisfy { $0.spans.allSatisfy { !$0.isGap } }, "what closes it does")
    }

    @Test func whoIsOnShiftWithoutAuthorityClosesNothing() throws {
        let desk = try Desk()
        try schedule("eve@acme.test", hours: nil, in: desk)
        let row = try #require(try coverage(in: desk).rows.first { $0.schedule != nil })
        let span = try #require(row.spans.first)
        #expect(span.isGap && span.emails.isEmpty)
        #expect(span.sentence?.contains("who is on shift may not decide") == true)
    }

    @Test func rulesOfPoliciesInForceHaveRows() throws {
        let desk = try PolicyDecidingTests.desk()
        let report = try coverage(in: desk)
        let row = try #require(report.rows.first { $0.rule == "refunds#huge" })
        #expect(row.group == Desk.ops && row.spans.count == 1)
        // It asks two people of ops, and there is one.
        #expect(row.spans.first?.isGap == true)
        #expect(row.spans.first?.sentence?.contains("1 person is missing") == true)
        #expect(report.rows.first { $0.rule == "refunds#large" }?.spans.first?.isGap == false)
        #expect(report.rows.contains { $0.rule == "refunds (no rule matches)" })
        #expect(!report.rows.contains { $0.rule == "refunds#small" }, "it asks nobody")
    }

    @Test func agentsAndOtherTenantsSeeNothingOfIt() throws {
        let desk = try Desk()
        #expect(refusal { try coverage(as: "bot", in: desk) } != nil)
        let rival = try coverage(as: "admin@rival.test", in: desk)
        let emails = Set(rival.rows.flatMap { $0.spans.flatMap { $0.emails } })
        #expect(!emails.contains { $0.hasSuffix("@acme.test") })
    }
}
