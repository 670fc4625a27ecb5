import Cryptography

/// A text with signatures, in the form of C2SP signed-note; hostile until a key has checked it.
public struct SignedNote: Hashable, Sendable {
    /// What is signed, up to and with the line feed before the empty line.
    public let text: [UInt8]
    public let signatures: [Signature]

    /// One line below the text.
    public struct Signature: Hashable, Sendable {
        /// Whose key it claims to be.
        public let name: String
        /// The first four bytes of the key's hash.
        public let keyID: [UInt8]
        /// What follows; its form is the business of the key's kind.
        public let bytes: [UInt8]
    }

    /// The most bytes and signatures a note may have before it is refused unread.
    public static let bytesMax = 64 << 10
    static let signaturesMax = 64

    private static let mark = Array("\u{2014} ".utf8)

    /// Puts a note together.
    public init(text: [UInt8], signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note; nil for everything that is none to the letter.
    public init?(parsing bytes: [UInt8]) {
        guard bytes.count <= Self.bytesMax, Self.isPlain(bytes), bytes.last == lineFeed,
            let end = Self.endOfText(bytes)
        else { return nil }
        let lines = bytes[(end + 2)...].dropLast()
            .split(separator: lineFeed, omittingEmptySubsequences: false)
        guard !lines.isEmpty, lines.count <= Self.signaturesMax else { return nil }
        var signatures: [Signature] = []
        for line in lines {
            guard let signature = Self.signature(Array(line)) else { return nil }
            signatures.append(signature)
        }
        text = Array(bytes[...end])
        self.signatures = signatures
    }

    /// The note as it is written.
    public var bytes: [UInt8] {
        signatures.reduce(text + [lineFeed]) { bytes, signature in
            let body = Base64.encode(signature.keyID + signature.bytes)
            return bytes + Self.mark + Array("\(signature.name) \(body)\n".utf8)
        }
    }

    /// The lines of the text, without their line feeds.
    public var lines: [String] {
        text.dropLast().split(separator: lineFeed, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Where the line feed of the last line is that an empty line follows.
    private static func endOfText(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 3 else { return nil }
        return (1..<bytes.count - 1).last {
            bytes[$0] == lineFeed && bytes[$0 + 1] == lineFeed
        }
    }

    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
            && !bytes.contains { $0 < 0x20 && $0 != lineFeed }
    }

    private static func signature(_ line: [UInt8]) -> Signature? {
        guard line.starts(with: mark) else { return nil }
        let parts = line.dropFirst(mark.count)
            .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = String(decoding: parts[0], as: UTF8.self)
        guard NoteKey.isName(name),
            let body = Base64.decode(String(decoding: parts[1], as: UTF8.self)), body.count > 4
        else { return nil }
        return Signature(
            name: name, keyID: Array(body.prefix(4)), bytes: Array(body.dropFirst(4)))
    }
}

let lineFeed = UInt8(ascii: "\n")
