import CCrypto

/// One-time codes that change with the time, as authenticator apps make them.
///
/// RFC 6238 with HMAC-SHA-1 and steps of 30 seconds: what every app understands. SHA-1 is weak
/// where collisions matter, which they do not in an HMAC.
public enum TOTP {
    /// How long a code is the current one.
    public static let stepSeconds: Int64 = 30
    /// How many digits a code has.
    public static let digitsCount = 6
    /// How many random bytes a secret has: as many as the hash gives (RFC 4226, section 4).
    public static let secretBytesCount = 20

    /// The step that an instant lies in.
    public static func step(atMilliseconds milliseconds: Int64) -> Int64 {
        max(0, milliseconds) / (stepSeconds * 1_000)
    }

    /// The digits of a step.
    public static func code(
        _ secret: [UInt8], step: Int64, digits: Int = digitsCount
    ) -> [UInt8] {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
        let hash = hmacSHA1(secret, counter)
        let offset = Int(hash[hash.count - 1] & 15)
        var number = hash[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        var code = [UInt8](repeating: 0, count: digits)
        for place in code.indices.reversed() {
            code[place] = UInt8(ascii: "0") + UInt8(number % 10)
            number /= 10
        }
        return code
    }

    /// The newest step around `step` whose code these digits are.
    ///
    /// One step before and one after count too, for clocks that differ. Every candidate is compared
    /// whatever the others gave, so that the time taken tells nothing.
    public static func step(
        of code: [UInt8], for secret: [UInt8], around step: Int64
    ) -> Int64? {
        var found: Int64?
        for candidate in step - 1...step + 1 {
            let isSame = constantTimeEquals(Self.code(secret, step: candidate), code)
            found = isSame ? candidate : found
        }
        return found
    }
}

private func hmacSHA1(_ key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 20)
    let isDone = unsafe cs_hmac_sha1(key, key.count, bytes, bytes.count, &digest) == 1
    precondition(isDone, "Hashing bytes in memory does not fail.")
    return digest
}
