import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: a lead changes who takes turns by keys alone, reads what is different before it is saved,
/// and somebody who was faster is never overwritten.
struct RotationPageTests {
    private typealias Page = ShiftsPageTests

    private static func opened(_ answers: [HTTPResponse] = []) throws -> Driver {
        let driver = try Page.driver()
        driver.press("F enter")
        driver.server.posted = answers
        driver.press("G enter")
        return driver
    }

    private static func puts(_ driver: Driver) throws -> [JSONValue] {
        try driver.server.requests.filter { $0.method == .put }
            .map { try JSONValue(parsing: $0.body) }
    }

    @Test func changing() throws {
        let view = Page.schedule("finance-primary", "Europe/Berlin")
        let driver = try Self.opened([FakeServer.ok(view.wire)])
        Page.check(driver, "rotation-form-80x24")
        driver.press(#"", cem@acme.test" down down down "9h" down "FREQ=DAILY" enter tab enter"#)
        #expect(try Self.puts(driver).isEmpty, "nothing is saved before the answer")
        Page.check(driver, "rotation-consequences-80x24")
        driver.press("tab", pause: 600)
        driver.press("enter")
        let body = try #require(try Self.puts(driver).first)
        #expect(body["version"] == 3 && body["zone"] == "Europe/Berlin")
        let turns = try #require(try ScheduleBody(wire: body).rotations.first)
        #expect(turns.people == [Page.ann, Page.bea, "cem@acme.test"])
        #expect(turns.lengthSeconds == 32_400 && turns.repeats == "FREQ=DAILY")
        #expect(turns.start == "2026-05-25T09:00:00" && turns.recurrence == "FREQ=WEEKLY")
        #expect(driver.sentence == "Saved: the schedule is changed from now on.")
    }

    @Test(arguments: [
        ("enter enter enter enter enter", "You changed nothing."),
        (#"down ctrl-u "soon" enter enter enter enter"#, "The first turn begins at a time"),
        (#"down down down "long" enter enter"#, "The length is written 9h"),
        (#"ctrl-u "," enter enter enter enter enter"#, "Nobody is named."),
    ])
    func whatIsWrong(_ keys: String, _ sentence: String) throws {
        let driver = try Self.opened()
        driver.press(keys)
        driver.press("tab enter")
        #expect(driver.shows(sentence), "\(driver.text)")
        #expect(try Self.puts(driver).isEmpty)
    }

    /// Who was faster, and what to do; what was typed stays.
    @Test func aConflict() throws {
        let detail = "lea@acme.test changed the schedule: it is at version 4 now"
        let driver = try Self.opened([FakeServer.problem(409, "conflict", detail)])
        driver.press(#"", cem@acme.test" enter enter enter enter enter tab enter"#)
        driver.press("tab", pause: 600)
        driver.press("enter")
        #expect(driver.shows("Nothing was changed: lea@acme.test"))
        #expect(driver.shows("cem@acme.test"))
    }
}
