import Approvals
import Cryptography
import JSONTree
import Policies
import Redaction
import Testing

/// Goal: a document is read whole and exactly, or refused with every place that is wrong.
struct DocumentTests {
    @Test func readsEveryField() throws {
        let policy = try Policy(Fixture.finance)
        #expect(policy.id.rawValue == "finance-approvals")
        #expect(policy.version == 8)
        #expect(policy.status == .shadow)
        #expect(policy.hitPolicy == .strictest)
        #expect(policy.tools.map(\.text) == ["issue_refund", "transfer_*"])
        #expect(policy.rules.map(\.id.rawValue) == ["sanctioned", "large", "small"])
        #expect(policy.rules[0].effect == .deny(reasonCode: "sanctioned", instead: "Ask legal."))
        let terms = try #require(policy.rules[1].effect.terms)
        #expect(terms.group == GroupName("finance"))
        #expect(terms.quorum == 2)
        #expect(terms.timeoutSeconds == 300)
        #expect(terms.risk == .high)
        #expect(terms.isReasonRequired)
        #expect(terms.editable?.map(\.description) == ["/amount_cents"])
        #expect(terms.editLimit != nil)
        #expect(policy.fallback.terms?.group == GroupName("on-call"))
        #expect(policy.redactions.map(\.description) == ["/recipient/iban", "/**/password"])
        #expect(policy.tests.map(\.effect) == [.allow])
        #expect(policy.change?.by == "usr_lead")
    }

    /// The digest speaks of what a document says, not of how it was written.
    @Test func digestIsOfTheCanonicalForm() throws {
        let members = try #require(Fixture.finance.objectValue).members.reversed()
        let turned = JSONValue.object(JSONObject(members.map { ($0.name, $0.value) }))
        #expect(try Policy(turned).digest == Policy(Fixture.finance).digest)
        let other = try Fixture.finance("/rules/1/then/quorum", 3)
        #expect(try Policy(other).digest != Policy(Fixture.finance).digest)
        #expect(try Policy(Fixture.finance).digest.text.hasPrefix("sha256:"))
    }

    @Test(
        arguments: [
            ("/rules/1/then/qourum", 2, "/rules/1/then/qourum", "Did you mean \"quorum\"?"),
            ("/defualt", ["effect": "allow"], "/defualt", "Did you mean \"default\"?"),
            ("/rules/0/then/group", "finance", "/rules/0/then/group", "There are: effect, reason"),
            ("/rules/0/zzz", 1, "/rules/0/zzz", "There are: id, summary, when, then."),
            ("/default", nil, "", "\"default\" is missing. Say what happens when no rule"),
            ("/applies_to", nil, "", "\"applies_to\" is missing."),
            ("/applies_to/tools", [], "/applies_to", "Name at least one tool"),
            ("/applies_to/tools/0", "", "/applies_to/tools/0", "a tool's name"),
            ("/id", "Big Policy", "/id", "1 to 63 of a-z"), ("/id", nil, "", "\"id\" is missing."),
            ("/version", 0, "/version", "from 1 to 1000000"),
            ("/version", "8", "/version", "a whole number"),
            ("/version", [1], "/version", "a whole number"),
            ("/parent", "sha256:12", "/parent", "the digest of the version before"),
            ("/status", "shaddow", "/status", "Did you mean \"shadow\"?"),
            ("/hit_policy", "last", "/hit_policy", "one of strictest, first"),
            ("/rules/0/id", "small", "/rules/2/id", "The rule at /rules/0 has this id already."),
            ("/rules/0/id", "default", "/rules/0/id", "neither default nor on_error"),
            ("/rules/0/when", nil, "/rules/0", "\"when\" is missing."),
            ("/rules/0/then", "deny", "/rules/0/then", "must be an object such as"),
            (
                "/rules/0/then/effect", "block", "/rules/0/then/effect",
                "allow, require_approval, deny"
            ),
            ("/rules/1/then/quorum", 0, "/rules/1/then/quorum", "from 1 to 20"),
            ("/rules/1/then/timeout_s", -1, "/rules/1/then/timeout_s", "from 1 to 7776000"),
            ("/rules/1/then/on_timeout", "open", "/rules/1/then/on_timeout", "fail_closed"),
            ("/rules/1/then/editable/0", "amount", "/rules/1/then/editable/0", "no JSON Pointer"),
            (
                "/rules/1/then/reason_required", "no", "/rules/1/then/reason_required",
                "true or false"
            ),
            ("/on_error", ["effect": "allow"], "/on_error/effect", "An error never allows"),
            (
                "/on_error/on_timeout", "fail_open", "/on_error/on_timeout",
                "An error never releases a call"
            ),
            ("/on_error/auto_approve", true, "/on_error/auto_approve", "An error never allows"),
            ("/rules/2/then/ack", false, "/rules/2/then/ack", "This must be true, or a text"),
            ("/tests/0/expect/effect", "ask", "/tests/0/expect/effect", "one of allow"),
            ("/tests/0/input", nil, "/tests/0", "\"input\" is missing."),
            ("/redact/0", "", "/redact/0", "a place in the arguments"),
            ("/redact/0", "/a/**", "/redact/0", "is followed by what it looks for"),
            ("/redact/0", 5, "/redact/0", "a place in the arguments"),
            ("/change/by", nil, "/change", "\"by\" is missing."),
        ] as [(String, JSONValue?, String, String)])
    func refusesWithThePlace(
        _ pointer: String, _ value: JSONValue?, _ place: String, _ words: String
    ) throws {
        let document = try Fixture.finance(pointer, value)
        let refusal = #expect(throws: PolicyRefusal.self) { try Policy(document) }
        let found = refusal?.problems.first { $0.pointer.description == place }
        #expect(
            found?.sentence.contains(words) == true,
            "\(pointer): \(refusal?.problems.map { "\($0.pointer) \($0.sentence)" } ?? [])")
    }

    @Test func saysEverythingAtOnce() throws {
        let refusal = #expect(throws: PolicyRefusal.self) {
            try Policy(["id": "x", "rules": [["id": "a"], 5], "colour": "red"])
        }
        let places = refusal?.problems.map(\.pointer.description) ?? []
        for place in ["/colour", "", "/rules/0", "/rules/1"] {
            #expect(places.contains(place), "\(place) of \(places)")
        }
        for value in [nil, 5, [], "text"] as [JSONValue] {
            #expect(throws: PolicyRefusal.self) { try Policy(value) }
        }
    }

    @Test func isBounded() throws {
        let rule = Fixture.finance["rules"]?[0] ?? .null
        let rules = (0...PolicyLimits.rulesMax).map { _ in rule }
        let many = #expect(throws: PolicyRefusal.self) {
            try Policy(try Fixture.finance("/rules", .array(rules)))
        }
        #expect(many?.problems.contains { $0.sentence.contains("rulesMax is 500") } == true)
        let long = String(repeating: "x", count: PolicyLimits.documentBytesMax)
        let large = #expect(throws: PolicyRefusal.self) {
            try Policy(try Fixture.finance("/tables/long", .string(long)))
        }
        #expect(large?.problems.contains { $0.sentence.contains("documentBytesMax") } == true)
    }

    @Test(
        arguments: [
            ("issue_refund", "issue_refund", true), ("issue_refund", "issue_refunds", false),
            ("transfer_*", "transfer_", true), ("transfer_*", "transfer_eu", true),
            ("*", "anything", true), ("*_*_x", "a_b_c_x", true), ("*_*_x", "a_x", false),
            ("db.?", "db.é", true), ("db.?", "db.", false), ("*a*", "bbb", false),
            ("e\u{301}", "\u{e9}", false), ("**", "x", true), ("a*b*c", "a-b-b-c", true),
        ])
    func patternsOfTools(_ pattern: String, _ tool: String, _ fits: Bool) throws {
        let found = try #require(ToolPattern(pattern))
        #expect(found.matches(try #require(ToolName(tool))) == fits)
    }

    @Test func hidesWhatItNames() throws {
        let policy = try Policy(Fixture.finance)
        for (pointer, isHidden) in [
            ("/recipient/iban", true), ("/recipient", false), ("/password", true),
            ("/users/0/password", true), ("/users/0/name", false),
        ] {
            #expect(policy.hides(try JSONPointer(parsing: pointer)) == isHidden, "\(pointer)")
        }
    }

    /// A pattern of stars takes no more than name times pattern steps.
    @Test func hostilePatternsEnd() throws {
        let pattern = try #require(ToolPattern(String(repeating: "*a", count: 99) + "b"))
        #expect(!pattern.matches(try #require(ToolName(String(repeating: "a", count: 200)))))
    }

    @Test func strictnessOrdersEffects() {
        let two = Effect.requireApproval(ApprovalTerms(quorum: 2, timeoutSeconds: 600))
        let short = Effect.requireApproval(ApprovalTerms(timeoutSeconds: 60))
        let long = Effect.requireApproval(ApprovalTerms(timeoutSeconds: 600))
        let unlimited = Effect.requireApproval(ApprovalTerms())
        let order = [
            .deny(reasonCode: nil, instead: nil), two, short, long, unlimited,
            .allow(isAcknowledged: false),
        ]
        for (stricter, one) in order.enumerated() {
            for (laxer, other) in order.enumerated() {
                #expect(one.isStricter(than: other) == (stricter < laxer))
            }
        }
    }
}
