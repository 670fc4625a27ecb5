import JSONTree
import Testing

@testable import JSONLogic

/// What `strict` promises of absence: taking a field away, or changing its type, never turns a yes
/// into a no or a no into a yes. It may only leave the answer open.
///
/// From this follows what a policy promises, as long as it allows only when an allowing rule says
/// yes and every stricter rule says no.
@Suite struct DefinednessTests {
    @Test("Removing, nulling or retyping a field of the arguments never turns an answer around")
    func neverTurned() {
        var seed = Seed(Seed.chosen)
        var definite = 0
        var opened = 0
        for _ in 0..<Seed.rounds(200) {
            let written = RuleMaker.condition(&seed, depth: 3)
            guard let program = try? LogicProgram(written) else { continue }
            let data = RuleMaker.data(&seed)
            let before = program.truth(on: program.resolve(data))
            for field in data.fields(below: ["args"]) + data.fields(below: ["edited"]) {
                for other in RuleMaker.replacements where other?.type != data[field]?.type {
                    let changed = data.replacing(field, with: other)
                    let after = program.truth(on: program.resolve(changed))
                    if before != .indeterminate { definite += 1 }
                    if after == .indeterminate, before != .indeterminate { opened += 1 }
                    let isTurned =
                        before != after && before != .indeterminate && after != .indeterminate
                    #expect(
                        !isTurned,
                        """
                        seed \(Seed.chosen): \(written.text(.compact)) on \(data.text(.compact)): \
                        \(before), and \(after) with \(field) \(other?.text(.compact) ?? "removed")
                        """)
                }
            }
        }
        // The test would hold of rules that never answer, too.
        #expect(definite > 1_000 && opened > 100, "\(definite) \(opened)")
    }

    @Test("Removing or nulling a field never settles what was open")
    func neverSettled() {
        var seed = Seed(Seed.chosen &+ 1)
        for _ in 0..<Seed.rounds(200) {
            let written = RuleMaker.condition(&seed, depth: 3)
            guard let program = try? LogicProgram(written) else { continue }
            let data = RuleMaker.data(&seed)
            guard program.truth(on: program.resolve(data)) == .indeterminate else { continue }
            for field in data.fields(below: ["args"]) {
                for other in [nil, JSONValue.null] {
                    let changed = data.replacing(field, with: other)
                    let after = program.truth(on: program.resolve(changed))
                    #expect(
                        after == .indeterminate,
                        "seed \(Seed.chosen): \(written.text(.compact)) on \(data.text(.compact))")
                }
            }
        }
    }

    @Test("What a policy names as optional may be absent on purpose")
    func optional() throws {
        let rule: JSONValue = ["exists": "args.cc"]
        let closed = try LogicProgram(rule)
        #expect(closed.truth(on: closed.resolve(["args": [:]])) == .indeterminate)
        let settings = LogicSettings(optional: [JSONPointer(tokens: ["args", "cc"])])
        let open = try LogicProgram(rule, settings: settings)
        #expect(open.truth(on: open.resolve(["args": [:]])) == .no)
        #expect(open.truth(on: open.resolve(["args": ["cc": "a@b.example"]])) == .yes)
    }
}

/// Random conditions over a small input, of the kind that policies have.
enum RuleMaker {
    static let replacements: [JSONValue?] = [
        nil, .null, true, false, 0, 7, "", "a", "7", [], ["a"], [7], [:], ["k": "a"], ["k": 7],
    ]

    static func condition(_ seed: inout Seed, depth: Int, inside: Bool = false) -> JSONValue {
        guard depth > 0 else { return comparison(&seed, inside: inside) }
        let inner = depth - 1
        switch seed.below(15) {
        case 0: return ["!": condition(&seed, depth: inner, inside: inside)]
        case 1: return ["!!": condition(&seed, depth: inner, inside: inside)]
        case 2, 3, 4:
            return .object([
                seed.pick(["and", "or"]): [
                    condition(&seed, depth: inner, inside: inside),
                    condition(&seed, depth: inner, inside: inside),
                ]
            ])
        case 5:
            return [
                "if": [
                    condition(&seed, depth: inner, inside: inside),
                    condition(&seed, depth: inner, inside: inside),
                    condition(&seed, depth: inner, inside: inside),
                ]
            ]
        case 6, 7:
            return .object([
                seed.pick(["some", "all", "none"]): [
                    list(&seed, inside), condition(&seed, depth: inner, inside: true),
                ]
            ])
        case 8: return ["try": [condition(&seed, depth: inner, inside: inside), false]]
        case 9: return ["??": [condition(&seed, depth: inner, inside: inside), true]]
        case 10:
            return [
                "try": [
                    [
                        "if": [
                            condition(&seed, depth: inner, inside: inside), ["throw": "stop"], true,
                        ]
                    ], false,
                ]
            ]
        default: return comparison(&seed, inside: inside)
        }
    }

    private static func comparison(_ seed: inout Seed, inside: Bool) -> JSONValue {
        let one = operand(&seed, inside)
        let two = seed.below(2) == 0 ? operand(&seed, inside) : constant(&seed)
        switch seed.below(16) {
        case 0, 1, 2, 3, 4:
            let name = seed.pick(["==", "!=", "===", "!==", "<", "<=", ">", ">="])
            return .object([name: [one, two]])
        case 5: return ["in": [one, seed.below(2) == 0 ? list(&seed, inside) : ["a", 7]]]
        case 6: return ["exists": .string(seed.pick(["args.a", "args.o.k", "args.z"]))]
        case 7: return ["!": ["missing": ["args.a", "args.o.k"]]]
        case 8: return ["missing_some": [1, ["args.a", "args.b"]]]
        case 9:
            return .object([
                seed.pick(["contains", "starts_with", "ends_with", "glob"]): [one, two]
            ])
        case 10: return ["changed": .string(seed.pick(["a", "o", "l"]))]
        case 11:
            return .object([seed.pick(["subset", "intersects"]): [list(&seed, inside), ["a", 7]]])
        case 12:
            return [
                "any_at": [
                    .string(seed.pick(["/args/**/k", "/args/*", "/**/k", "/*/a", "/args/m/*/k"])),
                    ["==": [["var": ""], two]],
                ]
            ]
        case 13: return [">": [["length": list(&seed, inside)], 1]]
        case 14: return ["switch": [one, [["a", true], [7, false]], false]]
        default: return one
        }
    }

    private static func list(_ seed: inout Seed, _ inside: Bool) -> JSONValue {
        switch seed.below(7) {
        case 0: ["filter": [["var": "args.m"], ["==": [["var": "k"], "a"]]]]
        case 1: ["map": [["var": "args.m"], ["var": "k"]]]
        case 2: ["merge": [["var": "args.l"], ["a"]]]
        case 3: ["sort": [["var": "args.l"]]]
        case 4: [operand(&seed, inside), "a"]
        default: ["var": .string(seed.pick(["args.l", "args.m", "args.a"]))]
        }
    }

    private static func operand(_ seed: inout Seed, _ inside: Bool) -> JSONValue {
        if inside, seed.below(2) == 0 { return ["var": .string(seed.pick(["", "k"]))] }
        switch seed.below(10) {
        case 0: return ["var": [.string(seed.pick(["args.a", "args.z"])), constant(&seed)]]
        case 1: return ["+": [["var": "args.b"], 1]]
        case 2: return ["cat": [["var": "args.a"], "a"]]
        case 3: return ["??": [["var": "args.a"], constant(&seed)]]
        case 4: return ["val": ["args", .string(seed.pick(["a", "b", "z"]))]]
        case 5: return ["at": .string(seed.pick(["/args/o/k", "/edited/a"]))]
        case 6: return ["length": ["cat": ["var": "args.a"]]]
        case 7:
            return ["if": [["==": [["var": "args.b"], 7]], ["var": "args.a"], constant(&seed)]]
        default: return ["var": .string(seed.pick(["args.a", "args.b", "args.o.k", "args.t"]))]
        }
    }

    private static func constant(_ seed: inout Seed) -> JSONValue {
        seed.pick(["a", "b", 7, 0, true, false, "7", ""])
    }

    static func data(_ seed: inout Seed) -> JSONValue {
        func value(_ seed: inout Seed) -> JSONValue { constant(&seed) }
        var args: JSONObject = [:]
        args["a"] = value(&seed)
        args["b"] = seed.pick([7, 0, 8])
        args["t"] = .bool(seed.below(2) == 0)
        args["o"] = ["k": value(&seed)]
        args["l"] = seed.pick([["a"], ["a", "b"], [7], [], ["a", 7]])
        args["m"] = [["k": value(&seed)], ["k": value(&seed)]]
        let edited = seed.below(2) == 0 ? args : ["a": value(&seed), "o": ["k": 7], "l": ["a"]]
        return ["args": .object(args), "edited": .object(edited)]
    }
}

extension JSONValue {
    /// The type, null being one of its own.
    fileprivate var type: String {
        switch self {
        case .null: "null"
        case .bool: "truth"
        case .number: "number"
        case .string: "text"
        case .array: "list"
        case .object: "object"
        }
    }

    /// The places of all members of objects below a place.
    func fields(below tokens: [String]) -> [JSONPointer] {
        let pointer = JSONPointer(tokens: tokens)
        switch self[pointer] {
        case .object(let object):
            return object.names.flatMap { name in
                [pointer.appending(name)] + fields(below: tokens + [name])
            }
        case .array(let elements):
            return elements.indices.flatMap { fields(below: tokens + [String($0)]) }
        case nil, .null, .bool, .number, .string: return []
        }
    }

    /// The same value with another value at a place, or nothing there.
    func replacing(_ pointer: JSONPointer, with value: JSONValue?) -> JSONValue {
        guard let first = pointer.tokens.first else { return value ?? .null }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        switch self {
        case .object(var object):
            if rest.isRoot {
                object[first] = value
            } else {
                object[first] = object[first]?.replacing(rest, with: value)
            }
            return .object(object)
        case .array(var elements):
            if let place = Int(first) {
                elements[place] = elements[place].replacing(rest, with: value)
            }
            return .array(elements)
        case .null, .bool, .number, .string: return self
        }
    }
}
