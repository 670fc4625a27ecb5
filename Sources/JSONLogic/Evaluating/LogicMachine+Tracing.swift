import JSONTree

/// Keeps what each part gave, and shows it as a tree.
extension LogicMachine {
    /// Runs a part with everything kept.
    mutating func trace(_ root: Int) -> LogicTrace {
        records = Array(repeating: nil, count: code.nodes.count)
        do {
            _ = try value(root)
        } catch {
            // The record of the part that stopped has it.
        }
        return shown(root)
    }

    mutating func recordedValue(_ place: Int) throws(LogicStop) -> LogicValue {
        do {
            let value = try plainValue(place)
            records?[place] = .value(value)
            return value
        } catch {
            records?[place] = .stopped(error)
            throw error
        }
    }

    private func shown(_ place: Int) -> LogicTrace {
        let node = code.nodes[place]
        let origin = code.origins[place]
        var path: JSONPointer?
        if node.kind == .slot || node.kind == .slotOr { path = code.slots[Int(node.data)] }
        if node.kind == .element || node.kind == .elementOr {
            path = JSONPointer(tokens: code.elementPaths[Int(node.data)].map(\.name))
        }
        return LogicTrace(
            definition: origin.definition, pointer: origin.pointer, label: label(node),
            path: path, result: outcome(place, node),
            children: node.operands.map { shown(Int(code.children[$0])) })
    }

    private func outcome(_ place: Int, _ node: LogicNode) -> LogicOutcome? {
        switch records?[place] {
        case nil: node.kind == .constant ? .value(code.constants[Int(node.data)].json) : nil
        case .value(let value):
            value.extent(limit: code.limits.producedMax) == nil
                ? .indeterminate(reason(LogicStop(kind: .limit, node: Int32(place))))
                : .value(value.json)
        case .stopped(let stop): .indeterminate(reason(stop))
        }
    }

    private func label(_ node: LogicNode) -> String {
        switch node.kind {
        case .slot, .slotOr, .element, .elementOr: "var"
        case .position: "index"
        case .constant, .outside, .list, .unknown: ""
        case .fault, .call: node.operation.rawValue
        }
    }
}
