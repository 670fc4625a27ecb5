public import JSONTree

/// What a rule gives for one input.
public enum LogicOutcome: Hashable, Sendable {
    /// A value.
    case value(JSONValue)
    /// Nothing that could be relied on, and why.
    case indeterminate(LogicReason)
}

/// Whether a rule holds for one input.
public enum LogicTruth: Hashable, Sendable {
    /// It holds.
    case yes
    /// It does not hold.
    case no
    /// The input does not say; `LogicProgram.evaluate` tells why.
    case indeterminate
}

/// Why a rule has no answer for one input.
public struct LogicReason: Hashable, Sendable, CustomStringConvertible {
    /// What kind of reason.
    public enum Kind: String, Hashable, Sendable {
        /// A field is not there.
        case missing
        /// A field is null.
        case null
        /// A value is of a type that its use does not take.
        case type = "wrong type"
        /// A text is not of the form that its use takes.
        case form = "wrong form"
        /// The result of a calculation is no number.
        case notANumber = "NaN"
        /// An operator has not got the operands that it needs.
        case arguments = "Invalid Arguments"
        /// There is no such operator; `strict` refuses it before it runs.
        case unknown = "Unknown Operator"
        /// A limit was reached.
        case limit = "limit"
        /// The rule itself raised an error.
        case thrown
    }

    /// What kind of reason it is.
    public let kind: Kind
    /// The definition that the place is in; nil when it is in the rule itself.
    public let definition: String?
    /// The place in the rule or in the definition.
    public let pointer: JSONPointer
    /// What happened there.
    public let sentence: String
    /// What `throw` raised.
    public let thrown: JSONValue?

    /// The error as the public suites write it: an object with a `type`.
    public var error: JSONValue {
        guard let thrown else { return ["type": .string(kind.rawValue)] }
        return thrown
    }

    /// The place and the sentence.
    public var description: String {
        let place = definition.map { "definition \($0)" } ?? "rule"
        return "\(place), at \(pointer.isRoot ? "its top" : pointer.description): \(sentence)"
    }
}
