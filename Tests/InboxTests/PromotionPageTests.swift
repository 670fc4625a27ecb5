import Approvals
import Cryptography
import GoldenTesting
import Inbox
import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

/// Goal: all that a promotion needs is done by keys: a share, a word why it cannot wait, and that
/// somebody looked at what keeps it back.
struct PromotionPageTests {
    private static func version(_ number: Int, _ status: String, share: Int? = nil) -> PolicyView {
        PolicyView(
            id: "refunds", version: number, digest: SHA256.hash([UInt8(number)]), status: status,
            share: share, proposal: nil,
            document: [
                "id": "refunds", "version": .number(JSONNumber(number)), "rules": [],
                "default": ["effect": "require_approval"],
            ],
            publishedBy: "lea@acme.test", publishedAt: noon.adding(seconds: -7_200))
    }

    private static let list = PolicyList(items: [version(1, "enforced"), version(2, "shadow")]).wire

    private static func driver(
        _ answers: [(String, HTTPResponse)], size: String = "80x24",
        role: Approvals.Role = .lead
    ) -> Driver {
        var server = FakeServer()
        server.me.roles = [role]
        server.put(view(1))
        server.scripted = answers + [("/v1/policies", FakeServer.ok(list))]
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(server, size: GridSize(columns: sides[0], rows: sides[1]))
    }

    private static func sent(_ driver: Driver) throws -> [JSONValue] {
        try driver.server.requests.filter { $0.method == .post }.map {
            try JSONValue(parsing: $0.body)
        }
    }

    @Test("a share is typed for a canary", arguments: ["60x15", "80x24", "200x50"])
    func canary(_ size: String) throws {
        var proposed = Self.version(2, "shadow")
        proposed.proposal = PolicyProposalView(status: "canary", share: 25, by: ada.name, at: noon)
        let driver = Self.driver(
            [("/v1/policies/refunds/mode", FakeServer.ok(proposed.wire))], size: size)
        driver.press("P enter j j enter")
        #expect(driver.shows("decides a share"))
        let difference = Golden.difference(driver.draw(), "canary-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
        driver.press("0 enter enter tab enter")
        #expect(driver.shows("a whole number from 1 to 99"))
        #expect(try Self.sent(driver).isEmpty)
        driver.press("ctrl-u 2 5 enter U r g e n t enter tab enter")
        #expect(
            try Self.sent(driver) == [
                ["version": 2, "status": "canary", "share": 25, "ack": "Urgent"]
            ])
        #expect(driver.sentence.contains("proposed to be canary of 25 %"))
    }

    /// What the server wants stands in the form, which stays as it was filled in.
    @Test func theServersGateIsAnsweredInTheForm() throws {
        let gate = FakeServer.problem(
            422, "invalid",
            "/ack it was watched on 3 calls, 20 are wanted before it takes another "
                + "version's place; say here why it cannot wait.")
        let driver = Self.driver([
            ("/v1/policies/refunds/mode", gate),
            ("/v1/policies/refunds/mode", FakeServer.ok(Self.version(2, "shadow").wire)),
        ])
        driver.press("P enter j j j enter enter tab enter")
        #expect(driver.shows("it was watched on 3 calls"))
        driver.press("shift-tab shift-tab")
        driver.press("N o w enter tab enter")
        let sent = try Self.sent(driver)
        #expect(sent.map { $0["ack"] } == [nil, "Now"])
        #expect(!driver.shows("Why it cannot wait"))
    }

    /// The first version takes nobody's place: no word is asked for.
    @Test func theFirstVersionNeedsNoWord() {
        var server = FakeServer()
        server.me.roles = [.lead]
        server.put(view(1))
        let only = PolicyList(items: [Self.version(1, "shadow")]).wire
        server.scripted = [("/v1/policies", FakeServer.ok(only))]
        let driver = Driver(server, size: GridSize(columns: 80, rows: 24))
        driver.press("P enter j j enter")
        #expect(driver.shows("Propose it?") && !driver.shows("Why it cannot wait"))
    }

    private static func known(
        _ number: Int, _ leaning: String, by person: String? = nil
    ) -> PolicyCaseView {
        PolicyCaseView(
            approval: approvalID(number), tool: "issue_refund", at: noon, live: "require_approval",
            shadow: leaning == "error" ? nil : "allow", rule: "small", state: "pending",
            leaning: leaning, reviewedBy: person)
    }

    private static func report(_ cases: [PolicyCaseView]) -> HTTPResponse {
        let row = AgreementRow(allow: 0, ask: 0, deny: 0)
        return FakeServer.ok(
            ShadowReport(
                policy: "refunds", version: 2, since: noon, samples: 30, errors: 1,
                matrix: AgreementMatrix(allow: row, ask: row, deny: row),
                people: AgreementWithPeople(
                    wouldBeFalseApprovals: 0, wouldBeFalseRejections: 0, asksSaved: 0,
                    minutesSaved: 0),
                stricter: 1, laxer: 2, laxerUnreviewed: 1, cases: cases
            ).wire)
    }

    /// What is laxer and what had no answer keep a version back, and both are looked at together.
    @Test func whatKeepsItBackIsLookedAt() throws {
        let cases = [
            Self.known(1, "laxer"), Self.known(2, "laxer", by: "bo@acme.test"),
            Self.known(3, "error"), Self.known(4, "stricter"),
        ]
        let reviewed = ReviewedAnswer(reviewed: 2, laxerUnreviewed: 0)
        let shadow = "/v1/policies/refunds/versions/2/shadow"
        let driver = Self.driver([
            ("/v1/policies/refunds/versions/2/reviewed", FakeServer.ok(reviewed.wire)),
            (shadow, Self.report(cases)),
        ])
        driver.press("P enter j enter")
        #expect(driver.shows("It cannot decide before a lead looked at each call"))
        #expect(driver.shows("all of these 2 calls"))
        driver.press("enter")
        #expect(driver.shows("Why it was asked"), "enter twice says nothing for anybody")
        driver.press("esc k enter")
        #expect(
            try Self.sent(driver) == [
                ["approvals": [.string(approvalID(1).rawValue), .string(approvalID(3).rawValue)]]
            ])
        #expect(driver.sentence.contains("no laxer call is left"))
    }

    /// One call is looked at where its explanation stands.
    @Test func oneCallIsLookedAtBesideItsExplanation() throws {
        let answer: JSONValue = [
            "approval": .string(approvalID(1).rawValue), "replayable": true,
            "policies": [
                [
                    "policy": "refunds", "version": 2,
                    "digest": .string(SHA256.hash([2]).text), "mode": "shadow",
                    "effect": "allow", "rule": "small", "leaning": "laxer", "rules": [],
                ]
            ],
        ]
        let explanation = "/v1/approvals/\(approvalID(1).rawValue)/explanation"
        let reviewed = ReviewedAnswer(reviewed: 1, laxerUnreviewed: 4)
        let driver = Self.driver([
            (explanation, FakeServer.ok(answer)),
            ("/v1/policies/refunds/versions/2/reviewed", FakeServer.ok(reviewed.wire)),
            (
                "/v1/policies/refunds/versions/2/shadow",
                Self.report([Self.known(1, "laxer", by: ada.name)])
            ),
        ])
        driver.press("W")
        #expect(driver.shows("Say that I looked at this call for refunds version 2"))
        driver.press("enter")
        #expect(
            try Self.sent(driver) == [["approvals": [.string(approvalID(1).rawValue)]]])
        #expect(driver.sentence.contains("4 laxer are left"))
        #expect(driver.shows("Looked at for refunds version 2 by \(ada.name)"))
        let reader = Self.driver([(explanation, FakeServer.ok(answer))], role: .approver)
        reader.press("W")
        #expect(!reader.shows("Say that I looked at"))
    }
}
