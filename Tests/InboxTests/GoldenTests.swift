import Approvals
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What people see, at the sizes at which they see it. Read the difference before you accept it.
struct GoldenTests {
    static let sizes = ["60x15", "80x24", "120x40", "200x50"]

    private func driver(_ size: String, _ settings: InboxSettings = InboxSettings()) -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            Self.views, size: GridSize(columns: sides[0], rows: sides[1]), settings: settings)
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("the queue, with the detail where there is room", arguments: sizes)
    func queue(_ size: String) {
        check(driver(size), "queue-\(size)")
    }

    @Test("locked: numbers, why, and how to go on", arguments: sizes)
    func locked(_ size: String) {
        let settings: [(String, InboxSettings.Unlocking)] = [
            ("token", .token), ("passphrase", .passphrase), ("command", .command("pass")),
        ]
        for (name, unlocking) in settings {
            let driver = driver(size, InboxSettings(unlocking: unlocking))
            driver.press("L")
            if unlocking == .passphrase {
                driver.press(#""wrong" enter"#)
                driver.tell(.tokenRead(TokenRefusal("That is not it.", isWrong: true)))
                driver.press(#""next""#)
            }
            check(driver, "locked-\(name)-\(size)")
        }
    }

    @Test("a table of many that needs a code", arguments: ["60x15", "80x24"])
    func tableWithCode(_ size: String) {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        var coded = view(1, risk: .low)
        coded.stepUp = .required
        let driver = Driver(
            [coded, view(2, risk: .low, minutes: 20), view(3, risk: .critical, minutes: 30)],
            size: GridSize(columns: sides[0], rows: sides[1]))
        driver.press(#"* a a tab "123""#)
        check(driver, "table-code-\(size)")
    }

    @Test("the detail with the focus", arguments: sizes)
    func detail(_ size: String) {
        let driver = driver(size)
        driver.press("enter pgdn")
        check(driver, "detail-\(size)")
    }

    @Test("the editor, with a value being typed that the schema refuses", arguments: sizes)
    func editor(_ size: String) {
        let driver = driver(size)
        driver.press(#"e j j enter ctrl-u "999999""#)
        check(driver, "editor-\(size)")
    }

    @Test("the diff: one column or two", arguments: sizes)
    func diff(_ size: String) {
        let driver = driver(size)
        driver.press(#"e j j enter ctrl-u "50000" enter G x k k k x o "note" enter "ok" enter d"#)
        check(driver, "diff-\(size)")
    }

    @Test("the question before an approval with edits", arguments: sizes)
    func approve(_ size: String) {
        let driver = driver(size)
        driver.press("enter pgdn pgdn pgdn pgdn pgdn pgdn pgdn esc")
        driver.press(#"e j j enter ctrl-u "50000" enter esc a"#)
        check(driver, "approve-\(size)")
    }

    @Test("the question before a rejection", arguments: ["60x15", "80x24"])
    func reject(_ size: String) {
        let driver = driver(size)
        driver.press(#"r "twice already""#)
        check(driver, "reject-\(size)")
    }

    @Test("offline, with a draft", arguments: ["60x15", "80x24", "120x40"])
    func offline(_ size: String) {
        let driver = driver(size)
        driver.line = .down
        driver.advance(130_000)
        driver.press(#"j r "not now" enter y"#)
        check(driver, "offline-\(size)")
    }

    @Test("somebody else decided, and one expired", arguments: ["80x24"])
    func settled(_ size: String) {
        let driver = driver(size)
        driver.server.change(2) { view in
            view.state = .approved
            view.settledAt = noon
            view.decisions = [
                DecisionView(verdict: .approve, by: "ben@acme.test", at: noon, revision: 1)
            ]
        }
        driver.news()
        driver.advance(50_000)
        check(driver, "settled-\(size)")
    }

    @Test("a filter and arrivals")
    func filter() {
        let driver = driver("80x24")
        driver.press(#"j / "s""#)
        driver.server.put(view(9, tool: "drop_users", risk: .critical, minutes: 1))
        driver.news()
        check(driver, "filter-80x24")
    }

    @Test("marked rows, and keys that stand for all of them", arguments: sizes)
    func marks(_ size: String) {
        let driver = driver(size)
        driver.press("space space")
        check(driver, "marks-\(size)")
    }

    @Test("groups, one of them folded", arguments: sizes)
    func grouped(_ size: String) {
        let driver = driver(size)
        driver.server.put(view(5, minutes: 2))
        driver.server.put(view(6, tool: "send_email", risk: .high, minutes: 8))
        driver.news()
        driver.press("ctrl-r b j j z k")
        check(driver, "grouped-\(size)")
    }

    @Test("a query being typed: what could come, and what is wrong", arguments: sizes)
    func query(_ size: String) {
        let driver = driver(size)
        driver.press(#"/ "risk>=med tool:""#)
        check(driver, "completion-\(size)")
        driver.press(#"ctrl-u "risk>=med lft<5m""#)
        check(driver, "bad-query-\(size)")
    }

    @Test("the list of views", arguments: sizes)
    func views(_ size: String) {
        let driver = driver(
            size,
            InboxSettings(views: [SavedView(name: "night", query: "left<15m risk>=high by:tool")]))
        driver.press("f down")
        check(driver, "views-\(size)")
    }

    /// Many rows: one of high risk, one with an edit, one of somebody else, and short ones.
    private func marked(_ size: String, _ settings: InboxSettings = InboxSettings()) -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        var theirs = view(12, tool: "close_account", summary: nil, risk: .low, minutes: 44)
        theirs.youCanDecide = false
        theirs.whyNot = "It is your own run."
        let short = (5...9).map { number in
            view(
                number, tool: "issue_refund",
                arguments: [
                    "amount_cents": .number(JSONNumber(number * 500)),
                    "customer_id": .string("cus_9\(number)"),
                ], summary: "second charge", risk: .low, minutes: number * 5)
        }
        return Driver(
            Self.views + short + [theirs],
            size: GridSize(columns: sides[0], rows: sides[1]), settings: settings)
    }

    @Test("the table of many before it is confirmed", arguments: sizes)
    func bulk(_ size: String) {
        let driver = marked(size)
        driver.press("* a a j j space")
        check(driver, "bulk-\(size)")
        driver.press("g enter")
        check(driver, "bulk-open-\(size)")
    }

    @Test("what became of many", arguments: sizes)
    func bulkAnswers(_ size: String) {
        let driver = marked(size)
        driver.press("* a a pgdn pgdn pgdn pgdn pgdn")
        driver.server.views[approvalID(5)]?.revision = 2
        driver.server.views[approvalID(5)]?.risk = .high
        driver.server.views[approvalID(7)]?.state = .rejected
        driver.server.views[approvalID(7)]?.decisions = [
            DecisionView(verdict: .reject, by: "ben@acme.test", at: noon, revision: 1)
        ]
        driver.press("y")
        check(driver, "bulk-answers-\(size)")
    }

    @Test("many are rejected for one reason that is chosen", arguments: sizes)
    func bulkReject(_ size: String) {
        let driver = marked(size, Self.reasons)
        driver.press("* a r down down")
        check(driver, "bulk-reject-\(size)")
    }

    @Test("a reason is chosen for one", arguments: sizes)
    func reasons(_ size: String) {
        let driver = driver(size, Self.reasons)
        driver.press("r down down")
        check(driver, "reject-reasons-\(size)")
    }

    @Test("a decision that can still be taken back", arguments: sizes)
    func undo(_ size: String) {
        let driver = marked(size, InboxSettings(undoSeconds: 10))
        driver.press(#"G k r "no" enter y"#)
        check(driver, "undo-\(size)")
        driver.advance(11_000)
        driver.press("esc esc * a a pgdn pgdn pgdn pgdn pgdn y")
        check(driver, "bulk-undo-\(size)")
    }

    private static let reasons = InboxSettings(rejectReasons: [
        "This was refunded before.", "Ask the customer first.", "The amount is wrong.",
        "Not during the freeze; ask again on Monday.",
    ])

    @Test("only ASCII")
    func ascii() {
        check(driver("80x24", InboxSettings(repertoire: .ascii)), "ascii-80x24")
    }

    @Test("few bytes: a pointer instead of a reversed row, a clock only where the cursor is")
    func lowBandwidth() {
        check(driver("80x24", InboxSettings(isLowBandwidth: true)), "low-bandwidth-80x24")
    }

    @Test("too small for anything but a sentence", arguments: ["39x10", "40x9", "12x3", "1x1"])
    func tiny(_ size: String) {
        check(driver(size), "tiny-\(size)")
    }

    @Test("nothing waits")
    func empty() {
        check(Driver(FakeServer(), size: GridSize(columns: 80, rows: 24)), "empty-80x24")
    }

    static let views: [ApproverView] = [
        view(
            1,
            arguments: json(
                #"""
                {"customer_id": "cus_91", "amount_cents": 184000,
                 "recipient": {"iban": {"$redacted": "r1"}, "name": "Zoë"},
                 "reason": "duplicate charge\u202e", "tags": ["vip", "eu"]}
                """#),
            redacted: [RedactedBody(pointer: "/recipient/iban", handle: "r1", kind: "string")],
            schema: json(
                #"""
                {"properties": {"customer_id": {"type": "string", "maxLength": 6},
                  "amount_cents": {"type": "integer", "maximum": 184000}}}
                """#),
            summary: "€1,840.00 to cus_91 (dup?)",
            reason: "Customer charged twice; second charge 1840.00", risk: .high, minutes: 1),
        view(
            2, tool: "db.execute", arguments: ["sql": "DELETE FROM sessions WHERE age > 30"],
            summary: "DELETE FROM sessions WHERE …", agent: "janitor", minutes: 3),
        view(
            3, tool: "send_email", summary: "to 2,140 recipients", agent: "campaigner", risk: .low,
            minutes: 7),
        view(
            4, tool: "dns.update\u{1B}[2J", summary: "a\u{202E}b\nc", agent: "netops",
            risk: .critical, minutes: 190),
    ]
}
