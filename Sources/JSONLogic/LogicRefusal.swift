public import JSONTree

/// Why a rule does not compile: where, and a sentence.
public struct LogicRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which of the program's rules.
    public let rule: Int
    /// The definition that the place is in; nil when it is in the rule itself.
    public let definition: String?
    /// The place in the rule or in the definition.
    public let pointer: JSONPointer
    /// What is wrong there.
    public let sentence: String

    /// The place and the sentence.
    public var description: String {
        let place = definition.map { "definition \($0)" } ?? "rule"
        return "\(place), at \(pointer.isRoot ? "its top" : pointer.description): \(sentence)"
    }
}
