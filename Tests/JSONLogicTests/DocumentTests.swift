import Foundation
import JSONTree
import Testing

@testable import JSONLogic

/// `Docs/JSONLogic.md` says what happens: its examples run, and nothing is left out of it.
@Suite struct DocumentTests {
    @Test("Every example gives what stands beside it")
    func examples() throws {
        let examples = try Example.all()
        #expect(examples.count > 100)
        for example in examples {
            #expect(example.answer == example.expected, "\(example.text)")
        }
    }

    @Test("Every operator is described and has an example")
    func operators() throws {
        let text = try Example.document()
        let used = try Example.all().reduce(into: Set<String>()) { names, example in
            example.rule.operators(into: &names)
        }
        for operation in LogicOperator.allCases {
            #expect(text.contains("**`\(operation.rawValue)`**"), "\(operation.rawValue)")
            #expect(used.contains(operation.rawValue), "\(operation.rawValue)")
        }
    }

    @Test(
        "Every contested case of the consensus has a ruling",
        .enabled(if: ConformanceData.isPresent, ConformanceData.absent))
    func rulings() throws {
        let ruled = try Set(Example.all().filter { $0.profile == .compat }.map(\.rule))
        let contested = try SuiteCase.consensus().filter { $0.label == "contested" }
        #expect(contested.count == 19)
        for example in contested {
            #expect(ruled.contains(example.rule), "\(example.rule.text(.compact))")
        }
    }
}

/// One line of an example block.
struct Example {
    let text: String
    let profile: LogicProfile
    let rule: JSONValue
    let data: JSONValue
    let expected: String
    let settings: LogicSettings

    /// The result, or the type of the error.
    var answer: String {
        do {
            let program = try LogicProgram(rule, settings: settings)
            switch program.evaluate(on: program.resolve(data)) {
            case .value(let value): return value.normal.text(.compact)
            case .indeterminate(let reason):
                return "error \(reason.error["type"]?.text(.compact) ?? "")"
            }
        } catch {
            return "error \"refused\""
        }
    }

    static func document() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Docs/JSONLogic.md"), encoding: .utf8)
    }

    static func all() throws -> [Example] {
        var found: [Example] = []
        var profile: LogicProfile?
        for line in try document().split(separator: "\n") {
            if line.hasPrefix("```") {
                profile = line.split(separator: " ").last.flatMap {
                    LogicProfile(rawValue: "\($0)")
                }
            } else if let profile {
                found.append(try Example(String(line), profile))
            }
        }
        return found
    }

    private init(_ line: String, _ profile: LogicProfile) throws {
        let value = try JSONValue(parsing: Array(line.utf8))
        text = line
        self.profile = profile
        rule = try #require(value["rule"])
        data = try #require(value["data"])
        if let error = value["error"] {
            expected = "error \(error.text(.compact))"
        } else {
            expected = try #require(value["result"]).normal.text(.compact)
        }
        settings = LogicSettings(
            profile: profile, definitions: value["defs"]?.objectValue ?? [:],
            tables: value["tables"]?.objectValue ?? [:])
    }
}

extension JSONValue {
    /// The names of all objects with one member.
    func operators(into names: inout Set<String>) {
        switch self {
        case .array(let elements): for element in elements { element.operators(into: &names) }
        case .object(let object):
            if object.count == 1 { names.formUnion(object.names) }
            for member in object.members { member.value.operators(into: &names) }
        case .null, .bool, .number, .string: break
        }
    }
}
