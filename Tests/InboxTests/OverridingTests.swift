import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: a lead changes who is on duty by keys alone, reads what comes of it before anything is
/// saved, and after a refusal finds everything as it was and knows what to do.
struct OverridingTests {
    private typealias Page = ShiftsPageTests

    private static let dentist = OverrideView(
        id: "019a0000-0000-7000-9000-0000000000b1", schedule: Page.primary, start: Page.at(94),
        end: Page.at(112), remove: Page.bea, add: "cem@acme.test", parent: Page.overrideID,
        reason: "Dentist", createdBy: "ada@acme.test", createdAt: noon)

    private static func answer(_ status: Int) -> HTTPResponse {
        let answer = OverrideAnswer(
            made: dentist, warnings: ["From Thu 22:26 coverage falls from 2 to 1."])
        return HTTPResponse(status: status, body: FakeServer.ok(answer.wire).body)
    }

    /// The answers to what is sent; what is asked is answered as ever.
    private static func opened(_ answers: [HTTPResponse], size: String = "80x24") throws -> Driver {
        let driver = try Page.driver(size: size)
        driver.press("F enter")
        driver.server.posted = answers
        return driver
    }

    private static func sent(_ driver: Driver) throws -> [JSONValue] {
        try driver.server.requests.filter { $0.method == .post && $0.target.contains("/overrides") }
            .map { try JSONValue(parsing: $0.body) }
    }

    @Test("the stretch under the cursor is changed", arguments: ["60x15", "80x24", "200x50"])
    func making(_ size: String) throws {
        let driver = try Self.opened([Self.answer(200), Self.answer(201)], size: size)
        // The cursor stands on what holds now.
        driver.press("enter")
        Page.check(driver, "override-form-\(size)")
        driver.press(#"down "cem@acme.test" down down down "Dentist" enter tab enter"#)
        Page.check(driver, "override-consequences-\(size)")
        let first = try #require(try Self.sent(driver).first)
        #expect(first["preview"] == true && first["remove"] == "bea@acme.test")
        #expect(first["add"] == "cem@acme.test" && first["reason"] == "Dentist")
        #expect(first["parent"] == .string(Page.overrideID), "it replaces who came by it")
        #expect(first["end"] == "2026-05-28T22:00:00.000Z")
        driver.press("tab enter")
        let all = try Self.sent(driver)
        #expect(all.count == 2 && all.last?["preview"] == nil)
        #expect(driver.sentence.hasPrefix("Made: cem@acme.test for bea@acme.test"))
        #expect(driver.sentence.contains("coverage falls from 2 to 1"))
        #expect(!driver.shows("Who goes"))
    }

    @Test func cancellingSavesNothing() throws {
        let driver = try Self.opened([Self.answer(200)])
        driver.press(#"enter down "cem@acme.test" down down down "x" enter tab enter esc"#)
        #expect(try Self.sent(driver).count == 1)
        #expect(driver.shows("cem@acme.test") && driver.shows("Who comes"), "as it was filled in")
    }

    /// Somebody was faster: what stands in the way, whose it is, and what to do.
    @Test func aConflictNamesTheOther() throws {
        let detail = "the override \(Page.overrideID) shares a person and an hour with it"
        let driver = try Self.opened([FakeServer.problem(409, "conflict", detail)])
        let before = driver.server.requests.count { $0.target.contains("/shifts?") }
        driver.press(#"enter down "cem@acme.test" down down down "x" enter tab enter"#)
        #expect(driver.shows("Nothing was changed: it collides with"), "\(driver.text)")
        #expect(driver.shows("cem@acme.test"))
        driver.press("esc")
        #expect(driver.server.requests.count { $0.target.contains("/shifts?") } == before + 1)
    }

    /// What the server refuses about a field is said there, and the form stays as it was.
    @Test func aRefusalGoesToItsField() throws {
        let problem = FakeServer.problem(
            422, "invalid", "The body is wrong.",
            fields: [FieldProblemBody(field: "/add", detail: "must be an approver or a lead")])
        let driver = try Self.opened([problem])
        driver.press(#"enter down "zoe@acme.test" down down down "x" enter tab enter"#)
        #expect(driver.shows("must be an approver or a lead"))
        driver.press("ctrl-u")
        #expect(!driver.shows("zoe@acme.test"), "the cursor is in that field")
    }

    /// What is wrong is said before the server is asked.
    @Test(arguments: [
        (#"enter ctrl-u down down down down "x" enter"#, "Say who goes, who comes, or both."),
        (#"enter down down down ctrl-u "soon" down "x" enter"#, "Until is no time"),
        (#"enter down down down ctrl-u "2026-05-01T09:00" down "x" enter"#, "It must end after"),
        (#"enter down down down down enter"#, "Why is missing."),
    ])
    func whatIsWrong(_ keys: String, _ sentence: String) throws {
        let driver = try Self.opened([])
        driver.press(keys)
        driver.press("tab enter")
        #expect(driver.shows(sentence), "\(driver.text)")
        #expect(try Self.sent(driver).isEmpty)
    }

    /// What hangs on an override is named before it goes with it.
    @Test func takingBack() throws {
        let driver = try Self.opened([])
        driver.server.standing[Page.path + "/overrides"] =
            OverrideList(items: Page.overrides + [Self.dentist]).wire
        driver.press("ctrl-r G")
        for _ in 0..<40 where !driver.shows("▸   Thu 2026-05-28 09:00") { driver.press("k") }
        driver.press("enter")
        #expect(driver.shows("bea@acme.test for ann@acme.test, Thu 2026-05-28 09:00"))
        #expect(driver.text.joined(separator: "\n").contains("hangs on"), "\(driver.text)")
        #expect(driver.shows("cem@acme.test"))
        driver.press("esc")
        #expect(driver.server.requests.allSatisfy { $0.method != .delete })
        driver.server.posted = [HTTPResponse(status: 204)]
        driver.press("enter tab enter")
        let deleted = driver.server.requests.filter { $0.method == .delete }
        #expect(deleted.map(\.target) == ["/v1/overrides/\(Page.overrideID)"])
        #expect(driver.sentence == "Taken back: bea@acme.test for ann@acme.test.")
    }

    /// A line that breaks says whether it may have happened.
    @Test func nobodyKnows() throws {
        let driver = try Self.opened([Self.answer(200)])
        driver.press(#"enter down "cem@acme.test" down down down "x" enter tab enter"#)
        driver.line = .deaf
        driver.press("tab enter")
        #expect(driver.shows("Nobody knows whether it arrived"), "\(driver.text)")
    }

    @Test func whoReadsChangesNothing() throws {
        let driver = try Page.driver(role: .approver)
        driver.press("F enter j j j j j j j j j j enter")
        #expect(driver.sentence == "This line is only to be read.")
        #expect(!driver.shows("> Change who is on duty"))
    }
}
