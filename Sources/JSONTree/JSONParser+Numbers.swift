extension JSONParser {
    /// Reads a number and keeps its text; the offset stands on its first byte.
    mutating func number() throws(Refusal) -> JSONNumber {
        let start = offset
        offset = try NumberGrammar.end(of: bytes, from: offset)
        let number = JSONNumber(checked: String(decoding: bytes[start..<offset], as: UTF8.self))
        isPlain = isPlain && number.isIntegerLiteral && bytes[start] != UInt8(ascii: "-")
        return number
    }
}

/// The number grammar of RFC 8259, with our bounds on length and exponent.
enum NumberGrammar {
    /// Where the number that begins at `start` ends.
    static func end(of bytes: [UInt8], from start: Int) throws(JSONParser.Refusal) -> Int {
        var place = start
        if byte(bytes, place) == UInt8(ascii: "-") { place += 1 }
        let integer = place
        place = try digits(bytes, from: place, "a digit was expected")
        guard place == integer + 1 || bytes[integer] != UInt8(ascii: "0") else {
            throw refusal(integer, "a number must not begin with a zero that counts for nothing")
        }
        if byte(bytes, place) == UInt8(ascii: ".") {
            place = try digits(
                bytes, from: place + 1, "a digit was expected after the decimal point")
        }
        if let mark = byte(bytes, place), mark | 0x20 == UInt8(ascii: "e") {
            place = try exponent(bytes, from: place + 1)
        }
        guard place - start <= JSONNumber.bytesMax else {
            throw refusal(start, "a number is longer than \(JSONNumber.bytesMax) bytes")
        }
        return place
    }

    private static func exponent(
        _ bytes: [UInt8], from start: Int
    ) throws(JSONParser.Refusal) -> Int {
        let isSigned =
            byte(bytes, start) == UInt8(ascii: "-") || byte(bytes, start) == UInt8(ascii: "+")
        let first = isSigned ? start + 1 : start
        let end = try digits(bytes, from: first, "a digit was expected in the exponent")
        let significant = bytes[first..<end].drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= JSONNumber.exponentDigitsMax else {
            throw refusal(
                start, "an exponent has more than \(JSONNumber.exponentDigitsMax) digits")
        }
        return end
    }

    private static func digits(
        _ bytes: [UInt8], from start: Int, _ reason: String
    ) throws(JSONParser.Refusal) -> Int {
        var place = start
        while place < bytes.count, isDigit(bytes[place]) {
            place += 1
        }
        guard place > start else { throw refusal(start, reason) }
        return place
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    private static func byte(_ bytes: [UInt8], _ place: Int) -> UInt8? {
        place < bytes.count ? bytes[place] : nil
    }

    private static func refusal(_ offset: Int, _ reason: String) -> JSONParser.Refusal {
        JSONParser.Refusal(offset: offset, reason: reason)
    }
}
