import Approvals
import Duty
import Foundation
import SystemClock
import Testing
import ZoneTime

/// People called A, B, C … and instants called 10, 15, 20, as the tables do.
enum Cast {
    /// The person of a letter.
    static func person(_ letter: Character) throws -> MemberID {
        try #require(MemberID(id(Int(letter.asciiValue ?? 0))))
    }

    static func people(_ letters: String) throws -> Set<MemberID> {
        Set(try letters.filter(\.isLetter).map(person))
    }

    /// The letters of people, sorted; `∅` for none.
    static func letters(_ people: Set<MemberID>) -> String {
        let numbers = people.compactMap { UInt8($0.rawValue.suffix(2), radix: 16) }.sorted()
        return numbers.isEmpty ? "∅" : String(decoding: numbers, as: UTF8.self)
    }

    static func override(_ number: Int) throws -> OverrideID {
        try #require(OverrideID(id(number)))
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    /// An hour of the table, on a day without any change of the clock.
    static func hour(_ number: Double) throws -> Timestamp {
        let start = try #require(Timestamp(rfc3339: "2026-06-01T00:00:00Z"))
        return start.adding(milliseconds: Int64(number * 3_600_000))
    }

    static func range(_ start: Double, _ end: Double) throws -> InstantRange {
        try #require(InstantRange(hour(start), hour(end)))
    }

    static func zones(_ names: String...) throws -> ZoneTable {
        let system = SystemZones()
        return ZoneTable(try names.map { try #require(try system.zone($0)) })
    }

    static func local(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    static func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text + ":00Z"))
    }

    static func name(_ text: String) throws -> GroupName { try #require(GroupName(text)) }
}

/// Random choices that a printed number repeats.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ number: UInt64) { state = number }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// How many rounds a generated test runs: few, unless the environment asks for more.
    static func rounds(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["COUNTERSIGN_PEOPLE_ROUNDS"].flatMap { Int($0) } ?? few
    }

    /// The same each time, unless the environment names one.
    static var chosen: UInt64 {
        ProcessInfo.processInfo.environment["COUNTERSIGN_PEOPLE_SEED"].flatMap { UInt64($0) } ?? 1
    }
}
