import JSONTree

/// The operators that ask the facts of an input, and those that measure.
extension LogicMachine {
    mutating func isFactTest(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        switch node.operation {
        case .seenBefore:
            let seen = try operand(node, 0, place)
            guard case .bool(let truth) = seen else { throw refused(seen, place) }
            return truth
        case .changed: return try isChanged(node, place)
        case .anyAt: return try isAnyThere(node, place)
        case .hasSecret: return try isSecretFound(node, place)
        case .memberOf: return try isInGroup(node, place)
        default: return try isInWindow(node, place)
        }
    }

    /// Whether two values differ anywhere; a field that is gone on one side leaves it open.
    private mutating func isChanged(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let before = raw(code.nodes[child(node, 0)])
        let after = raw(code.nodes[child(node, 1)])
        guard code.isStrict else { return before.json != after.json }
        for (number, value) in [before, after].enumerated() where value.isNothing {
            throw LogicStop(kind: .missing, node: Int32(child(node, number)))
        }
        guard let differs = before.differs(from: after) else { throw refused(after, place) }
        return differs
    }

    /// `any_at`: whether a value at a pointer with wildcards passes a test.
    private mutating func isAnyThere(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let base = try operand(node, 0, place)
        var walk = WildcardWalk(
            tokens: code.elementPaths[Int(node.data)], stepsMax: code.limits.operationsMax)
        walk.visit(base, 0)
        try spend(walk.steps, place)
        let isFound =
            node.count > 1
            ? try isAny(of: walk.found, child(node, 1)) { $0 } : !walk.found.isEmpty
        if isFound { return true }
        // Another field, had it not been left out, might have been found here.
        guard !node.isGuarded || !walk.isOpen else {
            throw LogicStop(kind: .missing, node: Int32(place))
        }
        return false
    }

    /// `has_secret`: whether the scanner found one, at a place and of a kind where these are named.
    ///
    /// What was not looked through may hold one, and so may a part of what is hidden as a whole.
    private mutating func isSecretFound(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let found = try operand(node, 0, place)
        guard case .list(let findings) = found else { throw refused(found, place) }
        var wanted: (pointer: JSONPointer?, kind: String?)
        for number in 1..<Int(node.count) {
            let word = try givenText(node, number, place)
            if word.utf8.first == UInt8(ascii: "/") {
                wanted.pointer = try formed(JSONPointer.parsed(word), place)
            } else {
                wanted.kind = word
            }
        }
        try spend(findings.count, place)
        var isOpen = false
        for finding in findings {
            guard case .text(let spot) = finding.child(PathToken("pointer")),
                case .text(let kind) = finding.child(PathToken("kind"))
            else { throw refused(finding, place) }
            let pointer = try formed(JSONPointer.parsed(spot), place)
            let isInside = wanted.pointer?.isPrefix(of: pointer) ?? true
            let isAround = wanted.pointer.map(pointer.isPrefix) ?? true
            guard isInside || isAround else { continue }
            let isUnscanned = kind.hasSameBytes(as: "unscanned")
            let isKind = wanted.kind.map { kind.hasSameBytes(as: $0) } ?? !isUnscanned
            if isInside, isKind { return true }
            if isKind || isUnscanned { isOpen = true }
        }
        guard !isOpen else { throw LogicStop(kind: .limit, node: Int32(place)) }
        return false
    }

    /// `member_of`: whether one of the caller's groups is named.
    private mutating func isInGroup(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let isListGiven = node.count > 2
        let held = try operand(node, isListGiven ? 1 : 0, place)
        guard case .list(let groups) = held else { throw refused(held, place) }
        let wanted = child(node, isListGiven ? 2 : 1)
        let named = try value(wanted)
        guard case .list(let several) = named, isWritten(wanted) else {
            return try contains(groups, named, place)
        }
        for one in several where try contains(groups, one, place) {
            return true
        }
        return false
    }

    /// `in_window`: whether the time of day is in a window that may go past midnight.
    private mutating func isInWindow(_ node: LogicNode, _ place: Int) throws(LogicStop) -> Bool {
        let now = try instant(operand(node, 0, place), place)
        let from = try formed(DayTime(givenText(node, 1, place)), place).seconds
        let to = try formed(DayTime(givenText(node, 2, place)), place).seconds
        let days = node.count > 3 ? try weekdays(operand(node, 3, place), place) : nil
        let offset = node.count > 4 ? try formed(ZoneOffset(givenText(node, 4, place)), place) : nil
        let local = now + Double(offset?.seconds ?? 0)
        let dayNumber = (local / 86_400).rounded(.down)
        let second = local - dayNumber * 86_400
        let isPastMidnight = to <= from
        let isIn =
            isPastMidnight
            ? second >= Double(from) || second < Double(to)
            : second >= Double(from) && second < Double(to)
        guard isIn, let days else { return isIn }
        // The hours after midnight belong to the day on which the window began.
        let began = isPastMidnight && second < Double(to) ? dayNumber - 1 : dayNumber
        return days.contains(Weekday.index(ofDay: began))
    }

    private func weekdays(_ value: LogicValue, _ place: Int) throws(LogicStop) -> Set<Int>? {
        if case .null = value { return nil }
        guard case .list(let names) = value else { throw refused(value, place) }
        var days: Set<Int> = []
        for name in names {
            guard case .text(let text) = name else { throw refused(name, place) }
            days.insert(try formed(Weekday.index(text), place))
        }
        return days
    }

    /// The seconds since 1970 of a point in time: RFC 3339 text.
    private func instant(_ value: LogicValue, _ place: Int) throws(LogicStop) -> Double {
        guard case .text(let text) = value else { throw refused(value, place) }
        return try formed(RFC3339.seconds(text), place)
    }

    /// The operators that give a number.
    mutating func measured(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        switch node.operation {
        case .rate:
            let count = try operand(node, 0, place)
            guard count.isExactNumber else { throw refused(count, place) }
            return count
        case .duration:
            return LogicValue(try formed(DurationText.seconds(givenText(node, 0, place)), place))
        case .age:
            let now = try instant(operand(node, 0, place), place)
            return LogicValue(now - (try instant(operand(node, 1, place), place)))
        case .money:
            let text = try givenText(node, 0, place)
            let currency = try givenText(node, 1, place)
            return .integer(try formed(MoneyText.minorUnits(text, currency), place))
        default: return try length(node, place)
        }
    }

    private mutating func length(_ node: LogicNode, _ place: Int) throws(LogicStop) -> LogicValue {
        let given = try operand(node, 0, place)
        switch given {
        case .list(let elements): return .integer(Int64(elements.count))
        case .text(let text)
        where !code.isStrict || code.nodes[child(node, 0)].result == .text:
            return .integer(Int64(text.unicodeScalars.count))
        case .object(let members) where !code.isStrict: return .integer(Int64(members.count))
        case .absent, .null, .bool, .integer, .double, .wide, .text, .object:
            guard !code.isStrict else { throw refused(given, place) }
            throw LogicStop(kind: .arguments, node: Int32(place))
        }
    }
}

/// Collects what a pointer with `*` for one step and `**` for any number of them leads to.
struct WildcardWalk {
    let tokens: [PathToken]
    private(set) var found: [LogicValue] = []
    private(set) var steps = 0
    /// Whether a field that is not there could have been found as well.
    private(set) var isOpen = false

    private let stepsMax: Int

    init(tokens: [PathToken], stepsMax: Int) {
        self.tokens = tokens
        self.stepsMax = stepsMax
    }

    /// Goes on from a value; past the limit it stops, and its caller refuses that many steps.
    mutating func visit(_ value: LogicValue, _ place: Int) {
        guard steps <= stepsMax else { return }
        steps += 1
        guard place < tokens.count else {
            if case .absent = value { isOpen = true } else { found.append(value) }
            return
        }
        switch tokens[place].name {
        case "**":
            isOpen = true
            visit(value, place + 1)
            // Two of them in a row would visit everything twice.
            guard place + 1 == tokens.count || tokens[place + 1].name != "**" else { return }
            for child in value.children { visit(child, place) }
        case "*":
            if case .list = value {} else { isOpen = true }
            for child in value.children { visit(child, place + 1) }
        default:
            visit(value.child(tokens[place]), place + 1)
        }
    }
}

extension LogicValue {
    /// Whether two values differ; nil when that hangs on a field or a type that only one side has.
    func differs(from other: LogicValue) -> Bool? {
        switch (self, other) {
        case (.list(let one), .list(let two)):
            guard one.count == two.count else { return true }
            return Self.anyDiffers(zip(one, two).map { $0.differs(from: $1) })
        case (.object(let one), .object(let two)):
            var all = one.map { member in
                let same = other.child(PathToken(member.name))
                return same.isNothing ? nil : member.value.differs(from: same)
            }
            if two.count != one.count { all.append(nil) }
            return Self.anyDiffers(all)
        case (.text(let one), .text(let two)): return !one.hasSameBytes(as: two)
        case (.bool(let one), .bool(let two)): return one != two
        case (.wide(let one), .wide(let two)): return one.compare(to: two) != 0
        default:
            guard isExactNumber, other.isExactNumber else { return nil }
            return number != other.number
        }
    }

    private static func anyDiffers(_ all: [Bool?]) -> Bool? {
        if all.contains(true) { return true }
        return all.contains(nil) ? nil : false
    }

    /// The elements of a list or the values of an object.
    var children: [LogicValue] {
        switch self {
        case .list(let elements): elements
        case .object(let members): members.map(\.value)
        case .absent, .null, .bool, .integer, .double, .wide, .text: []
        }
    }
}

extension JSONPointer {
    /// The pointer that a text is; nil when it is none.
    fileprivate static func parsed(_ text: String) -> JSONPointer? {
        do { return try JSONPointer(parsing: text) } catch { return nil }
    }
}
