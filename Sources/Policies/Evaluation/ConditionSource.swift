import JSONLogic
import JSONTree

/// A condition of a document, and where it stands there.
struct ConditionSource {
    let condition: JSONValue
    let pointer: JSONPointer
    /// The rule whose condition or edit limit it is, or what stands in for a rule.
    let decider: Decider
    let isEditLimit: Bool

    /// The conditions of the rules in their order, then the edit limits.
    static func all(of policy: Policy) -> [ConditionSource] {
        let rules = JSONPointer(tokens: ["rules"])
        var sources = policy.rules.enumerated().map { index, rule in
            ConditionSource(
                condition: rule.condition, pointer: rules.appending(index).appending("when"),
                decider: .rule(rule.id), isEditLimit: false)
        }
        var effects = policy.rules.enumerated().map { index, rule in
            (Decider.rule(rule.id), rule.effect, rules.appending(index).appending("then"))
        }
        effects.append((.fallback, policy.fallback, JSONPointer(tokens: ["default"])))
        effects.append((.onError, policy.onError, JSONPointer(tokens: ["on_error"])))
        for (decider, effect, pointer) in effects {
            guard let limit = effect.terms?.editLimit else { continue }
            sources.append(
                ConditionSource(
                    condition: limit, pointer: pointer.appending("edit_limit"), decider: decider,
                    isEditLimit: true))
        }
        return sources
    }

    /// Everything that keeps conditions from being compiled, of every condition by itself.
    static func problems(
        _ sources: [ConditionSource], _ settings: LogicSettings, of policy: Policy
    ) -> [PolicyProblem] {
        var problems: [PolicyProblem] = []
        for source in sources {
            do {
                let program = try LogicProgram(source.condition, settings: settings)
                problems += source.unknownPaths(program.paths, of: policy)
            } catch {
                let problem = source.problem(error)
                // A definition that is wrong is wrong once, however many rules use it.
                if !problems.contains(problem) { problems.append(problem) }
            }
        }
        return problems
    }

    /// A refusal with its place in the whole document.
    func problem(_ refusal: LogicRefusal) -> PolicyProblem {
        let base = refusal.definition.map { JSONPointer(tokens: ["defs", $0]) } ?? pointer
        return PolicyProblem(
            JSONPointer(tokens: base.tokens + refusal.pointer.tokens), refusal.sentence)
    }

    private func unknownPaths(_ paths: [JSONPointer], of policy: Policy) -> [PolicyProblem] {
        paths.compactMap { path in
            guard let sentence = InputFacts.problem(path, mayReadEdits: isEditLimit) else {
                return nil
            }
            return PolicyProblem(place(of: path, in: policy), sentence)
        }
    }

    /// Where the path is named: in the condition itself, or in a definition; else the condition.
    private func place(of path: JSONPointer, in policy: Policy) -> JSONPointer {
        let dotted = path.tokens.joined(separator: ".")
        if let inside = Self.mention(of: dotted, in: condition, at: pointer) { return inside }
        for definition in policy.definitions {
            let base = JSONPointer(tokens: ["defs", definition.name])
            if let inside = Self.mention(of: dotted, in: definition.value, at: base) {
                return inside
            }
        }
        return pointer
    }

    private static func mention(
        of text: String, in value: JSONValue, at pointer: JSONPointer
    ) -> JSONPointer? {
        switch value {
        case .null, .bool, .number: return nil
        case .string(let found):
            return found.utf8.elementsEqual(text.utf8) ? pointer : nil
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                let place = pointer.appending(index)
                if let found = mention(of: text, in: element, at: place) { return found }
            }
            return nil
        case .object(let object):
            for member in object.members {
                let place = pointer.appending(member.name)
                if let found = mention(of: text, in: member.value, at: place) { return found }
            }
            return nil
        }
    }
}
