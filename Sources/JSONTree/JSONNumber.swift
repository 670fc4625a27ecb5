/// A JSON number, kept exactly as it was written.
///
/// `==` compares the text, so `1` and `1.0` differ; `compare(to:)` compares the exact values.
public struct JSONNumber: Sendable, CustomStringConvertible {
    /// The number as written.
    public let text: String

    /// The most bytes of one number.
    public static let bytesMax = 1_024
    /// The most digits of an exponent, leading zeros not counted.
    public static let exponentDigitsMax = 9

    /// Takes a text that must be exactly one JSON number within the bounds above; else nil.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        do {
            guard try NumberGrammar.end(of: bytes, from: 0) == bytes.count else { return nil }
        } catch {
            return nil
        }
        self.text = text
    }

    /// Makes the number of an integer.
    public init(_ value: Int64) {
        text = String(value)
    }

    /// Makes the number of an integer.
    public init(_ value: Int) {
        text = String(value)
    }

    /// Makes the number of a double in its ECMAScript form; nil unless it is finite.
    public init?(_ value: Double) {
        guard let text = ECMAScriptNumber.text(value) else { return nil }
        self.text = text
    }

    /// Trusts a text that the grammar has accepted.
    init(checked text: String) {
        self.text = text
    }

    /// The number as written.
    public var description: String {
        text
    }

    /// The exact integer, also of `1e3` or `1.0`; nil when there is none or it does not fit.
    public var int64: Int64? {
        Int64(text) ?? exact.int64
    }

    /// The nearest double; infinite when the number is beyond all of them.
    public var double: Double {
        Double(text) ?? (exact.isNegative ? -.infinity : .infinity)
    }

    /// Whether the value has no fraction, however it is written.
    public var isInteger: Bool {
        exact.isInteger
    }

    /// Whether the text is an integer literal: neither a fraction nor an exponent.
    public var isIntegerLiteral: Bool {
        text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- UInt8(ascii: "0") < 10 }
    }

    /// The exact value.
    public var exact: ExactDecimal {
        ExactDecimal(self)
    }

    /// Negative, zero or positive as this value is less than, equal to or more than `other`.
    public func compare(to other: JSONNumber) -> Int {
        exact.compare(to: other.exact)
    }
}

extension JSONNumber: Hashable {
    /// Whether both are written alike.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Feeds the text to `hasher`.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}
