import Approvals
import Authority
import Coverage
import Duty
import Reach
import SystemClock
import ZoneTime

/// A tenant of made-up people, who lend each other authority, take turns and sleep.
struct Peopling {
    static let people = 200
    static let rules = 40
    static let schedules = 30
    static let delegations = 10_000

    private static let zoneNames = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
    private static let groupCount = 20

    private let members: [Member]
    private let groups: [GroupName]
    /// The week in which the clocks of Berlin are put back is in it.
    private let range: InstantRange
    private var dice = Dice()

    init() throws(Trouble) {
        groups = (0..<Self.groupCount).compactMap { GroupName("group-\($0)") }
        var dice = Dice()
        var members: [Member] = []
        for number in 0..<Self.people {
            guard let id = MemberID(Self.id(number + 1)) else { throw Trouble("no member id") }
            members.append(
                Member(
                    id: id, email: "m\(number)@acme.test", roles: [.approver],
                    groups: [dice.pick(groups), dice.pick(groups)],
                    createdAt: Timestamp(milliseconds: 0)))
        }
        guard let start = Timestamp(rfc3339: "2026-10-19T00:00:00Z"),
            let range = InstantRange(start, start.adding(seconds: 14 * 86_400))
        else { throw Trouble("no range") }
        self.members = members
        self.range = range
        self.dice = dice
    }

    /// Milliseconds of 14 days of coverage, as often as asked for, and how many stretches it has.
    mutating func coverage(times: Int) throws(Trouble) -> (Sample, stretches: Int) {
        let setup = try setup()
        let rules = try makeRules()
        var sample = Sample()
        var stretches = 0
        for _ in 0..<times {
            let spent = ContinuousClock().measure {
                stretches = setup.coverage(of: rules, in: range).reduce(0) { $0 + $1.count }
            }
            sample.add(spent / .milliseconds(1))
        }
        return (sample, stretches)
    }

    /// Microseconds of one look at who may decide, among 10,000 delegations.
    mutating func authority(rounds: Int) throws(Trouble) -> Sample {
        let book = AuthorityBook(
            members: members, delegations: try lent(Self.delegations, isShort: false))
        let question = try question(group: groups[0], quorum: 1)
        let now = range.start.adding(seconds: 86_400)
        var sample = Sample()
        for _ in 0..<rounds {
            var allowed = 0
            let spent = ContinuousClock().measure {
                for member in members {
                    do throws(AuthorityRefusal) {
                        _ = try book.authority(of: member.id, over: question, at: now)
                        allowed += 1
                    } catch {
                        continue
                    }
                }
            }
            guard allowed > 0 else { throw Trouble("nobody may decide") }
            sample.add(spent / .microseconds(1) / Double(members.count))
        }
        return sample
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    private mutating func setup() throws(Trouble) -> CoverageSetup {
        let system = SystemZones()
        var zones = ZoneTable()
        for name in Self.zoneNames {
            do {
                if let zone = try system.zone(name) { zones.insert(zone) }
            } catch {
                throw Trouble("no zone \(name)")
            }
        }
        var schedules: [Schedule] = []
        for number in 0..<Self.schedules { schedules.append(try schedule(number)) }
        var reach: [MemberID: PersonReach] = [:]
        for member in members where dice.below(2) == 0 {
            reach[member.id] = PersonReach(quiet: [
                QuietHours(zone: dice.pick(Self.zoneNames), start: 79_200, end: 25_200)
            ])
        }
        return CoverageSetup(
            members: members, delegations: try lent(Self.people / 3, isShort: true),
            schedules: schedules, reach: ReachBook(people: reach), zones: zones)
    }

    private mutating func schedule(_ number: Int) throws(Trouble) -> Schedule {
        let first = Zone.utc.local(at: range.start).adding(seconds: -20 * 86_400)
        var rules: [DutyRule] = []
        for hours in [9, 15] {
            let start = first.adding(seconds: dice.below(96) * 900)
            let turns = Rotation(
                people: (0..<4).map { _ in dice.pick(members).id }, start: start,
                handOff: .rule(Recurrence(hours == 9 ? .daily : .weekly)))
            let rule = DutyRule(
                .rotation(turns), from: start, to: start.adding(seconds: hours * 3_600),
                recurrence: Recurrence(.daily))
            if let rule { rules.append(rule) }
        }
        guard let name = GroupName("schedule-\(number)"), rules.count == 2 else {
            throw Trouble("no schedule")
        }
        return Schedule(name: name, zone: dice.pick(Self.zoneNames), rules: rules)
    }

    private mutating func lent(_ count: Int, isShort: Bool) throws(Trouble) -> [Delegation] {
        var lent: [Delegation] = []
        while lent.count < count {
            let (grantor, delegate) = (dice.pick(members).id, dice.pick(members).id)
            guard grantor != delegate else { continue }
            guard let id = DelegationID(Self.id(100_000 + lent.count)) else {
                throw Trouble("no delegation id")
            }
            let start = isShort ? range.start.adding(seconds: dice.below(900) * 900) : range.start
            let seconds = isShort ? (1 + dice.below(300)) * 900 : 14 * 86_400
            lent.append(
                Delegation(
                    id: id, grantor: grantor, delegate: delegate, start: start,
                    end: start.adding(seconds: seconds), scope: .all, ceiling: .high,
                    reason: "x", createdBy: grantor, createdAt: start))
        }
        return lent
    }

    private mutating func makeRules() throws(Trouble) -> [CoverageRule] {
        var rules: [CoverageRule] = []
        for number in 0..<Self.rules {
            let question = try question(group: dice.pick(groups), quorum: 1 + dice.below(2))
            rules.append(
                CoverageRule(
                    name: "rule-\(number)", question: question,
                    schedule: GroupName("schedule-\(dice.below(Self.schedules))")))
        }
        return rules
    }

    private func question(group: GroupName, quorum: Int) throws(Trouble) -> AuthorityQuestion {
        guard let tool = ToolName("issue_refund") else { throw Trouble("no tool") }
        return AuthorityQuestion(
            tool: tool, risk: .medium, createdAt: range.start,
            sets: [ApproverSet(group: group, min: quorum)])
    }
}

/// Choices that are the same in every run.
private struct Dice {
    private var state: UInt64 = 7

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}
