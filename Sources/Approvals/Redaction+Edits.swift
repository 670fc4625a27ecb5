public import JSONTree

/// Following edits through a redacted view.
///
/// The mask stands in the tree where the secret stands, so it moves, stays and goes with it: a
/// patch that shifts the elements of an array cannot lift a secret out from under its pointer.
extension Redaction {
    /// Why an edit cannot be followed through a redacted view.
    public struct EditFailure: Error, Hashable, Sendable {
        public let pointer: JSONPointer
        /// A sentence fragment that quotes no value.
        public let reason: String
    }

    /// The edits and their result as an approver may see them.
    ///
    /// What is written at, above or in the place of a redacted value is masked again. Refuses an
    /// edit that reaches into a redacted value, and one that does not fit.
    public static func masked(
        _ edits: JSONPatch, of view: JSONValue, _ redacted: [RedactedValue]
    ) throws(EditFailure) -> (edits: JSONPatch, view: JSONValue) {
        var view = view
        var masked: [JSONPatch.Operation] = []
        masked.reserveCapacity(edits.operations.count)
        for operation in edits.operations {
            let operation = try self.masked(operation, in: view, redacted)
            do {
                try view.apply(operation)
            } catch {
                throw EditFailure(pointer: operation.pointer, reason: error.reason)
            }
            masked.append(operation)
        }
        return (JSONPatch(masked), view)
    }

    /// The values that `edits` write where an approver sees a mask.
    ///
    /// All that is written, when the edits cannot be followed.
    static func hidden(
        by edits: JSONPatch, of view: JSONValue, _ redacted: [RedactedValue]
    ) -> [JSONValue] {
        let shown: JSONPatch
        do {
            shown = try masked(edits, of: view, redacted).edits
        } catch {
            return edits.operations.compactMap(\.value)
        }
        return zip(edits.operations, shown.operations).flatMap { written, shown in
            guard let value = written.value, let mask = shown.value else { return [JSONValue]() }
            return hidden(in: value, behind: mask)
        }
    }

    private static func hidden(in value: JSONValue, behind shown: JSONValue) -> [JSONValue] {
        if isMask(shown) { return [value] }
        switch (value, shown) {
        case (.object(let value), .object(let shown)):
            return value.members.flatMap { member in
                shown[member.name].map { hidden(in: member.value, behind: $0) } ?? []
            }
        case (.array(let value), .array(let shown)):
            return zip(value, shown).flatMap { hidden(in: $0, behind: $1) }
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _):
            return []
        }
    }

    /// The place that may be named to an approver: nothing deeper than the first mask on the way.
    public static func shown(_ pointer: JSONPointer, in view: JSONValue) -> JSONPointer {
        var value = view
        for (depth, token) in pointer.tokens.enumerated() {
            if isMask(value) { return JSONPointer(tokens: Array(pointer.tokens.prefix(depth))) }
            guard let next = value[JSONPointer(tokens: [token])] else { return pointer }
            value = next
        }
        return pointer
    }

    private static func masked(
        _ operation: JSONPatch.Operation, in view: JSONValue, _ redacted: [RedactedValue]
    ) throws(EditFailure) -> JSONPatch.Operation {
        let pointer = operation.pointer
        guard !reachesIntoMask(pointer, view) else {
            throw EditFailure(
                pointer: pointer,
                reason: "a redacted value can only be replaced or removed as a whole")
        }
        guard let value = operation.value else { return operation }
        let shown = remasked(value, writtenAt: pointer, in: view, redacted)
        switch operation {
        case .add: return .add(pointer, shown)
        case .replace: return .replace(pointer, shown)
        case .remove: return operation
        }
    }

    private static func reachesIntoMask(_ pointer: JSONPointer, _ view: JSONValue) -> Bool {
        var value = view
        for token in pointer.tokens {
            if isMask(value) { return true }
            guard let next = value[JSONPointer(tokens: [token])] else { return false }
            value = next
        }
        return false
    }

    private static func remasked(
        _ value: JSONValue, writtenAt pointer: JSONPointer, in view: JSONValue,
        _ redacted: [RedactedValue]
    ) -> JSONValue {
        if let covering = redacted.first(where: { $0.pointer.isPrefix(of: pointer) }) {
            return mask(covering.handle)
        }
        let replaced = view[pointer]
        var places = redacted.filter { pointer.isPrefix(of: $0.pointer) }
            .map { (Array($0.pointer.tokens.dropFirst(pointer.tokens.count)), mask($0.handle)) }
        if let replaced, containsMarker(replaced) {
            collectMasks(in: replaced, at: [], into: &places)
        }
        return places.reduce(value) { shown, place in
            masking(shown, at: place.0[...], with: place.1)
        }
    }

    private static func collectMasks(
        in value: JSONValue, at tokens: [String], into places: inout [([String], JSONValue)]
    ) {
        if isMask(value) { places.append((tokens, value)) }
        switch value {
        case .object(let object):
            for member in object.members {
                collectMasks(in: member.value, at: tokens + [member.name], into: &places)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                collectMasks(in: element, at: tokens + [String(index)], into: &places)
            }
        case .null, .bool, .number, .string: break
        }
    }

    private static func masking(
        _ value: JSONValue, at tokens: ArraySlice<String>, with mask: JSONValue
    ) -> JSONValue {
        guard let token = tokens.first else { return mask }
        guard let inner = value[JSONPointer(tokens: [token])] else { return value }
        let shown = masking(inner, at: tokens.dropFirst(), with: mask)
        switch value {
        case .object(var object):
            object[token] = shown
            return .object(object)
        case .array(var elements):
            guard let index = JSONPointer.index(token) else { return value }
            elements[index] = shown
            return .array(elements)
        case .null, .bool, .number, .string: return value
        }
    }

    /// True for a mask: submissions and edits that use the reserved name are refused.
    public static func isMask(_ value: JSONValue) -> Bool { value.objectValue?[marker] != nil }
}
