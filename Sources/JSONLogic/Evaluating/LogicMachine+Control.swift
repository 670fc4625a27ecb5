import JSONTree

/// Conditions, choices, errors, and which operator goes where.
extension LogicMachine {
    /// What an operator gives.
    mutating func call(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        switch node.operation {
        case .variable, .val: return try computedRead(node, place)
        case .and, .or: return try junction(node, place)
        case .choose, .ternary: return try choice(node, place)
        case .coalesce: return try coalesced(node, place)
        case .attempt: return try attempted(node, place)
        case .raise: throw try raised(node, place)
        case .select: return try selected(node, place)
        case .add, .subtract, .multiply, .divide, .remainder, .max, .min:
            return try calculated(node, place).value
        case .cat, .substr, .emailDomain, .urlHost: return try text(node, place)
        case .slice, .sort, .merge, .map, .filter, .reduce, .missing, .missingSome:
            return try list(node, place)
        case .length, .money, .duration, .age, .rate: return try measured(node, place)
        case .at, .preserve, .use, .table: throw LogicStop(kind: .arguments, node: Int32(place))
        case .exists, .not, .truthy, .equal, .identical, .unequal, .different, .less,
            .lessOrEqual, .more, .moreOrEqual, .between, .contains, .isIn, .startsWith, .endsWith,
            .all, .some, .none, .glob, .matches, .domainIn, .cidr, .subset, .intersects, .inWindow,
            .anyAt, .changed, .hasSecret, .memberOf, .seenBefore:
            return .bool(try condition(node, place))
        }
    }

    /// Whether an operator that answers with yes or no says yes.
    mutating func condition(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        switch node.operation {
        case .and: return try isConjunction(node, place)
        case .or: return try isDisjunction(node, place)
        case .not: return node.count == 0 ? !code.isStrict : try !truth(child(node, 0))
        case .truthy: return node.count == 0 ? false : try truth(child(node, 0))
        case .equal, .identical, .unequal, .different, .less, .lessOrEqual, .more, .moreOrEqual:
            return try isChain(node, place)
        case .between: return try isBetween(node, place)
        case .isIn: return try isMember(node, place)
        case .all, .some, .none: return try isQuantified(node, place)
        case .exists: return try isPresent(node, place)
        case .contains, .startsWith, .endsWith, .glob, .matches, .domainIn, .cidr:
            return try isTextTest(node, place)
        case .subset, .intersects: return try isSetTest(node, place)
        case .inWindow, .anyAt, .changed, .hasSecret, .memberOf, .seenBefore:
            return try isFactTest(node, place)
        case .variable, .val, .missing, .at, .missingSome, .choose, .ternary, .coalesce, .attempt,
            .raise, .select, .add, .subtract, .multiply, .divide, .remainder, .max, .min, .cat,
            .substr, .length, .slice, .sort, .merge, .map, .filter, .reduce, .preserve, .use,
            .table, .emailDomain, .urlHost, .money, .duration, .age, .rate:
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
    }

    /// No as soon as one part is no; open when one is open and none is no.
    private mutating func isConjunction(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> Bool {
        var open: LogicStop?
        for number in 0..<Int(node.count) {
            do {
                guard try truth(child(node, number)) else { return false }
            } catch {
                try setAside(error, in: &open)
            }
        }
        if let open { throw open }
        return node.count > 0
    }

    /// Yes as soon as one part is yes; open when one is open and none is yes.
    private mutating func isDisjunction(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> Bool {
        var open: LogicStop?
        for number in 0..<Int(node.count) {
            do {
                if try truth(child(node, number)) { return true }
            } catch {
                try setAside(error, in: &open)
            }
        }
        if let open { throw open }
        return false
    }

    /// Keeps the first open part while others are tried; an error that was raised ends it.
    ///
    /// What was open before an error was raised wins over the error: a `try` around it must not
    /// turn what is not known into what is.
    func setAside(_ stop: LogicStop, in open: inout LogicStop?) throws(LogicStop) {
        guard code.isStrict, stop.kind != .thrown else { throw open ?? stop }
        open = open ?? stop
    }

    /// `and` and `or` of `compat` give the operand that decided.
    private mutating func junction(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        guard !code.isStrict else { return .bool(try condition(node, place)) }
        var last = LogicValue.bool(false)
        for number in 0..<Int(node.count) {
            last = try value(child(node, number))
            if last.isTruthy == (node.operation == .or) { return last }
        }
        return last
    }

    private mutating func choice(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        var number = 0
        while number + 1 < Int(node.count) {
            if try truth(child(node, number)) {
                return try value(child(node, number + 1))
            }
            number += 2
        }
        return number < Int(node.count) ? try value(child(node, number)) : .null
    }

    private mutating func coalesced(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        for number in 0..<Int(node.count) {
            let own = child(node, number)
            let part = code.nodes[own]
            if part.kind == .slot || part.kind == .element, !part.isGuarded,
                raw(part).isNothing
            {
                continue
            }
            let value = try value(own)
            if !value.isNothing { return value }
        }
        return .null
    }

    /// Tries one operand after the other; in `strict` only what `throw` raised is caught.
    private mutating func attempted(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        var last = LogicStop(kind: .arguments, node: Int32(place))
        for number in 0..<Int(node.count) {
            let isFallback = number > 0
            if isFallback {
                frames.append(Frame(value: errorValue(last), index: 0))
            }
            defer { if isFallback { frames.removeLast() } }
            do {
                return try value(child(node, number))
            } catch {
                guard error.kind != .limit, !code.isStrict || error.kind == .thrown else {
                    throw error
                }
                last = error
            }
        }
        throw last
    }

    private func errorValue(_ stop: LogicStop) -> LogicValue {
        if stop.kind == .thrown, let thrown { return thrown }
        return .object([.init(name: "type", value: .text(stop.kind.rawValue))])
    }

    private mutating func raised(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicStop {
        let value = try operand(node, 0, place)
        if case .text = value {
            thrown = .object([.init(name: "type", value: value)])
        } else if code.isStrict {
            return refused(value, place)
        } else {
            thrown = value
        }
        return LogicStop(kind: .thrown, node: Int32(place))
    }

    /// `switch`: the result beside the first case that is the value.
    private mutating func selected(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicValue {
        let value = try operand(node, 0, place)
        var number = 1
        while number + 1 < Int(node.count) {
            let test = try self.value(child(node, number))
            let isCase =
                code.isStrict ? try isEqual(value, test, place) : value.isIdentical(to: test)
            if isCase {
                return try self.value(child(node, number + 1))
            }
            number += 2
        }
        return number < Int(node.count) ? try self.value(child(node, number)) : .null
    }
}
