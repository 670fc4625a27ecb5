import Approvals
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: an approval stands for longer only when somebody chose it and read what that means, and
/// what runs without asking can be seen and taken back.
struct GrantTests {
    static func grant(
        _ number: Int, tool: String = "issue_refund", minutes: Int = 42, uses: Int = 3,
        usesLeft: Int? = 7, state: GrantState = .active, bounds: [GrantBoundView] = bounds
    ) -> GrantView {
        guard let id = GrantID("019a0000-0000-7000-9000-00000000000\(number)") else {
            preconditionFailure("it is well formed")
        }
        return GrantView(
            id: id, tool: tool, agent: PartyBody(id: "a", name: "support-bot"), scope: .agent,
            group: group("finance"), risk: .medium, rule: "refunds#large", bounds: bounds,
            grantedBy: "ada@acme.test", grantedAt: noon, fromApproval: approvalID(1),
            expiresAt: noon.adding(seconds: minutes * 60), uses: uses, usesLeft: usesLeft,
            lastUsedAt: noon, state: state)
    }

    static let bounds = [
        GrantBoundView(pointer: "/amount_cents", max: 50_000),
        GrantBoundView(pointer: "/customer_id", equals: "cus_91"),
        GrantBoundView(pointer: "/recipient/iban", same: true),
    ]

    private func driver(_ size: String, _ views: [ApproverView] = GoldenTests.views) -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(views, size: GridSize(columns: sides[0], rows: sides[1]))
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// One call, seen whole, and the question about it.
    private func asked(_ size: String, _ view: ApproverView) -> Driver {
        let driver = driver(size, [view])
        driver.press("enter pgdn pgdn esc a")
        return driver
    }

    @Test("nothing is granted unless it is chosen")
    func neverByItself() {
        let driver = asked("80x24", view(1, risk: .low))
        driver.press("y")
        #expect(driver.server.decided.count == 1)
        #expect(driver.server.decided.first?.body.grant == nil)
    }

    @Test("each press is for longer, and the last one for this call alone")
    func lengthening() {
        for (presses, seconds) in [(1, 900), (2, 3_600), (3, 14_400), (4, 86_400), (5, nil)] {
            let driver = asked("80x24", view(1, risk: .low))
            driver.press(Array(repeating: "g", count: presses).joined(separator: " ") + " y")
            #expect(driver.server.decided.first?.body.grant?.seconds == seconds)
        }
    }

    @Test("how often and what may differ is typed, and said before it is sent")
    func bounds() {
        let driver = asked("80x24", view(1, risk: .low))
        driver.press(#"g g tab tab tab "5" tab "amount_cents<=200000" enter"#)
        #expect(driver.shows("5 times at most"))
        #expect(driver.shows("/amount_cents is at most 200000"))
        driver.press("y")
        let grant = driver.server.decided.first?.body.grant
        #expect(grant?.uses == 5 && grant?.seconds == 3_600)
        #expect(grant?.bounds == [GrantBoundBody(pointer: "/amount_cents", max: 200_000)])
        #expect(driver.sentence.contains("calls like it run for 1 h"))
    }

    @Test(
        "what is not understood is not sent",
        arguments: ["amount_cents", "nothing=1", "customer_id<=5", "amount_cents<=much"])
    func wrongBounds(_ text: String) {
        let driver = asked("80x24", view(1, risk: .low))
        driver.press(#"g tab tab tab tab "\#(text)" enter y"#)
        #expect(driver.server.decided.isEmpty)
    }

    @Test("a call of critical risk, and one that several decide, stand for themselves")
    func obstacles() {
        var many = view(1, risk: .low)
        many.requirement.quorum = 2
        for view in [many, view(1, risk: .critical)] {
            let driver = asked("80x24", view)
            if view.risk == .critical { driver.press("tab tab") }
            driver.press("g")
            #expect(driver.shows("decide such calls") || driver.shows("always ask a person"))
        }
    }

    @Test("the server says no: nothing was decided, and it says why")
    func refused() {
        let driver = asked("80x24", view(1, risk: .low))
        driver.server.scripted.append(
            (
                "/v1/approvals/\(approvalID(1))/decision",
                FakeServer.problem(
                    422, "invalid", "It is wrong.",
                    fields: [
                        FieldProblemBody(field: "/grant", detail: "a reason is wanted each time")
                    ])
            ))
        driver.press("g y")
        #expect(
            driver.sentence == "Not decided: the grant: a reason is wanted each time. Look again.")
        #expect(driver.server.decided.isEmpty)
    }

    @Test("the question with a grant chosen", arguments: ["60x15", "80x24", "200x50"])
    func dialog(_ size: String) {
        let driver = asked(size, view(1, summary: "€1,840.00 to cus_91", risk: .high, minutes: 4))
        driver.press(#"tab tab g g tab tab tab tab "5" tab "amount_cents<=200000""#)
        check(driver, "grant-question-\(size)")
    }

    @Test("the question before anything is chosen", arguments: ["60x15", "80x24"])
    func plainDialog(_ size: String) {
        check(asked(size, view(1, risk: .low, minutes: 4)), "grant-offered-\(size)")
    }

    private func listed(_ size: String) -> Driver {
        let driver = driver(size)
        driver.server.grants = [
            Self.grant(
                3, tool: "send_email", minutes: -3, uses: 0, usesLeft: nil, state: .expired,
                bounds: []),
            Self.grant(1),
            Self.grant(2, tool: "db.execute\u{1B}[2J", minutes: 9, uses: 0, usesLeft: nil),
        ]
        driver.press("S")
        return driver
    }

    @Test("the grants", arguments: GoldenTests.sizes)
    func list(_ size: String) {
        let driver = listed(size)
        driver.press("j")
        check(driver, "grants-\(size)")
    }

    @Test("one grant whole", arguments: ["60x15", "80x24"])
    func whole(_ size: String) {
        let driver = listed(size)
        driver.press("j enter")
        check(driver, "grant-whole-\(size)")
    }

    @Test("no grant: what one is for", arguments: ["60x15", "80x24"])
    func empty(_ size: String) {
        let driver = driver(size)
        driver.press("S")
        check(driver, "grants-empty-\(size)")
    }

    @Test("one is taken back, with a reason")
    func revoking() {
        let driver = listed("80x24")
        driver.press(#"r "the customer called" enter y"#)
        let revoked = driver.server.grants.filter { $0.state == .revoked }
        #expect(revoked.map(\.reason) == ["the customer called"])
        #expect(revoked.first?.tool.hasPrefix("db.execute") == true)
        #expect(driver.sentence.hasPrefix("Taken back"))
        driver.press("r")
        #expect(driver.sentence.contains("holds no more"))
        driver.press("q")
        #expect(driver.inbox.screen == .queue)
    }

    @Test("the question before one is taken back", arguments: ["60x15", "80x24"])
    func revokeDialog(_ size: String) {
        let driver = listed(size)
        driver.press(#"j r "wrong customer""#)
        check(driver, "grant-revoke-\(size)")
    }

    @Test("the queue is one key away")
    func back() {
        let driver = listed("80x24")
        driver.press("ctrl-r enter Q")
        #expect(driver.inbox.screen == .queue)
    }
}
