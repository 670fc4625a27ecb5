import CCrypto

/// A key that checks Ed25519 signatures (RFC 8032).
public struct Ed25519Key: Hashable, Sendable {
    /// The 32 bytes of the public key.
    public let bytes: [UInt8]

    /// How many bytes a key has.
    public static let bytesCount = 32
    /// How many bytes a signature has.
    public static let signatureBytesCount = 64

    /// Takes exactly 32 bytes; else nil.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.bytesCount else { return nil }
        self.bytes = bytes
    }

    /// Whether the holder of the key signed `message`; a key that is no point of the curve never
    /// did.
    public func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureBytesCount else { return false }
        return unsafe cs_ed25519_verify(bytes, message, message.count, signature) == 1
    }
}

/// A key that makes Ed25519 signatures; it shows itself in no print, log or dump.
public struct Ed25519SigningKey: Sendable {
    private let seed: [UInt8]
    /// What checks the signatures of this key.
    public let publicKey: Ed25519Key

    /// Takes the 32 random bytes that the pair is made of; else nil.
    public init?(seed: [UInt8]) {
        guard seed.count == Ed25519Key.bytesCount else { return nil }
        var bytes = [UInt8](repeating: 0, count: Ed25519Key.bytesCount)
        guard unsafe cs_ed25519_public_key(seed, &bytes) == 1,
            let key = Ed25519Key(bytes: bytes)
        else { return nil }
        self.seed = seed
        publicKey = key
    }

    /// Signs `message`; the same message always gets the same signature.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Ed25519Key.signatureBytesCount)
        let isDone = unsafe cs_ed25519_sign(seed, message, message.count, &signature) == 1
        precondition(isDone, "Signing bytes in memory does not fail.")
        return signature
    }
}

extension Ed25519SigningKey: CustomStringConvertible, CustomReflectable {
    /// Says that there is a key, and no more.
    public var description: String { "a signing key" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
