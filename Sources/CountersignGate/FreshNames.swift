import Approvals
import Cryptography
import SystemClock

/// Names and secrets that nobody else has.
package enum FreshNames {
    /// A name in the order of time.
    package static func uniqueName() -> String {
        var entropy = SystemEntropy()
        let now = Timestamp(milliseconds: SystemClock().wallMilliseconds)
        return UUIDv7(at: now, from: &entropy).text
    }

    /// A secret of 32 bytes, in hexadecimal digits; lives in memory only.
    package static func nonce() -> String {
        Hexadecimal.encode(SystemEntropy().bytes(32))
    }

    /// A number that spreads retries.
    package static func seed() -> UInt64 {
        var entropy = SystemEntropy()
        return entropy.next()
    }
}
