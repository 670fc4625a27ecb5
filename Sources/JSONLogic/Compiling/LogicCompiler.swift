import JSONSchema
import JSONTree

/// Turns written rules into flat tables, and refuses what could never run.
struct LogicCompiler {
    let settings: LogicSettings
    var parts = LogicParts()
    /// Which rule is being compiled.
    var rule = 0
    /// The slots that this rule reads.
    var reads: [Int32] = []

    /// Where the compiler stands.
    struct Site {
        var definition: String?
        var pointer: JSONPointer
        /// How many rules are around this one.
        var depth: Int
        /// How many iterations are around this place.
        var scope: Int
        /// The definitions that are being written out, outermost first.
        var opened: [String] = []

        var origin: LogicOrigin {
            LogicOrigin(definition: definition, pointer: pointer)
        }

        func appending(_ token: String) -> Site {
            var site = self
            site.pointer = pointer.appending(token)
            return site
        }

        func inside(_ iterations: Int) -> Site {
            var site = self
            site.scope += iterations
            return site
        }
    }

    /// Compiles every rule into one program.
    static func compile(
        _ rules: [JSONValue], settings: LogicSettings
    ) throws(LogicRefusal) -> LogicCode {
        var compiler = LogicCompiler(settings: settings)
        var roots: [Int32] = []
        var reads: [[Int32]] = []
        for (place, rule) in rules.enumerated() {
            compiler.rule = place
            compiler.reads = []
            let site = Site(definition: nil, pointer: .root, depth: 0, scope: 0)
            roots.append(try compiler.node(rule, site))
            reads.append(compiler.reads)
        }
        return LogicCode(compiler.parts, settings: settings, roots: roots, reads: reads)
    }

    var isStrict: Bool {
        settings.profile == .strict
    }

    /// Refuses what stands at `site`.
    func refusal(_ site: Site, _ sentence: String) -> LogicRefusal {
        LogicRefusal(
            rule: rule, definition: site.definition, pointer: site.pointer, sentence: sentence)
    }

    /// Compiles anything that may stand in a rule.
    mutating func node(_ written: JSONValue, _ around: Site) throws(LogicRefusal) -> Int32 {
        var site = around
        site.depth += 1
        guard site.depth <= settings.limits.depthMax else {
            throw refusal(site, "Rules may be at most \(settings.limits.depthMax) deep.")
        }
        guard parts.nodes.count < settings.limits.partsMax else {
            throw refusal(
                site,
                "A program may have at most \(settings.limits.partsMax) parts, with its "
                    + "definitions written out.")
        }
        switch written {
        case .null, .bool, .number, .string:
            return parts.constant(LogicValue(written), at: site.origin)
        case .array(let elements):
            return try list(elements, site)
        case .object(let object):
            return try rule(object, site)
        }
    }

    private mutating func list(
        _ elements: [JSONValue], _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        var operands: [Int32] = []
        for (place, element) in elements.enumerated() {
            operands.append(try node(element, site.appending(String(place))))
        }
        let known = operands.compactMap { parts.constantValue($0) }
        if known.count == operands.count {
            return parts.constant(.list(known), at: site.origin)
        }
        return parts.add(LogicNode(kind: .list, result: .list), operands, at: site.origin)
    }

    private mutating func rule(
        _ object: JSONObject, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard object.count == 1, let member = object.members.first else {
            guard !object.isEmpty else {
                return parts.constant(.object([]), at: site.origin)
            }
            return try unknown(
                "A rule is an object with one member, its operator; this one has "
                    + "\(object.count).", site)
        }
        guard let operation = LogicOperator(rawValue: member.name) else {
            return try unknown("There is no operator \(member.name.shown).", site)
        }
        return try self.operation(operation, member.value, site)
    }

    /// Adds what is no operator: refused in `strict`, in `compat` an error where it is reached.
    private mutating func unknown(
        _ sentence: String, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard !isStrict else { throw refusal(site, sentence) }
        return parts.add(LogicNode(kind: .unknown), at: site.origin)
    }

    /// Adds an operator that is short of operands: refused in `strict`, an error in `compat`.
    mutating func fault(
        _ operation: LogicOperator, _ sentence: String, _ site: Site
    ) throws(LogicRefusal) -> Int32 {
        guard !isStrict else { throw refusal(site, sentence) }
        return parts.add(LogicNode(kind: .fault, operation: operation), at: site.origin)
    }
}

extension String {
    /// The text in quotation marks, cut where it is long.
    var shown: String {
        let kept = unicodeScalars.prefix(60)
        let text = JSONValue.string(String(String.UnicodeScalarView(kept))).text(.compact)
        return kept.count == unicodeScalars.count ? text : text + "…"
    }
}
