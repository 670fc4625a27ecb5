/// A SHA-256 digest; `==` takes the same time wherever the difference is.
public struct Digest: Sendable, CustomStringConvertible {
    private let words: [4 of UInt64]

    /// How many bytes a digest has.
    public static let bytesCount = 32
    /// What stands before the digits in the text form.
    public static let prefix = "sha256:"

    /// Takes exactly 32 bytes; else nil.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.bytesCount else { return nil }
        var words = [4 of UInt64](repeating: 0)
        for place in 0..<Self.bytesCount {
            words[place >> 3] = words[place >> 3] << 8 | UInt64(bytes[place])
        }
        self.words = words
    }

    /// Reads `sha256:` and 64 small hexadecimal digits; else nil.
    public init?(text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        self.init(hex: String(decoding: text.utf8.dropFirst(Self.prefix.utf8.count), as: UTF8.self))
    }

    /// Reads 64 small hexadecimal digits; else nil.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.bytesCount)
        for place in 0..<Self.bytesCount {
            bytes[place] = UInt8(truncatingIfNeeded: words[place >> 3] >> (56 - 8 * (place & 7)))
        }
        return bytes
    }

    /// The text form, `sha256:` and 64 digits.
    public var text: String {
        Self.prefix + hex
    }

    /// The 64 hexadecimal digits.
    public var hex: String {
        Hexadecimal.encode(bytes)
    }

    /// The text form.
    public var description: String {
        text
    }
}

extension Digest: Hashable {
    /// Compares in constant time.
    public static func == (left: Digest, right: Digest) -> Bool {
        left.words.indices.reduce(0) { $0 | left.words[$1] ^ right.words[$1] } == 0
    }

    /// Feeds the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for word in words.indices {
            hasher.combine(words[word])
        }
    }
}
