import JSONTree

/// Equality and order.
extension LogicMachine {
    /// Each operand against the next; the rest is not looked at after the first no.
    mutating func isChain(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        guard node.count >= 2, !node.isSpread else {
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
        // A field against a text that is written out: both were numbered before.
        if node.data > 0, records == nil {
            let atom = atoms[Int(node.climb)]
            if atom != LogicAtoms.noText {
                let isSame = atom == node.data
                return node.operation == .equal || node.operation == .identical
                    ? isSame : !isSame
            }
        }
        var left = try value(child(node, 0))
        for number in 1..<Int(node.count) {
            let right = try value(child(node, number))
            guard try holds(node.operation, left, right, place) else { return false }
            left = right
        }
        return true
    }

    private func holds(
        _ operation: LogicOperator, _ left: LogicValue, _ right: LogicValue, _ place: Int
    ) throws(LogicStop) -> Bool {
        switch operation {
        case .equal: try isEqual(left, right, place)
        case .unequal: try !isEqual(left, right, place)
        case .identical:
            code.isStrict ? try isEqual(left, right, place) : left.isIdentical(to: right)
        case .different:
            code.isStrict ? try !isEqual(left, right, place) : !left.isIdentical(to: right)
        case .less: try order(left, right, place) < 0
        case .lessOrEqual: try order(left, right, place) <= 0
        case .more: try order(left, right, place) > 0
        default: try order(left, right, place) >= 0
        }
    }

    /// Whether both are the same; `strict` only compares within one type.
    func isEqual(
        _ left: LogicValue, _ right: LogicValue, _ place: Int
    ) throws(LogicStop) -> Bool {
        switch (left, right) {
        case (.text(let one), .text(let two)): return one.hasSameBytes(as: two)
        case (.integer(let one), .integer(let two)): return one == two
        case (.bool(let one), .bool(let two)): return one == two
        case (.integer, .double), (.double, .integer), (.double, .double):
            return left.number == right.number
        default: break
        }
        guard !code.isStrict else { throw mismatch(left, right, place) }
        if left.isNothing, right.isNothing { return true }
        let (one, two) = try coerced(left, right, place)
        return one == two
    }

    /// Negative, zero or positive; numbers with numbers, texts with texts.
    func order(
        _ left: LogicValue, _ right: LogicValue, _ place: Int
    ) throws(LogicStop) -> Int {
        switch (left, right) {
        case (.integer(let one), .integer(let two)): return one < two ? -1 : one == two ? 0 : 1
        case (.text(let one), .text(let two)): return one.byteOrder(to: two)
        case (.integer, .double), (.double, .integer), (.double, .double):
            guard let one = left.number, let two = right.number else { break }
            return one < two ? -1 : one == two ? 0 : 1
        default: break
        }
        guard !code.isStrict else { throw mismatch(left, right, place) }
        let (one, two) = try coerced(left, right, place)
        return one < two ? -1 : one == two ? 0 : 1
    }

    private func coerced(
        _ left: LogicValue, _ right: LogicValue, _ place: Int
    ) throws(LogicStop) -> (LogicNumber, LogicNumber) {
        guard let one = left.coercedNumber, let two = right.coercedNumber else {
            throw LogicStop(kind: .notANumber, node: Int32(place))
        }
        return (one, two)
    }

    /// The stop for two values of which one does not fit the other.
    private func mismatch(
        _ left: LogicValue, _ right: LogicValue, _ place: Int
    ) -> LogicStop {
        guard left.isComparable, right.isComparable else {
            return refused(left.isComparable ? right : left, place)
        }
        return LogicStop(
            kind: .type, node: Int32(place), found: left.kind, other: right.kind)
    }

    mutating func isBetween(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let value = try operand(node, 0, place)
        let low = try operand(node, 1, place)
        let high = try operand(node, 2, place)
        for bound in [value, low, high] where code.isStrict && !bound.isExactNumber {
            throw refused(bound, place)
        }
        let isHighEnough = try order(low, value, place) <= 0
        let isLowEnough = try order(value, high, place) <= 0
        return isHighEnough && isLowEnough
    }

    /// `in`: an element of a list; in `compat` also a part of a text.
    mutating func isMember(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let wanted = try operand(node, 0, place)
        if node.data > 0, case .text(let text) = wanted {
            return code.lookups[Int(node.data) - 1].contains(ByteText(text))
        }
        let whole = try operand(node, 1, place)
        switch whole {
        case .list(let elements): return try contains(elements, wanted, place)
        case .text(let text) where !code.isStrict:
            return text.contains(bytesOf: try coercedText(wanted, place))
        case .absent, .null, .bool, .integer, .double, .wide, .text, .object:
            guard code.isStrict else { return false }
            throw refused(whole, place)
        }
    }

    /// Whether one of the elements is `wanted`; in `strict` the others must be of its type.
    mutating func contains(
        _ elements: [LogicValue], _ wanted: LogicValue, _ place: Int
    ) throws(LogicStop) -> Bool {
        try spend(elements.count, place)
        guard code.isStrict else { return elements.contains { $0.isIdentical(to: wanted) } }
        guard wanted.isComparable else { throw refused(wanted, place) }
        var open: LogicStop?
        for element in elements {
            do {
                if try isEqual(wanted, element, place) { return true }
            } catch {
                open = error
            }
        }
        if let open { throw open }
        return false
    }
}

extension LogicValue {
    /// Whether `strict` compares values of this type.
    var isComparable: Bool {
        switch self {
        case .bool, .integer, .double, .text: true
        case .absent, .null, .wide, .list, .object: false
        }
    }

    /// Whether this is a number that is held exactly.
    var isExactNumber: Bool {
        switch self {
        case .integer, .double: true
        case .absent, .null, .bool, .wide, .text, .list, .object: false
        }
    }
}

extension String {
    /// Negative, zero or positive by the order of the UTF-8 bytes.
    func byteOrder(to other: String) -> Int {
        let left = utf8Span.span
        let right = other.utf8Span.span
        let shared = Swift.min(left.count, right.count)
        for place in 0..<shared where left[place] != right[place] {
            return left[place] < right[place] ? -1 : 1
        }
        return left.count < right.count ? -1 : left.count == right.count ? 0 : 1
    }

    /// Whether the bytes of `part` are somewhere in the bytes of this text.
    ///
    /// The search keeps the classic table of borders, so its time is linear in both.
    func contains(bytesOf part: String) -> Bool {
        let text = utf8Span.span
        let wanted = part.utf8Span.span
        guard wanted.count > 0 else { return true }
        guard wanted.count <= text.count else { return false }
        if wanted.count <= Self.searchedMax {
            return Self.isFound(wanted, in: text)
        }
        let borders = Self.borders(of: wanted)
        var matched = 0
        for place in 0..<text.count {
            while matched > 0, text[place] != wanted[matched] {
                matched = borders[matched - 1]
            }
            if text[place] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    /// Parts up to this many bytes are compared at every place.
    private static let searchedMax = 16

    private static func isFound(_ wanted: Span<UInt8>, in text: Span<UInt8>) -> Bool {
        let first = wanted[0]
        for place in 0...(text.count - wanted.count) where text[place] == first {
            var matched = 1
            while matched < wanted.count, text[place + matched] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    private static func borders(of wanted: Span<UInt8>) -> [Int] {
        var borders = Array(repeating: 0, count: wanted.count)
        var matched = 0
        for place in 1..<wanted.count {
            while matched > 0, wanted[place] != wanted[matched] { matched = borders[matched - 1] }
            if wanted[place] == wanted[matched] { matched += 1 }
            borders[place] = matched
        }
        return borders
    }
}
