/// Waits between tries: they double from a quarter of a second to half a minute, with full jitter.
struct BackOff: Hashable, Sendable {
    static let firstMilliseconds: Int64 = 250
    static let millisecondsMax: Int64 = 30_000

    private var failures: Int64 = 0
    private var seed: UInt64

    init(seed: UInt64) { self.seed = seed | 1 }

    mutating func reset() { failures = 0 }

    /// How long to wait now; never less than the server asked for, never more than a minute.
    mutating func next(retryAfterSeconds: Int?) -> Int64 {
        let doublings = min(failures, 7)
        failures += 1
        let ceiling = min(Self.millisecondsMax, Self.firstMilliseconds << doublings)
        let jittered = Int64(truncatingIfNeeded: random() % UInt64(ceiling)) + 1
        let asked = Int64(min(max(0, retryAfterSeconds ?? 0), 60)) * 1_000
        return max(jittered, asked)
    }

    /// Xorshift: the waits of many gates must differ, nothing more.
    private mutating func random() -> UInt64 {
        seed ^= seed << 13
        seed ^= seed >> 7
        seed ^= seed << 17
        return seed
    }
}
