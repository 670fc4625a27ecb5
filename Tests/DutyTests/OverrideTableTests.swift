import Approvals
import Duty
import Testing
import ZoneTime

/// Goal: the table of overrides, row by row.
@Suite struct OverrideTableTests {
    /// `A>B` replaces, `+B` adds, `-A` removes; hours 10 to 20 unless said.
    struct Step {
        var text: String
        var window: (Double, Double) = (10, 20)
        /// The number of the parent, from 1.
        var parent: Int?

        func override(_ number: Int) throws -> Override {
            let letters = Array(text)
            let range = try Cast.range(window.0, window.1)
            let id = try Cast.override(number)
            let parent = try parent.map(Cast.override)
            switch letters[0] {
            case "+": return Override(id: id, window: range, add: try Cast.person(letters[1]))
            case "-": return Override(id: id, window: range, remove: try Cast.person(letters[1]))
            default:
                return Override(
                    id: id, window: range, remove: try Cast.person(letters[0]),
                    add: try Cast.person(letters[2]), parent: parent)
            }
        }
    }

    struct Row: CustomTestStringConvertible {
        var name: String
        var base: String
        var steps: [Step]
        var inactive = ""
        var expected: [(Double, String)]

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "S-1", base: "A", steps: [Step(text: "A>B")],
            expected: [(9, "A"), (10, "B"), (15, "B"), (20, "A")]),
        Row(name: "S-2", base: "A", steps: [Step(text: "+B")], expected: [(15, "AB")]),
        Row(name: "S-3", base: "A", steps: [Step(text: "-A")], expected: [(15, "∅")]),
        Row(name: "S-4", base: "C", steps: [Step(text: "A>B")], expected: [(15, "C")]),
        Row(name: "S-5", base: "AB", steps: [Step(text: "A>B")], expected: [(15, "B")]),
        Row(
            name: "S-7", base: "A",
            steps: [Step(text: "A>B"), Step(text: "B>C", window: (20, 25))],
            expected: [(15, "B"), (20, "A")]),
        Row(
            name: "S-8", base: "A",
            steps: [Step(text: "A>B"), Step(text: "B>C", window: (12, 18), parent: 1)],
            expected: [(11, "B"), (12, "C"), (18, "B"), (20, "A")]),
        Row(
            name: "S-9", base: "A", steps: [Step(text: "A>B"), Step(text: "B>A", parent: 1)],
            expected: [(15, "A")]),
        Row(
            name: "S-12", base: "A", steps: [Step(text: "A>B")], inactive: "B",
            expected: [(15, "∅")]),
        Row(
            name: "S-13", base: "AC",
            steps: [Step(text: "A>B"), Step(text: "C>D"), Step(text: "+E", window: (12, 16))],
            expected: [(13, "BDE")]),
    ]

    /// Everybody of `base` is always on duty.
    static func schedule(_ base: String) throws -> Schedule {
        let start = try Cast.local("2026-01-01T00:00")
        let rules = try base.map { letter in
            try #require(
                DutyRule(
                    .member(Cast.person(letter)), from: start,
                    to: start.adding(seconds: LocalTime.daySeconds), recurrence: Recurrence(.daily))
            )
        }
        return Schedule(name: try Cast.name("night"), zone: "UTC", rules: rules)
    }

    static func people(_ schedule: Schedule, _ hour: Double, inactive: String = "") throws -> String
    {
        let duty = schedule.duty(
            at: try Cast.hour(hour), zones: ZoneTable(), inactive: try Cast.people(inactive))
        #expect(duty.isGap == duty.people.isEmpty)
        return Cast.letters(duty.people)
    }

    @Test(
        "In every order in which they can be made, and in every order in the store", arguments: rows
    )
    func table(_ row: Row) throws {
        let overrides = try row.steps.enumerated().map { try $1.override($0 + 1) }
        for order in Self.permutations(overrides) {
            var stored = try Self.schedule(row.base)
            stored.overrides = order
            for (hour, people) in row.expected {
                let found = try Self.people(stored, hour, inactive: row.inactive)
                #expect(found == people, "\(row.name) at \(hour)")
            }
            let isMakeable = order.enumerated().allSatisfy { index, override in
                override.parent == nil || order[..<index].contains { $0.id == override.parent }
            }
            guard isMakeable else { continue }
            var made = try Self.schedule(row.base)
            for override in order { made = try made.adding(override, now: try Cast.hour(0)) }
            #expect(made == stored)
        }
    }

    @Test("S-5: the warning says that coverage falls from 2 to 1")
    func warning() throws {
        let override = try Step(text: "A>B").override(1)
        let made = try Self.schedule("AB").adding(override, now: try Cast.hour(0))
        #expect(
            made.warnings(about: override.id, zones: ZoneTable())
                == [.coverageFalls(from: 2, to: 1, try Cast.range(10, 20))])
        let gap = try Self.schedule("A").adding(try Step(text: "-A").override(1), now: Cast.hour(0))
        #expect(
            gap.warnings(about: override.id, zones: ZoneTable()) == [.gap(try Cast.range(10, 20))])
    }

    @Test(
        "S-6, S-10, S-14: who is in one override cannot be in another at the same time",
        arguments: [
            ("S-6", "B>C", (15.0, 25.0)), ("S-10", "B>A", (10.0, 20.0)),
            ("S-14", "+B", (12.0, 14.0)),
        ])
    func conflicts(_ name: String, _ second: String, _ window: (Double, Double)) throws {
        let made = try Self.schedule("A").adding(
            try Step(text: "A>B").override(1), now: Cast.hour(0))
        let other = try Step(text: second, window: window).override(2)
        #expect(throws: OverrideRefusal.conflict(try Cast.override(1))) {
            try made.adding(other, now: Cast.hour(0))
        }
    }

    @Test("S-11: a swap is two overrides, and both go when it is undone")
    func swap() throws {
        let schedule = try Self.schedule("A")
        let swap = Swap(
            beneficiary: try Cast.person("A"), window: try Cast.range(10, 20),
            inReturn: try Cast.range(30, 40))
        let ids = (try Cast.override(1), try Cast.override(2))
        let taken = try swap.taken(
            by: try Cast.person("B"), ids: ids, in: schedule, now: try Cast.hour(0))
        #expect(try Self.people(taken, 15) == "B")
        var later = taken
        later.rules = try Self.schedule("B").rules
        #expect(try Self.people(later, 35) == "A")
        #expect(Swap.undone([ids.0, ids.1], in: taken, now: try Cast.hour(0)) == schedule)
        #expect(throws: Swap.Refusal.ownOffer) {
            try swap.taken(by: Cast.person("A"), ids: ids, in: schedule, now: Cast.hour(0))
        }
        #expect(throws: Swap.Refusal.lapsed) {
            try swap.taken(by: Cast.person("B"), ids: ids, in: schedule, now: Cast.hour(10))
        }
        #expect(
            swap.reminders(after: try Cast.hour(-30)) == [try Cast.hour(-14), try Cast.hour(-2)])
    }

    @Test("S-15: an override stands above a temporary schedule, which says what it meets")
    func temporary() throws {
        var schedule = try Self.schedule("A")
        schedule.temporaries = [
            TemporarySchedule(window: try Cast.range(0, 30), people: try Cast.people("T"))
        ]
        let made = try schedule.adding(try Step(text: "T>B").override(1), now: try Cast.hour(0))
        #expect(try Self.people(made, 5) == "T")
        #expect(try Self.people(made, 15) == "B")
        #expect(try Self.people(made, 30) == "A")
        #expect(made.overrides(meeting: try Cast.range(0, 30)).count == 1)
        #expect(made.overrides(meeting: try Cast.range(20, 30)).isEmpty)
    }

    @Test("S-16: an override begins at the earliest when it is made")
    func history() throws {
        let made = try Self.schedule("A")
            .adding(try Step(text: "A>B").override(1), now: try Cast.hour(12))
        #expect(try Self.people(made, 11) == "A")
        #expect(try Self.people(made, 12) == "B")
        let gone = made.removing(try Cast.override(1), now: try Cast.hour(14))
        #expect(try [11, 13, 14, 15].map { try Self.people(gone, $0) } == ["A", "B", "A", "A"])
    }

    @Test("S2: an override names somebody, two different people, and is not over")
    func refusals() throws {
        let schedule = try Self.schedule("A")
        let same = try Step(text: "A>A").override(1)
        #expect(throws: OverrideRefusal.samePerson) { try schedule.adding(same, now: Cast.hour(0)) }
        let nobody = Override(id: try Cast.override(1), window: try Cast.range(10, 20))
        #expect(throws: OverrideRefusal.nobody) { try schedule.adding(nobody, now: Cast.hour(0)) }
        let past = try Step(text: "A>B").override(1)
        #expect(throws: OverrideRefusal.past) { try schedule.adding(past, now: Cast.hour(20)) }
    }

    @Test("S6: a child removes whom its parent added, within its window, three deep at most")
    func nesting() throws {
        var schedule = try Self.schedule("A")
            .adding(try Step(text: "A>B").override(1), now: try Cast.hour(0))
        for wrong in [
            Step(text: "C>D", parent: 1), Step(text: "B>C", window: (15, 21), parent: 1),
            Step(text: "B>C", parent: 9),
        ] {
            #expect(throws: OverrideRefusal.parent(try Cast.override(wrong.parent ?? 0))) {
                try schedule.adding(wrong.override(2), now: Cast.hour(0))
            }
        }
        schedule = try schedule.adding(
            try Step(text: "B>C", parent: 1).override(2), now: try Cast.hour(0))
        schedule = try schedule.adding(
            try Step(text: "C>D", parent: 2).override(3), now: try Cast.hour(0))
        #expect(try Self.people(schedule, 15) == "D")
        #expect(throws: OverrideRefusal.tooDeep) {
            try schedule.adding(Step(text: "D>E", parent: 3).override(4), now: Cast.hour(0))
        }
        #expect(schedule.family(of: try Cast.override(1)).count == 3)
        #expect(schedule.removing(try Cast.override(1), now: try Cast.hour(0)).overrides.isEmpty)
    }

    static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
