/// An integer of 64 bits or a finite double; arithmetic leaves integers only when it must.
enum LogicNumber: Sendable {
    case integer(Int64)
    case double(Double)

    /// Nil unless `double` is finite.
    init?(finite double: Double) {
        guard double.isFinite else { return nil }
        if let integer = Int64(exactly: double), integer.magnitude <= 1 << 53 {
            self = .integer(integer)
        } else {
            self = .double(double)
        }
    }

    /// Reads a text as ECMAScript's `Number` does, decimal forms only; nothing counts as zero.
    init?(coercing text: String) {
        let blanks: Set<UInt8> = [9, 10, 11, 12, 13, 32]
        let bytes = text.utf8
        let trimmed = bytes.drop { blanks.contains($0) }
        let count = trimmed.reversed().drop { blanks.contains($0) }.count
        let core = Array(trimmed.prefix(count))
        guard !core.isEmpty else {
            self = .integer(0)
            return
        }
        guard core.allSatisfy({ $0 &- 48 < 10 || [43, 45, 46, 69, 101].contains($0) }) else {
            return nil
        }
        let word = String(decoding: core, as: UTF8.self)
        if let integer = Int64(word) {
            self = .integer(integer)
        } else if let double = Double(word) {
            self.init(finite: double)
        } else {
            return nil
        }
    }

    /// The value of a rule.
    var value: LogicValue {
        switch self {
        case .integer(let integer): .integer(integer)
        case .double(let double): .double(double)
        }
    }

    /// The nearest double.
    var double: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        }
    }

    /// The integer, when it is one.
    var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .double(let double): Int64(exactly: double)
        }
    }
}

extension LogicNumber: Comparable {
    /// Whether both are exactly the same value.
    static func == (one: LogicNumber, two: LogicNumber) -> Bool {
        switch (one, two) {
        case (.integer(let left), .integer(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.integer(let left), .double(let right)): Int64(exactly: right) == left
        case (.double(let left), .integer(let right)): Int64(exactly: left) == right
        }
    }

    /// Whether `one` is exactly less than `two`, also where no double holds the integer.
    static func < (one: LogicNumber, two: LogicNumber) -> Bool {
        switch (one, two) {
        case (.integer(let left), .integer(let right)): left < right
        case (.double(let left), .double(let right)): left < right
        case (.integer(let left), .double(let right)): isLess(left, than: right)
        case (.double(let left), .integer(let right)): isLess(left, than: right)
        }
    }

    private static func isLess(_ left: Int64, than right: Double) -> Bool {
        // 2^63 and its opposite are doubles, so these tests are exact.
        if right >= 0x1p63 { return true }
        if right < -0x1p63 { return false }
        let floor = right.rounded(.down)
        let whole = Int64(floor)
        return left < whole || (left == whole && floor < right)
    }

    private static func isLess(_ left: Double, than right: Int64) -> Bool {
        if left >= 0x1p63 { return false }
        if left < -0x1p63 { return true }
        return Int64(left.rounded(.down)) < right
    }
}
