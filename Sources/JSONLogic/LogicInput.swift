import JSONTree

/// The data of one evaluation, with every path of a program looked up.
public struct LogicInput: Sendable {
    let slots: [LogicValue]
    /// For each slot, which of the program's texts it holds; see `LogicAtoms`.
    let atoms: [Int32]
    /// The program that looked them up, and the only one that can use them.
    let code: LogicCode?
}
