import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Testing

/// What tests about replays do over and over.
enum ReplayDesk {
    static let rules: [JSONValue] = [
        [
            "id": "sanctioned", "when": ["==": [["var": "args.customer"], "cus_bad"]],
            "then": ["effect": "deny"],
        ],
        [
            "id": "large", "summary": "Finance decides.",
            "when": [
                "and": [
                    [">": [["var": "args.amount_cents"], 50_000]],
                    ["!=": [["var": "args.recipient.iban"], "DE00"]],
                ]
            ],
            "then": ["effect": "require_approval", "group": "finance"],
        ],
    ]

    static let small: JSONValue = [
        "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
        "then": ["effect": "allow"],
    ]

    static func refunds() throws -> PolicyID { try #require(PolicyID("refunds")) }

    /// `refunds@1` in force, and `refunds@2`, which also allows small calls, as its shadow.
    static func desk() throws -> Desk {
        let desk = try Desk()
        let lead = "lea@acme.test"
        let live = PublishingTests.document(status: "enforced", rules: rules)
        try desk.tell(.publishPolicy(live), as: lead)
        try desk.tell(.changePolicyMode(refunds(), version: 1, .enforced), as: Desk.admin)
        let shadow = PublishingTests.document(version: 2, rules: rules + [small])
        try desk.tell(.publishPolicy(shadow), as: lead)
        return desk
    }

    @discardableResult
    static func submit(
        _ desk: Desk, _ cents: JSONValue?, customer: JSONValue = "cus_1", key: String,
        redact: [String] = []
    ) throws -> ApprovalID {
        var arguments: JSONObject = ["customer": customer, "recipient": ["iban": "DE02120300"]]
        arguments["amount_cents"] = cents
        return try desk.submit(
            try Desk.submission(key: key, arguments: .object(arguments), redact: redact))
    }

    static func explanation(
        of id: ApprovalID, _ desk: Desk, as name: String = "ada@acme.test"
    ) throws -> Explanation {
        let answer = try desk.ask(.explanation(id), as: name)
        guard case .explanation(let explanation) = answer else { throw Surprise(answer) }
        return explanation
    }

    static func report(
        _ desk: Desk, as name: String = "lea@acme.test", seconds: Int = 86_400
    ) throws -> ShadowSummary {
        let answer = try desk.ask(
            .shadowReport(refunds(), version: 2, seconds: seconds), as: name)
        guard case .shadowReport(let report) = answer else { throw Surprise(answer) }
        return report
    }

    static func backtest(
        _ desk: Desk, _ document: JSONValue, as name: String = "aud@acme.test",
        cursor: String? = nil, limit: Int = 2_000
    ) throws -> BacktestResult {
        let query = BacktestQuery(
            document: document, seconds: 86_400, cursor: cursor, limit: limit)
        let answer = try desk.ask(.backtest(query), as: name)
        guard case .backtest(let result) = answer else { throw Surprise(answer) }
        return result
    }
}

/// Goal: everybody who may see an approval sees why it was decided so, and nobody a hidden value.
struct ExplainingTests {
    @Test func everyRuleIsShownWithItsValues() throws {
        let desk = try ReplayDesk.desk()
        let id = try ReplayDesk.submit(desk, 60_000, key: "k")
        let explanation = try ReplayDesk.explanation(of: id, desk)
        #expect(explanation.isReplayable)
        #expect(explanation.decisive == "refunds@1#large")
        #expect(explanation.policies.map(\.mode) == ["enforced", "shadow"])
        #expect(explanation.policies.map(\.leaning) == [nil, "same"])
        let live = try #require(explanation.policies.first)
        #expect(live.rules.map(\.matches) == [false, true])
        #expect(live.rules.last?.summary == "Finance decides.")
        let parts = try #require(live.rules.last?.parts)
        #expect(parts.first == .init(depth: 0, label: "and", value: .known(true)))
        #expect(parts.contains { $0.label == "args.amount_cents" && $0.value == .known(60_000) })
        #expect(parts.contains { $0.value == .known("DE02120300") })
    }

    /// A declared place, whatever its type, and what the scanner finds, stay hidden in every part.
    @Test(arguments: ["/recipient/iban", "/recipient", "/amount_cents", "/customer"])
    func hiddenValuesStayHidden(_ place: String) throws {
        let desk = try ReplayDesk.desk()
        let id = try ReplayDesk.submit(
            desk, 77_123, customer: "cus_canary", key: "k", redact: [place])
        let explanation = try ReplayDesk.explanation(of: id, desk, as: "lea@acme.test")
        let shown = explanation.policies.flatMap(\.rules).flatMap { $0.parts ?? [] }.filter {
            if case .known = $0.value { true } else { false }
        }
        let texts = shown.map { "\($0.value)" }.joined(separator: "\n")
        let secret =
            [
                "/customer": "cus_canary", "/amount_cents": "77123",
            ][place] ?? "DE02120300"
        #expect(!texts.contains(secret), "\(texts)")
        #expect(shown.count > 2, "the rest is still shown")
        let inner = explanation.policies.flatMap(\.rules).flatMap { $0.parts ?? [] }
        #expect(inner.contains { $0.value == .hidden && $0.depth > 0 })
    }

    @Test func aRuleWithoutAnAnswerSaysWhy() throws {
        let desk = try ReplayDesk.desk()
        let id = try ReplayDesk.submit(desk, nil, key: "k")
        let explanation = try ReplayDesk.explanation(of: id, desk)
        let large = try #require(explanation.policies.first?.rules.last)
        #expect(large.matches == nil)
        #expect(large.error?.isEmpty == false)
        #expect(explanation.decisive == "refunds@1#on_error")
    }

    @Test func whoMayNotSeeTheApprovalSeesNoExplanation() throws {
        let desk = try ReplayDesk.desk()
        let id = try ReplayDesk.submit(desk, 60_000, key: "k")
        for name in ["eve@acme.test", "mallory@rival.test"] {
            #expect(refusal { try ReplayDesk.explanation(of: id, desk, as: name) } == .notFound)
        }
        for name in ["bot", "spy"] {
            let refused = refusal { try ReplayDesk.explanation(of: id, desk, as: name) }
            #expect(
                refused == .forbidden(.roleMissing(needed: [.approver, .lead, .auditor, .admin])))
        }
    }

    @Test func versionsAreCompared() throws {
        let desk = try ReplayDesk.desk()
        let id = try ReplayDesk.refunds()
        let answer = try desk.ask(.policyDifference(id, from: 1, to: 2), as: "ada@acme.test")
        guard case .policyDifference(_, 1, 2, let difference) = answer else {
            throw Surprise(answer)
        }
        let rule = try #require(difference.changes.first { $0.name == "rule small" })
        #expect(rule.kind == .added)
        #expect(rule.leaning == .laxer)
        #expect(rule.sentence == "New: rule small. This is laxer.")
        #expect(
            refusal { try desk.ask(.policyDifference(id, from: 1, to: 3), as: "ada@acme.test") }
                == .notFound)
        #expect(
            refusal {
                try desk.ask(.policyDifference(id, from: 1, to: 2), as: "mallory@rival.test")
            }
                == .notFound)
    }
}

/// Goal: a shadow's report tells what promoting it would change, and what nobody looked at yet.
struct ShadowReportTests {
    private static func busyDesk() throws -> (desk: Desk, ids: [ApprovalID]) {
        let desk = try ReplayDesk.desk()
        var ids: [ApprovalID] = []
        for (place, cents) in ([100, 200, 1_000, 60_000, nil] as [JSONValue?]).enumerated() {
            ids.append(try ReplayDesk.submit(desk, cents, key: "k\(place)"))
        }
        ids.append(try ReplayDesk.submit(desk, 100, customer: "cus_bad", key: "bad"))
        return (desk, ids)
    }

    @Test func whatHappenedStandsBesideWhatWouldHave() throws {
        let (desk, ids) = try Self.busyDesk()
        desk.pass(seconds: 120)
        let rejection = try desk.decision(.reject, on: ids[0], comment: "no")
        try desk.tell(.decide(rejection), as: "ada@acme.test")
        let report = try ReplayDesk.report(desk)
        #expect(report.samples == 6)
        #expect(report.agreement[.requireApproval, .allow] == 2)
        #expect(report.agreement[.requireApproval, .requireApproval] == 3)
        #expect(report.agreement[.deny, .deny] == 1)
        #expect(report.agreement.laxer == 2)
        #expect(report.agreement.errors == 1)
        #expect(report.agreement.falseApprovals == 1)
        #expect(report.agreement.asksSaved == 2)
        #expect(report.agreement.minutesSaved == 2)
        #expect(report.laxerUnreviewed == 2)
        #expect(report.cases.map(\.leaning) == [.error, .laxer, .laxer])
        #expect(Set(report.cases.map(\.approval)) == [ids[0], ids[1], ids[4]])
    }

    @Test func onlyTheTimeThatIsAskedForCounts() throws {
        let (desk, _) = try Self.busyDesk()
        desk.pass(seconds: 7_200)
        #expect(try ReplayDesk.report(desk, seconds: 3_600).samples == 0)
        #expect(try ReplayDesk.report(desk, seconds: 86_400).samples == 6)
    }

    @Test func lookedAtIsOnRecordAndCountsOnce() throws {
        let (desk, ids) = try Self.busyDesk()
        let refunds = try ReplayDesk.refunds()
        func review(_ approvals: [ApprovalID], as name: String) throws -> Answer {
            try desk.tell(.reviewShadow(refunds, version: 2, approvals), as: name)
        }
        #expect(
            try review([ids[0]], as: "lea@acme.test") == .shadowReviewed(1, laxerLeft: 1))
        #expect(
            try review([ids[0]], as: Desk.admin) == .shadowReviewed(0, laxerLeft: 1))
        let report = try ReplayDesk.report(desk)
        let seen = try #require(report.cases.first { $0.approval == ids[0] })
        #expect(seen.reviewedBy == "lea@acme.test")
        #expect(report.cases.last?.approval == ids[0], "what nobody looked at comes first")
        let events = try desk.events().filter { $0["type"]?.stringValue == "policy.reviewed" }
        #expect(events.count == 1)
        #expect(events.first?["facts"]?["cases"] == 1)
        #expect(events.first?["facts"]?["version"] == 2)
        #expect(
            refusal { try review([ids[2]], as: "lea@acme.test") }
                == .invalid([
                    FieldProblem("/approvals/0", "is none that this version judges otherwise")
                ]))
        for name in ["ada@acme.test", "aud@acme.test", "bot"] {
            #expect(
                refusal { try review([ids[1]], as: name) }
                    == .forbidden(.roleMissing(needed: [.lead, .admin])))
        }
        #expect(refusal { try review([ids[1]], as: "mallory@rival.test") } == .notFound)
    }

    @Test func casesAreOnlyThoseThatTheCallerMaySee() throws {
        let (desk, _) = try Self.busyDesk()
        #expect(try ReplayDesk.report(desk, as: "ada@acme.test").cases.count == 3)
        #expect(try ReplayDesk.report(desk, as: "eve@acme.test").cases.isEmpty)
    }
}

/// Goal: a candidate is tried on what happened, exactly, and nothing is decided by it.
struct BacktestTests {
    private static let candidate = PublishingTests.document(
        version: 3,
        rules: ReplayDesk.rules + [
            [
                "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
                "then": ["effect": "allow"],
            ]
        ])

    @Test func beforeStandsAgainstAfter() throws {
        let desk = try ReplayDesk.desk()
        let first = try ReplayDesk.submit(desk, 100, key: "a")
        try ReplayDesk.submit(desk, 60_000, key: "b")
        try ReplayDesk.submit(desk, 100, customer: "cus_bad", key: "c")
        _ = try desk.submit(try Desk.submission(key: "d", tool: "ping"))
        let events = try desk.events().count
        desk.pass(seconds: 60)
        let approval = try desk.decision(.approve, on: first)
        try desk.tell(.decide(approval), as: "ada@acme.test")
        let result = try ReplayDesk.backtest(desk, Self.candidate)
        #expect(result.replayed == 3)
        #expect(result.unconcerned == 1)
        #expect(result.notReplayable == 0)
        #expect(result.total == 4)
        #expect(result.next == nil)
        #expect(result.agreement[.requireApproval, .allow] == 1)
        #expect(result.agreement[.requireApproval, .requireApproval] == 1)
        #expect(result.agreement[.deny, .deny] == 1)
        #expect(result.agreement.minutesSaved == 1)
        let finance = try #require(Desk.finance)
        #expect(result.loads[finance]?.before == 2)
        #expect(result.loads[finance]?.after == 1)
        #expect(result.changed.map(\.approval) == [first])
        #expect(result.changed.first?.rule == "small")
        #expect(try desk.events().count == events + 1, "the decision alone is on record")
    }

    /// Calls from before the first policy are tried on what was kept of them.
    @Test func callsThatNoPolicySawAreTriedToo() throws {
        let desk = try Desk()
        try ReplayDesk.submit(desk, 100, key: "a")
        try ReplayDesk.submit(desk, 1_000, key: "b")
        let result = try ReplayDesk.backtest(desk, Self.candidate)
        #expect(result.replayed == 2)
        #expect(result.agreement[.requireApproval, .allow] == 1)
    }

    /// Who may not publish policies cannot learn a hidden value by trying many conditions.
    @Test(arguments: [("aud@acme.test", 0), (Desk.admin, 0), ("lea@acme.test", 1)])
    func onlyLeadsTryConditionsOnHiddenValues(_ name: String, _ replayed: Int) throws {
        let desk = try ReplayDesk.desk()
        try ReplayDesk.submit(desk, 1_000, customer: "cus_7", key: "a", redact: ["/customer"])
        try ReplayDesk.submit(desk, 2_000, key: "b")
        let result = try ReplayDesk.backtest(desk, Self.candidate, as: name)
        #expect(result.replayed == 1 + replayed)
        #expect(result.notReplayable == 1 - replayed)
        let blind = PublishingTests.document(version: 3, rules: [ReplayDesk.small])
        #expect(try ReplayDesk.backtest(desk, blind, as: name).replayed == 2)
    }

    /// What tries conditions on hidden values is on record, page by page; nothing else is.
    @Test func aTrialOfHiddenValuesIsOnRecord() throws {
        func trials(_ desk: Desk) throws -> [JSONValue] {
            try desk.events().filter { $0["type"]?.stringValue == "policy.tried" }
        }
        let desk = try ReplayDesk.desk()
        for number in 0..<3 {
            try ReplayDesk.submit(
                desk, 1_000, customer: "cus_7", key: "a\(number)",
                redact: number == 2 ? [] : ["/customer"])
        }
        let blind = PublishingTests.document(version: 3, rules: [ReplayDesk.small])
        _ = try ReplayDesk.backtest(desk, blind, as: "lea@acme.test")
        for name in ["aud@acme.test", Desk.admin] {
            _ = try ReplayDesk.backtest(desk, Self.candidate, as: name)
        }
        #expect(try trials(desk).isEmpty)
        var cursor: String?
        repeat {
            cursor = try ReplayDesk.backtest(
                desk, Self.candidate, as: "lea@acme.test", cursor: cursor, limit: 1
            ).next
        } while cursor != nil
        let events = try trials(desk)
        #expect(events.count == 2)
        for event in events {
            #expect(event["subject"]?["id"] == "refunds")
            #expect(event["facts"]?["calls"] == 1)
            #expect(event["facts"]?["version"] == 3)
            #expect(
                event["facts"]?["digest"]?.stringValue
                    == (try Policy(Self.candidate).digest.text))
            #expect(event["commit"]?["policy"] != nil)
            #expect(!event.text(.compact).contains("cus_7"))
        }
    }

    @Test func pagesAddUp() throws {
        let desk = try Desk()
        for number in 0..<5 { try ReplayDesk.submit(desk, 100, key: "k\(number)") }
        var (cursor, replayed): (String?, [Int]) = (nil, [])
        repeat {
            let page = try ReplayDesk.backtest(desk, Self.candidate, cursor: cursor, limit: 2)
            #expect(page.total == 5)
            replayed.append(page.replayed)
            cursor = page.next
        } while cursor != nil
        #expect(replayed == [2, 2, 1])
        #expect(
            refusal { try ReplayDesk.backtest(desk, Self.candidate, cursor: "x.1") }
                == .invalid([FieldProblem("/cursor", "must be the `next` of the page before")]))
    }

    @Test func whoMayNotOverseeMayNotTry() throws {
        let desk = try ReplayDesk.desk()
        let refused = refusal {
            try ReplayDesk.backtest(desk, Self.candidate, as: "ada@acme.test")
        }
        #expect(refused == .forbidden(.roleMissing(needed: [.lead, .auditor, .admin])))
        let rival = try ReplayDesk.backtest(desk, Self.candidate, as: "mallory@rival.test")
        #expect(rival.replayed == 0)
        let broken = refusal { try ReplayDesk.backtest(desk, ["id": "x"]) }
        guard case .invalid(let problems)? = broken else {
            Issue.record("refused as \(String(describing: broken))")
            return
        }
        #expect(problems.allSatisfy { $0.field.hasPrefix("/document") })
    }
}
