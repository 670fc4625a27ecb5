import Approvals
import Cryptography
import GoldenTesting
import Inbox
import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

/// Goal: a lead reads policies, changes what they do with a second person, and everybody reads why
/// a call was asked about; by keys, at the sizes that there are.
struct PageTests {
    private static let document: JSONValue = [
        "id": "refunds", "version": 2, "applies_to": ["tools": ["issue_refund"]],
        "change": ["by": "lea", "note": "raise the cap\u{1b}[2J, ticket FIN-212"],
        "rules": [
            [
                "id": "sanctioned",
                "when": ["in": [["var": "args.iban_country"], ["table": "forbidden"]]],
                "then": ["effect": "deny", "reason_code": "sanctioned"],
            ],
            [
                "id": "large", "summary": "Above 500 euros, finance decides.",
                "when": [
                    "and": [
                        [">": [["var": "args.amount_cents"], 50_000]],
                        ["!": [["==": [["var": "agent.name"], "tester"]]]],
                    ]
                ],
                "then": [
                    "effect": "require_approval", "group": "finance", "quorum": 2,
                    "timeout_s": 300, "editable": ["/amount_cents"],
                    "edit_limit": [
                        "<=": [["var": "edited.amount_cents"], ["var": "args.amount_cents"]]
                    ],
                ],
            ],
        ],
        "default": ["effect": "require_approval", "group": "on-call"],
        "tables": ["forbidden": ["KP", "SY"]],
    ]

    private static func version(
        _ number: Int, _ status: String, proposal: PolicyProposalView? = nil
    ) -> PolicyView {
        PolicyView(
            id: "refunds", version: number, digest: SHA256.hash([UInt8(number)]), status: status,
            proposal: proposal, document: document, publishedBy: "lea@acme.test",
            publishedAt: noon.adding(seconds: -7_200))
    }

    private static func list(proposedBy person: String? = nil) -> JSONValue {
        PolicyList(items: [
            version(1, "enforced"),
            version(
                2, "shadow",
                proposal: person.map { PolicyProposalView(status: "enforced", by: $0, at: noon) }),
        ]).wire
    }

    /// A driver of a lead whose server answers with these bodies, by the beginning of the path.
    private static func driver(
        _ size: String, role: Approvals.Role = .lead, _ answers: [(String, JSONValue)]
    ) -> Driver {
        var server = FakeServer()
        server.me.roles = [role]
        server.put(view(1))
        for (prefix, body) in answers { server.scripted.append((prefix, FakeServer.ok(body))) }
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver(server, size: GridSize(columns: sides[0], rows: sides[1]))
    }

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    static let sizes = ["60x15", "80x24", "200x50"]

    @Test("the list of policies, one version, and the shadow report", arguments: sizes)
    func policies(_ size: String) throws {
        let cases = [
            PolicyCaseView(
                approval: approvalID(1), tool: "issue_refund", at: noon, live: "ask",
                shadow: "allow", rule: "small", state: "rejected", leaning: "laxer",
                reviewedBy: nil)
        ]
        let report = ShadowReport(
            policy: "refunds", version: 2, since: noon, samples: 120, errors: 0,
            matrix: AgreementMatrix(
                allow: AgreementRow(allow: 10, ask: 4, deny: 0),
                ask: AgreementRow(allow: 7, ask: 90, deny: 2),
                deny: AgreementRow(allow: 0, ask: 0, deny: 7)),
            people: AgreementWithPeople(
                wouldBeFalseApprovals: 1, wouldBeFalseRejections: 2, asksSaved: 7,
                minutesSaved: 31),
            stricter: 6, laxer: 7, laxerUnreviewed: 7, cases: cases)
        let driver = Self.driver(
            size,
            [
                ("/v1/policies/refunds/versions/2/shadow", report.wire),
                ("/v1/policies", Self.list()),
            ])
        driver.press("P")
        check(driver, "policies-\(size)")
        driver.press("enter")
        check(driver, "policy-\(size)")
        driver.press("j enter")
        check(driver, "shadow-\(size)")
        driver.press("esc esc esc")
        #expect(driver.inbox.overlays.isEmpty)
    }

    @Test("why an approval was asked for", arguments: sizes)
    func why(_ size: String) {
        let answer: JSONValue = [
            "approval": .string(approvalID(1).rawValue), "replayable": true,
            "decisive": "refunds@2#large",
            "policies": [
                [
                    "policy": "refunds", "version": 2,
                    "digest": .string(SHA256.hash([2]).text), "mode": "enforced",
                    "effect": "require_approval", "rule": "large",
                    "rules": [
                        [
                            "id": "sanctioned", "effect": "deny", "result": false,
                            "when": [
                                ["depth": 0, "part": "in", "value": false],
                                ["depth": 1, "part": "args.iban_country", "hidden": true],
                                ["depth": 1, "part": "[\"KP\",\"SY\"]"],
                            ],
                        ],
                        [
                            "id": "large", "effect": "require_approval", "result": true,
                            "summary": "Above 500 euros, finance decides.",
                            "when": [
                                ["depth": 0, "part": "and", "value": true],
                                ["depth": 1, "part": ">", "value": true],
                                ["depth": 2, "part": "args.amount_cents", "value": 184_000],
                                ["depth": 2, "part": "50000"],
                                ["depth": 1, "part": "!", "needed": false],
                                ["depth": 2, "part": "agent.name", "needed": false],
                            ],
                        ],
                    ],
                ],
                [
                    "policy": "refunds", "version": 3,
                    "digest": .string(SHA256.hash([3]).text), "mode": "shadow",
                    "effect": "allow", "rule": "small", "leaning": "laxer", "rules": [],
                ],
            ],
        ]
        let driver = Self.driver(
            size, role: .approver,
            [("/v1/approvals/\(approvalID(1).rawValue)/explanation", answer)])
        driver.press("W")
        check(driver, "why-\(size)")
    }

    @Test func anEmptyListTeachesHowToPublish() {
        let driver = Self.driver("80x24", [("/v1/policies", PolicyList().wire)])
        driver.press("P")
        #expect(driver.shows("countersign policy publish"))
    }

    @Test func aProposalIsAskedAboutAndSentOnce() throws {
        let proposed = Self.version(
            2, "shadow", proposal: PolicyProposalView(status: "enforced", by: ada.name, at: noon))
        let driver = Self.driver(
            "80x24",
            [
                ("/v1/policies/refunds/mode", proposed.wire), ("/v1/policies", Self.list()),
                ("/v1/policies", Self.list(proposedBy: ada.name)),
            ])
        driver.press("P enter j j j enter")
        #expect(driver.shows("Propose it?") && driver.shows("version 1 is retired"))
        driver.press("enter enter")
        #expect(!driver.shows("Propose it?"), "enter on the first button does nothing")
        driver.press("enter enter tab enter")
        let sent = driver.server.requests.filter { $0.method == .post }
        #expect(sent.map(\.target) == ["/v1/policies/refunds/mode"])
        #expect(try JSONValue(parsing: sent[0].body) == ["version": 2, "status": "enforced"])
        #expect(driver.sentence.contains("a second person must say the same"))
        #expect(driver.shows("Take the proposal back") && !driver.shows("Confirm:"))
    }

    @Test func theSecondPersonIsToldThatItCountsAtOnce() {
        let driver = Self.driver(
            "80x24", [("/v1/policies", Self.list(proposedBy: "bo@acme.test"))])
        driver.press("P enter j j enter")
        #expect(driver.shows("You are the second person"))
        driver.press("esc")
        #expect(!driver.server.requests.contains { $0.method == .post })
    }

    @Test func whoMayNotChangeIsToldSo() {
        let driver = Self.driver("80x24", role: .auditor, [("/v1/policies", Self.list())])
        driver.press("P enter")
        #expect(driver.shows("Leads and admins change what is in force."))
        #expect(!driver.shows("Put it in force"))
    }

    @Test func aRefusalOfTheServerIsSaid() {
        let driver = Self.driver("80x24", [])
        driver.server.scripted = [
            ("/v1/policies", FakeServer.problem(403, "forbidden", "Your role may not."))
        ]
        driver.press("P")
        #expect(driver.shows("Your role may not."))
        driver.server.scripted = [("/v1/policies", FakeServer.ok(Self.list()))]
        driver.press("ctrl-r")
        #expect(driver.shows("version 2"))
    }

    /// Method: the page stays and says how old it is when the line is down.
    @Test func aDeadServerIsSaid() {
        let driver = Self.driver("80x24", [("/v1/policies", Self.list())])
        driver.press("P")
        driver.line = .down
        driver.press("ctrl-r")
        #expect(driver.shows("not fresh") && driver.shows("version 2"))
    }
}
