extension JSONPatch {
    /// What `document` is after every step; nothing is changed when one step fails.
    ///
    /// Whatever the patch does not name stays as written, order and numbers included.
    public func applied(to document: JSONValue) throws(JSONPatchError) -> JSONValue {
        var result = document
        for (place, operation) in operations.enumerated() {
            do {
                try result.apply(operation, along: operation.pointer.tokens[...])
            } catch {
                throw JSONPatchError(
                    operation: place, pointer: operation.pointer, reason: error.reason)
            }
        }
        return result
    }
}

extension JSONValue {
    /// Carries out one step in place, so that a long patch does not copy the value at every step.
    ///
    /// Nothing is changed when the step does not fit.
    public mutating func apply(_ operation: JSONPatch.Operation) throws(JSONPatchError) {
        do {
            try apply(operation, along: operation.pointer.tokens[...])
        } catch {
            throw JSONPatchError(
                operation: nil, pointer: operation.pointer, reason: error.reason)
        }
    }
}

/// Why a step does not fit the value it meets.
private struct Misfit: Error {
    let reason: String

    static let absent = Misfit(reason: "there is no such place")
    static let scalar = Misfit(reason: "the value around it is neither an object nor an array")
    static let noIndex = Misfit(reason: "an array element is named by its index")
    static let outside = Misfit(reason: "the index is past the end of the array")
    static let root = Misfit(reason: "the whole document cannot be removed")
}

extension JSONValue {
    /// Walks to the place and changes it there, so that nothing beside the way is copied.
    fileprivate mutating func apply(
        _ operation: JSONPatch.Operation, along tokens: ArraySlice<String>
    ) throws(Misfit) {
        guard let token = tokens.first else {
            guard let value = operation.value else { throw .root }
            self = value
            return
        }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var object):
            self = .null
            defer { self = .object(object) }
            try object.apply(operation, token, rest)
        case .array(var elements):
            self = .null
            defer { self = .array(elements) }
            try elements.apply(operation, token, rest)
        case .null, .bool, .number, .string:
            throw .scalar
        }
    }
}

extension JSONObject {
    fileprivate mutating func apply(
        _ operation: JSONPatch.Operation, _ token: String, _ rest: ArraySlice<String>
    ) throws(Misfit) {
        let place = place(of: token)
        if rest.isEmpty, case .add(_, let value) = operation {
            self[token] = value
            return
        }
        guard let place else { throw .absent }
        if rest.isEmpty, case .remove = operation {
            self[token] = nil
            return
        }
        try changeValue(at: place) { (value: inout JSONValue) throws(Misfit) in
            try value.apply(operation, along: rest)
        }
    }
}

extension [JSONValue] {
    fileprivate mutating func apply(
        _ operation: JSONPatch.Operation, _ token: String, _ rest: ArraySlice<String>
    ) throws(Misfit) {
        if rest.isEmpty, case .add(_, let value) = operation {
            insert(value, at: try place(toAdd: token))
            return
        }
        guard let index = JSONPointer.index(token) else {
            throw token.hasSameBytes(as: "-") ? .absent : .noIndex
        }
        guard index < count else { throw .outside }
        if rest.isEmpty, case .remove = operation {
            remove(at: index)
            return
        }
        try self[index].apply(operation, along: rest)
    }

    private func place(toAdd token: String) throws(Misfit) -> Int {
        if token.hasSameBytes(as: "-") { return count }
        guard let index = JSONPointer.index(token) else { throw .noIndex }
        guard index <= count else { throw .outside }
        return index
    }
}
