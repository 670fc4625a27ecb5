import Approvals
import JSONLogic
import JSONTree

/// Which calls a condition can hold for, as far as that can be read off it.
enum Reachability {
    /// Why a rule can never decide; nil when it may.
    static func obstacle(to rule: Int, of program: PolicyProgram) -> String? {
        let policy = program.policy
        switch program.constant(rule) {
        case .no?: return "This rule can never match: its condition is always false."
        case .indeterminate?: return "This rule can never match: its condition never has an answer."
        case .yes?, nil: break
        }
        let bounds = Bounds(of: policy.rules[rule].condition, in: policy)
        if let path = bounds.contradiction {
            return "This rule can never match: nothing that \(path) can be fulfils its condition."
        }
        if let tools = bounds.tools, !tools.contains(where: policy.applies) {
            return "This rule can never match: the policy does not apply to the tool it names."
        }
        guard policy.hitPolicy == .first else { return nil }
        let before = (0..<rule).first { isEverything($0, of: program) }
        return before.map {
            "This rule can never decide: the rule \"\(policy.rules[$0].id)\" before it always "
                + "matches."
        }
    }

    /// Whether a rule matches every call that the policy applies to.
    static func isEverything(_ rule: Int, of program: PolicyProgram) -> Bool {
        if program.constant(rule) == .yes { return true }
        let paths = program.logic.paths(of: rule)
        guard !paths.isEmpty, paths.allSatisfy({ $0 == JSONPointer(tokens: ["tool"]) }) else {
            return false
        }
        // It looks at nothing but the tool: then the tools that the policy names tell.
        return program.policy.tools.allSatisfy { pattern in
            guard !pattern.hasWildcard else { return false }
            let input = program.logic.resolve(["tool": .string(pattern.text)])
            return program.logic.truth(rule, on: input) == .yes
        }
    }
}

extension ToolPattern {
    /// Whether it stands for more than one name.
    fileprivate var hasWildcard: Bool { text.utf8.contains { $0 == 42 || $0 == 63 } }
}

/// What the parts of one conjunction demand of each path.
private struct Bounds {
    /// What one path may be.
    private struct Range {
        var least: JSONNumber?
        var isLeastOpen = false
        var most: JSONNumber?
        var isMostOpen = false
        /// The values that it may have; nil for any.
        var values: [JSONValue]?
    }

    private var ranges: [(path: String, range: Range)] = []

    /// Reads what stands in every `and` at the top of a condition.
    init(of condition: JSONValue, in policy: Policy) {
        take(condition, policy, depth: 0)
    }

    /// The path for which no value is left.
    var contradiction: String? { ranges.first { isEmpty($0.range) }?.path }

    /// The tools that are named; nil when it is any.
    var tools: [ToolName]? {
        let values = ranges.first { $0.path == "tool" }?.range.values
        return values?.compactMap { $0.stringValue.flatMap(ToolName.init) }
    }

    private mutating func take(_ condition: JSONValue, _ policy: Policy, depth: Int) {
        guard depth < PolicyLimits.definitionDepthMax, let object = condition.objectValue,
            object.count == 1, let member = object.members.first
        else { return }
        let operands = member.value.arrayValue ?? [member.value]
        switch member.name {
        case "and":
            for operand in operands { take(operand, policy, depth: depth + 1) }
        case "use":
            let name = member.value.stringValue ?? ""
            let found = policy.definitions.first { $0.name.utf8.elementsEqual(name.utf8) }
            if let found { take(found.value, policy, depth: depth + 1) }
        case "<", "<=": chain(operands, isOpen: member.name == "<")
        case ">", ">=": chain(operands.reversed(), isOpen: member.name == ">")
        case "==", "===": equal(operands)
        case "in": list(operands, policy)
        default: break
        }
    }

    /// Operands of which each is less than the next.
    private mutating func chain(_ operands: [JSONValue], isOpen: Bool) {
        for (low, high) in zip(operands, operands.dropFirst()) {
            if let path = Self.path(low), let most = high.numberValue {
                change(path) { range in
                    let order = range.most.map { most.compare(to: $0) } ?? -1
                    guard order < 0 || order == 0 && isOpen else { return }
                    (range.most, range.isMostOpen) = (most, isOpen)
                }
            } else if let path = Self.path(high), let least = low.numberValue {
                change(path) { range in
                    let order = range.least.map { least.compare(to: $0) } ?? 1
                    guard order > 0 || order == 0 && isOpen else { return }
                    (range.least, range.isLeastOpen) = (least, isOpen)
                }
            }
        }
    }

    private mutating func equal(_ operands: [JSONValue]) {
        guard operands.count == 2 else { return }
        for (one, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
            guard let path = Self.path(one), Self.isScalar(other) else { continue }
            keep([other], at: path)
        }
    }

    private mutating func list(_ operands: [JSONValue], _ policy: Policy) {
        guard operands.count == 2, let path = Self.path(operands[0]) else { return }
        var values = operands[1].arrayValue
        if values == nil, let name = operands[1]["table"]?.stringValue {
            let table = policy.tables.first { $0.name.utf8.elementsEqual(name.utf8) }
            values = table?.value.arrayValue
        }
        guard let values, values.allSatisfy(Self.isScalar) else { return }
        keep(values, at: path)
    }

    private mutating func keep(_ values: [JSONValue], at path: String) {
        change(path) { range in
            range.values =
                range.values.map { known in
                    known.filter { one in values.contains { Self.isSame(one, $0) } }
                } ?? values
        }
    }

    private mutating func change(_ path: String, _ body: (inout Range) -> Void) {
        let place = ranges.firstIndex { $0.path.utf8.elementsEqual(path.utf8) }
        if place == nil { ranges.append((path, Range())) }
        body(&ranges[place ?? ranges.count - 1].range)
    }

    private func isEmpty(_ range: Range) -> Bool {
        if let least = range.least, let most = range.most {
            let order = least.compare(to: most)
            if order > 0 || order == 0 && (range.isLeastOpen || range.isMostOpen) { return true }
        }
        guard let values = range.values else { return false }
        return values.allSatisfy { isOutside($0, range) }
    }

    private func isOutside(_ value: JSONValue, _ range: Range) -> Bool {
        guard let number = value.numberValue else { return false }
        if let least = range.least {
            let order = number.compare(to: least)
            if order < 0 || order == 0 && range.isLeastOpen { return true }
        }
        if let most = range.most {
            let order = number.compare(to: most)
            if order > 0 || order == 0 && range.isMostOpen { return true }
        }
        return false
    }

    private static func path(_ value: JSONValue) -> String? {
        guard let object = value.objectValue, object.count == 1 else { return nil }
        if let name = object["var"]?.stringValue { return name }
        if let names = object["var"]?.arrayValue, names.count == 1 { return names[0].stringValue }
        let names = object["val"]?.arrayValue?.compactMap(\.stringValue)
        return names?.joined(separator: ".")
    }

    private static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .bool, .number, .string: true
        case .null, .array, .object: false
        }
    }

    private static func isSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
        if let number = one.numberValue, let second = other.numberValue {
            return number.compare(to: second) == 0
        }
        return one == other
    }
}
