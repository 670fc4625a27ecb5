import Approvals
import JSONTree
import Policies
import Testing

/// Goal: which rule decides is a table: strictest or first, and nothing is allowed on an error.
struct DecidingTests {
    /// Rules over `args.a`, `args.b` and `args.c`: each matches when its field is true.
    private static func policy(
        _ hit: HitPolicy, _ effects: [(String, JSONValue)], default fallback: JSONValue,
        onError: JSONValue = ["effect": "require_approval", "group": "errors"]
    ) throws -> PolicyProgram {
        let rules = effects.map { field, effect in
            [
                "id": .string(field), "when": ["==": [["var": .string("args.\(field)")], true]],
                "then": effect,
            ] as JSONValue
        }
        return try PolicyProgram(
            try Policy([
                "id": "p", "version": 1, "applies_to": ["tools": ["*"]],
                "hit_policy": .string(hit.rawValue), "rules": .array(rules), "default": fallback,
                "on_error": onError,
            ]))
    }

    private static func input(_ fields: String) -> JSONValue {
        // A letter is true, a capital letter is false, what is not named is missing.
        var members = JSONObject()
        for letter in fields {
            members[letter.lowercased()] = .bool(letter.isLowercase)
        }
        return ["tool": "t", "args": .object(members)]
    }

    private static let allow: JSONValue = ["effect": "allow"]
    private static let deny: JSONValue = ["effect": "deny"]
    private static func ask(_ quorum: JSONValue = 1, seconds: JSONValue? = nil) -> JSONValue {
        var members: JSONObject = ["effect": "require_approval", "quorum": quorum]
        members["timeout_s"] = seconds
        return .object(members)
    }

    @Test(
        arguments: [
            ("abc", "deny", "c"), ("abC", "require_approval", "b"), ("aBC", "allow", "a"),
            ("ABC", "require_approval", "default"), ("ab", "require_approval", "b"),
            ("aB", "require_approval", "on_error"), ("AB", "require_approval", "on_error"),
            ("bc", "deny", "c"), ("", "require_approval", "on_error"),
            ("aC", "require_approval", "on_error"), ("ac", "deny", "c"),
        ])
    func strictest(_ fields: String, _ effect: String, _ rule: String) throws {
        for order in [["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"]] {
            let effects = ["a": Self.allow, "b": Self.ask(), "c": Self.deny]
            let program = try Self.policy(
                .strictest, order.map { ($0, effects[$0] ?? .null) },
                default: ["effect": "require_approval", "group": "fallback"])
            let verdict = program.decide(Self.input(fields))
            #expect(verdict.effect.kind.rawValue == effect, "\(fields) \(order)")
            #expect(verdict.decider.name == rule, "\(fields) \(order)")
        }
    }

    @Test(
        arguments: [
            ("abc", "allow", "a"), ("Abc", "require_approval", "b"), ("ABc", "deny", "c"),
            ("ABC", "allow", "default"), ("a", "allow", "a"),
            ("bc", "require_approval", "b"), ("Ac", "deny", "c"),
            ("AB", "require_approval", "on_error"), ("c", "deny", "c"),
            ("BC", "require_approval", "on_error"),
        ])
    func first(_ fields: String, _ effect: String, _ rule: String) throws {
        let program = try Self.policy(
            .first, [("a", Self.allow), ("b", Self.ask()), ("c", Self.deny)],
            default: ["effect": "allow", "ack": true])
        let verdict = program.decide(Self.input(fields))
        #expect(verdict.effect.kind.rawValue == effect, "\(fields)")
        #expect(verdict.decider.name == rule, "\(fields)")
    }

    @Test func strictestGoesByQuorumThenTimeThenOrder() throws {
        func decider(_ a: JSONValue, _ b: JSONValue) throws -> String {
            let program = try Self.policy(
                .strictest, [("a", a), ("b", b)], default: Self.deny)
            return program.decide(Self.input("ab")).decider.name
        }
        #expect(try decider(Self.ask(1), Self.ask(2)) == "b")
        #expect(try decider(Self.ask(2, seconds: 900), Self.ask(1, seconds: 5)) == "a")
        #expect(try decider(Self.ask(1, seconds: 60), Self.ask(1, seconds: 30)) == "b")
        #expect(try decider(Self.ask(1), Self.ask(1, seconds: 30)) == "b")
        #expect(try decider(Self.ask(1), Self.ask(1)) == "a")
    }

    /// A field that a rule needs cannot be left out to reach somebody weaker.
    @Test func anErrorNeverWeakensWhatMatched() throws {
        let program = try Self.policy(
            .strictest, [("a", Self.ask(2)), ("b", Self.deny)], default: Self.deny)
        let verdict = program.decide(Self.input("a"))
        #expect(verdict.decider.name == "a")
        #expect(verdict.effect.terms?.quorum == 2)
        let refusing = try Self.policy(
            .strictest, [("a", Self.ask(2)), ("b", Self.allow)], default: Self.allowed,
            onError: Self.deny)
        #expect(refusing.decide(Self.input("a")).decider.name == "on_error")
        #expect(refusing.decide(Self.input("a")).effect.kind == .deny)
    }

    /// A field that a refusing rule reads is left out: the call may not slip past people either.
    @Test func nothingIsReleasedBesideAnError() throws {
        var lax = Self.ask().objectValue ?? JSONObject()
        lax["auto_approve"] = true
        lax["on_timeout"] = "fail_open"
        lax["timeout_s"] = 60
        for hit in [HitPolicy.strictest, .first] {
            for (rules, fields, decider) in [
                ([("b", Self.deny), ("a", .object(lax))], "a", "a"),
                ([("b", Self.deny)], "", "default"),
            ] as [([(String, JSONValue)], String, String)] {
                let program = try Self.policy(
                    hit, rules, default: .object(lax),
                    onError: ["effect": "require_approval", "quorum": 1])
                let definite = program.decide(Self.input(fields + "B"))
                #expect(definite.decider.name == decider)
                #expect(definite.effect.terms?.allowsFlag == true)
                #expect(definite.effect.terms?.posture == .failOpen)
                let beside = program.decide(Self.input(fields))
                #expect(beside.effect.terms?.allowsFlag == false, "\(hit) \(decider)")
                #expect(beside.effect.terms?.posture == .failClosed, "\(hit) \(decider)")
            }
        }
    }

    /// Method: a strict and a lax rule match, either decides by being first; what is asked of
    /// people is the same.
    @Test func ofTwoThatAskTheStricterTermsHold() throws {
        let strict: JSONValue = [
            "effect": "require_approval", "risk": "high", "reason_required": true,
            "timeout_s": 60, "editable": ["/x", "/y/z"],
        ]
        let lax: JSONValue = [
            "effect": "require_approval", "auto_approve": true, "on_timeout": "fail_open",
            "risk": "low", "timeout_s": 60, "editable": ["/y", "/w"],
        ]
        for effects in [[("a", strict), ("b", lax)], [("a", lax), ("b", strict)]] {
            let program = try Self.policy(.strictest, effects, default: Self.deny)
            let verdict = program.decide(Self.input("ab"))
            #expect(verdict.decider.name == "a")
            #expect(verdict.asking.map(\.name) == ["a", "b"])
            let terms = try #require(verdict.effect.terms)
            #expect(!terms.allowsFlag)
            #expect(terms.posture == .failClosed)
            #expect(terms.risk == .high)
            #expect(terms.isReasonRequired)
            #expect(terms.editable == [try JSONPointer(parsing: "/y/z")])
            let first = try Self.policy(.first, effects, default: Self.deny)
            let alone = first.decide(Self.input("ab"))
            #expect(alone.effect == program.policy.rules[0].effect, "first: its terms alone")
        }
    }

    /// Two that release on silence: the call waits as long as either wants.
    @Test func ofTwoThatReleaseTheLongerWaitHolds() throws {
        func open(_ seconds: JSONValue?) -> JSONValue {
            var members = Self.ask(seconds: seconds).objectValue ?? JSONObject()
            members["on_timeout"] = "fail_open"
            return .object(members)
        }
        for (one, two, seconds) in [(60, 900, 900), (60, nil, nil)]
            as [(JSONValue, JSONValue?, Int?)]
        {
            let program = try Self.policy(
                .strictest, [("a", open(one)), ("b", open(two))], default: Self.deny)
            let terms = try #require(program.decide(Self.input("ab")).effect.terms)
            #expect(terms.posture == .failOpen)
            #expect(terms.timeoutSeconds == seconds)
        }
    }

    /// What is laxer in anything is laxer, so that somebody looks at it.
    @Test(
        arguments: [
            ([:], [:], EffectLeaning.same), (["quorum": 2], [:], .stricter),
            (["auto_approve": true], [:], .laxer), (["on_timeout": "fail_open"], [:], .laxer),
            (["risk": "high"], [:], .stricter), ([:], ["reason_required": true], .laxer),
            (["quorum": 2, "auto_approve": true], [:], .laxer),
            (["timeout_s": 60], ["timeout_s": 90], .stricter),
        ] as [([String: JSONValue], [String: JSONValue], EffectLeaning)])
    func leaning(
        _ one: [String: JSONValue], _ other: [String: JSONValue], _ leaning: EffectLeaning
    ) throws {
        func effect(_ terms: [String: JSONValue]) throws -> Effect {
            var members = Self.ask().objectValue ?? JSONObject()
            for (name, value) in terms { members[name] = value }
            return try Self.policy(.strictest, [], default: .object(members)).policy.fallback
        }
        #expect(try effect(one).leaning(against: effect(other)) == leaning)
        #expect(try effect(one).leaning(against: .allow(isAcknowledged: false)) == .stricter)
        #expect(try effect(one).leaning(against: .deny(reasonCode: nil, instead: nil)) == .laxer)
    }

    private static let allowed: JSONValue = ["effect": "allow", "ack": "All others are harmless."]

    @Test func recordsWhatItSaw() throws {
        let program = try Self.policy(
            .strictest, [("a", Self.allow), ("b", Self.ask())], default: Self.deny)
        let verdict = program.decide(Self.input("A"))
        #expect(verdict.digest == program.policy.digest)
        #expect(verdict.paths.map(\.description) == ["/args/a", "/args/b"])
        #expect(verdict.answers.map(\.rule.rawValue) == ["a", "b"])
        #expect(verdict.json["rules"]?[0]?["result"] == false)
        #expect(verdict.json["rules"]?[1]?["result"] == "error")
        #expect(verdict.json["rules"]?[1]?["reason"]?.stringValue?.isEmpty == false)
    }
}

/// Goal: an approver may change what the rule lets them, and never past a stricter one.
struct EditTests {
    private static func judge(_ before: JSONValue, _ after: JSONValue) throws -> EditVerdict {
        let program = try PolicyProgram(try Policy(Fixture.finance))
        return program.judge(edited: after, of: ["tool": "issue_refund", "args": before])
    }

    private static func call(_ cents: JSONValue, _ country: JSONValue = "DE") -> JSONValue {
        ["amount_cents": cents, "iban_country": country]
    }

    @Test(
        arguments: [
            (60_000, 50_500, nil), (60_000, 40_000, nil), (60_000, 100, nil), (60_000, 60_000, nil),
            (60_000, 60_001, "limit"), (40_000, 50_000, nil), (40_000, 50_001, "large"),
            (40_000, "40", "on_error"), (40_000, nil, "on_error"), (60_000, "50", "unclear"),
            (60_000, nil, "unclear"),
        ] as [(JSONValue, JSONValue, String?)])
    func amounts(_ before: JSONValue, _ after: JSONValue, _ obstacle: String?) throws {
        switch try Self.judge(Self.call(before), Self.call(after)) {
        case .fits: #expect(obstacle == nil, "\(before.text()) \(after.text())")
        case .pastLimit: #expect(obstacle == "limit", "\(before.text()) \(after.text())")
        case .unclear: #expect(obstacle == "unclear", "\(before.text()) \(after.text())")
        case .stricter(let verdict): #expect(obstacle == verdict.decider.name)
        }
    }

    /// Two rules ask, the one that does not decide has the limit.
    @Test func everyLimitHolds() throws {
        func rule(_ id: String, _ extra: [String: JSONValue]) -> JSONValue {
            var then: JSONObject = ["effect": "require_approval"]
            for (name, value) in extra { then[name] = value }
            return [
                "id": .string(id), "when": [">": [["var": "args.n"], 0]], "then": .object(then),
            ]
        }
        let limit: JSONValue = ["<=": [["var": "edited.n"], ["var": "args.n"]]]
        let program = try PolicyProgram(
            try Policy([
                "id": "p", "version": 1, "applies_to": ["tools": ["*"]],
                "rules": [
                    rule("a", ["quorum": 2]), rule("b", ["edit_limit": limit]),
                ], "default": ["effect": "deny"],
            ]))
        func judge(_ n: JSONValue) -> EditVerdict {
            program.judge(edited: ["n": n], of: ["tool": "t", "args": ["n": 5]])
        }
        #expect(judge(4) == .fits)
        guard case .pastLimit(let rule) = judge(6) else {
            Issue.record("the limit of the other rule was passed")
            return
        }
        #expect(rule.name == "b")
    }

    /// Goal: no order of rules hands a call of one group to another by an edit.
    ///
    /// Method: two rules over a field each, in both orders; the edit leaves one for the other.
    @Test func anotherGroupIsNeverReachedByAnEdit() throws {
        let rules: [JSONValue] = [
            Self.rule("finance", ["group": "finance"]), Self.rule("legal", ["group": "legal"]),
            Self.rule("again", ["group": "finance"]),
            Self.rule("risky", ["group": "finance", "risk": "high"]),
            Self.rule("said", ["group": "finance", "reason_required": true]),
            Self.rule("narrow", ["group": "finance", "editable": ["/x"]]),
            Self.rule("bound", ["group": "finance", "edit_limit": true]),
            [
                "id": "refused", "when": ["==": [["var": "args.k"], "refused"]],
                "then": ["effect": "deny"],
            ],
            [
                "id": "free", "when": ["==": [["var": "args.k"], "free"]],
                "then": ["effect": "allow"],
            ],
        ]
        for ordered in [rules, rules.reversed()] {
            let program = try PolicyProgram(
                try Policy([
                    "id": "p", "version": 1, "applies_to": ["tools": ["*"]],
                    "rules": .array(ordered),
                    "default": ["effect": "require_approval", "group": "others"],
                ]))
            for (before, after, fits) in [
                ("finance", "again", true), ("finance", "legal", false),
                ("legal", "finance", false), ("finance", "risky", false),
                ("risky", "finance", true), ("finance", "said", false),
                ("said", "finance", true), ("finance", "narrow", false),
                ("narrow", "finance", false), ("finance", "refused", false),
                ("finance", "free", true), ("free", "finance", false),
                ("finance", "none of them", false), ("bound", "none of them", true),
                ("bound", "legal", false), ("none of them", "nor of them", true),
            ] {
                let verdict = program.judge(
                    edited: ["k": .string(after)],
                    of: ["tool": "t", "args": ["k": .string(before)]])
                if case .stricter = verdict {
                    #expect(!fits, "\(before) to \(after)")
                } else {
                    #expect(fits && verdict == .fits, "\(before) to \(after): \(verdict)")
                }
            }
        }
    }

    private static func rule(_ id: String, _ terms: [String: JSONValue]) -> JSONValue {
        var then: JSONObject = ["effect": "require_approval"]
        for (name, value) in terms { then[name] = value }
        return [
            "id": .string(id), "when": ["==": [["var": "args.k"], .string(id)]],
            "then": .object(then),
        ]
    }

    /// An edit that leaves a rule without an answer could hide what it would have said.
    @Test func anEditTakesNoRuleItsAnswer() throws {
        let program = try PolicyProgram(
            try Policy([
                "id": "p", "version": 1, "applies_to": ["tools": ["*"]],
                "rules": [
                    Self.rule("a", ["quorum": 2]),
                    [
                        "id": "b", "when": ["==": [["var": "args.c"], "XX"]],
                        "then": ["effect": "deny"],
                    ],
                ], "default": ["effect": "deny"],
            ]))
        func judge(_ edited: JSONValue) -> EditVerdict {
            program.judge(edited: edited, of: ["tool": "t", "args": ["k": "a", "c": "DE"]])
        }
        #expect(judge(["k": "a", "c": "FR"]) == .fits)
        guard case .stricter = judge(["k": "a"]) else {
            Issue.record("a rule was silenced by an edit")
            return
        }
    }

    @Test func aDeniedResultIsStricter() throws {
        guard
            case .stricter(let verdict) = try Self.judge(
                Self.call(40_000), Self.call(40_000, "XX"))
        else {
            Issue.record("an edit into a denied call was taken")
            return
        }
        #expect(verdict.effect == .deny(reasonCode: "sanctioned", instead: "Ask legal."))
    }
}
