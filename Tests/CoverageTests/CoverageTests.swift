import Approvals
import Authority
import Coverage
import Duty
import Foundation
import Reach
import SystemClock
import Testing
import ZoneTime

/// Goal: coverage says of every instant what asking duty, authority and reach at it says.
@Suite struct CoverageTests {
    private static let names = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]

    private static func zones() throws -> ZoneTable {
        let system = SystemZones()
        return ZoneTable(try names.map { try #require(try system.zone($0)) })
    }

    /// Weeks of a change of the clock in one of the zones, and one without.
    private static let weeks = [
        "2026-10-19T00:00:00Z", "2026-03-23T00:00:00Z", "2026-10-26T00:00:00Z",
        "2026-03-02T00:00:00Z", "2026-09-28T00:00:00Z", "2026-06-08T00:00:00Z",
    ]

    @Test("Generated setups: brute force at single instants finds nothing else, clock changes too")
    func bruteForce() throws {
        var seed = Seed(Seed.chosen)
        let zones = try Self.zones()
        for round in 0..<Seed.rounds(12) {
            let start = try #require(Timestamp(rfc3339: Self.weeks[round % Self.weeks.count]))
            let range = try #require(InstantRange(start, start.adding(seconds: 8 * 86_400)))
            let world = try World(&seed, range, zones: zones, people: 12, rules: 4, schedules: 3)
            let found = world.setup.coverage(of: world.rules, in: range)
            for (rule, stretches) in zip(world.rules, found) {
                try check(rule, stretches, range, world, &seed, "seed \(Seed.chosen), \(round)")
            }
        }
    }

    private func check(
        _ rule: CoverageRule, _ stretches: [CoverageStretch], _ range: InstantRange,
        _ world: World, _ seed: inout Seed, _ place: String
    ) throws {
        #expect(stretches.first?.range.start == range.start)
        #expect(stretches.last?.range.end == range.end)
        for (one, next) in zip(stretches, stretches.dropFirst()) {
            #expect(one.range.end == next.range.start)
        }
        // The instants at which something changes, just before them, and some by chance.
        var instants = stretches.map(\.range.start)
        instants += stretches.dropFirst().map { $0.range.start.adding(milliseconds: -1) }
        for _ in 0..<40 {
            instants.append(range.start.adding(seconds: seed.below(8 * 86_400)))
        }
        for instant in instants {
            let stretch = try #require(stretches.first { $0.range.contains(instant) })
            let standing = world.setup.standing(of: rule, at: instant)
            guard standing != stretch.standing else { continue }
            Issue.record("\(place), \(rule.name) at \(instant): \(standing) \(stretch.standing)")
            return
        }
    }

    @Test("The order of people, delegations and schedules never matters")
    func order() throws {
        var seed = Seed(Seed.chosen)
        let zones = try Self.zones()
        let start = try #require(Timestamp(rfc3339: Self.weeks[0]))
        let range = try #require(InstantRange(start, start.adding(seconds: 8 * 86_400)))
        for round in 0..<Seed.rounds(6) {
            let world = try World(&seed, range, zones: zones, people: 12, rules: 4, schedules: 3)
            let shuffled = world.shuffled(&seed, zones: zones)
            #expect(
                world.setup.coverage(of: world.rules, in: range)
                    == shuffled.coverage(of: world.rules, in: range),
                "seed \(Seed.chosen), round \(round)")
        }
    }

    @Test("Gaps have a sentence that says why, and what would close them")
    func sentences() throws {
        let zones = try Self.zones()
        let berlin = try #require(zones["Europe/Berlin"])
        let group = try #require(GroupName("finance"))
        let ann = Member(
            id: try World.id(1), email: "ann@acme.test", roles: [.approver], groups: [group],
            createdAt: Timestamp(milliseconds: 0))
        let morning = try #require(LocalTime("2026-10-19T08:00"))
        let rule = try #require(
            DutyRule(
                .member(ann.id), from: morning, to: morning.adding(seconds: 12 * 3_600),
                recurrence: Recurrence(.daily)))
        let schedule = Schedule(name: group, zone: "Europe/Berlin", rules: [rule])
        var refunds = CoverageRule(
            name: "refunds",
            question: AuthorityQuestion(
                tool: try #require(ToolName("issue_refund")), risk: .medium,
                createdAt: Timestamp(milliseconds: 0), sets: [ApproverSet(group: group)]),
            schedule: group)
        let start = try #require(Timestamp(rfc3339: "2026-10-24T06:00:00Z"))
        let range = try #require(InstantRange(start, start.adding(seconds: 25 * 3_600)))
        let setup = CoverageSetup(members: [ann], schedules: [schedule], zones: zones)
        let found = setup.coverage(of: [refunds], in: range)[0]
        #expect(found.map(\.isCovered) == [true, false])
        // The night in which the clock is put back has thirteen hours.
        #expect(found[1].range.milliseconds == 13 * 3_600_000)
        #expect(
            found[1].sentence(for: refunds, in: berlin)
                == "Sat 2026-10-24 20:00 – Sun 2026-10-25 08:00 Europe/Berlin: nobody is on shift"
                + " in finance for refunds.")
        #expect(found[1].remedy(for: refunds)?.hasPrefix("Add an override") == true)
        let hours = found.hours(of: range)
        #expect(hours.count == 25)
        #expect(hours.count { $0.isCovered } == 12)
        refunds.question.sets[0].min = 2
        let short = setup.coverage(of: [refunds], in: range)[0]
        #expect(short.allSatisfy { $0.standing.state == .nobodyMay(missing: 1) })
        #expect(
            short[0].sentence(for: refunds, in: berlin)?
                .hasSuffix("1 person is missing who may decide refunds; finance has too few.")
                == true)
    }

    @Test("14 days, 200 people, 40 rules and 30 schedules")
    func size() throws {
        var seed = Seed(7)
        let zones = try Self.zones()
        let start = try #require(Timestamp(rfc3339: Self.weeks[0]))
        let range = try #require(InstantRange(start, start.adding(seconds: 14 * 86_400)))
        let world = try World(&seed, range, zones: zones, people: 200, rules: 40, schedules: 30)
        var stretches = 0
        let spent = ContinuousClock().measure {
            stretches = world.setup.coverage(of: world.rules, in: range).reduce(0) {
                $0 + $1.count
            }
        }
        #expect(stretches > 40)
        print("coverage of 14 days: \(stretches) stretches in \(spent), debug")
        // The goal is 200 ms in release; a test without optimisation takes many times that.
        #expect(spent < .seconds(60))
    }
}

/// A tenant by chance.
struct World {
    var setup: CoverageSetup
    var rules: [CoverageRule] = []
    private var members: [Member] = []
    private var schedules: [Schedule] = []

    static func id(_ number: Int) throws -> MemberID { try #require(MemberID(text(number))) }

    private static func text(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    init(
        _ seed: inout Seed, _ range: InstantRange, zones: ZoneTable, people: Int, rules: Int,
        schedules: Int
    ) throws {
        let groupCount = max(3, people / 10)
        let groups = try (0..<groupCount).map { try #require(GroupName("group-\($0)")) }
        for number in 0..<people {
            members.append(
                Member(
                    id: try Self.id(number + 1), email: "m\(number)@acme.test", roles: [.approver],
                    groups: [seed.pick(groups), seed.pick(groups)],
                    createdAt: Timestamp(milliseconds: 0)))
        }
        for number in 0..<schedules {
            self.schedules.append(try Self.schedule(&seed, number, range, members))
        }
        setup = CoverageSetup(
            members: members, delegations: try Self.delegations(&seed, range, members),
            schedules: self.schedules, reach: Self.reach(&seed, range, members), zones: zones)
        for number in 0..<rules {
            let set = ApproverSet(group: seed.pick(groups), min: 1 + seed.below(2))
            let other = ApproverSet(group: seed.pick(groups), min: 1)
            self.rules.append(
                CoverageRule(
                    name: "rule-\(number)",
                    question: AuthorityQuestion(
                        tool: try #require(ToolName("t")), risk: .medium,
                        createdAt: range.start, sets: seed.below(4) == 0 ? [set, other] : [set],
                        isOnShiftOnly: seed.below(4) == 0),
                    schedule: seed.below(4) == 0 ? nil : seed.pick(self.schedules).name))
        }
    }

    private static func schedule(
        _ seed: inout Seed, _ number: Int, _ range: InstantRange, _ members: [Member]
    ) throws -> Schedule {
        let zone = seed.pick(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
        let first = Zone.utc.local(at: range.start).adding(seconds: -20 * 86_400)
        var rules: [DutyRule] = []
        for _ in 0..<(1 + seed.below(2)) {
            let start = first.adding(seconds: seed.below(96) * 900)
            let turns = Rotation(
                people: (0..<(2 + seed.below(4))).map { _ in seed.pick(members).id }, start: start,
                handOff: .rule(Recurrence(seed.below(2) == 0 ? .daily : .weekly)))
            rules.append(
                try #require(
                    DutyRule(
                        .rotation(turns), from: start,
                        to: start.adding(seconds: (20 + seed.below(77)) * 900),
                        recurrence: Recurrence(.daily))))
        }
        let name = try #require(GroupName("schedule-\(number)"))
        return Schedule(name: name, zone: zone, rules: rules)
    }

    private static func delegations(
        _ seed: inout Seed, _ range: InstantRange, _ members: [Member]
    ) throws -> [Delegation] {
        var found: [Delegation] = []
        for number in 0..<(members.count / 3) {
            let grantor = seed.pick(members).id
            let delegate = seed.pick(members).id
            guard grantor != delegate else { continue }
            let start = range.start.adding(seconds: seed.below(12 * 96) * 900 - 2 * 86_400)
            let end = start.adding(seconds: (1 + seed.below(300)) * 900)
            let isRevoked = seed.below(4) == 0
            found.append(
                Delegation(
                    id: try #require(DelegationID(text(1_000 + number))), grantor: grantor,
                    delegate: delegate, start: start, end: end, scope: .all, ceiling: .high,
                    mode: seed.pick(Delegation.Mode.allCases),
                    reaches: seed.below(2) == 0 ? true : nil, reason: "x", createdBy: grantor,
                    createdAt: start, revokedAt: isRevoked ? start.adding(seconds: 5_400) : nil,
                    revokedBy: isRevoked ? grantor : nil))
        }
        return found
    }

    private static func reach(
        _ seed: inout Seed, _ range: InstantRange, _ members: [Member]
    ) -> ReachBook {
        var people: [MemberID: PersonReach] = [:]
        for member in members where seed.below(2) == 0 {
            var person = PersonReach(quiet: [
                QuietHours(
                    zone: seed.pick(["Europe/Berlin", "America/New_York"]),
                    start: (80 + seed.below(16)) * 900, end: (20 + seed.below(16)) * 900)
            ])
            let start = range.start.adding(seconds: seed.below(8 * 96) * 900)
            if seed.below(4) == 0, let away = InstantRange(start, start.adding(seconds: 90_000)) {
                person.absences = [away]
            }
            people[member.id] = person
        }
        return ReachBook(people: people)
    }

    /// The same world with its rows in another order.
    func shuffled(_ seed: inout Seed, zones: ZoneTable) -> CoverageSetup {
        CoverageSetup(
            members: members.shuffled(using: &seed),
            delegations: setup.delegations.shuffled(using: &seed),
            schedules: schedules.shuffled(using: &seed), reach: setup.reach, zones: zones)
    }
}

/// Random choices that a printed number repeats.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ number: UInt64) { state = number }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    static func rounds(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["COUNTERSIGN_PEOPLE_ROUNDS"].flatMap { Int($0) } ?? few
    }

    static var chosen: UInt64 {
        ProcessInfo.processInfo.environment["COUNTERSIGN_PEOPLE_SEED"].flatMap { UInt64($0) } ?? 1
    }
}
