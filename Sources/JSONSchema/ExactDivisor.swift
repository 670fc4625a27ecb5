import JSONTree

/// The divisor of `multipleOf`, with division in exact decimal arithmetic.
struct ExactDivisor: Hashable, Sendable {
    /// The divisor as the schema writes it.
    let number: JSONNumber
    private let magnitude: UInt64
    private let exponent: Int

    /// More digits than this do not fit the arithmetic.
    static let digitsMax = 18

    /// Nil unless the number is above zero and has at most `digitsMax` significant digits.
    init?(_ number: JSONNumber) {
        let exact = number.exact
        guard !exact.isNegative, !exact.isZero, exact.digits.count <= Self.digitsMax else {
            return nil
        }
        self.number = number
        magnitude = exact.digits.reduce(0) { $0 * 10 + UInt64($1) }
        exponent = exact.exponent
    }

    /// Whether `value` is a whole multiple.
    ///
    /// With the divisor `d·10^y` and the value `v·10^x` it is asked whether `d` divides
    /// `v·10^(x−y)`. For a negative power it cannot: `v` does not end in zero.
    func divides(_ value: ExactDecimal) -> Bool {
        guard !value.isZero else { return true }
        let power = value.exponent - exponent
        guard power >= 0 else { return false }
        let rest = value.digits.reduce(UInt64(0)) { rest, digit in
            (product(rest, 10) + UInt64(digit)) % magnitude
        }
        return product(rest, powerOfTen(power)) == 0
    }

    /// `10^power` modulo the divisor, by squaring.
    private func powerOfTen(_ power: Int) -> UInt64 {
        var result = 1 % magnitude
        var square = 10 % magnitude
        var rest = power
        while rest > 0 {
            if rest & 1 == 1 { result = product(result, square) }
            square = product(square, square)
            rest >>= 1
        }
        return result
    }

    /// `left·right` modulo the divisor; `left` is less than the divisor.
    private func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let wide = left.multipliedFullWidth(by: right)
        return magnitude.dividingFullWidth((wide.high % magnitude, wide.low)).remainder
    }
}
