import JSONTree
import TextGrid

/// What was changed between two values, as the smallest patch of whole members and elements.
enum Difference {
    /// The patch that makes `new` of `old`; what is equal in both is not touched.
    static func patch(from old: JSONValue, to new: JSONValue) -> JSONPatch {
        JSONPatch(steps(from: old, to: new, at: .root))
    }

    private static func steps(
        from old: JSONValue, to new: JSONValue, at place: JSONPointer
    ) -> [JSONPatch.Operation] {
        if old == new { return [] }
        if let before = old.objectValue, let after = new.objectValue {
            return members(before, after, at: place)
        }
        if let before = old.arrayValue, let after = new.arrayValue {
            return elements(before, after, at: place)
        }
        return [.replace(place, new)]
    }

    private static func members(
        _ old: JSONObject, _ new: JSONObject, at place: JSONPointer
    ) -> [JSONPatch.Operation] {
        var steps: [JSONPatch.Operation] = []
        for member in old.members {
            let here = place.appending(member.name)
            if let value = new[member.name] {
                steps += Self.steps(from: member.value, to: value, at: here)
            } else {
                steps.append(.remove(here))
            }
        }
        for member in new.members where old[member.name] == nil {
            steps.append(.add(place.appending(member.name), member.value))
        }
        return steps
    }

    /// Elements are compared one by one; those that are too many go from the end.
    private static func elements(
        _ old: [JSONValue], _ new: [JSONValue], at place: JSONPointer
    ) -> [JSONPatch.Operation] {
        var steps: [JSONPatch.Operation] = []
        for (index, pair) in zip(old, new).enumerated() {
            steps += Self.steps(from: pair.0, to: pair.1, at: place.appending(index))
        }
        for index in (min(old.count, new.count)..<old.count).reversed() {
            steps.append(.remove(place.appending(index)))
        }
        for value in new.dropFirst(old.count) { steps.append(.add(place.appending("-"), value)) }
        return steps
    }

    /// The patch for a person: what stood there, and what will.
    static func lines(of patch: JSONPatch, on arguments: JSONValue) -> [SafeText] {
        var now = arguments
        return patch.operations.flatMap { operation -> [SafeText] in
            let before = now[operation.pointer]
            do {
                now = try JSONPatch([operation]).applied(to: now)
            } catch {
                return ["does not fit: " + SafeText(escaping: operation.pointer.description)]
            }
            return lines(of: operation, before: before)
        }
    }

    private static func lines(
        of operation: JSONPatch.Operation, before: JSONValue?
    ) -> [SafeText] {
        let place = SafeText(escaping: operation.pointer.description)
        let old = before.map { "  - " + ApprovalPage.inline($0) }
        let new = operation.value.map { "  + " + ApprovalPage.inline($0) }
        return [place] + [old, new].compactMap(\.self)
    }
}
