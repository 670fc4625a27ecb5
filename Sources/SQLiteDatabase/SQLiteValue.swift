/// A value that a statement is given or that a row holds.
public enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension SQLiteValue {
    /// The text, or null.
    public static func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

    /// The number, or null.
    public static func optional(_ number: Int64?) -> SQLiteValue {
        number.map { .integer($0) } ?? .null
    }
}
