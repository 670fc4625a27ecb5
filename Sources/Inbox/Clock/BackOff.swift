/// How long to wait before asking again: 0.25 s, then twice as long each time up to 30 s.
///
/// A quarter of it is left to chance, so that clients that lost the same server do not come back in
/// the same instant.
package struct BackOff: Hashable, Sendable {
    /// How many times in a row it went wrong.
    package private(set) var failures = 0

    static let firstMilliseconds: Int64 = 250
    static let mostMilliseconds: Int64 = 30_000

    package init() {}

    /// Counts a failure and says how long to wait.
    package mutating func failed(using seed: inout Seed) -> Int64 {
        let doubled = Self.firstMilliseconds << Int64(min(failures, 8))
        failures = min(failures + 1, 1_000)
        let whole = min(doubled, Self.mostMilliseconds)
        return whole - Int64(seed.next() % UInt64(whole / 4 + 1))
    }

    /// Forgets the failures.
    package mutating func succeeded() { failures = 0 }
}
