import JSONTree

/// Something wrong, with the way to it from the value that was checked, innermost token first.
struct SchemaFinding {
    var path: [String] = []
    let keyword: String
    let sentence: String

    var violation: SchemaViolation {
        SchemaViolation(
            pointer: JSONPointer(tokens: path.reversed()), keyword: keyword, sentence: sentence)
    }
}

/// What came of holding one schema against one value.
struct SchemaOutcome {
    /// What is wrong; empty when the value fits.
    var findings: [SchemaFinding] = []
    /// The places of members or elements that some rule has looked at.
    var evaluated: Set<Int> = []
    /// Whether every member or element has been looked at.
    var evaluatedAll = false

    var fits: Bool {
        findings.isEmpty
    }

    mutating func refuse(_ keyword: String, _ sentence: @autoclosure () -> String) {
        guard findings.count < JSONSchema.violationsMax else { return }
        let sentence = sentence()
        findings.append(SchemaFinding(keyword: keyword, sentence: sentence))
    }

    /// Takes over what another schema said about the same value; one that does not fit has looked
    /// at nothing.
    mutating func merge(_ other: SchemaOutcome) {
        take(other.findings)
        mergeEvaluation(other)
    }

    mutating func mergeEvaluation(_ other: SchemaOutcome) {
        guard other.fits else { return }
        evaluated.formUnion(other.evaluated)
        evaluatedAll = evaluatedAll || other.evaluatedAll
    }

    /// Takes over what is wrong inside the part of the value that `token` names.
    mutating func merge(_ part: SchemaOutcome, inside token: @autoclosure () -> String) {
        guard !part.fits else { return }
        let token = token()
        take(
            part.findings.map { finding in
                var finding = finding
                finding.path.append(token)
                return finding
            })
    }

    /// No more than are reported: a schema can say very often what is wrong.
    private mutating func take(_ more: [SchemaFinding]) {
        findings += more.prefix(max(0, JSONSchema.violationsMax - findings.count))
    }
}

/// Holds compiled schemas against a value, within a budget of steps.
struct SchemaChecker {
    let nodes: [SchemaNode]
    let tracksEvaluation: Bool
    /// What is left of the budget; a step is one state of a pattern on one character, or about as
    /// much work elsewhere.
    var stepsLeft = stepsMax

    /// About a quarter of a second.
    static let stepsMax = 20_000_000
    /// What it costs to hold one schema, or one rule of it, against one value that is not looked
    /// into yet.
    static let stepsOfRule = 16
    /// The deepest recursion; a value of depth 64 under plain schemas stays far below.
    static let depthMax = 400
    static let tooMuch = "takes too many steps to check"

    var isExhausted: Bool {
        stepsLeft <= 0
    }

    mutating func check(_ node: Int, _ value: JSONValue, depth: Int) -> SchemaOutcome {
        var outcome = SchemaOutcome()
        guard depth < Self.depthMax else {
            stepsLeft = 0
            return outcome
        }
        stepsLeft -= Self.stepsOfRule
        for rule in nodes[node].rules {
            stepsLeft -= Self.stepsOfRule
            guard !isExhausted else { break }
            check(rule, value, depth: depth + 1, &outcome)
        }
        return outcome
    }

    private mutating func check(
        _ rule: SchemaRule, _ value: JSONValue, depth: Int, _ outcome: inout SchemaOutcome
    ) {
        switch rule {
        case .never, .types, .choices:
            checkKind(rule, value, &outcome)
        case .numberBound, .multipleOf:
            if case .number(let number) = value { checkNumber(rule, number, &outcome) }
        case .length, .pattern:
            if case .string(let text) = value { checkText(rule, text, &outcome) }
        case .format(let format):
            checkFormat(format, value, &outcome)
        case .members, .memberCount, .memberNames, .required, .dependentRequired,
            .unevaluatedMembers:
            if case .object(let object) = value {
                checkMembers(rule, object, depth: depth, &outcome)
            }
        case .dependentSchemas(let dependents):
            guard case .object(let object) = value else { return }
            for dependent in dependents where object[dependent.name] != nil {
                outcome.merge(check(dependent.node, value, depth: depth))
            }
        case .items, .itemCount, .uniqueItems, .contains, .unevaluatedItems:
            if case .array(let elements) = value {
                checkItems(rule, elements, depth: depth, &outcome)
            }
        case .reference, .allOf, .anyOf, .oneOf, .not, .condition:
            checkAlternatives(rule, value, depth: depth, &outcome)
        }
    }

    private mutating func checkKind(
        _ rule: SchemaRule, _ value: JSONValue, _ outcome: inout SchemaOutcome
    ) {
        if case .choices = rule { stepsLeft -= value.steps }
        if case .never = rule {
            outcome.refuse("false", "is not allowed here")
        } else if case .types(let types) = rule, !types.isSuperset(of: JSONTypes(of: value)) {
            outcome.refuse("type", "must be of type \(types)")
        } else if case .choices(let choices) = rule, !choices.exact.contains(ExactValue(value)) {
            let isOne = choices.values.count == 1
            outcome.refuse(
                choices.keyword,
                isOne
                    ? "must be the one allowed value"
                    : "must be one of the \(choices.values.count) allowed values")
        }
    }

    private mutating func checkNumber(
        _ rule: SchemaRule, _ number: JSONNumber, _ outcome: inout SchemaOutcome
    ) {
        stepsLeft -= number.text.utf8.count
        if case .numberBound(let bound) = rule {
            let difference = number.exact.compare(to: bound.exact)
            let (fits, words) =
                switch bound.kind {
                case .minimum: (difference >= 0, "at least")
                case .maximum: (difference <= 0, "at most")
                case .exclusiveMinimum: (difference > 0, "more than")
                case .exclusiveMaximum: (difference < 0, "less than")
                }
            if !fits { outcome.refuse(bound.kind.rawValue, "must be \(words) \(bound.limit)") }
        } else if case .multipleOf(let divisor) = rule, !divisor.divides(number.exact) {
            outcome.refuse("multipleOf", "must be a multiple of \(divisor.number)")
        }
    }

    private mutating func checkText(
        _ rule: SchemaRule, _ text: String, _ outcome: inout SchemaOutcome
    ) {
        stepsLeft -= text.utf8.count / 8
        if case .length(let bound) = rule {
            if !bound.allows(text.unicodeScalars.count) {
                outcome.refuse(bound, "characters")
            }
        } else if case .pattern(let pattern) = rule {
            if !pattern.matches(text, stepsLeft: &stepsLeft) {
                outcome.refuse("pattern", "must match the pattern of its field")
            }
        }
    }

    private mutating func checkFormat(
        _ format: Format, _ value: JSONValue, _ outcome: inout SchemaOutcome
    ) {
        stepsLeft -= value.arrayValue == nil && value.objectValue == nil ? value.steps : 0
        let fits =
            switch value {
            case .string(let text): format.accepts(text)
            case .number(let number): format.accepts(number)
            case .null, .bool, .array, .object: true
            }
        if !fits { outcome.refuse("format", "must be \(format.phrase)") }
    }
}

extension JSONValue {
    /// What it costs to look at the whole value, in steps.
    var steps: Int {
        switch self {
        case .null, .bool: 4
        case .number(let number): number.text.utf8.count + 24
        case .string(let text): text.utf8.count + 4
        case .array(let elements): elements.reduce(4) { $0 + $1.steps }
        case .object(let object):
            object.members.reduce(4) { $0 + $1.name.utf8.count + $1.value.steps }
        }
    }
}

extension SchemaOutcome {
    mutating func refuse(_ bound: CountBound, _ what: String) {
        let words = bound.isMinimum ? "at least" : "at most"
        refuse(bound.keyword, "must have \(words) \(bound.limit) \(what)")
    }
}
