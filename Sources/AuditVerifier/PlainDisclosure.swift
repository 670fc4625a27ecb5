import Audit
import Cryptography

/// A line of `disclosures.jsonl` in the form that nearly all of them have, read in one pass: a told
/// value that is no decimal, and no escape in its texts.
///
/// Whatever is different in any way is none, and is left to the strict reader of any JSON. What is
/// one is canonical to the byte, so pointer and value are hashed where they stand.
struct PlainDisclosure {
    let sequence: Int64
    let document: String
    let index: Int64
    let digest: Digest
    /// Whether the digest is that of pointer, salt and value.
    let isBound: Bool

    init?(_ line: [UInt8]) {
        var cursor = Cursor(bytes: line)
        guard cursor.skip(Mark.sequence), let sequence = cursor.number(),
            cursor.skip(Mark.document), let document = cursor.text(),
            cursor.skip(Mark.index), let index = cursor.number(),
            cursor.skip(Mark.pointer), let pointer = cursor.text(),
            cursor.skip(Mark.salt), let salt = cursor.hexadecimal(),
            cursor.skip(Mark.value), let value = cursor.scalar(),
            cursor.skip(Mark.digest), let bytes = cursor.hexadecimal(),
            let digest = Digest(bytes: bytes), cursor.skip(Mark.end), cursor.isAtEnd
        else { return nil }
        self.sequence = sequence
        self.document = String(decoding: line[document].dropFirst().dropLast(), as: UTF8.self)
        self.index = index
        self.digest = digest
        var pair: [UInt8] = []
        pair.reserveCapacity(pointer.count + value.count + 3)
        pair.append(UInt8(ascii: "["))
        pair += line[pointer]
        pair.append(UInt8(ascii: ","))
        pair += line[value]
        pair.append(UInt8(ascii: "]"))
        isBound = FieldCommitment.digest(ofCanonical: pair[...], salt: salt) == digest
    }

    /// What stands between the values.
    private enum Mark {
        static let sequence = Array(#"{"seq":"#.utf8)
        static let document = Array(#","doc":"#.utf8)
        static let index = Array(#","i":"#.utf8)
        static let pointer = Array(#","ptr":"#.utf8)
        static let salt = Array(#","salt":"#.utf8)
        static let value = Array(#","val":"#.utf8)
        static let digest = Array(#","dig":"#.utf8)
        static let end = Array("}".utf8)
    }

    /// The values that are neither text nor number and have no parts.
    fileprivate static let words = ["true", "false", "null", "[]", "{}"].map { Array($0.utf8) }
}

/// Reads a line from its beginning; what a reading does not find moves nothing that counts.
private struct Cursor {
    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Longer integers are left to the strict reader.
    private static let digitsMax = 15

    var isAtEnd: Bool { offset == bytes.count }

    mutating func skip(_ mark: [UInt8]) -> Bool {
        guard bytes.count - offset >= mark.count else { return false }
        for place in mark.indices where bytes[offset + place] != mark[place] { return false }
        offset += mark.count
        return true
    }

    /// A number from 0 on in the only way to write it.
    mutating func number() -> Int64? {
        let start = offset
        var value: Int64 = 0
        while offset < bytes.count, offset - start < Self.digitsMax {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value * 10 + Int64(digit)
            offset += 1
        }
        guard offset > start, bytes[start] != UInt8(ascii: "0") || offset == start + 1 else {
            return nil
        }
        return value
    }

    /// Where a text without escapes stands, with its quotes.
    mutating func text() -> Range<Int>? {
        let start = offset
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
        offset += 1
        var high: UInt8 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                return high < 0x80 || isUTF8(start..<offset) ? start..<offset : nil
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
            high |= byte
        }
        return nil
    }

    private func isUTF8(_ range: Range<Int>) -> Bool {
        String(validating: bytes[range], as: UTF8.self) != nil
    }

    /// 32 bytes as 64 small digits in quotes.
    mutating func hexadecimal() -> [UInt8]? {
        guard let range = text(), range.count == 2 * Digest.bytesCount + 2 else { return nil }
        return Hexadecimal.decode(bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])
    }

    /// Where a value stands that has no parts.
    mutating func scalar() -> Range<Int>? {
        let start = offset
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "\"") { return text() }
        if bytes[start] &- UInt8(ascii: "0") < 10 {
            return number() == nil ? nil : start..<offset
        }
        for word in PlainDisclosure.words where skip(word) { return start..<offset }
        return nil
    }
}
