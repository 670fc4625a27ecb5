public import Approvals

/// SplitMix64: every random choice of a simulation comes from one of these, so that a seed replays
/// it.
public struct SeededEntropy: RandomNumberGenerator, Entropy, Sendable {
    private var state: UInt64

    /// Begins at `seed`.
    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// True `permille` times in a thousand.
    public mutating func chance(_ permille: Int) -> Bool {
        Int.random(in: 0..<1_000, using: &self) < permille
    }

    /// A generator of its own, so that one actor's choices do not shift another's.
    public mutating func branch() -> SeededEntropy { SeededEntropy(seed: next()) }
}
