import JSONTree

/// One part of a compiled rule: plain numbers, so that walking a program copies nothing.
struct LogicNode: Sendable {
    /// What is done with it.
    enum Kind: Sendable {
        /// `data` is a place in the constants.
        case constant
        /// A read of the input; `data` is the slot.
        case slot
        /// The same, and the one operand is what an absent field stands for.
        case slotOr
        /// A read of the element of an iteration; `data` is a place in the element paths, `climb`
        /// how many iterations further out.
        case element
        /// The same, with an operand for an absent field.
        case elementOr
        /// The index of the element, `climb` iterations further out.
        case position
        /// A read beyond the outermost iteration.
        case outside
        /// A list of its operands.
        case list
        /// An operator without the operands that it needs.
        case fault
        /// An operator that there is not.
        case unknown
        /// An operator over its operands.
        case call
    }

    var kind: Kind
    var operation: LogicOperator = .preserve
    var result: LogicResultType = .any
    /// Whether the absence of what is read must not be seen.
    var isGuarded = false
    /// Whether one operand that is a list stands for all of them.
    var isSpread = false
    /// The operands: `count` places in the children from `first` on.
    var first: Int32 = 0
    var count: Int32 = 0
    var data: Int32 = 0
    var climb: Int32 = 0

    /// Whether the operator, asked as a condition, answers without making a value.
    var isCondition: Bool {
        result == .truth || operation == .and || operation == .or
    }

    /// The places of the operands in the children.
    var operands: Range<Int> {
        Int(first)..<Int(first) + Int(count)
    }
}

/// Where a part stands in what was written.
struct LogicOrigin: Sendable {
    let definition: String?
    let pointer: JSONPointer
}
