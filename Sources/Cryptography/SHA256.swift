import CCrypto

/// SHA-256 over bytes, at once or piece by piece.
@safe public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Begins a hash that is fed piece by piece.
    public init() {
        guard let context = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto has no memory for a hash.")
        }
        unsafe self.context = context
        let isReady = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        precondition(isReady, "libcrypto has SHA-256.")
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        let isDone = unsafe EVP_DigestUpdate(context, bytes, bytes.count) == 1
        precondition(isDone, "Hashing bytes in memory does not fail.")
    }

    /// The digest of all that was added.
    public consuming func finalized() -> Digest {
        var bytes = [UInt8](repeating: 0, count: Digest.bytesCount)
        let isDone = unsafe EVP_DigestFinal_ex(context, &bytes, nil) == 1
        precondition(isDone, "Finishing a hash does not fail.")
        return Digest(whole: bytes)
    }

    /// The digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        var digest = [UInt8](repeating: 0, count: Digest.bytesCount)
        let isDone = unsafe cs_sha256(bytes, bytes.count, &digest) == 1
        precondition(isDone, "Hashing bytes in memory does not fail.")
        return Digest(whole: digest)
    }
}

/// The HMAC of `bytes` under `key` with SHA-256.
public func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> Digest {
    var digest = [UInt8](repeating: 0, count: Digest.bytesCount)
    let isDone = unsafe cs_hmac_sha256(key, key.count, bytes, bytes.count, &digest) == 1
    precondition(isDone, "Hashing bytes in memory does not fail.")
    return Digest(whole: digest)
}

/// Whether both are the same bytes, in a time that depends on the lengths alone.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
}

extension Digest {
    /// Takes what libcrypto wrote, which is always 32 bytes.
    fileprivate init(whole bytes: [UInt8]) {
        guard let digest = Digest(bytes: bytes) else {
            preconditionFailure("A SHA-256 digest has 32 bytes.")
        }
        self = digest
    }
}
