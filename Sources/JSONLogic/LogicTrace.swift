public import JSONTree

/// One part of a rule with what it gave, and its own parts.
public struct LogicTrace: Hashable, Sendable {
    /// The definition that the place is in; nil when it is in the rule itself.
    public let definition: String?
    /// The place in the rule or in the definition.
    public let pointer: JSONPointer
    /// The operator; empty for a constant or a list.
    public let label: String
    /// The path that is read, for a read of the input.
    public let path: JSONPointer?
    /// What it gave, the last time that it ran; nil when the rule did not need it.
    public let result: LogicOutcome?
    /// What it is made of.
    public let children: [LogicTrace]
}
