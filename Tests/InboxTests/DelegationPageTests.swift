import Approvals
import Cryptography
import GoldenTesting
import Inbox
import JSONTree
import SystemClock
import TextGrid
import Testing
import WireAPI
import ZoneTime

/// Goal: authority is lent, seen and taken back by keys alone, and what comes of it is read before
/// anything is saved.
struct DelegationPageTests {
    private static let bea = "bea@acme.test"

    private static func delegation(
        _ number: Int, from grantor: String = ada.name, to delegate: String = bea,
        state: String = "active", scope: [String] = ["tool:issue_refund"], days: Int = 3
    ) -> DelegationView {
        DelegationView(
            id: approvalID(900 + number).rawValue, grantor: grantor,
            grantorID: MemberID("019a0000-0000-7000-8000-00000000ada0").unsafelyKnown,
            delegate: delegate, start: noon, end: noon.adding(seconds: days * 86_400),
            state: state, scope: scope, ceiling: .high, mode: "parallel", newOnly: false,
            reason: "Holiday", createdBy: grantor, createdAt: noon,
            revokedBy: state == "revoked" ? "lea@acme.test" : nil,
            revokedAt: state == "revoked" ? noon.adding(seconds: 60) : nil,
            digest: SHA256.hash([UInt8(number)]))
    }

    private static let list = DelegationList(items: [
        delegation(1), delegation(2, from: "cem@acme.test", to: ada.name, scope: ["all"]),
        delegation(
            3, from: "cem@acme.test", state: "coming", scope: ["tool:deploy", "group:ops"], days: 9
        ),
        delegation(4, state: "revoked"),
    ])

    private static func berlin() throws -> Zone {
        try SystemZones().zone("Europe/Berlin") ?? .utc
    }

    private static func driver(
        _ answers: [(String, HTTPResponse)] = [], size: String = "80x24",
        role: Approvals.Role = .lead, settings: InboxSettings = InboxSettings()
    ) throws -> Driver {
        var server = FakeServer()
        server.me.roles = [role]
        server.put(view(1))
        server.scripted = answers
        server.delegations = list
        var settings = settings
        settings.zone = try berlin()
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(
            server, size: GridSize(columns: sides[0], rows: sides[1]), settings: settings)
    }

    private static func sent(_ driver: Driver) throws -> [JSONValue] {
        try driver.server.requests.filter { $0.method == .post && !$0.body.isEmpty }
            .filter { $0.target.hasPrefix("/v1/delegations") }
            .map { try JSONValue(parsing: $0.body) }
    }

    private static func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("the list, one of them, and its end", arguments: ["60x15", "80x24", "200x50"])
    func list(_ size: String) throws {
        let driver = try Self.driver(size: size)
        driver.press("D")
        Self.check(driver, "delegations-\(size)")
        driver.press("j j j j enter")
        Self.check(driver, "delegation-\(size)")
        driver.press("G enter")
        #expect(driver.shows("Take it back?"))
        driver.press("esc")
        #expect(driver.server.requests.allSatisfy { $0.method != .delete })
        driver.press("enter tab enter")
        #expect(driver.server.requests.count { $0.method == .delete } == 1)
        #expect(driver.sentence.contains("Taken back"))
    }

    private static func preview() -> DelegationView {
        var view = delegation(5)
        view.consequences = [
            "bea@acme.test may decide issue_refund up to high risk for ada@acme.test.",
            "Not the runs of bea@acme.test, and not those of ada@acme.test.",
            "3 approvals that it covers are waiting for ada@acme.test now.",
            "ada@acme.test keeps deciding and being asked, too.",
        ]
        return view
    }

    @Test("lent by keys, after what comes of it", arguments: ["60x15", "80x24", "200x50"])
    func lending(_ size: String) throws {
        let view = Self.preview()
        let driver = try Self.driver(
            [
                ("/v1/delegations?past", FakeServer.ok(Self.list.wire))
            ], size: size)
        driver.server.lending = view
        driver.press("D enter")
        Self.check(driver, "lend-form-\(size)")
        driver.press(#""bea@acme.test" enter "issue_refund, group:finance" enter enter enter"#)
        driver.press(#"enter enter "Holiday" enter tab enter"#)
        #expect(driver.shows("3 approvals that it covers") || size == "60x15")
        Self.check(driver, "lend-consequences-\(size)")
        let first = try #require(try Self.sent(driver).first)
        #expect(first["preview"] == true && first["delegate"] == "bea@acme.test")
        #expect(first["scope"] == ["tool:issue_refund", "group:finance"])
        #expect(first["start"] == nil && first["reason"] == "Holiday")
        driver.press("tab enter")
        let all = try Self.sent(driver)
        #expect(all.count == 2 && all.last?["preview"] == nil)
        #expect(driver.sentence.contains("Lent: bea@acme.test may decide for ada@acme.test"))
        #expect(!driver.shows("To (e-mail)"))
    }

    /// What is wrong is said at the field, before the server is asked.
    @Test(arguments: [
        (#""b@acme.test" enter "all, deploy" enter enter enter enter enter "x""#, "all alone"),
        (
            #""b@acme.test" enter "all" enter enter enter ctrl-u "soon" enter enter "x""#,
            "Until is no time"
        ),
        (#""b@acme.test" enter "all" enter ctrl-u "huge" enter enter enter enter "x""#, "The risk"),
        (
            #""b@a.test" enter "all" enter enter ctrl-u "2026-10-25T02:30" enter enter enter "x""#,
            "From comes twice"
        ),
        (#"enter "all" enter enter enter enter enter "x""#, "To (e-mail) is missing"),
    ])
    func whatIsWrong(_ keys: String, _ sentence: String) throws {
        let driver = try Self.driver()
        driver.press("D enter")
        driver.press(keys)
        driver.press("enter tab enter")
        #expect(driver.shows(sentence), "\(driver.text)")
        #expect(try Self.sent(driver).isEmpty)
    }

    /// What the server refuses is said in the form, which stays as it was filled in.
    @Test func whatTheServerRefuses() throws {
        let driver = try Self.driver()
        driver.press("D enter")
        driver.press(#""zoe@acme.test" enter "all" enter enter enter enter enter "x" enter"#)
        driver.server.scripted = [
            (
                "/v1/delegations",
                FakeServer.problem(422, "invalid", "There is no member with this e-mail.")
            )
        ]
        driver.press("tab enter")
        #expect(driver.shows("There is no member with this e-mail."))
        #expect(driver.shows("zoe@acme.test"))
    }

    /// Whoever may not lend is offered nothing that would be refused.
    @Test func auditorsOnlyRead() throws {
        let driver = try Self.driver(role: .auditor)
        driver.press("D")
        #expect(!driver.shows("> Lend"))
        driver.press("g g")
        #expect(driver.shows("Others in the tenant"))
    }

    /// Read aloud, every line is a sentence of its own.
    @Test func spoken() throws {
        let driver = try Self.driver(settings: InboxSettings(isLinear: true))
        driver.press("D j j j j")
        Self.check(driver, "delegations-spoken")
    }
}
