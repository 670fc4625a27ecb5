import CCrypto

/// Why sealed bytes do not open.
public enum SealFailure: Error, Hashable, Sendable {
    /// Too few bytes for a nonce and a tag.
    case tooShort
    /// Another key, other authenticated bytes, or somebody changed them.
    case notAuthentic
}

/// An AES-256-GCM key; it shows itself in no print, log or dump.
///
/// The caller gives every seal a nonce that this key never had before.
public struct SealingKey: Sendable {
    private let bytes: [UInt8]

    /// How many bytes a key has.
    public static let bytesCount = 32
    /// How many bytes a nonce has.
    public static let nonceBytesCount = 12
    /// How many bytes the tag has.
    public static let tagBytesCount = 16

    /// Takes exactly 32 bytes; else nil.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.bytesCount else { return nil }
        self.bytes = bytes
    }

    /// Seals `plain`; the answer is nonce, ciphertext and tag in one.
    ///
    /// `authenticated` is bound to the seal without being in it, so that sealed bytes cannot be
    /// moved to another place.
    public func seal(
        _ plain: [UInt8], nonce: [UInt8], authenticating authenticated: [UInt8]
    ) -> [UInt8] {
        precondition(nonce.count == Self.nonceBytesCount, "A nonce has 12 bytes.")
        var cipher = [UInt8](repeating: 0, count: plain.count + Self.tagBytesCount)
        let isDone = unsafe cs_gcm_seal(
            bytes, nonce, authenticated, authenticated.count, plain, plain.count, &cipher)
        precondition(isDone == 1, "Sealing bytes in memory does not fail.")
        return nonce + cipher
    }

    /// Opens what `seal` made with the same authenticated bytes.
    public func open(
        _ sealed: [UInt8], authenticating authenticated: [UInt8]
    ) throws(SealFailure) -> [UInt8] {
        let plainCount = sealed.count - Self.nonceBytesCount - Self.tagBytesCount
        guard plainCount >= 0 else { throw .tooShort }
        let nonce = Array(sealed.prefix(Self.nonceBytesCount))
        let cipher = Array(sealed.dropFirst(Self.nonceBytesCount))
        var plain = [UInt8](repeating: 0, count: plainCount)
        let isDone = unsafe cs_gcm_open(
            bytes, nonce, authenticated, authenticated.count, cipher, plainCount, &plain)
        guard isDone == 1 else { throw .notAuthentic }
        return plain
    }
}

extension SealingKey: CustomStringConvertible, CustomReflectable {
    /// Says that there is a key, and no more.
    public var description: String {
        "a sealing key"
    }

    /// Shows nothing.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
