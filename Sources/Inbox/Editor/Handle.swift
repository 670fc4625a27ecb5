import Approvals
package import JSONTree
package import WireAPI

/// What stands for a value that the approver must not see.
package struct Handle: Hashable, Sendable {
    /// `r1`, `r2` …
    package let name: String
    /// The JSON type of what is hidden.
    package let kind: String

    package init(_ body: RedactedBody) {
        name = body.handle
        kind = body.kind
    }

    /// What the view has in the value's place.
    package var mask: JSONValue { Redaction.mask(name) }

    /// True when `value` is this handle's mask and nothing else.
    package func stands(for value: JSONValue) -> Bool { value == mask }
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
