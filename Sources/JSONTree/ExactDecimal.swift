/// The exact value of a decimal number, in a form in which equal values are equal.
public struct ExactDecimal: Hashable, Sendable {
    /// Whether the value is less than zero.
    public let isNegative: Bool
    /// The digits, 0 to 9, most significant first, without zeros at either end; none for zero.
    public let digits: [UInt8]
    /// The power of ten of the last digit; 0 for zero.
    public let exponent: Int

    /// Reads the value of a number.
    public init(_ number: JSONNumber) {
        self.init(grammatical: number.text.utf8)
    }

    /// Reads bytes that the number grammar has accepted.
    init(grammatical bytes: some Sequence<UInt8>) {
        var digits: [UInt8] = []
        var isNegative = false
        var fractionDigits = 0
        var written = 0
        var isWrittenNegative = false
        var part = Part.integer
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "."): part = .fraction
            case UInt8(ascii: "e"), UInt8(ascii: "E"): part = .exponent
            case UInt8(ascii: "-"):
                if part == .exponent { isWrittenNegative = true } else { isNegative = true }
            case UInt8(ascii: "+"): break
            default:
                let digit = byte &- UInt8(ascii: "0")
                if part == .exponent {
                    written = min(written * 10 + Int(digit), Self.writtenExponentMax)
                } else {
                    if part == .fraction { fractionDigits += 1 }
                    if digit != 0 || !digits.isEmpty { digits.append(digit) }
                }
            }
        }
        let exponent = (isWrittenNegative ? -written : written) - fractionDigits
        self.init(isNegative: isNegative, digits: digits, exponent: exponent)
    }

    /// Drops the zeros at the end.
    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        let significant = digits.count - digits.reversed().prefix { $0 == 0 }.count
        self.digits = Array(digits.prefix(significant))
        self.isNegative = isNegative && significant > 0
        self.exponent = significant == 0 ? 0 : exponent + digits.count - significant
    }

    private enum Part {
        case integer, fraction, exponent
    }

    /// The grammar lets no exponent be larger; this only keeps the arithmetic from overflowing.
    private static let writtenExponentMax = 9_999_999_999

    /// Whether the value is zero.
    public var isZero: Bool {
        digits.isEmpty
    }

    /// Whether the value has no fraction.
    public var isInteger: Bool {
        exponent >= 0
    }

    /// The value as an integer, when it is one that fits.
    public var int64: Int64? {
        guard isInteger, digits.count + exponent <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits + [UInt8](repeating: 0, count: exponent) {
            let (shifted, overflowOne) = value.multipliedReportingOverflow(by: 10)
            let step = isNegative ? -Int64(digit) : Int64(digit)
            let (next, overflowTwo) = shifted.addingReportingOverflow(step)
            guard !overflowOne, !overflowTwo else { return nil }
            value = next
        }
        return value
    }

    /// Negative, zero or positive as this value is less than, equal to or more than `other`.
    public func compare(to other: ExactDecimal) -> Int {
        if isZero || other.isZero || isNegative != other.isNegative {
            return sign - other.sign
        }
        return isNegative ? -compareMagnitude(to: other) : compareMagnitude(to: other)
    }

    private var sign: Int {
        isZero ? 0 : isNegative ? -1 : 1
    }

    private func compareMagnitude(to other: ExactDecimal) -> Int {
        let places = digits.count + exponent - other.digits.count - other.exponent
        guard places == 0 else { return places < 0 ? -1 : 1 }
        for (one, two) in zip(digits, other.digits) where one != two {
            return one < two ? -1 : 1
        }
        let longer = digits.count - other.digits.count
        return longer < 0 ? -1 : longer > 0 ? 1 : 0
    }
}
