public import JSONTree

/// What one version of a policy changes against another, in the words of the document.
public struct PolicyDifference: Hashable, Sendable {
    public let changes: [Change]

    /// One change.
    public struct Change: Hashable, Sendable {
        public let kind: Kind
        /// The rule's id, or the field of the document.
        public let name: String
        /// The place below that; the root for the whole.
        public let pointer: JSONPointer
        /// What stood there; nil when nothing did.
        public let before: JSONValue?
        /// What stands there; nil when nothing does.
        public let after: JSONValue?
        /// Whether it lets more run, or less; nil where that cannot be read off it.
        public let leaning: Leaning?

        init(
            _ kind: Kind, _ name: String, _ pointer: JSONPointer = .root,
            before: JSONValue? = nil, after: JSONValue? = nil, _ leaning: Leaning? = nil
        ) {
            self.kind = kind
            self.name = name
            self.pointer = pointer
            self.before = before
            self.after = after
            self.leaning = leaning
        }
    }

    /// What happened to a part.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case added, removed, changed, moved
    }

    /// Which way a change leans.
    public enum Leaning: String, Hashable, Sendable, CaseIterable {
        case stricter, laxer
    }

    /// Compares two policies: rules by their id, everything else field by field.
    public init(from before: Policy, to after: Policy) {
        var changes = Self.fields(before, after)
        changes += Self.rules(before, after)
        self.changes = changes
    }

    /// The changes as programs read them.
    public var json: JSONValue { ["changes": .array(changes.map(\.json))] }

    private static func fields(_ before: Policy, _ after: Policy) -> [Change] {
        let old = before.document.objectValue ?? JSONObject()
        let new = after.document.objectValue ?? JSONObject()
        var names = old.names
        names += new.names.filter { old[$0] == nil }
        var changes: [Change] = []
        for name in names where name != "rules" {
            var leaning: Leaning?
            if name == "default" { leaning = self.leaning(before.fallback, after.fallback) }
            if name == "on_error" { leaning = self.leaning(before.onError, after.onError) }
            changes += leaves(old[name], new[name], of: name, leaning)
        }
        return changes
    }

    private static func rules(_ before: Policy, _ after: Policy) -> [Change] {
        var changes: [Change] = []
        let old = elements(before)
        let new = elements(after)
        for (rule, value) in old where !new.contains(where: { $0.rule.id == rule.id }) {
            let effect = rule.effect.kind
            let leaning: Leaning? = effect == .allow ? .stricter : .laxer
            changes.append(
                Change(.removed, "rule \(rule.id)", before: value, leaning))
        }
        let kept = old.filter { one in new.contains { $0.rule.id == one.rule.id } }
        let order = new.filter { one in old.contains { $0.rule.id == one.rule.id } }
        for (rule, value) in new {
            guard let known = old.first(where: { $0.rule.id == rule.id }) else {
                let leaning: Leaning = rule.effect.kind == .allow ? .laxer : .stricter
                changes.append(Change(.added, "rule \(rule.id)", after: value, leaning))
                continue
            }
            changes += leaves(
                known.value, value, of: "rule \(rule.id)",
                leaning(known.rule.effect, rule.effect))
            let places = (
                kept.firstIndex { $0.rule.id == rule.id },
                order.firstIndex { $0.rule.id == rule.id }
            )
            if let from = places.0, let to = places.1, from != to {
                changes.append(
                    Change(
                        .moved, "rule \(rule.id)", before: .number(JSONNumber(from + 1)),
                        after: .number(JSONNumber(to + 1))))
            }
        }
        return changes
    }

    private static func elements(_ policy: Policy) -> [(rule: PolicyRule, value: JSONValue)] {
        let values = policy.document["rules"]?.arrayValue ?? []
        return zip(policy.rules, values).map { ($0, $1) }
    }

    private static func leaning(_ before: Effect, _ after: Effect) -> Leaning? {
        switch after.leaning(against: before) {
        case .laxer: .laxer
        case .stricter: .stricter
        case .same: nil
        }
    }

    /// The smallest parts that differ; what leans is the effect, not the condition.
    private static func leaves(
        _ before: JSONValue?, _ after: JSONValue?, of name: String, _ leaning: Leaning?,
        at pointer: JSONPointer = .root
    ) -> [Change] {
        guard before != after else { return [] }
        guard let before, let after else {
            let kind: Kind = before == nil ? .added : .removed
            return [
                Change(
                    kind, name, pointer, before: before, after: after,
                    isOfEffect(pointer, name) ? leaning : nil)
            ]
        }
        if let old = before.objectValue, let new = after.objectValue {
            let names = old.names + new.names.filter { old[$0] == nil }
            return names.flatMap {
                leaves(old[$0], new[$0], of: name, leaning, at: pointer.appending($0))
            }
        }
        return [
            Change(
                .changed, name, pointer, before: before, after: after,
                isOfEffect(pointer, name) ? leaning : nil)
        ]
    }

    private static func isOfEffect(_ pointer: JSONPointer, _ name: String) -> Bool {
        let field = pointer.tokens.last ?? ""
        let isEffect = pointer.tokens.first == "then" || name == "default" || name == "on_error"
        return isEffect && ["effect", "quorum", "timeout_s"].contains(field)
    }
}

extension PolicyDifference.Change {
    /// The change in one sentence; the values stand beside it.
    public var sentence: String {
        let place = pointer.isRoot ? name : "\(pointer) of \(name)"
        let leans = leaning.map { " This is \($0.rawValue)." } ?? ""
        return switch kind {
        case .added: "New: \(place).\(leans)"
        case .removed: "No longer there: \(place).\(leans)"
        case .changed: "Changed: \(place).\(leans)"
        case .moved: "Moved: \(place).\(leans)"
        }
    }

    /// The change as programs read it.
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "kind": .string(kind.rawValue), "name": .string(name),
            "pointer": .string(pointer.description),
        ]
        members["before"] = before
        members["after"] = after
        members["leaning"] = leaning.map { .string($0.rawValue) }
        return .object(members)
    }
}
