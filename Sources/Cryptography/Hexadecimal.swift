/// Bytes as small hexadecimal digits.
public enum Hexadecimal {
    private static let alphabet = Array("0123456789abcdef".utf8)

    /// Two digits a byte.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(alphabet[Int(byte >> 4)])
            text.append(alphabet[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil unless the text is small hexadecimal digits, two a byte.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// The bytes of these digits; nil unless they are small hexadecimal ones, two a byte.
    public static func decode(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        let values = Self.values
        var worst: UInt8 = 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for place in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
            let (first, second) = (values[Int(digits[place])], values[Int(digits[place + 1])])
            worst = max(worst, first, second)
            bytes.append(first << 4 | second & 0xF)
        }
        return worst < 0x10 ? bytes : nil
    }

    /// The value of each digit by its byte, and more than any for what is none: a table, because
    /// nobody can foresee whether the next digit is a letter.
    private static let values: [UInt8] = (0...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: UInt8.max
        }
    }
}
