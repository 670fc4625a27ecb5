import JSONTree

/// Makes policies and calls out of a seed: every kind of operator, every kind of field.
struct GeneratedPolicies {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// The fields that calls have, by kind.
    private static let numbers = ["args.n", "args.m", "args.o.n"]
    private static let texts = ["args.s", "args.t", "args.o.s"]
    private static let flags = ["args.f", "args.o.f"]
    private static let words = ["x", "y", "xy", "a@x.test", ""]

    /// A call in which every field is there and of its kind.
    mutating func call() -> JSONValue {
        func number(_ generator: inout Self) -> JSONValue {
            .number(JSONNumber(generator.below(6)))
        }
        func text(_ generator: inout Self) -> JSONValue { .string(generator.pick(Self.words)) }
        func flag(_ generator: inout Self) -> JSONValue { .bool(generator.below(2) == 0) }
        let list = (0..<below(3)).map { _ in text(&self) }
        let people = (0..<below(3)).map { _ in
            ["k": text(&self), "n": number(&self)] as JSONValue
        }
        let found = (0..<below(3)).map { _ in
            [
                "pointer": .string(pick(["", "/s", "/o", "/o/s", "/l/0"])),
                "kind": .string(pick(["iban", "card", "unscanned"])),
            ] as JSONValue
        }
        return [
            "tool": "t", "scan": ["found": .array(found)],
            "args": [
                "n": number(&self), "m": number(&self), "s": text(&self), "t": text(&self),
                "f": flag(&self), "l": .array(list), "p": .array(people),
                "o": ["n": number(&self), "s": text(&self), "f": flag(&self)],
            ],
        ]
    }

    /// A policy over such calls; it may be one that is refused.
    mutating func policy() -> JSONValue {
        let rules = (0...below(4)).map { index in
            ["id": .string("r\(index)"), "when": condition(3), "then": effect()] as JSONValue
        }
        return [
            "id": "generated", "version": 1, "applies_to": ["tools": ["*"]],
            "hit_policy": .string(pick(["strictest", "first"])), "rules": .array(rules),
            "default": effect(),
            "on_error": pick([["effect": "deny"], ["effect": "require_approval"]]),
        ]
    }

    private mutating func effect() -> JSONValue {
        pick([
            ["effect": "allow", "ack": true], ["effect": "allow", "ack": true],
            .object(asking()), .object(asking()), ["effect": "deny"],
        ])
    }

    /// What asks people, in every strictness.
    private mutating func asking() -> JSONObject {
        var terms: JSONObject = ["effect": "require_approval", "quorum": pick([1, 1, 2])]
        if below(2) == 0 { terms["auto_approve"] = true }
        if below(2) == 0 { terms["on_timeout"] = "fail_open" }
        if below(2) == 0 { terms["timeout_s"] = pick([30, 60, 900]) }
        if below(3) == 0 { terms["risk"] = pick(["low", "high"]) }
        if below(4) == 0 { terms["reason_required"] = true }
        return terms
    }

    private func operation(_ name: String, _ operands: JSONValue...) -> JSONValue {
        .object([name: .array(operands)])
    }

    private mutating func read(_ paths: [String]) -> JSONValue {
        let path = pick(paths)
        switch below(6) {
        case 0: return ["val": .array(path.split(separator: ".").map { .string(String($0)) })]
        case 1: return ["var": [.string(path), 0]]
        case 2: return ["??": [["var": .string(path)], "x"]]
        case 3: return ["var": [.string(path)]]
        default: return ["var": .string(path)]
        }
    }

    private mutating func number() -> JSONValue {
        switch below(7) {
        case 0: operation(pick(["+", "-", "*", "min", "max"]), read(Self.numbers), 2)
        case 1: operation("length", read(Self.texts + ["args.l", "args.p"]))
        case 2: operation("if", condition(0), read(Self.numbers), 3)
        case 3: .number(JSONNumber(below(6)))
        case 4: operation("reduce", read(["args.p"]), reducer, 0)
        default: read(Self.numbers)
        }
    }

    private var reducer: JSONValue {
        operation("+", ["var": "accumulator"], ["var": "current.n"])
    }

    private mutating func text() -> JSONValue {
        switch below(6) {
        case 0: operation("cat", read(Self.texts), "x")
        case 1: operation("substr", read(Self.texts), 0, 1)
        case 2: .string(pick(Self.words))
        default: read(Self.texts)
        }
    }

    /// A condition of at most that depth.
    mutating func condition(_ depth: Int) -> JSONValue {
        guard depth > 0, below(3) > 0 else { return leaf() }
        switch below(6) {
        case 0, 1: return operation("and", condition(depth - 1), condition(depth - 1))
        case 2, 3: return operation("or", condition(depth - 1), condition(depth - 1))
        case 4: return operation("!", condition(depth - 1))
        default:
            return operation(
                pick(["if", "?:"]), condition(depth - 1), condition(depth - 1),
                condition(depth - 1))
        }
    }

    private mutating func leaf() -> JSONValue {
        switch below(18) {
        case 0, 1, 2: operation(pick(["<", "<=", ">", ">="]), number(), number())
        case 3: operation(pick(["==", "===", "!=", "!=="]), number(), number())
        case 4, 5: operation(pick(["==", "===", "!=", "!=="]), text(), text())
        case 6: operation("in", text(), .array(Self.words.prefix(below(4)).map { .string($0) }))
        case 7: operation("in", text(), read(Self.texts + ["args.l"]))
        case 8: operation("exists", .string(pick(["n", "s", "o"])))
        case 9: operation("!", operation("missing", .string(pick(Self.numbers + Self.texts))))
        case 10: operation(pick(["some", "all", "none"]), read(["args.p"]), element())
        case 11: operation("==", read(Self.flags), .bool(below(2) == 0))
        case 12: operation("!!", read(Self.flags + Self.texts + Self.numbers + ["args.l"]))
        case 13: operation("between", number(), 1, 4)
        case 14: operation(pick(["starts_with", "ends_with", "glob"]), text(), text())
        case 15, 16:
            ["has_secret": .array(pick([[], ["iban"], ["/s"], ["/o", "iban"], ["/o/s"]]))]
        default: operation("try", operation("<", number(), 3), .bool(below(2) == 0))
        }
    }

    private mutating func element() -> JSONValue {
        below(2) == 0
            ? operation("<", ["var": "n"], .number(JSONNumber(below(6))))
            : operation("==", ["var": "k"], .string(pick(Self.words)))
    }
}
