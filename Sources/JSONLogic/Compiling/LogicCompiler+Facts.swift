import JSONSchema
import JSONTree

/// The operators that read facts, and what can be made ready before anything runs.
extension LogicCompiler {
    mutating func fact(
        _ operation: LogicOperator, _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let written = operands(operation, operand, site)
        let range = operation.operands
        guard range.contains(written.count) else {
            return try fault(
                operation,
                "The operator \(operation.rawValue) takes \(range.lowerBound) to "
                    + "\(range.upperBound) operands.", site)
        }
        switch operation {
        case .rate: return try rate(written, site)
        case .seenBefore: return try seenBefore(written, site)
        case .anyAt: return try anyAt(written, site)
        case .changed: return try changed(written, site)
        default: return try withFact(operation, written, site)
        }
    }

    /// Puts the fact that an operator reads before its operands.
    private mutating func withFact(
        _ operation: LogicOperator, _ written: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        var given = [slot(JSONPointer(tokens: operation.fact), or: nil, site)]
        for (value, place) in written {
            given.append(try node(value, place))
        }
        let made = LogicNode(kind: .call, operation: operation, result: operation.result)
        return parts.add(made, given, at: site.origin)
    }

    /// `rate`: the counter of a window, as in `history.count_1h`.
    private mutating func rate(
        _ written: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let words = written.compactMap(\.0.stringValue)
        guard words.count == 2, !words.contains(where: \.isEmpty) else {
            return try fault(.rate, "The operator rate takes a counter and a window.", site)
        }
        let path = JSONPointer(tokens: ["history", "\(words[0])_\(words[1])"])
        let made = LogicNode(kind: .call, operation: .rate, result: .number)
        return parts.add(made, [slot(path, or: nil, site)], at: site.origin)
    }

    /// `seen_before`: whether the store has seen the value of a field before.
    private mutating func seenBefore(
        _ written: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard let path = written[0].0.stringValue else {
            return try fault(.seenBefore, "The operator seen_before takes a path.", site)
        }
        let fact = JSONPointer(tokens: ["history", "seen", path])
        let made = LogicNode(kind: .call, operation: .seenBefore, result: .truth)
        return parts.add(made, [slot(fact, or: nil, site)], at: site.origin)
    }

    /// `changed`: whether an edit gives a field of the arguments another value.
    private mutating func changed(
        _ written: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard let name = written[0].0.stringValue, !name.isEmpty else {
            return try fault(.changed, "The operator changed takes a path.", site)
        }
        let tokens = name.hasPrefix("/") ? try pointer(written[0].0, site).tokens : name.dotted
        let inner = tokens.first == "args" ? Array(tokens.dropFirst()) : tokens
        let fields = ["args", "edited"].map {
            slot(JSONPointer(tokens: [$0] + inner), or: nil, site)
        }
        let made = LogicNode(kind: .call, operation: .changed, result: .truth)
        return parts.add(made, fields, at: site.origin)
    }

    /// `any_at`: a pointer with wildcards, and what one of the values there must be.
    private mutating func anyAt(
        _ written: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let tokens = try pointer(written[0].0, written[0].1).tokens
        let fixed = tokens.prefix { $0 != "*" && $0 != "**" }
        let path = JSONPointer(tokens: Array(fixed))
        var given = [slot(path, or: nil, site)]
        if written.count == 2 {
            given.append(try node(written[1].0, written[1].1.inside(1)))
        }
        parts.elementPaths.append(tokens.dropFirst(fixed.count).map { PathToken($0) })
        let made = LogicNode(
            kind: .call, operation: .anyAt, result: .truth, isGuarded: settings.guards(path),
            data: Int32(parts.elementPaths.count - 1))
        return parts.add(made, given, at: site.origin)
    }

    /// Makes ready what an operator would make anew each time; 0, or one more than the place.
    mutating func prepared(
        _ operation: LogicOperator, _ operands: [Int32], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        switch operation {
        case .matches where operands.count == 2: try expression(operands[1], site)
        case .isIn where operands.count == 2: lookup(operands[1])
        case .equal, .identical, .unequal, .different: atom(operands)
        default: 0
        }
    }

    /// The number of the text that a field is compared with.
    private mutating func atom(_ operands: [Int32]) -> Int32 {
        guard let (slot, text) = parts.slotAndText(operands) else { return 0 }
        return parts.atoms.number(text, comparedWith: slot)
    }

    private mutating func expression(
        _ operand: Int32, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard case .text(let text) = parts.constantValue(operand) else {
            throw refusal(site, "The expression of matches is written out as a text.")
        }
        do {
            parts.patterns.append(try Pattern(text))
        } catch {
            throw refusal(site, "The expression \(text.shown) \(error.reason).")
        }
        return Int32(parts.patterns.count)
    }

    /// A set of the texts of a long constant list.
    private mutating func lookup(_ operand: Int32) -> Int32 {
        guard case .list(let elements) = parts.constantValue(operand),
            elements.count > Self.searchedMax
        else { return 0 }
        var texts: Set<ByteText> = []
        for element in elements {
            guard case .text(let text) = element else { return 0 }
            texts.insert(ByteText(text))
        }
        parts.lookups.append(texts)
        return Int32(parts.lookups.count)
    }

    /// Lists up to this size are searched from end to end, which is faster than hashing.
    private static let searchedMax = 12
}

extension LogicOperator {
    /// Where the fact stands that an operator reads beside its operands.
    var fact: [String] {
        switch self {
        case .inWindow, .age: ["time", "now"]
        case .hasSecret: ["scan", "found"]
        case .memberOf: ["agent", "groups"]
        default: []
        }
    }
}
