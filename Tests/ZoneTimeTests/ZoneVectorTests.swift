import Approvals
import SystemClock
import Testing
import ZoneTime

/// Goal: the vectors for daylight saving hold to the second.
@Suite struct ZoneVectorTests {
    static func zone(_ name: String) throws -> Zone {
        try #require(try SystemZones().zone(name))
    }

    static func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text + ":00Z"))
    }

    struct Vector: CustomTestStringConvertible {
        var zone: String
        var local: String
        var kind: Kind
        var first: String
        var last: String

        enum Kind: String { case gap, fold, once }

        init(_ zone: String, _ local: String, _ kind: Kind, _ first: String, _ last: String = "") {
            self.zone = zone
            self.local = local
            self.kind = kind
            self.first = first
            self.last = last.isEmpty ? first : last
        }

        var testDescription: String { "\(zone) \(local)" }
    }

    @Test(arguments: [
        Vector(
            "America/New_York", "2026-03-08T02:30", .gap, "2026-03-08T07:00"),
        Vector(
            "America/New_York", "2026-11-01T01:30", .fold, "2026-11-01T05:30", "2026-11-01T06:30"),
        Vector("Australia/Lord_Howe", "2026-10-04T02:15", .gap, "2026-10-03T15:30"),
        Vector(
            "Australia/Lord_Howe", "2026-04-05T01:45", .fold, "2026-04-04T14:45",
            "2026-04-04T15:15"),
        Vector("America/Havana", "2024-03-10T00:00", .gap, "2024-03-10T05:00"),
        Vector("America/Santiago", "2024-09-08T00:00", .gap, "2024-09-08T04:00"),
        Vector("Africa/Cairo", "2024-04-26T00:00", .gap, "2024-04-25T22:00"),
        Vector("Asia/Beirut", "2024-03-31T00:00", .gap, "2024-03-30T22:00"),
        Vector("Pacific/Apia", "2011-12-30T09:00", .gap, "2011-12-30T10:00"),
        Vector(
            "Europe/London", "2026-10-25T01:30", .fold, "2026-10-25T00:30", "2026-10-25T01:30"),
        Vector("Africa/Casablanca", "2026-03-22T02:30", .gap, "2026-03-22T02:00"),
        Vector("America/Nuuk", "2026-03-28T23:30", .gap, "2026-03-29T01:00"),
        Vector("Asia/Kathmandu", "2026-06-01T09:00", .once, "2026-06-01T03:15"),
        Vector("Antarctica/Troll", "2026-03-29T02:00", .gap, "2026-03-29T01:00"),
    ])
    func local(_ vector: Vector) throws {
        let local = try #require(LocalTime(vector.local))
        let meaning = try Self.zone(vector.zone).meaning(of: local)
        let first = try Self.instant(vector.first)
        let expected: LocalMeaning =
            switch vector.kind {
            case .gap: .skipped(first)
            case .fold: .twice(first, try Self.instant(vector.last))
            case .once: .once(first)
            }
        #expect(meaning == expected)
    }

    struct Interval: CustomTestStringConvertible {
        var name: String
        var zone: String
        var purpose: WindowPurpose
        var from: String
        var to: String
        var start: String
        var end: String
        var minutes: Int64

        init(
            _ name: String, _ zone: String, _ purpose: WindowPurpose, _ local: (String, String),
            _ instants: (String, String), minutes: Int64
        ) {
            self.name = name
            self.zone = zone
            self.purpose = purpose
            (from, to) = local
            (start, end) = instants
            self.minutes = minutes
        }

        var testDescription: String { name }
    }

    @Test(arguments: [
        Interval(
            "NY overnight duty 22–06, 2026-10-31", "America/New_York", .duty,
            ("2026-10-31T22:00", "2026-11-01T06:00"), ("2026-11-01T02:00", "2026-11-01T11:00"),
            minutes: 540),
        Interval(
            "NY overnight duty 22–06, 2026-03-07", "America/New_York", .duty,
            ("2026-03-07T22:00", "2026-03-08T06:00"), ("2026-03-08T03:00", "2026-03-08T10:00"),
            minutes: 420),
        Interval(
            "Berlin quiet 22–07, 2026-10-24", "Europe/Berlin", .silence,
            ("2026-10-24T22:00", "2026-10-25T07:00"), ("2026-10-24T20:00", "2026-10-25T06:00"),
            minutes: 600),
        Interval(
            "Berlin quiet 22–07, 2026-03-28", "Europe/Berlin", .silence,
            ("2026-03-28T22:00", "2026-03-29T07:00"), ("2026-03-28T21:00", "2026-03-29T05:00"),
            minutes: 480),
        Interval(
            "London 08:30–17:30, 2026-10-24", "Europe/London", .duty,
            ("2026-10-24T08:30", "2026-10-24T17:30"), ("2026-10-24T07:30", "2026-10-24T16:30"),
            minutes: 540),
        Interval(
            "London 08:30–17:30, 2026-10-26", "Europe/London", .duty,
            ("2026-10-26T08:30", "2026-10-26T17:30"), ("2026-10-26T08:30", "2026-10-26T17:30"),
            minutes: 540),
        Interval(
            "NY weekly hand-off Tue 09:00, 27 Oct→3 Nov 2026", "America/New_York", .duty,
            ("2026-10-27T09:00", "2026-11-03T09:00"), ("2026-10-27T13:00", "2026-11-03T14:00"),
            minutes: 7 * 1_440 + 60),
        Interval(
            "same, 3→10 Mar 2026", "America/New_York", .duty,
            ("2026-03-03T09:00", "2026-03-10T09:00"), ("2026-03-03T14:00", "2026-03-10T13:00"),
            minutes: 7 * 1_440 - 60),
        Interval(
            "NY duty 01:30–01:30 next day, 2026-10-31 → 11-01", "America/New_York", .duty,
            ("2026-10-31T01:30", "2026-11-01T01:30"), ("2026-10-31T05:30", "2026-11-01T06:30"),
            minutes: 25 * 60),
        Interval(
            "NY quiet 01:30–05:00, 2026-11-01", "America/New_York", .silence,
            ("2026-11-01T01:30", "2026-11-01T05:00"), ("2026-11-01T06:30", "2026-11-01T10:00"),
            minutes: 210),
        Interval(
            "3-h shift Chicago 2017-03-12", "America/Chicago", .duty,
            ("2017-03-12T00:00", "2017-03-12T03:00"), ("2017-03-12T06:00", "2017-03-12T08:00"),
            minutes: 120),
        Interval(
            "3-h shift Chicago 2017-11-05", "America/Chicago", .duty,
            ("2017-11-05T00:00", "2017-11-05T03:00"), ("2017-11-05T05:00", "2017-11-05T09:00"),
            minutes: 240),
        Interval(
            "authority errs short on a fold", "America/New_York", .authority,
            ("2026-10-31T09:00", "2026-11-01T01:30"), ("2026-10-31T13:00", "2026-11-01T05:30"),
            minutes: 16 * 60 + 30),
    ])
    func interval(_ row: Interval) throws {
        let from = try #require(LocalTime(row.from))
        let to = try #require(LocalTime(row.to))
        let found = try Self.zone(row.zone).window(from: from, to: to, for: row.purpose)
        let window = try #require(found)
        #expect(window.start == (try Self.instant(row.start)))
        #expect(window.end == (try Self.instant(row.end)))
        #expect(window.milliseconds == row.minutes * 60_000)
    }

    @Test("T7: a window within a skipped day has no length and is dropped")
    func skippedDay() throws {
        let apia = try Self.zone("Pacific/Apia")
        let from = try #require(LocalTime("2011-12-30T09:00"))
        let to = try #require(LocalTime("2011-12-30T17:00"))
        for purpose in WindowPurpose.allCases {
            #expect(apia.window(from: from, to: to, for: purpose) == nil)
        }
        let before = try #require(LocalTime("2011-12-29T22:00"))
        let after = try #require(LocalTime("2011-12-31T06:00"))
        let night = try #require(apia.window(from: before, to: after, for: .duty))
        #expect(night.milliseconds == 28_800_000)
    }

    @Test("The last line of a file holds for ever: 400 years on the walls show the same")
    func eras() throws {
        for name in ["America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Tokyo"] {
            let zone = try Self.zone(name)
            let start = try Self.instant("2090-01-01T00:00").milliseconds
            for hour in stride(from: 0, to: 366 * 24, by: 7) {
                let near = Timestamp(milliseconds: start + Int64(hour) * 3_600_000)
                for era in [1, 2, 9] {
                    let far = near.adding(milliseconds: Int64(era) * 146_097 * 86_400_000)
                    #expect(zone.offset(at: near) == zone.offset(at: far))
                    let local = zone.local(at: far)
                    #expect(
                        [local].map(zone.meaning).allSatisfy { [$0.first, $0.last].contains(far) })
                }
            }
        }
    }

    @Test("Every file of the database can be followed")
    func everyFile() throws {
        let zones = SystemZones()
        #expect(!zones.version.isEmpty)
        for name in ["Europe/Berlin", "Africa/Casablanca", "Etc/GMT+5", "UTC", "Asia/Gaza"] {
            #expect(try zones.zone(name)?.name == name)
        }
        for name in ["../passwd", "/etc/passwd", "", "Europe/", "Europe/Nowhere", "a\u{0}b"] {
            #expect(try zones.zone(name) == nil)
        }
    }
}
