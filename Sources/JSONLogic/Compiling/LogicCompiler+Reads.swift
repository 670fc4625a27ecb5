import JSONTree

/// The operators that read the input or the element of an iteration.
extension LogicCompiler {
    /// `var`: a dotted path and what stands for an absent field.
    mutating func variable(
        _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let written = operands(.variable, operand, site)
        try check(.variable, count: written.count, site)
        var fallback: Int32?
        if written.count > 1 {
            fallback = try node(written[1].0, written[1].1)
        }
        guard let (name, place) = written.first else {
            return read([], or: nil, site)
        }
        if let tokens = name.dottedTokens {
            return read(tokens, or: fallback, site)
        }
        try refuseComputedName(place)
        let computed = try node(name, place)
        let context = read([], or: nil, site)
        let given = [context, computed] + (fallback.map { [$0] } ?? [])
        return parts.add(LogicNode(kind: .call, operation: .variable), given, at: site.origin)
    }

    /// `val`: names one by one, the first of which may be a number of steps outwards.
    mutating func val(_ operand: JSONValue, _ site: Site) throws(LogicRefusal) -> Int32 {
        var written = operands(.val, operand, site)
        try check(.val, count: written.count, site)
        var steps = 0
        if let climb = written.first?.0.arrayValue, climb.count <= 1 {
            guard let count = climb.isEmpty ? 0 : climb[0].intValue, count.magnitude <= 1_000 else {
                throw refusal(site, "The first list of val has one number of steps outwards.")
            }
            steps = Int(count.magnitude)
            written.removeFirst()
        }
        let tokens = written.compactMap { $0.0.nameToken }
        if tokens.count == written.count {
            return read(tokens, climbing: steps, or: nil, site)
        }
        return try computedPath(.val, written, climbing: steps, site)
    }

    /// `at`: a JSON pointer into the whole input, also inside an iteration.
    mutating func pointed(_ operand: JSONValue, _ site: Site) throws(LogicRefusal) -> Int32 {
        let pointer = try self.pointer(operand.onlyElement, site)
        return slot(pointer, or: nil, site)
    }

    /// Reads a pointer that is written out.
    func pointer(_ written: JSONValue, _ site: Site) throws(LogicRefusal) -> JSONPointer {
        guard case .string(let text) = written else {
            throw refusal(site, "A JSON pointer is written out as a text.")
        }
        do {
            return try JSONPointer(parsing: text)
        } catch {
            throw refusal(site, "\(text.shown) is no JSON pointer: \(error.reason).")
        }
    }

    /// `exists`: names one by one; in `strict` one name alone is a dotted path.
    mutating func exists(_ operand: JSONValue, _ site: Site) throws(LogicRefusal) -> Int32 {
        let written = operands(.exists, operand, site)
        try check(.exists, count: written.count, site)
        var made = LogicNode(kind: .call, operation: .exists, result: .truth)
        var tokens = written.compactMap { $0.0.nameToken }
        guard tokens.count == written.count else {
            return try computedPath(.exists, written, climbing: 0, site)
        }
        if isStrict, tokens.count == 1 {
            tokens = tokens[0].dotted
        }
        made.isSpread = false
        let field = read(tokens, or: nil, site)
        return parts.add(made, [field], at: site.origin)
    }

    /// `missing`: which of the named fields are not there.
    mutating func missing(_ operand: JSONValue, _ site: Site) throws(LogicRefusal) -> Int32 {
        let written = operands(.missing, operand, site)
        try check(.missing, count: written.count, site)
        return try absence(.missing, before: [], written, site)
    }

    /// `missing_some`: the same, unless so many of them are there.
    mutating func missingSome(
        _ operand: JSONValue, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        let written = operands(.missingSome, operand, site)
        try check(.missingSome, count: written.count, site)
        guard written.count == 2 else {
            return try fault(.missingSome, "An operand is missing.", site)
        }
        let needed = try node(written[0].0, written[0].1)
        guard case .array(let names) = written[1].0 else {
            return try absence(.missingSome, before: [needed], [written[1]], site)
        }
        let listed = names.enumerated().map { place, name in
            (name, written[1].1.appending(String(place)))
        }
        return try absence(.missingSome, before: [needed], listed, site)
    }

    private mutating func absence(
        _ operation: LogicOperator, before: [Int32], _ names: [(JSONValue, Site)], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        var made = LogicNode(kind: .call, operation: operation, result: .list)
        let known = names.compactMap { name, _ in name.nameToken.map { ($0, name) } }
        if known.count == names.count {
            parts.constants.append(.list(known.map { LogicValue($0.1) }))
            made.data = Int32(parts.constants.count - 1)
            var fields: [Int32] = []
            for ((name, _), (_, place)) in zip(known, names) {
                var own = place
                own.scope = site.scope
                fields.append(read(name.dotted, or: nil, own))
            }
            return parts.add(made, before + fields, at: site.origin)
        }
        made.isSpread = true
        var computed: [Int32] = []
        for (name, place) in names {
            try refuseComputedName(place)
            computed.append(try node(name, place))
        }
        return parts.add(made, before + [read([], or: nil, site)] + computed, at: site.origin)
    }

    private mutating func computedPath(
        _ operation: LogicOperator, _ written: [(JSONValue, Site)], climbing steps: Int,
        _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        var computed: [Int32] = []
        for (name, place) in written {
            try refuseComputedName(place)
            computed.append(try node(name, place))
        }
        let context = read([], climbing: steps, or: nil, site)
        var made = LogicNode(kind: .call, operation: operation, result: operation.result)
        made.isSpread = true
        return parts.add(made, [context] + computed, at: site.origin)
    }

    private func refuseComputedName(_ site: Site) throws(LogicRefusal) {
        guard !isStrict else {
            throw refusal(
                site, "The name of what a rule reads is written out, so that it can be checked.")
        }
    }

    /// Adds a read, `steps` half-iterations outwards: even steps are data, odd ones places.
    mutating func read(
        _ tokens: [String], climbing steps: Int = 0, or fallback: Int32?, _ site: Site
    ) -> Int32 {
        let whole = site.scope * 2
        if steps == whole {
            return slot(JSONPointer(tokens: tokens), or: fallback, site)
        }
        if steps > whole {
            return parts.add(LogicNode(kind: .outside), at: site.origin)
        }
        let climb = Int32(steps / 2)
        guard steps.isMultiple(of: 2) else {
            guard tokens == ["index"] else {
                return parts.add(LogicNode(kind: .outside), at: site.origin)
            }
            let node = LogicNode(kind: .position, result: .number, climb: climb)
            return parts.add(node, at: site.origin)
        }
        parts.elementPaths.append(tokens.map { PathToken($0) })
        let node = LogicNode(
            kind: fallback == nil ? .element : .elementOr, isGuarded: settings.guardsElements,
            data: Int32(parts.elementPaths.count - 1), climb: climb)
        return parts.add(node, fallback.map { [$0] } ?? [], at: site.origin)
    }

    /// Adds a read of the whole input.
    mutating func slot(_ path: JSONPointer, or fallback: Int32?, _ site: Site) -> Int32 {
        let slot = parts.slot(path)
        if !reads.contains(slot) {
            reads.append(slot)
        }
        let node = LogicNode(
            kind: fallback == nil ? .slot : .slotOr, isGuarded: settings.guards(path), data: slot)
        return parts.add(node, fallback.map { [$0] } ?? [], at: site.origin)
    }
}

extension JSONValue {
    /// The name that a text or a number stands for.
    var nameToken: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .null, .bool, .array, .object: nil
        }
    }

    /// The names of a dotted path; null and the empty text are the whole.
    var dottedTokens: [String]? {
        isNull ? [] : nameToken?.dotted
    }
}

extension String {
    /// The names between the dots; none for the empty text.
    var dotted: [String] {
        guard !isEmpty else { return [] }
        return utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: Array($0), as: UTF8.self) }
    }
}
