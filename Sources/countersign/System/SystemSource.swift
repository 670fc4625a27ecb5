import Approvals
import CountersignGate
import SystemClock

/// Fresh names and the time of day.
enum SystemSource {
    /// The local clock.
    static var now: Timestamp { Timestamp(milliseconds: SystemClock().wallMilliseconds) }

    /// Milliseconds of a clock that never jumps and counts sleep.
    static var steadyMilliseconds: Int64 { SystemClock().bootMilliseconds }

    /// A name that nobody else has.
    static func uniqueName() -> String { FreshNames.uniqueName() }

    /// A secret of 32 bytes, in hexadecimal digits; lives in memory only.
    static func nonce() -> String { FreshNames.nonce() }

    /// A number that spreads retries.
    static func seed() -> UInt64 { FreshNames.seed() }
}
