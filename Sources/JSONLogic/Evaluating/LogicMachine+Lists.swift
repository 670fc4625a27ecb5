import JSONTree

/// Lists: iterating over them, joining, cutting and ordering them.
extension LogicMachine {
    mutating func list(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        switch node.operation {
        case .missing, .missingSome: try produce(absentFields(node, place), place)
        case .merge: try merged(node, place)
        case .map, .filter: try mapped(node, place)
        case .reduce: try reduced(node, place)
        case .sort: try sorted(node, place)
        default: try sliced(node, place)
        }
    }

    /// The elements of an operand; nil for nothing in `compat`.
    mutating func elements(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> [LogicValue]? {
        let source = try operand(node, 0, place)
        if case .list(let elements) = source { return elements }
        guard !code.isStrict else { throw refused(source, place) }
        guard source.isNothing else { throw LogicStop(kind: .arguments, node: Int32(place)) }
        return nil
    }

    mutating func isQuantified(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        guard let elements = try elements(node, place), node.count >= 2 else {
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
        guard !elements.isEmpty else { return node.operation == .none }
        // All is decided by the first no, some and none by the first yes.
        let deciding = node.operation != .all
        let found = try isAny(of: elements, child(node, 1)) { $0 == deciding }
        return node.operation == .some ? found : !found
    }

    /// Whether the body gives what `isWanted` for an element; open when it might.
    mutating func isAny(
        of elements: [LogicValue], _ body: Int, _ isWanted: (Bool) -> Bool
    ) throws(LogicStop) -> Bool {
        frames.append(Frame(value: .null, index: 0))
        defer { frames.removeLast() }
        var open: LogicStop?
        for (index, element) in elements.enumerated() {
            frames[frames.count - 1] = Frame(value: element, index: Int64(index))
            do {
                if isWanted(try truth(body)) { return true }
            } catch {
                try setAside(error, in: &open)
            }
        }
        if let open { throw open }
        return false
    }

    private mutating func mapped(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        guard node.count >= 2 else { throw LogicStop(kind: .arguments, node: Int32(place)) }
        guard let elements = try elements(node, place) else { return .list([]) }
        let body = child(node, 1)
        frames.append(Frame(value: .null, index: 0))
        defer { frames.removeLast() }
        var found: [LogicValue] = []
        for (index, element) in elements.enumerated() {
            frames[frames.count - 1] = Frame(value: element, index: Int64(index))
            if node.operation == .map {
                found.append(try produce(value(body), place))
            } else if try truth(body) {
                found.append(try produce(element, place))
            }
        }
        return .list(found)
    }

    private mutating func reduced(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        guard node.count >= 2 else { throw LogicStop(kind: .arguments, node: Int32(place)) }
        var rest = (try elements(node, place) ?? [])[...]
        var result: LogicValue
        if node.count > 2 {
            result = try value(child(node, 2))
        } else {
            result = rest.popFirst() ?? .null
        }
        frames.append(Frame(value: .null, index: 0))
        defer { frames.removeLast() }
        for (index, element) in rest.enumerated() {
            let both: [LogicValue.Member] = [
                .init(name: "current", value: element), .init(name: "accumulator", value: result),
            ]
            frames[frames.count - 1] = Frame(value: .object(both), index: Int64(index))
            result = try produce(value(child(node, 1)), place)
            try bound(result, place)
        }
        return result
    }

    /// Stops where each round puts another list around what the last one made.
    private mutating func bound(_ value: LogicValue, _ place: Int) throws(LogicStop) {
        switch value {
        case .absent, .null, .bool, .integer, .double, .wide, .text: return
        case .list, .object:
            guard let extent = value.extent(limit: code.limits.producedMax) else {
                throw LogicStop(kind: .limit, node: Int32(place))
            }
            try spend(extent / 16, place)
        }
    }

    private mutating func merged(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        var joined: [LogicValue] = []
        for value in try values(node) {
            if case .list(let elements) = try produce(value, place) {
                joined += elements
            } else if code.isStrict {
                throw refused(value, place)
            } else {
                joined.append(value)
            }
        }
        return .list(joined)
    }

    /// `sort`: a list, whether upwards, and what to order by.
    private mutating func sorted(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        guard let elements = try elements(node, place) else {
            let isWritten = code.nodes[child(node, 0)].kind == .constant
            guard isWritten else { return .null }
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
        let isUpwards = node.count > 1 ? try isUpwards(child(node, 1)) : true
        var keyed: [(key: LogicValue, value: LogicValue)] = []
        frames.append(Frame(value: .null, index: 0))
        defer { frames.removeLast() }
        for (index, element) in elements.enumerated() {
            frames[frames.count - 1] = Frame(value: element, index: Int64(index))
            keyed.append((node.count > 2 ? try value(child(node, 2)) : element, element))
        }
        try spend(keyed.count * 8, place)
        try checkKeys(keyed.map(\.key), place)
        let ordered = keyed.enumerated().sorted { one, two in
            let order = Self.rank(one.element.key, two.element.key)
            guard order != 0 else { return one.offset < two.offset }
            return isUpwards ? order < 0 : order > 0
        }
        return try produce(.list(ordered.map(\.element.value)), place)
    }

    /// The direction of a sort; in `compat` everything but false is upwards.
    private mutating func isUpwards(_ part: Int) throws(LogicStop) -> Bool {
        guard !code.isStrict else { return try truth(part) }
        if case .bool(let truth) = try value(part) { return truth }
        return true
    }

    /// In `strict`, what is sorted is all numbers or all texts.
    private func checkKeys(_ keys: [LogicValue], _ place: Int) throws(LogicStop) {
        guard code.isStrict, let first = keys.first else { return }
        for key in keys {
            guard key.isComparable, key.staticType == first.staticType, key.staticType != .truth
            else { throw refused(key, place) }
        }
    }

    private func mixed(_ value: LogicValue, _ place: Int) -> LogicStop {
        code.isStrict
            ? refused(value, place) : LogicStop(kind: .arguments, node: Int32(place))
    }

    /// The order of two numbers or two texts; of others, the order of the types.
    private static func rank(_ one: LogicValue, _ two: LogicValue) -> Int {
        if case .text(let left) = one, case .text(let right) = two {
            return left.byteOrder(to: right)
        }
        if case .bool(let left) = one, case .bool(let right) = two {
            return left == right ? 0 : right ? -1 : 1
        }
        guard let left = one.number, let right = two.number else {
            return one.typeRank - two.typeRank
        }
        return left < right ? -1 : left == right ? 0 : 1
    }

    /// `slice`: from, to and step, as Python has them; of a list, or of a text.
    private mutating func sliced(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        let source = try operand(node, 0, place)
        var bounds: [Int?] = []
        for number in 1..<4 {
            bounds.append(try number < Int(node.count) ? bound(child(node, number), place) : nil)
        }
        let step = bounds[2] ?? 1
        guard step != 0 else {
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
        if case .list(let elements) = source {
            let places = Self.places(of: elements.count, bounds[0], bounds[1], step)
            return try produce(.list(places.map { elements[$0] }), place)
        }
        guard case .text(let text) = source,
            !code.isStrict || code.nodes[child(node, 0)].result == .text
        else {
            if !code.isStrict, source.isNothing { return .null }
            throw mixed(source, place)
        }
        let scalars = Array(text.unicodeScalars)
        try spend(scalars.count / 16, place)
        let kept = Self.places(of: scalars.count, bounds[0], bounds[1], step).map { scalars[$0] }
        return try produce(.text(String(String.UnicodeScalarView(kept))), place)
    }

    /// An operand that is an integer, or null for none.
    private mutating func bound(_ part: Int, _ place: Int) throws(LogicStop) -> Int? {
        let given = try value(part)
        if case .null = given { return nil }
        guard let integer = try number(given, place).integer else {
            throw mixed(given, place)
        }
        return Int(max(min(integer, 1 << 40), -1 << 40))
    }

    private static func places(of count: Int, _ from: Int?, _ to: Int?, _ step: Int) -> [Int] {
        func clamped(_ bound: Int, _ low: Int, _ high: Int) -> Int {
            max(low, min(bound < 0 ? bound + count : bound, high))
        }
        if step > 0 {
            let start = clamped(from ?? 0, 0, count)
            return Array(stride(from: start, to: clamped(to ?? count, 0, count), by: step))
        }
        let start = clamped(from ?? count - 1, -1, count - 1)
        let end = to.map { clamped($0, -1, count - 1) } ?? -1
        return Array(stride(from: start, to: end, by: step))
    }
}

extension LogicValue {
    /// Where values of this type stand among others in a sorted list.
    fileprivate var typeRank: Int {
        switch self {
        case .absent, .null: 0
        case .bool: 1
        case .integer, .double, .wide: 2
        case .text: 3
        case .list: 4
        case .object: 5
        }
    }
}
