import JSONTree

/// What ECMAScript makes of values; only `compat` asks.
extension LogicValue {
    /// Truth in `compat`: nothing, zero, no text and an empty list are false.
    var isTruthy: Bool {
        switch self {
        case .absent, .null: false
        case .bool(let truth): truth
        case .integer(let integer): integer != 0
        case .double(let double): double != 0 && !double.isNaN
        case .wide: true
        case .text(let text): !text.isEmpty
        case .list(let elements): !elements.isEmpty
        case .object: true
        }
    }

    /// The number that the value stands for in `compat`; nil when it is none.
    var coercedNumber: LogicNumber? {
        switch self {
        case .absent, .null: .integer(0)
        case .bool(let truth): .integer(truth ? 1 : 0)
        case .integer(let integer): .integer(integer)
        case .double(let double): .double(double)
        case .wide(let number): LogicNumber(finite: number.double)
        case .text(let text): LogicNumber(coercing: text)
        case .list, .object: nil
        }
    }

    /// The text that the value stands for in `compat`.
    var coercedText: String {
        switch self {
        case .absent, .null: ""
        case .bool(let truth): truth ? "true" : "false"
        case .integer(let integer): String(integer)
        case .double(let double): JSONNumber(double)?.text ?? ""
        case .wide(let number): number.text
        case .text(let text): text
        case .list(let elements): elements.map(\.coercedText).joined(separator: ",")
        case .object: "[object Object]"
        }
    }

    /// What `===` says in `compat`: same kind and same value; lists and objects are never the same.
    func isIdentical(to other: LogicValue) -> Bool {
        switch (self, other) {
        case (.absent, .absent), (.absent, .null), (.null, .absent), (.null, .null): true
        case (.bool(let one), .bool(let two)): one == two
        case (.text(let one), .text(let two)): one.hasSameBytes(as: two)
        case (.integer, _), (.double, _), (.wide, _):
            if let one = number, let two = other.number { one == two } else { false }
        case (.absent, _), (.null, _), (.bool, _), (.text, _), (.list, _), (.object, _): false
        }
    }

    /// The number, when the value is one; an integer beyond 64 bits is its nearest double.
    var number: LogicNumber? {
        switch self {
        case .integer(let integer): .integer(integer)
        case .double(let double): .double(double)
        case .wide(let number): LogicNumber(finite: number.double)
        case .absent, .null, .bool, .text, .list, .object: nil
        }
    }

    /// How much of the budget for what is made the value takes.
    var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .list(let elements): elements.count
        case .object(let members): members.count
        case .absent, .null, .bool, .integer, .double, .wide: 1
        }
    }
}
