import JSONLogic
public import JSONTree

/// Why a policy said what it said: every rule as a tree with the value of each part.
public struct PolicyExplanation: Hashable, Sendable {
    public let verdict: PolicyVerdict
    public let rules: [Rule]

    /// One rule, and what its condition came to.
    public struct Rule: Hashable, Sendable {
        public let id: RuleID
        public let summary: String?
        public let effect: EffectKind
        public let answer: PolicyVerdict.Answer.Result
        /// The condition, from the outside in.
        public let parts: [Part]
    }

    /// One part of a condition.
    public struct Part: Hashable, Sendable {
        /// How deep it stands.
        public let depth: Int
        /// An operator, a path that is read, or a constant.
        public let label: String
        public let value: Value

        /// Puts a part together.
        public init(depth: Int, label: String, value: Value) {
            self.depth = depth
            self.label = label
            self.value = value
        }
    }

    /// What a part came to.
    public enum Value: Hashable, Sendable {
        case known(JSONValue)
        /// It depends on something that approvers must not see.
        case hidden
        case error(String)
        /// The rest had decided before.
        case notNeeded
        /// It is a constant: its label says it.
        case constant
    }

    /// Explains what a program says to an input; `isHidden` tells of a place in the arguments, and
    /// `isHiddenFact` of a place in the rest of the input.
    public init(
        _ program: PolicyProgram, of input: JSONValue, isHidden: @escaping (JSONPointer) -> Bool,
        isHiddenFact: @escaping (JSONPointer) -> Bool = { _ in false }
    ) {
        verdict = program.decide(input)
        var rules: [Rule] = []
        for (index, rule) in program.policy.rules.enumerated() {
            let trace = program.trace(index, on: input)
            var reading = TraceReading(
                input: input, isHidden: isHidden, isHiddenFact: isHiddenFact)
            reading.add(trace, depth: 0, isInsideHidden: false)
            rules.append(
                Rule(
                    id: rule.id, summary: rule.summary, effect: rule.effect.kind,
                    answer: verdict.answers[index].result, parts: reading.parts))
        }
        self.rules = rules
    }

    /// The explanation as programs read it.
    public var json: JSONValue {
        guard var object = verdict.json.objectValue else { return verdict.json }
        let trees = zip(rules, object["rules"]?.arrayValue ?? []).map { rule, known in
            var members = known.objectValue ?? JSONObject()
            members["effect"] = .string(rule.effect.rawValue)
            members["when"] = .array(rule.parts.map(\.json))
            return JSONValue.object(members)
        }
        object["rules"] = .array(trees)
        return .object(object)
    }
}

extension PolicyExplanation.Part {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "depth": .number(JSONNumber(depth)), "part": .string(label),
        ]
        switch value {
        case .known(let value): members["value"] = value
        case .hidden: members["hidden"] = true
        case .error(let reason): members["error"] = .string(reason)
        case .notNeeded: members["needed"] = false
        case .constant: break
        }
        return .object(members)
    }
}

/// Turns a trace into parts, and leaves out what must not be seen.
private struct TraceReading {
    let input: JSONValue
    let isHidden: (JSONPointer) -> Bool
    let isHiddenFact: (JSONPointer) -> Bool
    var parts: [PolicyExplanation.Part] = []

    /// Operators whose inner reads do not say where their elements came from.
    private static let iterating: Set = [
        "map", "filter", "reduce", "all", "some", "none", "any_at", "sort",
    ]

    mutating func add(_ trace: LogicTrace, depth: Int, isInsideHidden: Bool) {
        let readsHidden = self.readsHidden(trace)
        let isConstant = trace.path == nil && trace.children.isEmpty && trace.label.isEmpty
        parts.append(
            PolicyExplanation.Part(
                depth: depth, label: label(trace, isConstant: isConstant),
                value: isConstant
                    ? .constant
                    : value(
                        trace.result, isSecret: readsHidden || isInsideHidden, isRoot: depth == 0)))
        let isInside = isInsideHidden || readsHidden && Self.iterating.contains(trace.label)
        for child in trace.children {
            add(child, depth: depth + 1, isInsideHidden: isInside)
        }
    }

    private func label(_ trace: LogicTrace, isConstant: Bool) -> String {
        if let path = trace.path { return path.tokens.joined(separator: ".") }
        guard isConstant else { return trace.label.isEmpty ? "list" : trace.label }
        guard case .value(let value)? = trace.result else { return "constant" }
        return value.text(.compact).cut
    }

    private func value(
        _ result: LogicOutcome?, isSecret: Bool, isRoot: Bool
    ) -> PolicyExplanation.Value {
        switch result {
        case nil: return .notNeeded
        case .indeterminate(let reason)?:
            return .error(isSecret ? "It has no answer." : reason.sentence)
        case .value(let value)?:
            // Whether a rule matched is known anyway; everything else stays hidden.
            guard isSecret, !isRoot || value.boolValue == nil else { return .known(value) }
            return .hidden
        }
    }

    private func readsHidden(_ trace: LogicTrace) -> Bool {
        if let path = trace.path, holdsHidden(path) { return true }
        return trace.children.contains(where: readsHidden)
    }

    /// Whether a path of the input leads to something hidden, into it, or around it.
    private func holdsHidden(_ path: JSONPointer) -> Bool {
        guard let root = path.tokens.first else { return true }
        guard root == "args" || root == "edited" else { return isHiddenFact(path) }
        let inside = JSONPointer(tokens: Array(path.tokens.dropFirst()))
        var outer: JSONPointer? = inside
        while let place = outer {
            if isHidden(place) { return true }
            outer = place.parent
        }
        guard let value = input[path] else { return false }
        return holdsHidden(value, at: inside)
    }

    private func holdsHidden(_ value: JSONValue, at pointer: JSONPointer) -> Bool {
        if isHidden(pointer) { return true }
        switch value {
        case .null, .bool, .number, .string: return false
        case .array(let elements):
            return elements.enumerated().contains { holdsHidden($1, at: pointer.appending($0)) }
        case .object(let object):
            return object.members.contains {
                holdsHidden($0.value, at: pointer.appending($0.name))
            }
        }
    }
}
