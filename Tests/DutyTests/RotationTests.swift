import Approvals
import Duty
import Testing
import ZoneTime

/// Goal: turns and windows over changes of the clock, and the time line against brute force.
@Suite struct RotationTests {
    private func always(_ who: DutyRule.Who, zone: String) throws -> Schedule {
        let start = try Cast.local("2017-01-01T00:00")
        let rule = try #require(
            DutyRule(
                who, from: start, to: start.adding(seconds: LocalTime.daySeconds),
                recurrence: Recurrence(.daily)))
        return Schedule(name: try Cast.name("night"), zone: zone, rules: [rule])
    }

    private func turns(_ people: String, _ start: String, _ handOff: Rotation.HandOff) throws
        -> Rotation
    {
        Rotation(
            people: try people.map(Cast.person), start: try Cast.local(start), handOff: handOff)
    }

    private func minutes(_ schedule: Schedule, _ start: String, _ end: String) throws -> [String] {
        let range = try #require(InstantRange(Cast.instant(start), Cast.instant(end)))
        let zones = try Cast.zones("America/New_York", "America/Chicago", "Europe/Berlin")
        return schedule.timeline(in: range, zones: zones).map {
            "\(Cast.letters($0.people)) \($0.range.milliseconds / 60_000)"
        }
    }

    @Test("Hourly rotation across NY fold: one 2-h shift")
    func hourlyFold() throws {
        let rotation = try turns("ABCDEF", "2026-11-01T00:00", .hours(1))
        let found = try minutes(
            always(.rotation(rotation), zone: "America/New_York"), "2026-11-01T04:00",
            "2026-11-01T09:00")
        #expect(found == ["A 60", "B 120", "C 60", "D 60"])
    }

    @Test("Hourly rotation across NY gap: the missing hour is skipped")
    func hourlyGap() throws {
        let rotation = try turns("ABCDEF", "2026-03-08T00:00", .hours(1))
        let found = try minutes(
            always(.rotation(rotation), zone: "America/New_York"), "2026-03-08T05:00",
            "2026-03-08T09:00")
        #expect(found == ["A 60", "B 60", "D 60", "E 60"])
    }

    @Test(
        "3-h shift Chicago 00:00→03:00, 2017-03-12 / 2017-11-05: 2 h / 4 h",
        arguments: [("2017-03-12", 120), ("2017-11-05", 240)])
    func chicago(_ day: String, _ length: Int) throws {
        let rotation = try turns("AB", "\(day)T00:00", .hours(3))
        let start = day == "2017-03-12" ? "2017-03-12T06:00" : "2017-11-05T05:00"
        let found = try minutes(
            always(.rotation(rotation), zone: "America/Chicago"), start, day + "T10:00")
        #expect(found.first == "A \(length)")
    }

    @Test("NY weekly hand-off Tue 09:00: 7 d + 1 h in autumn, 7 d − 1 h in spring")
    func weekly() throws {
        let autumn = try turns("AB", "2026-10-27T09:00", .rule(Recurrence(.weekly)))
        let zone = "America/New_York"
        #expect(
            try minutes(
                always(.rotation(autumn), zone: zone), "2026-10-27T13:00", "2026-11-03T15:00")
                == ["A \(7 * 1_440 + 60)", "B 60"])
        let spring = try turns("AB", "2026-03-03T09:00", .rule(Recurrence(.weekly)))
        #expect(
            try minutes(
                always(.rotation(spring), zone: zone), "2026-03-03T14:00", "2026-03-10T14:00")
                == ["A \(7 * 1_440 - 60)", "B 60"])
    }

    @Test("Mon–Fri 08:00–08:00: continuous Mon 08:00 → Sat 08:00")
    func weekdays() throws {
        let start = try Cast.local("2026-06-01T08:00")
        let days = Weekday.allCases.prefix(5).map { Recurrence.Day($0) }
        let rule = try #require(
            DutyRule(
                .member(try Cast.person("A")), from: start,
                to: start.adding(seconds: LocalTime.daySeconds),
                recurrence: Recurrence(.weekly, days: days)))
        let schedule = Schedule(name: try Cast.name("week"), zone: "UTC", rules: [rule])
        let range = try #require(
            InstantRange(Cast.instant("2026-06-08T00:00"), Cast.instant("2026-06-15T00:00")))
        let found = schedule.timeline(in: range, zones: ZoneTable())
        #expect(found.map { Cast.letters($0.people) } == ["∅", "A", "∅"])
        #expect(found[1].range.start == (try Cast.instant("2026-06-08T08:00")))
        #expect(found[1].range.end == (try Cast.instant("2026-06-13T08:00")))
    }

    @Test("T6: a month's turn that begins on day 31 comes back to day 31")
    func monthly() throws {
        let rotation = try turns("ABC", "2026-01-31T00:00", .rule(Recurrence(.monthly)))
        let found = try minutes(
            always(.rotation(rotation), zone: "UTC"), "2026-01-31T00:00", "2026-04-01T00:00")
        #expect(found == ["A \(28 * 1_440)", "B \(31 * 1_440)", "C 1440"])
    }

    @Test("A bounded hand-off ends the rotation")
    func bounded() throws {
        let counted = try turns(
            "AB", "2026-06-01T00:00", .rule(Recurrence(.daily, bound: .count(3))))
        #expect(
            try minutes(
                always(.rotation(counted), zone: "UTC"), "2026-05-31T00:00", "2026-06-06T00:00")
                == ["∅ 1440", "A 1440", "B 1440", "A 1440", "∅ 2880"])
    }

    @Test("A look ahead names gaps, inactive people, long stretches and the same person twice")
    func findings() throws {
        let schedule = try OverrideTableTests.schedule("A")
        let range = try Cast.range(0, 48)
        let a = try Cast.person("A")
        #expect(schedule.findings(in: range, zones: ZoneTable()) == [.tooLong(a, range)])
        #expect(
            schedule.findings(in: range, zones: ZoneTable(), inactive: [a])
                == [.gap(range), .inactive(a)])
        #expect(
            schedule.findings(in: range, zones: ZoneTable(), next: schedule)
                .contains(.bothLevels(a, range)))
        var lost = schedule
        lost.zone = "Mars/Olympus"
        #expect(lost.findings(in: range, zones: ZoneTable()) == [.unknownZone("Mars/Olympus")])
        let apia = try Cast.zones("Pacific/Apia")
        let start = try Cast.local("2011-12-20T09:00")
        let rule = DutyRule(
            .member(a), from: start, to: start.adding(seconds: 8 * 3_600),
            recurrence: Recurrence(.daily))
        let island = Schedule(
            name: try Cast.name("island"), zone: "Pacific/Apia", rules: [try #require(rule)])
        let days = try #require(
            InstantRange(Cast.instant("2011-12-29T00:00"), Cast.instant("2011-12-31T12:00")))
        #expect(
            island.findings(in: days, zones: apia).contains(
                .emptyShift(ruleNumber: 0, at: try Cast.instant("2011-12-30T10:00"))))
    }

    @Test(
        "Generated schedules: brute force every 30 s equals the time line, without gap or overlap")
    func bruteForce() throws {
        var seed = Seed(Seed.chosen)
        let zones = try Cast.zones(
            "America/New_York", "Australia/Lord_Howe", "Europe/Berlin", "Africa/Cairo")
        let weeks = [
            "2026-03-07T12:00", "2026-10-31T12:00", "2026-04-04T00:00", "2026-10-03T00:00",
            "2026-03-28T12:00", "2026-10-24T12:00", "2026-04-23T12:00", "2026-06-10T00:00",
        ]
        for round in 0..<Seed.rounds(12) {
            let begin = try Cast.instant(weeks[round % weeks.count])
            let range = try #require(InstantRange(begin, begin.adding(seconds: 36 * 3_600)))
            let schedule = try Generated.schedule(&seed, near: range)
            let stretches = schedule.timeline(in: range, zones: zones)
            #expect(stretches.first?.range.start == range.start)
            #expect(stretches.last?.range.end == range.end)
            for (one, next) in zip(stretches, stretches.dropFirst()) {
                #expect(one.range.end == next.range.start)
            }
            var place = 0
            var differences = 0
            for second in stride(from: 0, to: 36 * 3_600, by: 30) {
                let instant = begin.adding(seconds: second)
                while stretches[place].range.end <= instant { place += 1 }
                let people = schedule.duty(at: instant, zones: zones).people
                if people != stretches[place].people { differences += 1 }
            }
            #expect(differences == 0, "seed \(Seed.chosen), round \(round): \(schedule)")
        }
    }

    @Test("The order of rules, overrides and temporary schedules never matters")
    func order() throws {
        var seed = Seed(Seed.chosen)
        let zones = try Cast.zones(
            "America/New_York", "Australia/Lord_Howe", "Europe/Berlin", "Africa/Cairo")
        let range = try #require(
            InstantRange(Cast.instant("2026-10-24T12:00"), Cast.instant("2026-10-26T00:00")))
        for round in 0..<Seed.rounds(60) {
            let schedule = try Generated.schedule(&seed, near: range)
            var shuffled = schedule
            shuffled.rules.shuffle(using: &seed)
            shuffled.overrides.shuffle(using: &seed)
            shuffled.temporaries.shuffle(using: &seed)
            #expect(
                schedule.timeline(in: range, zones: zones)
                    == shuffled.timeline(in: range, zones: zones),
                "seed \(Seed.chosen), round \(round)")
        }
    }
}

/// Schedules by chance.
enum Generated {
    static let letters = Array("ABCDEFGH")
    static let zones = [
        "America/New_York", "Australia/Lord_Howe", "Europe/Berlin", "Africa/Cairo", "UTC",
    ]

    static func schedule(_ seed: inout Seed, near range: InstantRange) throws -> Schedule {
        let first = Zone.utc.local(at: range.start)
        var rules: [DutyRule] = []
        for _ in 0..<(1 + seed.below(4)) {
            // A quarter of an hour is the finest that people write.
            let back = (seed.below(40) * 86_400) + seed.below(96) * 900
            let start = first.adding(seconds: -back)
            let length = (1 + seed.below(100)) * 900
            rules.append(
                try #require(
                    DutyRule(
                        try who(&seed, start), from: start, to: start.adding(seconds: length),
                        recurrence: seed.below(6) == 0 ? nil : recurrence(&seed))))
        }
        var schedule = Schedule(name: try Cast.name("any"), zone: seed.pick(zones), rules: rules)
        for number in 0..<seed.below(4) {
            let override = Override(
                id: try Cast.override(number + 1), window: try window(&seed, in: range),
                remove: try Cast.person(seed.pick(letters)),
                add: try Cast.person(seed.pick(letters)))
            do {
                schedule = try schedule.adding(override, now: range.start)
            } catch {
                continue
            }
        }
        if seed.below(4) == 0 {
            schedule.temporaries = [
                TemporarySchedule(
                    window: try window(&seed, in: range), people: [try Cast.person("T")])
            ]
        }
        return schedule
    }

    static func window(_ seed: inout Seed, in range: InstantRange) throws -> InstantRange {
        let start = range.start.adding(seconds: seed.below(96) * 900)
        return try #require(
            InstantRange(start, start.adding(seconds: (1 + seed.below(60)) * 900)))
    }

    private static func who(_ seed: inout Seed, _ start: LocalTime) throws -> DutyRule.Who {
        let people = try letters.filter { _ in seed.below(2) == 0 }.map(Cast.person)
        guard people.count > 1 else { return .member(try Cast.person(seed.pick(letters))) }
        let turns = start.adding(seconds: -seed.below(200) * 900)
        let handOff: Rotation.HandOff =
            seed.below(3) == 0 ? .hours(1 + seed.below(30)) : .rule(recurrence(&seed))
        return .rotation(Rotation(people: people, start: turns, handOff: handOff))
    }

    private static func recurrence(_ seed: inout Seed) -> Recurrence {
        let days = Weekday.allCases.filter { _ in seed.below(3) > 0 }.map { Recurrence.Day($0) }
        return Recurrence(
            seed.pick(Recurrence.Frequency.allCases), interval: 1 + seed.below(2),
            days: seed.below(2) == 0 ? days : [])
    }
}
