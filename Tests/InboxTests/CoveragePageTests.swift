import Approvals
import GoldenTesting
import Inbox
import SystemClock
import TextGrid
import Testing
import WireAPI
import ZoneTime

/// Goal: who can decide in the days to come is seen at a glance, and what is missing with what
/// would help, with and without colour.
struct CoveragePageTests {
    private static let finance = GroupName("finance").unsafelyKnown

    private static func at(_ hours: Int) -> Timestamp { noon.adding(seconds: hours * 3_600) }

    private static let coverage = CoverageView(
        from: noon, to: at(14 * 24),
        rows: [
            CoverageRowView(
                rule: "on-call (tenant default)", group: GroupName("on-call").unsafelyKnown,
                spans: [
                    CoverageSpanView(
                        start: noon, end: at(14 * 24),
                        who: [ada.name, "bo@acme.test", "cem@acme.test", "di@acme.test", "e@x"],
                        isGap: false)
                ]),
            CoverageRowView(
                rule: "refunds#large\u{1b}[2J", group: finance,
                schedule: GroupName("finance-week").unsafelyKnown,
                spans: [
                    CoverageSpanView(
                        start: noon, end: at(30), who: ["bea@acme.test"], isGap: false),
                    CoverageSpanView(
                        start: at(30), end: at(93), isGap: true,
                        sentence: "Sat 04:26 – Mon 19:26 UTC: nobody of finance is on duty.",
                        closes: "Put somebody on duty in the schedule finance-week."),
                    CoverageSpanView(
                        start: at(93), end: at(14 * 24), who: ["bea@acme.test"], isGap: false),
                ]),
        ], gaps: 1)

    private static func driver(_ answer: HTTPResponse, size: String) throws -> Driver {
        var server = FakeServer()
        server.put(view(1))
        server.scripted = [("/v1/coverage", answer)]
        var settings = InboxSettings()
        settings.zone = try SystemZones().zone("Europe/Berlin") ?? .utc
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            server, size: GridSize(columns: sides[0], rows: sides[1]), settings: settings)
    }

    @Test(arguments: ["60x15", "80x24", "200x50"])
    func whoCanDecide(_ size: String) throws {
        let driver = try Self.driver(FakeServer.ok(Self.coverage.wire), size: size)
        driver.press("C")
        #expect(driver.server.requests.contains { $0.target == "/v1/coverage?days=14" })
        let difference = Golden.difference(driver.draw(), "coverage-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
        driver.press("C")
        #expect(driver.sentence.contains("This is the coverage."))
        driver.press("esc")
        #expect(!driver.shows("Coverage"))
    }

    /// Goal: a control plane that does not know of it is no empty coverage.
    @Test func anOlderControlPlaneSaysSo() throws {
        let answer = FakeServer.problem(404, "not-found", "There is no such thing.")
        let driver = try Self.driver(answer, size: "80x24")
        driver.press("C")
        #expect(driver.shows("There is no such thing."))
        #expect(!driver.shows("can decide at every hour"))
    }
}
