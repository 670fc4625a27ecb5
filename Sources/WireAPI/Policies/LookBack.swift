/// How far back something looks, in the form of ISO 8601: `P30D`, `PT12H`, `P2W`, `P1DT6H`.
public struct LookBack: Hashable, Sendable {
    /// At least one second, at most ten years.
    public let seconds: Int

    /// What is taken when nothing is said.
    public static let usual = "P30D"

    /// How it is written, for whoever wrote it otherwise.
    public static let rule = "must be a duration up to P3650D, like P30D, P2W or PT12H"

    private static let secondsMax = 3_650 * 86_400

    /// Reads a duration; nil for anything else, months and years too: they have no fixed length.
    public init?(_ text: String) {
        var rest = Substring(text)
        guard rest.popFirst() == "P" else { return nil }
        var isTime = false
        var seconds = 0
        var unitBefore = Int.max
        while !rest.isEmpty {
            if !isTime, rest.first == "T" {
                rest.removeFirst()
                isTime = true
                guard !rest.isEmpty else { return nil }
            }
            let digits = rest.prefix { "0"..."9" ~= $0 }
            rest = rest.dropFirst(digits.count)
            guard (1...9).contains(digits.utf8.count), let count = Int(digits),
                let letter = rest.popFirst(), let unit = Self.unit(letter, isTime: isTime),
                unit < unitBefore
            else { return nil }
            seconds += count * unit
            unitBefore = unit
        }
        guard (1...Self.secondsMax).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    private static func unit(_ letter: Character, isTime: Bool) -> Int? {
        switch (letter, isTime) {
        case ("W", false): 604_800
        case ("D", false): 86_400
        case ("H", true): 3_600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }
}
