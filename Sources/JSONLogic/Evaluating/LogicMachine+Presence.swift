import JSONTree

/// What is there and what is not, and names that are computed.
extension LogicMachine {
    mutating func isPresent(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        if node.isSpread {
            let names = try names(node, from: 1)
            guard !names.isEmpty else { return true }
            if case .absent = try context(node).descendant(names) { return false }
            return true
        }
        return try isFieldPresent(child(node, 0))
    }

    /// Whether what a part reads is there; open where its absence must not be seen.
    private func isFieldPresent(_ part: Int) throws(LogicStop) -> Bool {
        let node = code.nodes[part]
        switch raw(node) {
        case .absent:
            guard !node.isGuarded else { throw LogicStop(kind: .missing, node: Int32(part)) }
            return false
        case .null:
            guard !node.isGuarded else { throw LogicStop(kind: .null, node: Int32(part)) }
            return !code.isStrict
        case .bool, .integer, .double, .wide, .text, .list, .object: return true
        }
    }

    /// Whether `missing` names a field: in `compat` also one that is null or an empty text.
    private func isMissing(_ value: LogicValue) -> Bool {
        if !code.isStrict, case .text(let text) = value { return text.isEmpty }
        return value.isNothing
    }

    /// `missing` and `missing_some`.
    mutating func absentFields(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        let skipped = node.operation == .missingSome ? 1 : 0
        let (gone, count) =
            node.isSpread
            ? try computedAbsences(node, after: skipped)
            : try writtenAbsences(node, after: skipped)
        guard node.operation == .missingSome else { return .list(gone) }
        let needed = try number(value(child(node, 0)), place)
        return .list(Double(count - gone.count) >= needed.double ? [] : gone)
    }

    private func writtenAbsences(
        _ node: LogicNode, after skipped: Int
    ) throws(LogicStop) -> ([LogicValue], Int) {
        guard case .list(let names) = code.constants[Int(node.data)] else { return ([], 0) }
        var gone: [LogicValue] = []
        for (number, name) in names.enumerated() {
            let part = child(node, number + skipped)
            if code.nodes[part].isGuarded {
                _ = try isFieldPresent(part)
            } else if isMissing(raw(code.nodes[part])) {
                gone.append(name)
            }
        }
        return (gone, names.count)
    }

    private mutating func computedAbsences(
        _ node: LogicNode, after skipped: Int
    ) throws(LogicStop) -> ([LogicValue], Int) {
        let context = try value(child(node, skipped))
        var names: [LogicValue] = []
        for number in (skipped + 1)..<Int(node.count) {
            let given = try value(child(node, number))
            if case .list(let several) = given { names += several } else { names.append(given) }
        }
        var gone: [LogicValue] = []
        for name in names {
            let tokens = try coercedText(name, child(node, skipped)).dotted
            if isMissing(context.descendant(tokens.map { PathToken($0) })) { gone.append(name) }
        }
        return (gone, names.count)
    }

    /// `var`, `val` with names that are computed, which only `compat` takes.
    mutating func computedRead(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        let context = try context(node)
        if node.operation == .val {
            let found = context.descendant(try names(node, from: 1))
            return found.isNothing ? .null : found
        }
        var name = try operand(node, 1, place)
        if case .list(let elements) = name { name = elements.first ?? .null }
        let found = context.descendant(
            try coercedText(name, place).dotted.map { PathToken($0) })
        if case .absent = found {
            return node.count > 2 ? try value(child(node, 2)) : .null
        }
        return found
    }

    /// The value in which computed names are looked up.
    private func context(_ node: LogicNode) throws(LogicStop) -> LogicValue {
        raw(code.nodes[child(node, 0)])
    }

    private mutating func names(
        _ node: LogicNode, from first: Int
    ) throws(LogicStop) -> [PathToken] {
        var found: [PathToken] = []
        for number in first..<Int(node.count) {
            let given = try value(child(node, number))
            if case .list(let several) = given {
                for one in several {
                    found.append(PathToken(try coercedText(one, child(node, number))))
                }
            } else {
                found.append(PathToken(try coercedText(given, child(node, number))))
            }
        }
        return found
    }
}
