import JSONTree
import Testing

@testable import JSONLogic

/// Random rules over random data, in both profiles: there is always an answer.
///
///     COUNTERSIGN_LOGIC_ROUNDS=10000000 swift test -c release --filter FuzzTests
@Suite struct FuzzTests {
    @Test("No rule and no data make the program stop")
    func neverATrap() {
        var seed = Seed(Seed.chosen)
        var answered = 0
        for _ in 0..<Seed.rounds(2_000) {
            let profile: LogicProfile = seed.below(2) == 0 ? .strict : .compat
            let settings = LogicSettings(
                profile: profile, definitions: ["d": ["<": [["var": "args.a"], 3]]],
                tables: ["t": ["a", "b", 3]],
                limits: LogicLimits(operationsMax: 5_000, producedMax: 20_000))
            let rule = Self.rule(&seed, depth: 4)
            guard let program = try? LogicProgram([rule, ["use": "d"]], settings: settings) else {
                continue
            }
            let input = program.resolve(Self.data(&seed, depth: 3))
            let outcome = program.evaluate(on: input)
            let traced = program.trace(on: input)
            // What an explanation says is what was decided.
            #expect(traced.result == outcome, "seed \(Seed.chosen): \(rule.text(.compact))")
            let truth = program.truth(on: input)
            #expect(program.truths(on: input).first == truth)
            if profile == .strict, case .value(.bool(let holds)) = outcome {
                #expect(truth == (holds ? .yes : .no), "\(rule.text(.compact))")
            }
            answered += 1
        }
        #expect(answered > 0)
    }

    static let names = LogicOperator.allCases.map(\.rawValue)

    static func rule(_ seed: inout Seed, depth: Int) -> JSONValue {
        guard depth > 0, seed.below(5) > 0 else { return leaf(&seed) }
        let name = seed.pick(names)
        if seed.below(8) == 0 {
            return .object([name: rule(&seed, depth: depth - 1)])
        }
        var operands: [JSONValue] = []
        for _ in 0..<seed.pick([0, 1, 2, 2, 2, 3, 4]) {
            operands.append(rule(&seed, depth: depth - 1))
        }
        return .object([name: .array(operands)])
    }

    private static let paths = [
        "args.a", "args.b", "args.l", "args.o.p", "history.n", "", "0", "current", "accumulator",
        "a", "p", "time.now", "x..y", "args",
    ]

    private static func leaf(_ seed: inout Seed) -> JSONValue {
        switch seed.below(6) {
        case 0, 1: ["var": .string(seed.pick(paths))]
        case 2: ["val": [.string(seed.pick(paths)), .number(JSONNumber(seed.below(5)))]]
        case 3: ["val": [[.number(JSONNumber(seed.below(9) - 4))], "args"]]
        case 4 where seed.below(4) == 0: ["val": [[scalar(&seed)], "args"]]
        default: scalar(&seed)
        }
    }

    private static let texts = [
        "", "a", "A", "3", "-0", "1e400", "9223372036854775808", "e\u{301}", "\u{e9}", "👩‍👩‍👧",
        "*a*?",
        "^(a|b)*$", "d", "t", "PT5M", "12.50", "EUR", "a@b.example", "https://u@h.example:8/p",
        "10.0.0.1/8", "::1", "2026-11-22T10:00:00Z", "/args/**/p", "/args/l/*", "mon", "08:00",
        "\u{0}", "constructor", "__proto__",
    ]

    private static func scalar(_ seed: inout Seed) -> JSONValue {
        switch seed.below(8) {
        case 0: .null
        case 1: .bool(seed.below(2) == 0)
        case 2:
            number(
                seed.pick([
                    "0", "-0", "1", "-1", "3", "9223372036854775807", "-9223372036854775808",
                    "9223372036854775808", "1e308", "-1e308", "5e-324", "0.1", "1e15", "64",
                    "1e400",
                ]))
        case 3: .array([scalar(&seed), scalar(&seed)])
        case 4: .array([])
        default: .string(seed.pick(texts))
        }
    }

    private static func number(_ text: String) -> JSONValue {
        JSONNumber(text).map { .number($0) } ?? .null
    }

    static func data(_ seed: inout Seed, depth: Int) -> JSONValue {
        var members = JSONObject()
        for name in [
            "args", "history", "a", "p", "", "l", "o", "time", "now", "edited", "scan", "found",
            "pointer", "kind", "agent", "groups",
        ]
        where seed.below(3) > 0 {
            switch seed.below(depth > 0 ? 4 : 2) {
            case 0, 1: members[name] = scalar(&seed)
            case 2:
                var elements: [JSONValue] = []
                for _ in 0..<seed.below(4) { elements.append(data(&seed, depth: depth - 1)) }
                members[name] = .array(elements)
            default: members[name] = data(&seed, depth: depth - 1)
            }
        }
        return .object(members)
    }
}
