import Approvals
import Reach
import SystemClock
import Testing
import ZoneTime

/// Goal: the table of quiet hours, row by row. P and Q are in Berlin and quiet from 22 to 7.
@Suite struct ReachTableTests {
    private static let firstID = id("50")
    private static let secondID = id("51")

    private static func id(_ end: String) -> MemberID? {
        MemberID("01900000-0000-7000-8000-0000000000" + end)
    }

    private let zones: ZoneTable
    private let p: MemberID
    private let q: MemberID
    private let berlin = QuietHours(zone: "Europe/Berlin", start: 22 * 3_600, end: 7 * 3_600)

    init() throws {
        zones = ZoneTable([try #require(try SystemZones().zone("Europe/Berlin"))])
        p = try #require(Self.firstID)
        q = try #require(Self.secondID)
    }

    private func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text + ":00Z"))
    }

    /// 22:30 in Berlin on an ordinary day.
    private func evening() throws -> Timestamp { try instant("2026-06-10T20:30") }

    private func question(
        _ risk: Risk, at now: Timestamp, hours: Int = 2, all: Set<MemberID>? = nil,
        onDuty: Set<MemberID> = [], rule: AllQuiet? = nil, createdHoursAgo: Int = 0
    ) -> ReachQuestion {
        ReachQuestion(
            recipients: all ?? [p, q], onDuty: onDuty, eligible: all ?? [p, q], risk: risk,
            createdAt: now.adding(seconds: -createdHoursAgo * 3_600),
            deadline: now.adding(seconds: hours * 3_600), allQuiet: rule)
    }

    private func book(awake: Set<MemberID> = []) -> ReachBook {
        let people = Set([p, q]).subtracting(awake)
        return ReachBook(
            people: Dictionary(
                uniqueKeysWithValues: people.map { ($0, PersonReach(quiet: [berlin])) }))
    }

    @Test("O-1: who is awake is told, who is quiet gets a digest at 07:00")
    func someoneAwake() throws {
        let now = try evening()
        let plan = book(awake: [q]).plan(question(.high, at: now), at: now, zones: zones)
        #expect(plan.told == [q: nil])
        #expect(plan.digests == [p: try instant("2026-06-11T05:00")])
        #expect(plan.next == .told)
    }

    @Test("O-2: no one awake, medium: the next step at once")
    func escalating() throws {
        let now = try evening()
        let plan = book().plan(question(.medium, at: now), at: now, zones: zones)
        #expect(plan.told.isEmpty)
        #expect(plan.next == .escalate)
    }

    @Test("O-3: no one awake, low: the deadline moves to 07:00 + 15 min")
    func waiting() throws {
        let now = try evening()
        let plan = book().plan(question(.low, at: now), at: now, zones: zones)
        #expect(plan.next == .wait(until: try instant("2026-06-11T05:15")))
    }

    @Test("O-4: no one awake, critical: everybody is paged, with the clause")
    func critical() throws {
        let now = try evening()
        let plan = book().plan(question(.critical, at: now), at: now, zones: zones)
        #expect(plan.told == [p: .critical, q: .critical])
        #expect(plan.digests.isEmpty)
    }

    @Test("O3: the other clauses")
    func clauses() throws {
        let now = try evening()
        var soon = question(.medium, at: now)
        soon.deadline = now.adding(seconds: 899)
        #expect(book().plan(soon, at: now, zones: zones).told == [p: .deadline, q: .deadline])
        soon.deadline = now.adding(seconds: 900)
        #expect(book().plan(soon, at: now, zones: zones).told.isEmpty)
        let sole = question(.high, at: now, all: [p])
        #expect(book().plan(sole, at: now, zones: zones).told == [p: .sole])
        #expect(
            book().plan(question(.medium, at: now, all: [p]), at: now, zones: zones).told.isEmpty)
        var glass = question(.low, at: now)
        glass.isBreakGlass = true
        #expect(book().plan(glass, at: now, zones: zones).told[p] == .some(.breakGlass))
        let policy = question(.medium, at: now, rule: .breakThrough)
        #expect(book().plan(policy, at: now, zones: zones).told == [p: .policy, q: .policy])
        let deny = question(.medium, at: now, rule: .deny)
        #expect(book().plan(deny, at: now, zones: zones).next == .refuse(at: now))
    }

    @Test(
        "O-7, O-8: the night of a change of the clock has ten or eight hours",
        arguments: [
            ("2026-10-24T20:30", "2026-10-25T06:00"), ("2026-03-28T21:30", "2026-03-29T05:00"),
        ])
    func nights(_ now: String, _ digest: String) throws {
        let now = try instant(now)
        let plan = book().plan(question(.low, at: now), at: now, zones: zones)
        #expect(plan.digests == [p: try instant(digest), q: try instant(digest)])
    }

    @Test("O-9: nobody waits longer than 72 h after it was asked; then it is refused")
    func tooLong() throws {
        let now = try evening()
        let away = PersonReach(
            quiet: [berlin],
            absences: [try #require(InstantRange(now, now.adding(seconds: 80 * 3_600)))])
        let plan = ReachBook(people: [p: away, q: away])
            .plan(question(.low, at: now), at: now, zones: zones)
        #expect(plan.next == .refuse(at: now.adding(seconds: 72 * 3_600)))
        let old = book().plan(
            question(.low, at: now, createdHoursAgo: 70), at: now, zones: zones)
        #expect(old.next == .refuse(at: now.adding(seconds: 2 * 3_600)))
    }

    @Test("O-10: being on duty suspends quiet hours, but not an absence")
    func onDuty() throws {
        let now = try evening()
        let plan = book().plan(
            question(.medium, at: now, onDuty: [p]), at: now, zones: zones)
        #expect(plan.told == [p: nil])
        #expect(plan.digests.keys.contains(q))
        let away = PersonReach(
            absences: [try #require(InstantRange(now, now.adding(seconds: 3_600)))])
        #expect(away.isQuiet(at: now, zones: zones, isOnDuty: true))
    }

    @Test("O-11: of 40 prompts in an hour 30 are sent, 10 grouped, and a lead is told once")
    func budget() throws {
        var budget = PromptBudget()
        let start = try evening()
        let outcomes = (0..<40).map { budget.prompt(at: start.adding(seconds: $0 * 80)) }
        #expect(outcomes.count { $0 == .sent } == 30)
        #expect(outcomes.count { $0 == .grouped(tellsLead: true) } == 1)
        #expect(budget.grouped == 10)
        #expect(budget.prompt(at: start.adding(seconds: 2 * 3_600)) == .sent)
    }

    @Test("O7: three disturbances in a night, and one that breaks through always")
    func nightBudget() throws {
        var budget = PromptBudget()
        let start = try evening()
        for number in 0..<3 {
            let now = start.adding(seconds: number * 60)
            #expect(budget.prompt(at: now, nightStart: start) == .sent)
        }
        let later = start.adding(seconds: 600)
        #expect(budget.prompt(at: later, nightStart: start) == .grouped(tellsLead: true))
        #expect(budget.prompt(at: later, nightStart: start, breaksThrough: true) == .sent)
        let next = start.adding(seconds: 86_400)
        #expect(budget.prompt(at: next, nightStart: next) == .sent)
    }

    @Test("E3: nobody in the step can decide: the next step at once, and nobody is disturbed")
    func nobody() throws {
        let now = try evening()
        var nobody = question(.critical, at: now)
        nobody.eligible = []
        let plan = book().plan(nobody, at: now, zones: zones)
        #expect(plan.next == .escalate)
        #expect(plan.told.isEmpty)
    }
}
