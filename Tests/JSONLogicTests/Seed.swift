import Foundation
import JSONTree

/// Random choices that a printed number repeats.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ number: UInt64) {
        state = number
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// How many rounds a test runs: few, unless the environment asks for more.
    static func rounds(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["COUNTERSIGN_LOGIC_ROUNDS"].flatMap { Int($0) } ?? few
    }

    /// The seed of a test: the same each time, unless the environment names one.
    static var chosen: UInt64 {
        ProcessInfo.processInfo.environment["COUNTERSIGN_LOGIC_SEED"].flatMap { UInt64($0) } ?? 1
    }
}
