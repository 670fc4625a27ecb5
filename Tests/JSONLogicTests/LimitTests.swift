import JSONLogic
import JSONTree
import Testing

/// Rules that would be endless, were it not for the limits.
@Suite struct LimitTests {
    @Test("A rule that doubles what it makes is stopped", arguments: LogicProfile.allCases)
    func doubling(_ profile: LogicProfile) throws {
        let many = JSONValue.array(Array(repeating: 1, count: 500))
        let bodies: [JSONValue] = [
            [["var": "accumulator"], ["var": "accumulator"]], [["var": "accumulator"]],
            ["merge": [["var": "accumulator"], ["var": "accumulator"]]],
            ["cat": [["var": "accumulator"], ["var": "accumulator"]]],
        ]
        for body in bodies {
            let start: JSONValue = body["cat"] == nil ? [1] : "a"
            let program = try LogicProgram(
                ["reduce": [many, body, start]], settings: LogicSettings(profile: profile))
            guard case .indeterminate(let reason) = program.evaluate(on: program.resolve([:]))
            else {
                Issue.record("\(body.text(.compact)) had an answer")
                continue
            }
            #expect(reason.kind == .limit, "\(body.text(.compact))")
        }
    }

    @Test("Iterations inside iterations are stopped, and what they share is not written out")
    func nesting() throws {
        var rule: JSONValue = ["var": ""]
        for _ in 0..<20 { rule = ["map": [[["var": ""], ["var": ""]], rule]] }
        let program = try LogicProgram(rule, settings: LogicSettings(profile: .compat))
        let input = program.resolve([1])
        guard case .indeterminate(let reason) = program.evaluate(on: input) else {
            Issue.record("there was an answer")
            return
        }
        #expect(reason.kind == .limit)
        #expect(program.trace(on: input).result == .indeterminate(reason))
    }

    @Test("A rule may be 64 deep, and its definitions may not use themselves")
    func depth() {
        var rule: JSONValue = true
        for _ in 0..<63 { rule = ["!": rule] }
        #expect(throws: Never.self) { try LogicProgram(rule) }
        #expect(throws: LogicRefusal.self) { try LogicProgram(["!": rule]) }
        let circle = LogicSettings(definitions: ["a": ["use": "b"], "b": ["!": ["use": "a"]]])
        #expect(throws: LogicRefusal.self) { try LogicProgram(["use": "a"], settings: circle) }
        var doubling: JSONObject = ["d0": true]
        for place in 1...40 {
            let last: JSONValue = ["use": .string("d\(place - 1)")]
            doubling["d\(place)"] = ["and": [last, last]]
        }
        let settings = LogicSettings(definitions: doubling)
        #expect(throws: LogicRefusal.self) { try LogicProgram(["use": "d40"], settings: settings) }
    }

    @Test("The deepest rule over deep data runs, is traced, and is stopped by nothing but limits")
    func deepest() throws {
        var data: JSONValue = "x"
        for _ in 0..<400 { data = [data] }
        for name in ["some", "filter", "map", "if", "try", "cat", "??", "and"] {
            var rule: JSONValue = ["var": ""]
            for _ in 0..<62 { rule = .object([name: [rule, rule.shallow]]) }
            for profile in LogicProfile.allCases {
                let settings = LogicSettings(profile: profile)
                let program = try LogicProgram(rule, settings: settings)
                let input = program.resolve(data)
                let outcome = program.evaluate(on: input)
                #expect(program.trace(on: input).result == outcome, "\(name)")
            }
        }
    }

    @Test("A number of steps outwards may be any number", arguments: LogicProfile.allCases)
    func climbing(_ profile: LogicProfile) {
        for steps in [JSONNumber(Int64.min), JSONNumber(Int64.max), JSONNumber(-1), JSONNumber(7)] {
            let rule: JSONValue = ["map": [[1], ["val": [[.number(steps)], "a"]]]]
            guard let program = try? LogicProgram(rule, settings: LogicSettings(profile: profile))
            else { continue }
            _ = program.evaluate(on: program.resolve(["a": 1]))
        }
    }
}

extension JSONValue {
    /// The value where it is small; else a small one, so that rules grow in depth only.
    fileprivate var shallow: JSONValue {
        self["var"] == nil ? true : self
    }
}
