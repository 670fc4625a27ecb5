import Approvals
import GoldenTesting
import Inbox
import TextGrid
import Testing
import WireAPI

/// Goal: somebody sees whether they are expected to decide, and goes off shift with one key, the
/// hand-over read first and nothing shown as done before the server said so.
struct ShiftTests {
    private static func driver(
        _ duty: DutyView?, _ answers: [(String, HTTPResponse)] = [], columns: Int = 80
    ) -> Driver {
        var server = FakeServer()
        server.me.duty = duty
        server.put(view(1))
        server.scripted = answers
        return Driver(server, size: GridSize(columns: columns, rows: 24))
    }

    private static func duty(_ isOn: Bool, handedOver: Int = 0) -> DutyView {
        DutyView(
            isOn: isOn, until: isOn ? noon.adding(seconds: 12_600) : nil,
            next: isOn ? nil : noon.adding(seconds: 3 * 86_400), handedOver: handedOver)
    }

    private static func answer(_ sentence: String, _ warnings: [String] = []) -> HTTPResponse {
        FakeServer.ok(
            ShiftChangeAnswer(
                isOn: false, handedOver: [approvalID(1).rawValue], to: ["bo@acme.test"],
                sentence: sentence, warnings: warnings
            ).wire)
    }

    private static func sent(_ driver: Driver) -> [String] {
        driver.server.requests.filter { $0.method == .post && $0.target.hasSuffix("-shift") }
            .map { "\($0.target) \(String(decoding: $0.body, as: UTF8.self))" }
    }

    @Test func theHeaderSaysIt() {
        let wide = Self.driver(Self.duty(true, handedOver: 2), columns: 200)
        let head = wide.text.first ?? ""
        #expect(head.contains("on shift, 3 h left") && head.contains(", 2 handed over"), "\(head)")
        #expect(Self.driver(Self.duty(false)).shows("off shift, next in 3 d"))
        #expect(!Self.driver(nil).shows("shift"))
    }

    @Test func goingOffShiftShowsTheHandOverFirst() {
        let driver = Self.driver(
            Self.duty(true),
            [
                ("/v1/me/off-shift", Self.answer("You would be off shift.", ["Nobody is left."])),
                ("/v1/me/off-shift", Self.answer("You are off shift.")),
            ])
        driver.press("O")
        #expect(Self.sent(driver) == [#"/v1/me/off-shift {"preview":true}"#])
        #expect(driver.shows("You would be off shift. Nobody is left. Go off shift?"))
        let difference = Golden.difference(driver.draw(), "off-shift-80x24")
        #expect(difference == nil, "\(difference ?? "")")
        driver.press("esc")
        #expect(Self.sent(driver).count == 1, "nothing was done")
        driver.server.scripted.insert(
            ("/v1/me/off-shift", Self.answer("You would be off shift.")), at: 0)
        driver.press("O")
        driver.advance(1_000)
        driver.press("y")
        #expect(Self.sent(driver).last == "/v1/me/off-shift {}")
        #expect(driver.sentence.contains("You are off shift."))
    }

    @Test func comingBackIsAskedFirst() {
        let driver = Self.driver(
            Self.duty(false), [("/v1/me/on-shift", Self.answer("You are on shift again."))])
        driver.press("O")
        #expect(Self.sent(driver).isEmpty && driver.shows("Come back on shift?"))
        driver.advance(1_000)
        driver.press("y")
        #expect(Self.sent(driver) == ["/v1/me/on-shift "])
        #expect(driver.sentence.contains("You are on shift again."))
    }

    @Test func whatTheServerRefusesIsSaid() {
        let driver = Self.driver(
            Self.duty(true),
            [("/v1/me/off-shift", FakeServer.problem(409, "conflict", "you are on no shift"))])
        driver.press("O")
        #expect(driver.sentence.contains("you are on no shift"))
        let without = Self.driver(nil)
        without.press("O")
        #expect(without.sentence.contains("No schedule plans shifts of yours."))
        #expect(Self.sent(without).isEmpty)
    }
}
