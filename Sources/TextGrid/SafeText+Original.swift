extension SafeText {
    /// The bytes that were escaped into `text`, or nil when no input gives this text.
    ///
    /// It reads the notation of `SafeText(escaping:)`, not that of JSON.
    public static func original(of text: String) -> [UInt8]? {
        var reader = MarkReader(rest: Array(text.utf8)[...])
        return reader.read()
    }
}

/// Reads the escaper's notation back.
private struct MarkReader {
    var rest: ArraySlice<UInt8>

    mutating func read() -> [UInt8]? {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                guard let mark = readMark() else { return nil }
                bytes += mark
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private mutating func readMark() -> [UInt8]? {
        switch rest.popFirst() {
        case UInt8(ascii: "\\"): [UInt8(ascii: "\\")]
        case UInt8(ascii: "b"): [0x08]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "x"): readByte()
        case UInt8(ascii: "u"): readScalar()
        case UInt8(ascii: "{"): readSpaces()
        default: nil
        }
    }

    private mutating func readByte() -> [UInt8]? {
        let digits = rest.prefix(2)
        rest = rest.dropFirst(2)
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16).map { [$0] }
    }

    private mutating func readScalar() -> [UInt8]? {
        guard rest.popFirst() == UInt8(ascii: "{"), let digits = readToBrace(),
            let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
        else { return nil }
        return Array(String(scalar).utf8)
    }

    private mutating func readSpaces() -> [UInt8]? {
        guard let words = readToBrace()?.split(separator: " "), words.count == 2,
            words[1] == "spaces", let count = Int(words[0]), count >= Escaper.spacesCountedFrom
        else { return nil }
        return Array(repeating: 0x20, count: count)
    }

    private mutating func readToBrace() -> String? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
