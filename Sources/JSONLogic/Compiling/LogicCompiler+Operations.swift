import JSONTree

/// The operators: those that read, those that are written out, and all others.
extension LogicCompiler {
    mutating func operation(
        _ operation: LogicOperator, _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        switch operation {
        case .preserve: return parts.constant(LogicValue(operand), at: site.origin)
        case .variable: return try variable(operand, site)
        case .val: return try val(operand, site)
        case .at: return try pointed(operand, site)
        case .exists: return try exists(operand, site)
        case .missing: return try missing(operand, site)
        case .missingSome: return try missingSome(operand, site)
        case .use: return try definition(operand, site)
        case .table: return try table(operand, site)
        case .inWindow, .age, .anyAt, .changed, .hasSecret, .memberOf, .seenBefore, .rate:
            return try fact(operation, operand, site)
        case .select: return try selection(operand, site)
        case .and, .or, .not, .truthy, .choose, .ternary, .coalesce, .attempt, .raise, .equal,
            .identical, .unequal, .different, .less, .lessOrEqual, .more, .moreOrEqual,
            .between, .add, .subtract, .multiply, .divide, .remainder, .max, .min, .cat, .substr,
            .length, .slice, .sort, .merge, .contains, .isIn, .startsWith, .endsWith, .map,
            .filter, .reduce, .all, .some, .none, .glob, .matches, .domainIn, .emailDomain,
            .urlHost, .cidr, .subset, .intersects, .money, .duration:
            return try call(operation, operand, site)
        }
    }

    /// The operands as written, with the place of each.
    func operands(
        _ operation: LogicOperator, _ operand: JSONValue, _ site: Site
    ) -> [(JSONValue, Site)] {
        let site = site.appending(operation.rawValue)
        guard case .array(let elements) = operand else { return [(operand, site)] }
        return elements.enumerated().map { ($0.element, site.appending(String($0.offset))) }
    }

    /// Refuses a number of operands that `strict` does not take.
    func check(
        _ operation: LogicOperator, count: Int, _ site: Site
    ) throws(LogicRefusal) {
        let range = operation.operands
        guard isStrict, !range.contains(count) else { return }
        let wanted =
            range.count == 1
            ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        throw refusal(
            site,
            "The operator \(operation.rawValue) takes \(wanted) operands; this one has "
                + "\(count).")
    }

    private mutating func call(
        _ operation: LogicOperator, _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        if operation.needsList, operand.arrayValue == nil {
            return try fault(
                operation, "The operands of \(operation.rawValue) are written as a list.", site)
        }
        let written = operands(operation, operand, site)
        try check(operation, count: written.count, site)
        if !isStrict, lacksOperands(operation, written.map(\.0)) {
            return try fault(operation, "An operand is missing.", site)
        }
        var compiled: [Int32] = []
        for (place, (value, own)) in written.enumerated() {
            let inner = own.inside(operation.iterations(around: place))
            compiled.append(try node(value, inner))
        }
        let isSpread = operation.spreads && operand.arrayValue == nil && compiled.count == 1
        var made = LogicNode(kind: .call, operation: operation, result: operation.result)
        // In strict only what must be a list spreads, or a list instead of a text could tell.
        let mayBeList =
            !isStrict || compiled.first.map { parts.nodes[Int($0)].result == .list } ?? false
        made.isSpread =
            isSpread && !operand.isScalar && mayBeList && !(isStrict && operation == .merge)
        made.data = try prepared(operation, compiled, site)
        made.climb = parts.slotAndText(compiled)?.slot ?? 0
        let place = parts.add(made, compiled, at: site.origin)
        return folded(place, operation, compiled, site)
    }

    /// `switch`: a value, pairs of a case and its result, and what holds otherwise.
    private mutating func selection(
        _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let written = operands(.select, operand, site)
        try check(.select, count: written.count, site)
        guard written.count >= 2, case .array(let pairs) = written[1].0 else {
            return try fault(
                .select, "The operator switch takes a value and a list of cases.", site)
        }
        var given = [try node(written[0].0, written[0].1)]
        for (place, pair) in pairs.enumerated() {
            let own = written[1].1.appending(String(place))
            guard case .array(let both) = pair, both.count == 2 else {
                return try fault(.select, "A case is a list of a value and its result.", own)
            }
            given.append(try node(both[0], own.appending("0")))
            given.append(try node(both[1], own.appending("1")))
        }
        if written.count > 2 {
            given.append(try node(written[2].0, written[2].1))
        }
        let place = parts.add(
            LogicNode(kind: .call, operation: .select), given, at: site.origin)
        return folded(place, .select, given, site)
    }

    /// Whether `compat` has an error for what is written, whatever the data.
    private func lacksOperands(_ operation: LogicOperator, _ written: [JSONValue]) -> Bool {
        switch operation {
        case .map, .filter: written.count < 2 || written[0].isNull || written[1].isNull
        case .reduce, .all, .some, .none: written.count < 2 || written[0].isNull
        default: false
        }
    }

    /// Evaluates now what can only ever give one value.
    private mutating func folded(
        _ place: Int32, _ operation: LogicOperator, _ operands: [Int32], _ site: Site
    ) -> Int32 {
        guard operation.folds, operands.allSatisfy({ parts.constantValue($0) != nil }) else {
            return place
        }
        let code = LogicCode(parts, settings: settings, roots: [], reads: [])
        var machine = LogicMachine(code: code, input: LogicInput(slots: [], atoms: [], code: nil))
        do {
            let value = try machine.value(Int(place))
            guard value.size <= Self.foldedSizeMax else { return place }
            return parts.constant(value, at: site.origin)
        } catch {
            // What fails now fails when it runs, and is told then.
            return place
        }
    }

    private static let foldedSizeMax = 4_096

    /// Writes a definition out where it is used; it reads the whole input wherever that is.
    private mutating func definition(
        _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard case .string(let name) = operand.onlyElement else {
            throw refusal(site, "The operator use takes the name of a definition.")
        }
        guard let written = settings.definitions[name] else {
            throw refusal(site, "There is no definition \(name.shown).")
        }
        guard !site.opened.contains(where: { $0.hasSameBytes(as: name) }) else {
            throw refusal(site, "The definition \(name.shown) uses itself.")
        }
        let inner = Site(
            definition: name, pointer: .root, depth: site.depth, scope: 0,
            opened: site.opened + [name])
        return try node(written, inner)
    }

    private mutating func table(
        _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard case .string(let name) = operand.onlyElement else {
            throw refusal(site, "The operator table takes the name of a table.")
        }
        guard let constant = settings.tables[name] else {
            throw refusal(site, "There is no table \(name.shown).")
        }
        return parts.constant(LogicValue(constant), at: site.origin)
    }
}

extension LogicOperator {
    /// How many iterations the operand at `place` is inside of, more than the operator itself.
    func iterations(around place: Int) -> Int {
        switch self {
        case .map, .filter, .reduce, .all, .some, .none: place == 1 ? 1 : 0
        case .attempt: place > 0 ? 1 : 0
        case .sort: place == 2 ? 1 : 0
        default: 0
        }
    }
}

extension JSONValue {
    /// The element of a list of one, or the value itself.
    var onlyElement: JSONValue {
        if case .array(let elements) = self, elements.count == 1 { elements[0] } else { self }
    }

    /// Whether the value is neither a list nor an object.
    var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array, .object: false
        }
    }
}
