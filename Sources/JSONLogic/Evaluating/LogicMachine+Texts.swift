import JSONSchema
import JSONTree

/// Texts: making them and testing them.
extension LogicMachine {
    mutating func text(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        switch node.operation {
        case .cat: return try joined(node, place)
        case .substr: return try part(node, place)
        case .emailDomain:
            let text = try givenText(node, 0, place)
            return .text(try formed(HostName.ofEmail(text), place))
        default:
            let text = try givenText(node, 0, place)
            return .text(try formed(HostName.ofURL(text), place))
        }
    }

    /// An operand that must be a text.
    mutating func givenText(
        _ node: LogicNode, _ number: Int, _ place: Int
    ) throws(LogicStop) -> String {
        let given = try operand(node, number, place)
        guard case .text(let text) = given else { throw refused(given, place) }
        return text
    }

    /// What was read from a text; a stop when the text is not of that form.
    func formed<Value>(_ value: Value?, _ place: Int) throws(LogicStop) -> Value {
        guard let value else { throw LogicStop(kind: .form, node: Int32(place)) }
        return value
    }

    private mutating func joined(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        var whole = ""
        for value in try values(node) {
            if case .text(let text) = value {
                _ = try produce(value, place)
                whole += text
                continue
            }
            guard !code.isStrict else { throw refused(value, place) }
            let text = try coercedText(value, place)
            _ = try produce(.text(text), place)
            whole += text
        }
        return .text(whole)
    }

    /// `substr`, counted in Unicode scalars.
    private mutating func part(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        let source = try operand(node, 0, place)
        if code.isStrict {
            guard case .text = source else { throw refused(source, place) }
        }
        let scalars = Array(try coercedText(source, place).unicodeScalars)
        try spend(scalars.count / 16, place)
        let from = try whole(operand(node, 1, place), place)
        let start = from < 0 ? max(scalars.count + from, 0) : min(from, scalars.count)
        var end = scalars.count
        if node.count > 2 {
            let length = try whole(operand(node, 2, place), place)
            end = length < 0 ? scalars.count + length : min(start + length, scalars.count)
        }
        guard start < end else { return .text("") }
        return .text(String(String.UnicodeScalarView(scalars[start..<end])))
    }

    /// A number cut to an integer that counting cannot overflow.
    private func whole(_ value: LogicValue, _ place: Int) throws(LogicStop) -> Int {
        let number = try number(value, place)
        let cut = number.double.rounded(.towardZero)
        return Int(max(-1e12, min(cut, 1e12)))
    }

    /// The operators that ask something of one text.
    mutating func isTextTest(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let text = try givenText(node, 0, place)
        try spend(text.utf8.count / 64, place)
        switch node.operation {
        case .contains: return text.contains(bytesOf: try givenText(node, 1, place))
        case .startsWith: return text.utf8.starts(with: try givenText(node, 1, place).utf8)
        case .endsWith:
            return text.utf8.reversed().starts(with: try givenText(node, 1, place).utf8.reversed())
        case .glob: return try isGlob(text, node, place)
        case .matches: return try isMatch(text, node, place)
        case .domainIn:
            let host = try formed(HostName(text), place)
            return try listed(node, place).contains { host.isWithin($0) }
        default:
            let address = try formed(InternetAddress(text), place)
            for written in try listed(node, place) {
                let block = try formed(AddressBlock(written), place)
                if block.contains(address) { return true }
            }
            return false
        }
    }

    /// The second operand: one text, or a list of texts.
    private mutating func listed(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> [String] {
        let given = try operand(node, 1, place)
        guard case .list(let elements) = given else {
            // In strict what is read has one type that is taken, or a change of type could tell.
            guard case .text(let text) = given, isWritten(child(node, 1)) else {
                throw refused(given, place)
            }
            return [text]
        }
        try spend(elements.count, place)
        var texts: [String] = []
        for element in elements {
            guard case .text(let text) = element else { throw refused(element, place) }
            texts.append(text)
        }
        return texts
    }

    private mutating func isGlob(
        _ text: String, _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> Bool {
        for pattern in try listed(node, place) {
            try spend((text.utf8.count / 64 + 1) * (pattern.utf8.count / 8 + 1), place)
            if Glob.matches(pattern, text) { return true }
        }
        return false
    }

    private mutating func isMatch(
        _ text: String, _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> Bool {
        guard node.data > 0 else { throw LogicStop(kind: .arguments, node: Int32(place)) }
        let granted = operationsLeft * Self.stepsEach
        var left = granted
        let found = code.patterns[Int(node.data) - 1].matches(text, stepsLeft: &left)
        guard left > 0 else { throw LogicStop(kind: .limit, node: Int32(place)) }
        try spend((granted - left) / Self.stepsEach, place)
        return found
    }

    /// How many steps of the matcher cost as much as one part of a rule.
    private static let stepsEach = 16

    /// `subset` and `intersects`, of two lists.
    mutating func isSetTest(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let one = try operand(node, 0, place)
        let two = try operand(node, 1, place)
        guard case .list(let left) = one else { throw refused(one, place) }
        guard case .list(let right) = two else { throw refused(two, place) }
        let isSubset = node.operation == .subset
        var open: LogicStop?
        for element in left {
            do {
                if try contains(right, element, place) != isSubset { return !isSubset }
            } catch {
                try setAside(error, in: &open)
            }
        }
        if let open { throw open }
        return isSubset
    }
}
