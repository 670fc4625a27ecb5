/// Writes doubles as ECMAScript's `Number::toString` does, which RFC 8785 demands.
enum ECMAScriptNumber {
    /// The text of `value`; nil when it is infinite or no number.
    static func text(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        guard value != 0 else { return "0" }
        // The description has the shortest digits that read back as the same double, as ECMAScript
        // does; only where it puts point and exponent differs.
        let shortest = ExactDecimal(grammatical: value.magnitude.description.utf8)
        let digits = shortest.digits.map { UInt8(ascii: "0") + $0 }
        let text = placed(digits, pointAfter: digits.count + shortest.exponent)
        return (value < 0 ? "-" : "") + text
    }

    /// Puts the point after `point` digits, or an exponent where ECMAScript wants one.
    private static func placed(_ digits: [UInt8], pointAfter point: Int) -> String {
        func text(_ bytes: some Sequence<UInt8>) -> String {
            String(decoding: Array(bytes), as: UTF8.self)
        }
        switch point {
        case digits.count...21 where digits.count <= 21:
            return text(digits) + String(repeating: "0", count: point - digits.count)
        case 1...21:
            return text(digits.prefix(point)) + "." + text(digits.dropFirst(point))
        case -5...0:
            return "0." + String(repeating: "0", count: -point) + text(digits)
        default:
            let fraction = digits.count > 1 ? "." + text(digits.dropFirst()) : ""
            let sign = point > 0 ? "+" : "-"
            return text(digits.prefix(1)) + fraction + "e\(sign)\((point - 1).magnitude)"
        }
    }
}
