public import JSONTree

extension PolicyProgram {
    /// The limits that changed arguments must keep after a verdict, with what they name put in its
    /// place, so that whoever reads them needs no other part of the document.
    public func editLimits(of verdict: PolicyVerdict) -> [JSONValue] {
        verdict.asking.compactMap { decider in
            effect(of: decider)?.terms?.editLimit.map { whole($0) }
        }
    }

    /// A condition with everything that it names put in its place.
    func whole(_ condition: JSONValue) -> JSONValue { whole(condition, levels: Self.levelsMax) }

    /// Deeper conditions keep their names; a document of that depth is not published.
    private static let levelsMax = 64

    private func effect(of decider: Decider) -> Effect? {
        switch decider {
        case .rule(let id): policy.rules.first { $0.id == id }?.effect
        case .fallback: policy.fallback
        case .onError: policy.onError
        }
    }

    private func whole(_ condition: JSONValue, levels: Int) -> JSONValue {
        guard levels > 0 else { return condition }
        switch condition {
        case .null, .bool, .number, .string: return condition
        case .array(let elements): return .array(elements.map { whole($0, levels: levels - 1) })
        case .object(let object):
            if object.count == 1, let member = object.members.first,
                let name = member.value.stringValue, let named = named(name, as: member.name)
            {
                return whole(named, levels: levels - 1)
            }
            return .object(
                JSONObject(object.members.map { ($0.name, whole($0.value, levels: levels - 1)) }))
        }
    }

    /// What stands for a name; nil where nothing is named.
    private func named(_ name: String, as kind: String) -> JSONValue? {
        let values: [Policy.NamedValue]
        switch kind {
        case "use": values = policy.definitions
        case "table": values = policy.tables
        case _: return nil
        }
        return values.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
