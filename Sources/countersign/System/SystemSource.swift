import Approvals
import SystemClock

/// Fresh names and the time of day.
enum SystemSource {
    /// The local clock.
    static var now: Timestamp { Timestamp(milliseconds: SystemClock().wallMilliseconds) }

    /// Milliseconds of a clock that never jumps and counts sleep.
    static var steadyMilliseconds: Int64 { SystemClock().bootMilliseconds }

    /// A name that nobody else has.
    static func uniqueName() -> String {
        var entropy = SystemEntropy()
        return UUIDv7(at: now, from: &entropy).text
    }

    /// A secret of 32 bytes, in hexadecimal digits; lives in memory only.
    static func nonce() -> String {
        SystemEntropy().bytes(32).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// A number that spreads retries.
    static func seed() -> UInt64 {
        var entropy = SystemEntropy()
        return entropy.next()
    }
}
