import JSONLogic
import JSONTree
import Testing

/// The public suites, in `compat`: every case, to the letter.
@Suite(.enabled(if: ConformanceData.isPresent, ConformanceData.absent))
struct SuiteTests {
    @Test("All cases of the classic suite give what the suite says")
    func classic() throws {
        let cases = try SuiteCase.classic()
        #expect(cases.count == 277)
        #expect(Self.failures(cases) == [])
    }

    @Test("All cases of the compatibility tables give what the tables say")
    func tables() throws {
        let cases = try SuiteCase.tables()
        #expect(cases.count == 1_138)
        #expect(Self.failures(cases) == [])
    }

    @Test("All cases of the consensus give what was agreed, and contested ones what is ruled")
    func consensus() throws {
        let cases = try SuiteCase.consensus()
        #expect(cases.count == 1_138)
        let classes = Dictionary(grouping: cases) { $0.label }.mapValues(\.count)
        #expect(
            classes == [
                "core": 777, "extended": 219, "strict-error": 113, "contested": 19,
                "engine-specific": 10,
            ])
        #expect(Self.failures(cases) == [])
    }

    @Test(
        "In strict every rule of the suites gives a value, is open, or is refused"
    )
    func strict() throws {
        let cases = try SuiteCase.tables()
        var counts = [0, 0, 0]
        for example in cases {
            guard let program = try? LogicProgram(example.rule) else {
                counts[2] += 1
                continue
            }
            switch program.evaluate(on: program.resolve(example.data)) {
            case .value: counts[0] += 1
            case .indeterminate: counts[1] += 1
            }
        }
        #expect(counts.reduce(0, +) == cases.count)
        #expect(counts.allSatisfy { $0 > 0 }, "\(counts)")
    }

    private static func failures(_ cases: [SuiteCase]) -> [String] {
        cases.compactMap { example in
            let got = example.answer(.compat)
            guard !example.accepts(got) else { return nil }
            return "\(example.rule.text(.compact)) on \(example.data.text(.compact)): "
                + "\(got) instead of \(example.expected)"
        }
    }
}

/// One case of a public suite.
struct SuiteCase {
    let label: String
    let rule: JSONValue
    let data: JSONValue
    let expected: Answer

    enum Answer: Hashable, CustomStringConvertible {
        case result(JSONValue)
        case error(JSONValue)

        var description: String {
            switch self {
            case .result(let value): value.text(.compact)
            case .error(let value): "error \(value.text(.compact))"
            }
        }
    }

    func answer(_ profile: LogicProfile) -> Answer {
        do {
            let program = try LogicProgram(rule, settings: LogicSettings(profile: profile))
            switch program.evaluate(on: program.resolve(data)) {
            case .value(let value): return .result(value)
            case .indeterminate(let reason): return .error(reason.error)
            }
        } catch {
            return .error(["type": .string("refused: \(error)")])
        }
    }

    /// Whether an answer is the expected one, numbers by value.
    func accepts(_ answer: Answer) -> Bool {
        switch (expected, answer) {
        case (.result(let one), .result(let two)): one.normal == two.normal
        case (.error(let one), .error(let two)): one == two
        default: false
        }
    }

    static func classic() throws -> [SuiteCase] {
        try parsed("jsonlogic-classic/tests.json").compactMap { entry in
            guard let parts = entry.arrayValue, parts.count == 3 else { return nil }
            return SuiteCase(
                label: "", rule: parts[0], data: parts[1], expected: .result(parts[2]))
        }
    }

    static func tables() throws -> [SuiteCase] {
        let folder = "jsonlogic-compat-tables/suites"
        return try parsed("\(folder)/index.json").compactMap(\.stringValue).flatMap { name in
            try parsed("\(folder)/\(name)").compactMap(Self.init(entry:))
        }
    }

    static func consensus() throws -> [SuiteCase] {
        try parsed("jsonlogic-consensus/dev.json").compactMap(Self.init(entry:))
    }

    private init?(entry: JSONValue) {
        guard let object = entry.objectValue else { return nil }
        let expected: Answer
        if let error = object["error"] {
            expected = .error(error)
        } else {
            expected = .result(object["result"] ?? .null)
        }
        self.init(
            label: object["class"]?.stringValue ?? "", rule: object["rule"] ?? .null,
            data: object["data"] ?? .null, expected: expected)
    }

    init(label: String, rule: JSONValue, data: JSONValue, expected: Answer) {
        self.label = label
        self.rule = rule
        self.data = data
        self.expected = expected
    }

    private static func parsed(_ path: String) throws -> [JSONValue] {
        let limits = JSONLimits(bytesMax: 1 << 24)
        let value = try JSONValue(parsing: ConformanceData.bytes(path), limits: limits)
        return try #require(value.arrayValue)
    }
}

extension JSONValue {
    /// The same value with every number in its shortest form.
    var normal: JSONValue {
        switch self {
        case .number(let number): JSONNumber(number.double).map { .number($0) } ?? self
        case .array(let elements): .array(elements.map(\.normal))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.name, $0.value.normal) }))
        case .null, .bool, .string: self
        }
    }
}
