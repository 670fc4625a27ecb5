import JSONTree

/// The texts for what stopped a rule, made only when somebody asks.
extension LogicMachine {
    func reason(_ stop: LogicStop) -> LogicReason {
        let origin = code.origins[Int(stop.node)]
        return LogicReason(
            kind: stop.kind, definition: origin.definition, pointer: origin.pointer,
            sentence: sentence(stop),
            thrown: stop.kind == .thrown ? thrown.map(writtenError) : nil)
    }

    /// What was raised, unless it is too large to be written out.
    private func writtenError(_ value: LogicValue) -> JSONValue {
        guard value.extent(limit: code.limits.producedMax) != nil else {
            return ["type": .string(LogicReason.Kind.limit.rawValue)]
        }
        return value.json
    }

    private func sentence(_ stop: LogicStop) -> String {
        let node = code.nodes[Int(stop.node)]
        let name = node.kind == .call || node.kind == .fault ? node.operation.rawValue : ""
        switch stop.kind {
        case .missing: return "\(field(node)) is missing."
        case .null where stop.found == nil: return "\(field(node)) is null."
        case .null, .type:
            let found = stop.found?.rawValue ?? "a value"
            guard !name.isEmpty else {
                return "A condition is true or false; this one is \(found)."
            }
            guard let other = stop.other else {
                return "The operator \(name) does not take \(found) here."
            }
            return "The operator \(name) does not compare \(found) with \(other.rawValue)."
        case .form: return "The operator \(name) cannot read the text that it is given."
        case .notANumber: return "The result of \(name) is no number."
        case .arguments: return "The operator \(name) has not got the operands that it needs."
        case .unknown: return "There is no such operator."
        case .limit: return "The rule takes more steps, or makes more, than it may."
        case .thrown: return "The rule raised an error."
        }
    }

    private func field(_ node: LogicNode) -> String {
        switch node.kind {
        case .slot, .slotOr:
            return "The field \(code.slots[Int(node.data)].tokens.joined(separator: "."))"
        case .element, .elementOr:
            let names = code.elementPaths[Int(node.data)].map(\.name)
            return names.isEmpty
                ? "An element" : "The field \(names.joined(separator: ".")) of an element"
        case .constant, .position, .outside, .list, .fault, .unknown, .call:
            return "A field that \(node.operation.rawValue) looks for"
        }
    }
}

extension LogicValue {
    /// The types of values, by the words that sentences use.
    enum Kind: String, Sendable {
        case absent = "nothing"
        case null
        case truth = "true or false"
        case number = "a number"
        case wide = "a number beyond 64 bits"
        case text = "a text"
        case list = "a list"
        case object = "an object"
    }

    var kind: Kind {
        switch self {
        case .absent: .absent
        case .null: .null
        case .bool: .truth
        case .integer, .double: .number
        case .wide: .wide
        case .text: .text
        case .list: .list
        case .object: .object
        }
    }
}
