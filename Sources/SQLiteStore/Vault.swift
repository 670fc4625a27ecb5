import Cryptography

/// Seals what must not be readable in the file, and opens it again.
///
/// Each run of the writer seals with a key of its own, drawn from the store's key and 16 random
/// bytes that stand before every sealed value, and counts its nonces. So no key ever sees a nonce
/// twice, not even when a backup is restored and both histories go on.
final class Vault {
    private static let saltBytes = 16
    private static let derivedMax = 256

    private let key: StoreKey
    private var derived: [[UInt8]: SealingKey] = [:]
    private var sealer: (salt: [UInt8], key: SealingKey)?
    private var nonceCount: UInt64 = 0

    /// A vault that only opens.
    init(_ key: StoreKey) {
        self.key = key
    }

    /// A vault that seals as well; the salt must be fresh.
    convenience init(_ key: StoreKey, sealingWith salt: [UInt8]) {
        self.init(key)
        precondition(salt.count == Self.saltBytes, "A salt has 16 bytes.")
        sealer = (salt, derive(salt))
    }

    /// Seals bytes for one place: nowhere else can they be opened.
    func seal(_ plain: [UInt8], at place: String) -> [UInt8] {
        guard let sealer else { preconditionFailure("A reader does not seal.") }
        nonceCount += 1
        let counted = (0..<8).map { UInt8(truncatingIfNeeded: nonceCount >> UInt64(56 - 8 * $0)) }
        let sealed = sealer.key.seal(
            plain, nonce: [0, 0, 0, 0] + counted, authenticating: Array(place.utf8))
        return sealer.salt + sealed
    }

    /// Opens what was sealed for the same place.
    func open(_ sealed: [UInt8], at place: String) throws(SealFailure) -> [UInt8] {
        guard sealed.count >= Self.saltBytes else { throw .tooShort }
        let salt = Array(sealed.prefix(Self.saltBytes))
        return try derive(salt).open(
            Array(sealed.dropFirst(Self.saltBytes)), authenticating: Array(place.utf8))
    }

    /// What stands for a text that may be short and must not be guessed: the same for the same one.
    func mark(_ text: String) -> [UInt8] {
        let whole = hmacSHA256(key: key.bytes, Array("countersign/mark/1\n\(text)".utf8)).bytes
        return Array(whole.prefix(16))
    }

    private func derive(_ salt: [UInt8]) -> SealingKey {
        if let known = derived[salt] { return known }
        let bytes = hmacSHA256(key: key.bytes, Array("countersign/seal/1\n".utf8) + salt).bytes
        guard let fresh = SealingKey(bytes: bytes) else {
            preconditionFailure("A digest has as many bytes as a key.")
        }
        if derived.count >= Self.derivedMax { derived.removeAll() }
        derived[salt] = fresh
        return fresh
    }
}
