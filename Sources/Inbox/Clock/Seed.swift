/// A source of numbers that look random and are the same for the same seed (SplitMix64).
package struct Seed: Hashable, Sendable {
    private var state: UInt64

    package init(_ state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Sixteen hexadecimal digits.
    package mutating func digits() -> String {
        let text = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
