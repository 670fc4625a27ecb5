import JSONTree

/// The data of one evaluation, with every path of a program looked up.
public struct LogicInput: Sendable {
    let slots: [LogicValue]
}
