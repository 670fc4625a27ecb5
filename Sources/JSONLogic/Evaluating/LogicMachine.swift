import JSONTree

/// Why a rule stopped, without a text: texts are only made when somebody asks.
struct LogicStop: Error {
    let kind: LogicReason.Kind
    let node: Int32
    var found: LogicValue.Kind?
    /// What it was compared with, where each alone would have done.
    var other: LogicValue.Kind?
}

/// Runs a compiled program over one input.
struct LogicMachine {
    let code: LogicCode
    let slots: [LogicValue]
    let atoms: [Int32]
    /// The elements of the iterations around the part that runs, outermost first.
    var frames: [Frame] = []
    /// What each part gave, when somebody wants to see it.
    var records: [Record?]?
    /// What `throw` raised last.
    var thrown: LogicValue?
    private(set) var operationsLeft: Int
    var producedLeft: Int

    struct Frame {
        var value: LogicValue
        var index: Int64
    }

    enum Record {
        case value(LogicValue)
        case stopped(LogicStop)
    }

    init(code: LogicCode, input: LogicInput) {
        self.code = code
        slots = input.slots
        atoms = input.atoms
        operationsLeft = code.limits.operationsMax
        producedLeft = code.limits.producedMax
    }

    /// Gives the next rule a budget of its own.
    mutating func begin() {
        operationsLeft = code.limits.operationsMax
        producedLeft = code.limits.producedMax
    }

    /// What a part gives.
    mutating func value(_ place: Int) throws(LogicStop) -> LogicValue {
        records == nil ? try plainValue(place) : try recordedValue(place)
    }

    /// Whether a part holds, as a condition.
    mutating func truth(_ place: Int) throws(LogicStop) -> Bool {
        let node = code.nodes[place]
        if records == nil, node.kind == .call, node.isCondition {
            try spend(1, place)
            return try condition(node, place)
        }
        return try isTrue(value(place), place)
    }

    mutating func plainValue(_ place: Int) throws(LogicStop) -> LogicValue {
        try spend(1, place)
        let node = code.nodes[place]
        switch node.kind {
        case .constant: return code.constants[Int(node.data)]
        case .slot, .element: return try read(node, place)
        case .slotOr, .elementOr:
            if case .absent = raw(node), !node.isGuarded {
                return try value(child(node, 0))
            }
            return try read(node, place)
        case .position: return position(node)
        case .outside: return try outside(place)
        case .list: return .list(try values(node))
        case .fault: throw LogicStop(kind: .arguments, node: Int32(place))
        case .unknown: throw LogicStop(kind: .unknown, node: Int32(place))
        case .call: return try call(node, place)
        }
    }

    /// What a read leads to, absence included.
    func raw(_ node: LogicNode) -> LogicValue {
        switch node.kind {
        case .slot, .slotOr: return slots[Int(node.data)]
        case .element, .elementOr:
            let place = frames.count - 1 - Int(node.climb)
            guard frames.indices.contains(place) else { return .absent }
            return frames[place].value.descendant(code.elementPaths[Int(node.data)])
        case .constant, .position, .outside, .list, .fault, .unknown, .call: return .absent
        }
    }

    private func read(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        let value = raw(node)
        switch value {
        case .absent:
            guard code.isStrict else { return .null }
            throw LogicStop(kind: .missing, node: Int32(place))
        case .null where node.isGuarded: throw LogicStop(kind: .null, node: Int32(place))
        case .null, .bool, .integer, .double, .wide, .text, .list, .object: return value
        }
    }

    private func position(_ node: LogicNode) -> LogicValue {
        let place = frames.count - 1 - Int(node.climb)
        return frames.indices.contains(place) ? .integer(frames[place].index) : .null
    }

    private func outside(_ place: Int) throws(LogicStop) -> LogicValue {
        guard code.isStrict else { return .null }
        throw LogicStop(kind: .missing, node: Int32(place))
    }

    /// The place of an operand.
    func child(_ node: LogicNode, _ number: Int) -> Int {
        Int(code.children[Int(node.first) + number])
    }

    /// The value of an operand; an operator without it stops.
    mutating func operand(
        _ node: LogicNode, _ number: Int, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        guard number < Int(node.count) else {
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
        return try value(child(node, number))
    }

    /// The values of all operands; of one that is a list, its elements where it spreads.
    mutating func values(_ node: LogicNode) throws(LogicStop) -> [LogicValue] {
        if node.isSpread, node.count == 1 {
            let only = try value(child(node, 0))
            if case .list(let elements) = only { return elements }
            return [only]
        }
        var found: [LogicValue] = []
        found.reserveCapacity(Int(node.count))
        for number in 0..<Int(node.count) {
            found.append(try value(child(node, number)))
        }
        return found
    }

    /// Takes steps from the budget.
    mutating func spend(_ steps: Int, _ place: Int) throws(LogicStop) {
        operationsLeft -= steps
        guard operationsLeft >= 0 else { throw LogicStop(kind: .limit, node: Int32(place)) }
    }

    /// Takes what is made from the budget.
    mutating func produce(_ value: LogicValue, _ place: Int) throws(LogicStop) -> LogicValue {
        producedLeft -= value.size
        guard producedLeft >= 0 else { throw LogicStop(kind: .limit, node: Int32(place)) }
        return value
    }

    /// The value as JSON, unless it is too large to be written out.
    func written(_ value: LogicValue, _ place: Int) throws(LogicStop) -> JSONValue {
        guard value.extent(limit: code.limits.producedMax) != nil else {
            throw LogicStop(kind: .limit, node: Int32(place))
        }
        return value.json
    }

    /// The text that a value stands for in `compat`.
    func coercedText(_ value: LogicValue, _ place: Int) throws(LogicStop) -> String {
        if case .list = value, value.extent(limit: code.limits.producedMax) == nil {
            throw LogicStop(kind: .limit, node: Int32(place))
        }
        return value.coercedText
    }

    /// Whether a value holds as a condition.
    func isTrue(_ value: LogicValue, _ place: Int) throws(LogicStop) -> Bool {
        guard code.isStrict else { return value.isTruthy }
        switch value {
        case .bool(let truth): return truth
        case .list(let elements) where code.nodes[place].result == .list: return !elements.isEmpty
        case .absent, .null, .integer, .double, .wide, .text, .list, .object:
            throw refused(value, place)
        }
    }

    /// Whether a part is written out in the rule; in `compat` this makes no difference.
    func isWritten(_ part: Int) -> Bool {
        !code.isStrict || code.nodes[part].kind == .constant
    }

    /// The stop for a value that its use does not take.
    func refused(_ value: LogicValue, _ place: Int) -> LogicStop {
        LogicStop(
            kind: value.isNothing ? .null : .type, node: Int32(place), found: value.kind)
    }
}
