extension JSONParser {
    /// Reads a string; the offset stands on its opening quote.
    mutating func string() throws(Refusal) -> String {
        let start = offset + 1
        var end = start
        var high: UInt8 = 0
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                let text = try text(start..<end, isASCII: high < 0x80)
                offset = end + 1
                return text
            }
            if byte == UInt8(ascii: "\\") {
                return try escapedString(from: start, firstEscape: end)
            }
            guard byte >= 0x20 else { throw bareControl(at: end) }
            high |= byte
            end += 1
        }
        throw Refusal(offset: bytes.count, reason: "the document ends inside a string")
    }

    /// Reads a string that has escapes, piece by piece.
    private mutating func escapedString(
        from start: Int, firstEscape: Int
    ) throws(Refusal) -> String {
        var decoded = Array(bytes[start..<firstEscape])
        offset = firstEscape
        isPlain = false
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                let end = offset
                offset += 1
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw invalidUTF8(in: start..<end)
                }
                return text
            case UInt8(ascii: "\\"):
                try appendEscape(to: &decoded)
            case 0..<0x20:
                throw bareControl(at: offset)
            default:
                decoded.append(byte)
                offset += 1
            }
        }
        throw refusal("the document ends inside a string")
    }

    /// Decodes one escape; the offset stands on its backslash.
    private mutating func appendEscape(to decoded: inout [UInt8]) throws(Refusal) {
        guard offset + 1 < bytes.count else {
            throw Refusal(offset: bytes.count, reason: "the document ends inside a string")
        }
        let plain: UInt8
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = bytes[offset + 1]
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar()
            decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            return
        default: throw refusal("there is no such escape in JSON")
        }
        decoded.append(plain)
        offset += 2
    }

    /// Decodes `\uXXXX`, or two of them that make one scalar.
    private mutating func escapedScalar() throws(Refusal) -> Unicode.Scalar {
        let start = offset
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let halved = Refusal(
            offset: start, reason: "an escape gives one half of a surrogate pair alone")
        guard UTF16.isLeadSurrogate(first), offset + 1 < bytes.count,
            bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { throw halved }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw halved }
        let pair = UTF16.EncodedScalar([first, second])
        return UTF16.decode(pair)
    }

    /// Reads the four digits of `\uXXXX`.
    private mutating func codeUnit() throws(Refusal) -> UInt16 {
        guard offset + 6 <= bytes.count else {
            throw Refusal(offset: bytes.count, reason: "the document ends inside a string")
        }
        var unit: UInt16 = 0
        for byte in bytes[(offset + 2)..<(offset + 6)] {
            guard let digit = Self.hexadecimalDigit(byte) else {
                throw refusal("four hexadecimal digits must follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 6
        return unit
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private func text(_ range: Range<Int>, isASCII: Bool) throws(Refusal) -> String {
        if isASCII { return String(decoding: bytes[range], as: UTF8.self) }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw invalidUTF8(in: range)
        }
        return text
    }

    private func bareControl(at offset: Int) -> Refusal {
        Refusal(offset: offset, reason: "a control character in a string must be escaped")
    }

    /// Finds the first byte in `range` that begins no scalar.
    private func invalidUTF8(in range: Range<Int>) -> Refusal {
        var decoder = Unicode.UTF8.ForwardParser()
        var rest = bytes[range].makeIterator()
        var place = range.lowerBound
        while case .valid(let scalar) = decoder.parseScalar(from: &rest) {
            place += scalar.count
        }
        return Refusal(offset: place, reason: "these bytes are not UTF-8")
    }
}
