import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: people offer hours of theirs, take those of others and undo it, by keys alone and after
/// reading what it means; a refusal changes nothing.
struct SwapPageTests {
    private typealias Page = ShiftsPageTests

    private static func swap(
        _ number: Int, give: String, take: String? = nil, state: String = "open",
        takenBy: String? = nil, hasReturn: Bool = false
    ) -> SwapView {
        SwapView(
            id: approvalID(800 + number).rawValue, schedule: Page.primary, start: Page.at(120),
            end: Page.at(128), give: give, take: take,
            returnStart: hasReturn ? Page.at(150) : nil, returnEnd: hasReturn ? Page.at(158) : nil,
            reason: "Dentist", state: state, takenBy: takenBy, createdAt: noon)
    }

    private static func opened(
        _ swaps: [SwapView] = [], _ answers: [HTTPResponse] = [], size: String = "80x24",
        role: Approvals.Role = .approver
    ) throws -> Driver {
        let driver = try Page.driver(size: size, role: role)
        driver.server.standing[Page.path + "/swaps"] = SwapList(items: swaps).wire
        driver.press("F enter")
        driver.server.posted = answers
        return driver
    }

    private static func changes(_ driver: Driver) -> [String] {
        driver.server.requests.filter { $0.method != .get && $0.target.contains("swaps") }
            .map { "\($0.method.rawValue) \($0.target)" }
    }

    @Test("the offers of a week", arguments: ["60x15", "80x24", "200x50"])
    func list(_ size: String) throws {
        let swaps = [
            Self.swap(1, give: Page.bea, hasReturn: true),
            Self.swap(2, give: ada.name, take: Page.bea, state: "taken", takenBy: Page.bea),
            Self.swap(3, give: Page.ann, state: "lapsed"),
        ]
        let driver = try Self.opened(swaps, size: size)
        driver.press("G")
        Page.check(driver, "swaps-\(size)")
    }

    @Test func offering() throws {
        let answer = SwapAnswer(swap: Self.swap(1, give: ada.name))
        let driver = try Self.opened(
            [], [HTTPResponse(status: 201, body: FakeServer.ok(answer.wire).body)])
        driver.press("ctrl-r g g")
        for _ in 0..<40 where !driver.shows("▸ > Offer hours") { driver.press("j") }
        driver.press("enter")
        #expect(driver.shows("Offer hours of yours"))
        driver.press(#""bea@acme.test" down ctrl-u "2026-05-30T09:00" down ctrl-u "8h" down"#)
        driver.press(#"down down "Dentist" enter tab enter"#)
        #expect(driver.shows("You offer Sat 2026-05-30 09:00 – 17:00"))
        #expect(Self.changes(driver).isEmpty, "nothing is sent before the answer")
        driver.press("tab", pause: 600)
        driver.press("enter")
        #expect(Self.changes(driver) == ["POST \(Page.path)/swaps"])
        let sent = try #require(driver.server.requests.last { $0.method == .post })
        let body = try JSONValue(parsing: sent.body)
        #expect(body["take"] == "bea@acme.test" && body["return_start"] == nil)
        #expect(body["start"] == "2026-05-30T07:00:00.000Z")
        #expect(driver.sentence == "Offered. Nothing changes until somebody takes it.")
    }

    @Test(
        "what can be done with an offer",
        arguments: [
            ("open", Page.bea, nil, Approvals.Role.approver, "POST", "/take"),
            ("open", ada.name, nil, .approver, "DELETE", ""),
            ("taken", Page.bea, ada.name, .approver, "DELETE", ""),
            ("taken", Page.bea, Page.ann, .lead, "DELETE", ""),
        ] as [(String, String, String?, Approvals.Role, String, String)])
    func answering(
        _ state: String, _ give: String, _ taker: String?, _ role: Approvals.Role,
        _ method: String, _ end: String
    ) throws {
        let swap = Self.swap(1, give: give, state: state, takenBy: taker)
        let driver = try Self.opened(
            [swap], [FakeServer.ok(SwapAnswer(swap: swap).wire)], role: role)
        driver.press("G")
        let name = state == "open" ? "  open  " : "  taken  "
        for _ in 0..<40 where !driver.shows("▸ \(name)") { driver.press("k") }
        driver.press("enter")
        #expect(Self.changes(driver).isEmpty)
        driver.press("tab", pause: 600)
        driver.press("enter")
        #expect(Self.changes(driver) == ["\(method) /v1/swaps/\(swap.id)\(end)"])
    }

    /// Who has nothing to do with an offer is offered nothing that would be refused.
    @Test func others() throws {
        let swap = Self.swap(1, give: Page.bea, take: Page.ann)
        let driver = try Self.opened([swap])
        driver.press("G")
        for _ in 0..<40 where !driver.shows("▸   open  ") { driver.press("k") }
        driver.press("enter")
        #expect(driver.sentence == "This line is only to be read.")
    }

    /// Somebody was faster: nothing is shown as done.
    @Test func refused() throws {
        let problem = FakeServer.problem(409, "conflict", "the offer is taken")
        let driver = try Self.opened([Self.swap(1, give: Page.bea)], [problem])
        driver.press("G")
        for _ in 0..<40 where !driver.shows("▸   open  ") { driver.press("k") }
        driver.press("enter")
        driver.press("tab", pause: 600)
        driver.press("enter")
        #expect(driver.sentence.hasPrefix("Nothing was changed: the offer is taken."))
    }
}
