import Approvals
import GoldenTesting
import Inbox
import JSONTree
import SystemClock
import TextGrid
import Testing
import WireAPI
import ZoneTime

/// Goal: a lead sees at a glance who is expected to decide, day by day on the schedule's own wall,
/// what is not as planned, and when nobody is there; with and without colour, and read aloud.
struct ShiftsPageTests {
    static let primary = GroupName("finance-primary").unsafelyKnown
    static let path = "/v1/schedules/finance-primary"
    static let (ann, bea) = ("ann@acme.test", "bea@acme.test")
    static let overrideID = "019a0000-0000-7000-9000-0000000000a1"

    /// Hours after Monday's midnight of the week of `noon` in Berlin.
    static func at(_ hours: Int) -> Timestamp {
        (Timestamp(rfc3339: "2026-05-25T00:00:00+02:00") ?? noon).adding(seconds: hours * 3_600)
    }

    static func schedule(_ name: String = "finance-primary", _ zone: String) -> ScheduleView {
        ScheduleView(
            name: GroupName(name).unsafelyKnown, group: GroupName("finance").unsafelyKnown,
            zone: zone, version: 3, changedBy: "lea@acme.test", changedAt: at(0),
            rotations: [
                RotationView(
                    name: "week", people: [ann, bea], start: "2026-05-25T09:00:00",
                    recurrence: "FREQ=WEEKLY")
            ], now: OnDutyView(people: [bea], until: at(112)))
    }

    static let shifts: [ShiftView] = [
        ShiftView(start: at(-24), end: at(9), people: [bea], layer: "rotation", isGap: false),
        ShiftView(start: at(9), end: at(81), people: [ann], layer: "rotation", isGap: false),
        ShiftView(
            start: at(81), end: at(112), people: [bea], layer: "override",
            overrideID: overrideID, isGap: false),
        ShiftView(start: at(112), end: at(120), layer: "override", isGap: true),
        ShiftView(
            start: at(120), end: at(150), people: [ann, bea], layer: "swap", isGap: false),
        ShiftView(start: at(150), end: at(168), people: [ann], layer: "rotation", isGap: false),
    ]

    static let overrides = [
        OverrideView(
            id: overrideID, schedule: primary, start: at(81), end: at(112), remove: ann, add: bea,
            reason: "Dentist\u{1b}[2J", createdBy: "lea@acme.test", createdAt: at(0)),
        OverrideView(
            id: "019a0000-0000-7000-9000-0000000000a2", schedule: primary, start: at(112),
            end: at(120), remove: ann, reason: "Holiday", createdBy: "lea@acme.test",
            createdAt: at(0)),
        OverrideView(
            id: "019a0000-0000-7000-9000-0000000000a3", schedule: primary, start: at(300),
            end: at(310), add: bea, reason: "Next month", createdBy: "lea@acme.test",
            createdAt: at(0)),
    ]

    static func driver(
        size: String = "80x24", zone: String = "Europe/Berlin", scheduleZone: String? = nil,
        isLinear: Bool = false, role: Approvals.Role = .lead
    ) throws -> Driver {
        var server = FakeServer()
        server.me.roles = [role]
        server.put(view(1))
        let wanted = scheduleZone ?? "Europe/Berlin"
        server.standing = [
            "/v1/schedules": ScheduleList(items: [
                schedule(wanted), schedule("office", "America/New_York"),
            ]).wire,
            path + "/shifts": ShiftList(items: shifts).wire,
            path + "/overrides": OverrideList(items: overrides).wire,
            path + "/swaps": SwapList().wire,
            "/v1/schedules/office/shifts": ShiftList(items: shifts).wire,
            "/v1/schedules/office/overrides": OverrideList().wire,
            "/v1/schedules/office/swaps": SwapList().wire,
        ]
        var settings = InboxSettings(isLinear: isLinear)
        settings.zone = try SystemZones().zone(zone) ?? .utc
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            server, size: GridSize(columns: sides[0], rows: sides[1]), settings: settings)
    }

    private static func schedule(_ zone: String) -> ScheduleView {
        schedule("finance-primary", zone)
    }

    static func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// The weeks that were asked for.
    private static func weeks(_ driver: Driver) -> [String] {
        driver.server.requests.map(\.target).filter { $0.contains("/shifts?") }
    }

    @Test("the schedules, and a week of one", arguments: ["60x15", "80x24", "200x50"])
    func week(_ size: String) throws {
        let driver = try Self.driver(size: size)
        driver.press("F")
        Self.check(driver, "schedules-\(size)")
        driver.press("enter")
        Self.check(driver, "week-\(size)")
        #expect(
            Self.weeks(driver) == [
                Self.path
                    + "/shifts?from=2026-05-24T22%3A00%3A00.000Z&to=2026-05-31T22%3A00%3A00.000Z"
            ])
        driver.press("esc esc")
        #expect(!driver.shows("Shifts"))
    }

    /// Other weeks and schedules take the place of this one: escape goes to the list at once.
    @Test func otherWeeks() throws {
        let driver = try Self.driver()
        driver.press("F enter ] ]")
        #expect(driver.shows("Mon 2026-06-08 – Sun 2026-06-14"))
        driver.press("[ [ [")
        #expect(driver.shows("Mon 2026-05-18 – Sun 2026-05-24"))
        #expect(Self.weeks(driver).count == 6)
        driver.press("}")
        #expect(driver.shows("Shifts of office"))
        #expect(driver.shows("times in America/New_York"))
        driver.press("shift-tab")
        #expect(driver.shows("Shifts of finance-primary"))
        driver.press("esc")
        #expect(driver.shows("Who is expected to decide."))
    }

    /// The clock is changed within a week: it ends at a midnight of the wall all the same.
    @Test func aWeekWithAChangeOfTheClock() throws {
        let driver = try Self.driver()
        driver.press("F enter")
        driver.press(Array(repeating: "]", count: 21).joined(separator: " "))
        #expect(driver.shows("Mon 2026-10-19 – Sun 2026-10-25"))
        let last = try #require(Self.weeks(driver).last)
        #expect(last.hasSuffix("from=2026-10-18T22%3A00%3A00.000Z&to=2026-10-25T23%3A00%3A00.000Z"))
    }

    /// Whoever reads it elsewhere is told so; nobody takes one wall for the other.
    @Test func anotherZone() throws {
        let driver = try Self.driver(zone: "America/New_York")
        driver.press("F enter")
        #expect(driver.shows("It is Thu 2026-05-28 22:26 there, and Thu 2026-05-28 16:26 in"))
        #expect(driver.shows("times in Europe/Berlin"))
    }

    /// A zone that this machine does not know is never guessed.
    @Test func anUnknownZone() throws {
        let driver = try Self.driver(scheduleZone: "Mars/Olympus")
        driver.press("F enter")
        #expect(driver.shows("This machine does not know Mars/Olympus: times are in"))
    }

    /// Read aloud, every stretch is a sentence of its own.
    @Test func spoken() throws {
        let driver = try Self.driver(isLinear: true)
        driver.press("F enter j j j j j j j j j")
        Self.check(driver, "week-spoken")
    }

    /// Nothing waits: the lines of a page lead on all the same.
    @Test func withAnEmptyQueue() throws {
        let driver = try Self.driver()
        driver.server.views = [:]
        driver.server.feed = []
        let empty = Driver(
            driver.server, size: GridSize(columns: 80, rows: 24), settings: driver.inbox.settings)
        empty.press("F enter")
        #expect(empty.shows("Shifts of finance-primary"))
    }

    /// The keys of weeks do nothing on other pages, and say so.
    @Test func elsewhere() throws {
        let driver = try Self.driver()
        driver.press("C ]")
        #expect(driver.sentence == "It works where a week of a schedule is shown.")
    }
}
