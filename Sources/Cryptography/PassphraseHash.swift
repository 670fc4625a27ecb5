import CCrypto

/// What is kept of a passphrase: enough to recognise it, too slow to guess it from.
///
/// It is made with scrypt (N 16384, r 8, p 5), which takes a tenth of a second and 16 MiB.
public struct PassphraseHash: Hashable, Sendable {
    private static let scheme = "scrypt-14-8-5"
    private static let cost: UInt64 = 1 << 14
    /// How many bytes of salt there are.
    public static let saltBytesCount = 16

    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a passphrase under a salt that nobody used before; nil when there is no memory.
    public init?(of passphrase: String, salt: [UInt8]) {
        precondition(salt.count == Self.saltBytesCount, "A salt has 16 bytes.")
        guard let key = Self.key(passphrase, salt) else { return nil }
        self.salt = salt
        self.key = key
    }

    /// Reads the text form; else nil.
    public init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.elementsEqual(Self.scheme.utf8),
            let salt = Base64URL.decode(String(parts[1])),
            let key = Base64URL.decode(String(parts[2])),
            salt.count == Self.saltBytesCount, key.count == 32
        else { return nil }
        self.salt = salt
        self.key = key
    }

    /// The text form: the scheme, the salt and the key.
    public var text: String {
        "\(Self.scheme)$\(Base64URL.encode(salt))$\(Base64URL.encode(key))"
    }

    /// Whether it is the hash of this passphrase.
    public func matches(_ passphrase: String) -> Bool {
        guard let other = Self.key(passphrase, salt) else { return false }
        return constantTimeEquals(other, key)
    }

    private static func key(_ passphrase: String, _ salt: [UInt8]) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: 32)
        let words = Array(passphrase.utf8).map { CChar(bitPattern: $0) }
        let isDone = unsafe cs_scrypt(words, words.count, salt, salt.count, cost, &key)
        return isDone == 1 ? key : nil
    }
}
