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

    @Test func aDeniedResultIsStricter() throws {
        guard
            case .stricter(let verdict) = try Self.judge(
                Self.call(40_000), Self.call(40_000, "XX"))
        else {
            Issue.record("an edit into a denied call was taken")
            return
        }
        #expect(verdict.effect == .deny(reasonCode: "sanctioned"))
    }
}
