import JSONTree
import Policies
import Testing

/// Goal: a policy that is wrong, or not meant as it stands, is not published.
struct LintTests {
    @Test func theFixtureIsFine() throws {
        let lint = PolicyLint(Fixture.finance)
        #expect(lint.isPublishable, "\(lint.problems)")
        #expect(lint.tests.count == 1)
        #expect(lint.hints.count == 2, "two rules are not tested: \(lint.hints)")
    }

    @Test(
        arguments: [
            ("/rules/2/when", ["les": [["var": "args.a"], 3]], "/rules/2/when", "les"),
            (
                "/rules/2/when/</0/var", "arg.amount", "/rules/2/when/</0/var",
                "Did you mean \"args\"?"
            ),
            ("/rules/2/when/</0/var", "agent.nam", "/rules/2/when/</0/var", "\"agent.name\"?"),
            ("/rules/2/when/</0/var", "edited.x", "/rules/2/when/</0/var", "in edit_limit only"),
            ("/defs/is_big/>/0/var", "argz.x", "/defs/is_big/>/0/var", "Did you mean \"args\"?"),
            ("/defs/is_big/>/0/var", "time.noon", "/defs/is_big/>/0/var", "time.now"),
            ("/rules/1/when", ["use": "is_huge"], "/rules/1/when", "is_huge"),
            (
                "/rules/1/then/edit_limit", ["nope": 1], "/rules/1/then/edit_limit", "nope"
            ),
            ("/rules/2/when", false, "/rules/2/when", "its condition is always false"),
            ("/rules/2/when", ["==": [1, 2]], "/rules/2/when", "its condition is always false"),
            ("/rules/2/when", "yes", "/rules/2/when", "never has an answer"),
            ("/rules/2/when", true, "/rules/2/then", "This rule allows every call"),
            (
                "/rules/2/when",
                [
                    "and": [
                        ["<": [["var": "args.a"], 3]], [">=": [["var": "args.a"], 3]],
                    ]
                ], "/rules/2/when", "nothing that args.a can be"
            ),
            (
                "/rules/2/when",
                [
                    "and": [
                        ["use": "is_big"], ["<": [["var": "args.amount_cents"], 300]],
                    ]
                ], "/rules/2/when", "nothing that args.amount_cents can be"
            ),
            (
                "/rules/2/when",
                [
                    "and": [
                        ["==": [["var": "args.c"], "EUR"]], ["in": [["var": "args.c"], ["USD"]]],
                    ]
                ], "/rules/2/when", "nothing that args.c can be"
            ),
            (
                "/rules/2/when", ["==": [["var": "tool"], "drop_table"]], "/rules/2/when",
                "does not apply to the tool"
            ),
            ("/default", ["effect": "allow"], "/default", "Whatever no rule names is allowed"),
            (
                "/tests/0/input/args/amount_cents", 300, "/tests/0",
                "but it is require_approval by default"
            ),
            ("/tests/0/expect/rule", "large", "/tests/0", "expected allow by large"),
            ("/tests/0/expect/rule", "larg", "/tests/0", "there is no rule \"larg\""),
            (
                "/tests/0/input/args/iban_country", nil, "/tests/0",
                "The rule \"sanctioned\" has no answer"
            ),
            ("/tests/0/input/tool", "drop_table", "/tests/0", "its tool is none"),
        ] as [(String, JSONValue?, String, String)])
    func refuses(_ place: String, _ value: JSONValue?, _ pointer: String, _ words: String) throws {
        let lint = PolicyLint(try Fixture.finance(place, value))
        #expect(!lint.isPublishable)
        let found = lint.problems.filter { $0.pointer.description.hasPrefix(pointer) }
        #expect(
            found.contains { $0.sentence.contains(words) },
            "\(place): \(lint.problems.map { "\($0.pointer) \($0.sentence)" })")
    }

    @Test func whatIsAcknowledgedMayAllow() throws {
        let rule = try Fixture.finance("/rules/2/when", true)
        #expect(!PolicyLint(rule).isPublishable)
        let place = try JSONPointer(parsing: "/rules/2/then/ack")
        let acknowledged = try JSONPatch([.add(place, "Read only.")]).applied(to: rule)
        #expect(PolicyLint(acknowledged).isPublishable, "\(PolicyLint(acknowledged).problems)")
    }

    /// In a policy where the first match decides, a rule that always matches hides the rest.
    @Test func rulesBehindOneThatAlwaysMatches() throws {
        let document = try JSONPatch([
            .replace(try JSONPointer(parsing: "/hit_policy"), "first"),
            .replace(try JSONPointer(parsing: "/rules/1/when"), true),
            .remove(try JSONPointer(parsing: "/tests")),
        ]).applied(to: Fixture.finance)
        let problems = PolicyLint(document).problems
        #expect(problems.map(\.pointer.description) == ["/rules/2/when"])
        #expect(problems.first?.sentence.contains("before it always matches") == true)
    }

    /// What holds for some value is no contradiction.
    @Test(
        arguments: [
            ["and": [["<": [["var": "args.a"], 3]], [">": [["var": "args.a"], 2]]]],
            ["and": [["<=": [["var": "args.a"], 3]], [">=": [["var": "args.a"], 3]]]],
            ["<": [1, ["var": "args.a"], 3]],
            ["or": [["<": [["var": "args.a"], 3]], [">": [["var": "args.a"], 5]]]],
            ["and": [["<": [["var": "args.a"], 3]], [">": [["var": "args.b"], 5]]]],
            ["and": [["==": [["var": "args.a"], 1]], ["in": [["var": "args.a"], [2, 1]]]]],
        ] as [JSONValue])
    func isNotTooClever(_ condition: JSONValue) throws {
        let lint = PolicyLint(try Fixture.finance("/rules/2/when", condition))
        let found = lint.problems.filter { $0.sentence.contains("can never match") }
        #expect(found.isEmpty, "\(condition.text()): \(found)")
    }
}

/// Goal: an explanation shows every value that made a rule true, and none that is redacted.
struct ExplanationTests {
    @Test func showsValuesAndHidesSecrets() throws {
        let document = try Fixture.finance(
            "/rules/0/when",
            [
                "or": [
                    ["in": [["var": "args.recipient.iban"], ["XX", "YY"]]],
                    ["==": [["var": "args.iban_country"], "ZZ"]],
                ]
            ])
        let program = try PolicyProgram(try Policy(document))
        let input: JSONValue = [
            "tool": "issue_refund",
            "args": [
                "amount_cents": 60_000, "iban_country": "DE",
                "recipient": ["iban": "DE02120300000000202051"],
            ],
        ]
        let explanation = PolicyExplanation(program, of: input, isHidden: program.policy.hides)
        #expect(explanation.verdict.decider.name == "large")
        let parts = explanation.rules.flatMap(\.parts)
        let country = parts.first { $0.label == "args.iban_country" }
        #expect(country?.value == .known("DE"))
        let iban = parts.first { $0.label == "args.recipient.iban" }
        #expect(iban?.value == .hidden)
        #expect(!explanation.json.text().contains("DE0212"))
        #expect(explanation.json.text().contains("60000"))
    }

    /// Whatever operator passes a secret on, no part of the tree shows it.
    @Test(
        arguments: [
            ["==": [["cat": [["var": "args.password"], "!"]], "x"]],
            ["==": [["var": "args"], 1]],
            ["some": [["var": "args.people"], ["==": [["var": "password"], "x"]]]],
            ["in": ["x", ["map": [["var": "args.people"], ["var": "password"]]]]],
            ["==": [["substr": [["var": "args.password"], 0, 3]], "x"]],
            ["if": [["==": [["var": "args.password"], "x"]], true, false]],
        ] as [JSONValue])
    func canary(_ condition: JSONValue) throws {
        let document = try Fixture.finance("/rules/0/when", condition)
        let program: PolicyProgram
        do { program = try PolicyProgram(try Policy(document)) } catch { return }
        let input: JSONValue = [
            "args": [
                "amount_cents": 1, "password": "canary-7731", "people": [["password": "canary-9"]],
            ]
        ]
        let text = PolicyExplanation(program, of: input, isHidden: program.policy.hides).json.text()
        #expect(!text.contains("canary"), "\(text)")
        #expect(!text.contains("\"can\""), "\(text)")
    }
}
