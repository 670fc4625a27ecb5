import Approvals
import Inbox
import JSONTree
import Testing
import WireAPI

/// Goal: what a rule lets an approver change is in sight while they change it, and what is past it
/// is said at once and not sent.
struct EditLimitTests {
    private static func driver(_ limit: JSONValue) -> Driver {
        var approval = view(1)
        approval.requirement.editLimits = [limit]
        return Driver([approval])
    }

    private static let lower: JSONValue = [
        "<=": [["var": "edited.amount_cents"], ["var": "args.amount_cents"]]
    ]

    @Test func theLimitIsInSightAndHeldWhileTyping() {
        let driver = Self.driver(Self.lower)
        driver.press("e j")
        #expect(driver.shows("keep edited.amount_cents <= args"))
        #expect(!driver.shows("must keep the rule's limit"))
        driver.press(#"enter ctrl-u "184001" enter"#)
        #expect(driver.shows("must keep the rule's limit"))
        driver.press("esc a")
        #expect(driver.server.decided.isEmpty)
        let other = Self.driver(Self.lower)
        other.press(#"e j enter ctrl-u "1" enter"#)
        #expect(other.shows("1 change") && !other.shows("must keep the rule's limit"))
    }

    private static let huge: JSONValue = [
        "rule": "refunds@7#huge", "when": [">": [["var": "args.amount_cents"], 500_000]],
        "effect": "require_approval", "group": "board", "quorum": 2,
    ]

    private static func driver(stricter: JSONValue) -> Driver {
        var approval = view(1)
        approval.requirement.stricterRules = [stricter]
        return Driver([approval])
    }

    /// Which edit is for somebody stronger is said while editing and again before it is sent.
    @Test func anEditForOthersIsSaidBeforeItIsSent() {
        let within = Self.driver(stricter: Self.huge)
        within.press(#"e j enter ctrl-u "500000" enter"#)
        #expect(within.shows("1 change") && !within.shows("hands it on"))
        let driver = Self.driver(stricter: Self.huge)
        driver.press(#"e j enter ctrl-u "500001" enter"#)
        #expect(driver.shows("For board, 2 people: approving hands it on"))
        driver.press("esc a")
        #expect(driver.shows("with 1 edit") && driver.shows("For board, 2 people"))
        #expect(driver.server.decided.isEmpty)
    }

    /// What would be refused whoever approves is not sent.
    @Test func anEditThatARuleRefusesIsNotSent() {
        var rule = Self.huge.objectValue ?? JSONObject()
        rule["effect"] = "deny"
        let driver = Self.driver(stricter: .object(rule))
        driver.press(#"e j enter ctrl-u "500001" enter"#)
        #expect(driver.shows("is refused by refunds@7#huge"))
        driver.press("a")
        #expect(!driver.shows("with 1 edit"))
    }

    /// Once the call came to those people, the rule takes it to nobody else.
    @Test func theRuleThatAsksTakesItToNobodyElse() {
        var approval = view(1)
        approval.requirement.stricterRules = [Self.huge]
        approval.requirement.rule = "refunds@7#huge"
        let driver = Driver([approval])
        driver.press(#"e j enter ctrl-u "500001" enter"#)
        #expect(!driver.shows("hands it on"))
    }

    /// What reads something else than the arguments is for the server to judge.
    @Test(
        arguments: [
            ["<": [["var": "edited.nothing"], 5]], ["unheard_of": [1]],
            [">": [["var": "agent.id"], 1]],
        ] as [JSONValue])
    func aDoubtIsLeftToTheServer(_ limit: JSONValue) {
        let driver = Self.driver(limit)
        driver.press(#"e j enter ctrl-u "5" enter"#)
        #expect(!driver.shows("must keep the rule's limit"))
    }
}
