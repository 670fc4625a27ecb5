/// An RFC 6902 patch of `add`, `remove` and `replace`; the other operations are refused.
///
/// Patches come from people who edit what they see, so `move`, `copy` and `test`, which carry
/// values from unseen places, have no place in them.
public struct JSONPatch: Hashable, Sendable {
    /// One step of a patch.
    public enum Operation: Hashable, Sendable {
        case add(JSONPointer, JSONValue)
        case remove(JSONPointer)
        case replace(JSONPointer, JSONValue)

        /// The place that the step changes.
        public var pointer: JSONPointer {
            switch self {
            case .add(let pointer, _), .remove(let pointer), .replace(let pointer, _): pointer
            }
        }

        /// What the step writes; nil when it removes.
        public var value: JSONValue? {
            switch self {
            case .add(_, let value), .replace(_, let value): value
            case .remove: nil
            }
        }
    }

    /// The steps, in the order in which they are applied.
    public var operations: [Operation]

    /// The most steps of a patch that is parsed.
    public static let operationsMax = 1_000

    /// Makes a patch.
    public init(_ operations: [Operation] = []) {
        self.operations = operations
    }

    /// Whether there is no step.
    public var isEmpty: Bool {
        operations.isEmpty
    }
}

/// Why a patch cannot be read or applied.
public struct JSONPatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step, from 0; nil when the patch as a whole is wrong.
    public let operation: Int?
    /// The place that the step names, when it is known.
    public let pointer: JSONPointer?
    /// A sentence fragment that quotes no value.
    public let reason: String

    /// Makes an error.
    public init(operation: Int?, pointer: JSONPointer?, reason: String) {
        self.operation = operation
        self.pointer = pointer
        self.reason = reason
    }

    /// The step, the place and the reason in one line.
    public var description: String {
        let step = operation.map { "operation \($0 + 1)" }
        let place = pointer.map { "at \"\($0)\"" }
        let words = [step, place].compactMap(\.self).joined(separator: " ")
        return words.isEmpty ? reason : "\(words): \(reason)"
    }
}
