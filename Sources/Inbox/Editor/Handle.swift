import Approvals
package import JSONTree
package import WireAPI

/// What stands for a value that the approver must not see.
package struct Handle: Hashable, Sendable {
    /// `r1`, `r2` …
    package let name: String
    /// The JSON type of what is hidden.
    package let kind: String
    /// What may be read in the value's place, when the scanner found it.
    package private(set) var shown: String?

    package init(_ body: RedactedBody) {
        name = body.handle
        kind = body.kind
        shown = body.shown
    }

    /// What the view has in the value's place.
    package var mask: JSONValue { Redaction.mask(name, showing: shown) }

    /// True when `value` is this handle's mask and nothing else.
    package func stands(for value: JSONValue) -> Bool { seen(in: value) != nil }

    /// The handle as it stands in `value`; nil when something else does.
    ///
    /// A value that was written over a hidden one has its handle, but no words of the old one.
    package func seen(in value: JSONValue) -> Handle? {
        if value == mask { return self }
        guard value == Redaction.mask(name) else { return nil }
        var bare = self
        bare.shown = nil
        return bare
    }
}

extension [RedactedBody] {
    /// The handles by place; what has no readable place is left out, and its mask stays a mask.
    package var handles: [JSONPointer: Handle] {
        var handles: [JSONPointer: Handle] = [:]
        for body in self {
            do {
                handles[try JSONPointer(parsing: body.pointer)] = Handle(body)
            } catch {
                continue
            }
        }
        return handles
    }
}
