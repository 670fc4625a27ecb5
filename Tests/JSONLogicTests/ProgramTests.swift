import JSONLogic
import JSONTree
import Testing

/// What a program tells of itself: what it reads, what it refuses, and why an answer is as it is.
@Suite struct ProgramTests {
    @Test(
        "What does not compile is named by its place and a sentence",
        arguments: [
            (["and": [true, ["odd": 1]]], nil, "/and/1", "There is no operator \"odd\"."),
            (["<": [1]], nil, "", "The operator < takes 2 to 64 operands; this one has 1."),
            (["<": 1], nil, "", "The operands of < are written as a list."),
            (
                ["var": [["cat": ["a", "b"]]]], nil, "/var/0",
                "The name of what a rule reads is written"
            ),
            (
                ["a": 1, "b": 2], nil, "",
                "A rule is an object with one member, its operator; this one has 2."
            ),
            (["!": ["use": "none"]], nil, "/!", "There is no definition \"none\"."),
            (["use": "d"], "d", "/>/0", "There is no table \"t\"."),
            (["matches": ["a", "(?=x)"]], nil, "", "The expression \"(?=x)\""),
            (["at": "a"], nil, "", "\"a\" is no JSON pointer:"),
            (
                ["switch": [1, [[1]]]], nil, "/switch/1/0",
                "A case is a list of a value and its result."
            ),
        ] as [(JSONValue, String?, String, String)])
    func refusals(
        _ rule: JSONValue, _ definition: String?, _ pointer: String, _ sentence: String
    ) throws {
        let settings = LogicSettings(definitions: ["d": [">": [["table": "t"], 1]]])
        let refusal = #expect(throws: LogicRefusal.self) {
            _ = try LogicProgram([["preserve": 1], rule], settings: settings)
        }
        #expect(refusal?.rule == 1)
        #expect(refusal?.definition == definition)
        #expect(refusal?.pointer.description == pointer)
        #expect(refusal?.sentence.hasPrefix(sentence) == true, "\(refusal?.sentence ?? "")")
    }

    @Test("The paths of each rule are known, those of its definitions and facts too")
    func paths() throws {
        let rules: [JSONValue] = [
            ["and": [["use": "d"], ["some": [["var": "args.l"], [">": [["var": "n"], 1]]]]]],
            ["or": [["seen_before": "args.iban"], [">": [["rate": ["count", "1h"]], 3]]]],
            ["in_window": ["08:00", "18:00"]], ["changed": "/a"], ["has_secret": []], true,
        ]
        let settings = LogicSettings(definitions: ["d": ["==": [["var": "args.t"], "x"]]])
        let program = try LogicProgram(rules, settings: settings)
        #expect(program.count == 6)
        let paths = (0..<6).map { program.paths(of: $0).map(\.description) }
        #expect(
            paths == [
                ["/args/t", "/args/l"], ["/history/seen/args.iban", "/history/count_1h"],
                ["/time/now"], ["/args/a", "/edited/a"], ["/scan/found"], [],
            ])
        let input = program.resolve(["args": ["t": nil, "l": []]])
        #expect(program.unusable(0, on: input).map(\.description) == ["/args/t"])
        #expect(program.paths(of: 9) == [])
        #expect(program.truth(9, on: input) == .indeterminate)
    }

    @Test("A trace shows what each part gave, and which parts were not needed")
    func trace() throws {
        let rule: JSONValue = [
            "or": [["use": "big"], ["==": [["var": "args.c"], "X"]], ["exists": "tool"]]
        ]
        let settings = LogicSettings(definitions: ["big": [">": [["var": "args.n"], 5]]])
        let program = try LogicProgram(rule, settings: settings)
        let trace = program.trace(on: program.resolve(["args": ["n": 3, "c": "X"]]))
        #expect(trace.label == "or" && trace.result == .value(true))
        #expect(trace.children.map(\.label) == [">", "==", "exists"])
        #expect(trace.children[0].definition == "big")
        #expect(trace.children[0].result == .value(false))
        #expect(trace.children[0].children[0].path?.description == "/args/n")
        #expect(trace.children[0].children[0].result == .value(3))
        #expect(trace.children[1].pointer.description == "/or/1")
        #expect(trace.children[2].result == nil)
        let open = program.trace(on: program.resolve(["args": ["n": "3"]]))
        guard case .indeterminate(let reason) = open.children[0].result else {
            Issue.record("the comparison had an answer")
            return
        }
        #expect(reason.sentence == "The operator > does not compare a text with a number.")
        #expect(reason.definition == "big" && reason.pointer.isRoot)
    }

    @Test("An input of another program is no input of this one")
    func foreignInput() throws {
        let one = try LogicProgram(["var": "a"])
        let other = try LogicProgram(["+": [["var": "a"], ["var": "b"]]])
        #expect(other.truths(on: one.resolve([:])) == [.indeterminate])
        let alike = try LogicProgram(["var": "a"])
        #expect(alike.evaluate(on: one.resolve(["a": 1])) != .value(1))
        #expect(other.evaluate(on: one.resolve([:])) != .value(0))
    }

    @Test("A table of any size is looked up, and compares by bytes")
    func tables() throws {
        let many = JSONValue.array((0..<5_000).map { .string("d\($0).example") } + ["\u{e9}"])
        let program = try LogicProgram(
            ["in": [["var": "args.d"], ["table": "t"]]],
            settings: LogicSettings(tables: ["t": many]))
        func truth(_ value: JSONValue) -> LogicTruth {
            program.truth(on: program.resolve(["args": ["d": value]]))
        }
        #expect(truth("d4999.example") == .yes && truth("d5000.example") == .no)
        #expect(truth("\u{e9}") == .yes && truth("e\u{301}") == .no)
        #expect(truth(5) == .indeterminate && truth(nil) == .indeterminate)
    }
}
