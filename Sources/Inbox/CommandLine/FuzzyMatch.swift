/// How well a few typed letters fit a name.
///
/// The letters must stand in the name in their order; what begins a word or follows the letter
/// before counts more, so that `hp` finds `half-page-down` before `help`'s neighbours.
package enum FuzzyMatch {
    /// How well it fits, more is better; nil when it does not fit at all.
    ///
    /// Letters are compared without regard to case; spaces and hyphens in what was typed count for
    /// nothing.
    package static func score(_ typed: String, in name: String) -> Int? {
        score(Array(letters(of: typed)), in: Array(name.utf8.map(lowered)))
    }

    private static func score(_ typed: [UInt8], in name: [UInt8]) -> Int? {
        guard !typed.isEmpty else { return 0 }
        guard typed.count <= name.count else { return nil }
        // The best score of all typed letters so far when the last of them stands at this place.
        var ended: [Int?] = Array(repeating: 0, count: name.count)
        for (index, letter) in typed.enumerated() {
            var next: [Int?] = Array(repeating: nil, count: name.count)
            var before: Int? = index == 0 ? 0 : nil
            for place in name.indices {
                if name[place] == letter,
                    let score = best(before, ended, place, isFirst: index == 0)
                {
                    next[place] = score + bonus(of: place, in: name)
                }
                if index > 0, let score = ended[place] { before = max(before ?? score, score) }
            }
            ended = next
        }
        guard let best = ended.compactMap(\.self).max() else { return nil }
        // Of two names that fit alike, the shorter one is meant.
        return best * 16 - min(name.count, 64) + (name.starts(with: typed) ? wholePrefix : 0)
    }

    /// The best way to reach a place: right after the letter before, or from further left.
    private static func best(_ before: Int?, _ ended: [Int?], _ place: Int, isFirst: Bool) -> Int? {
        guard !isFirst else { return 0 }
        let adjacent = place > 0 ? ended[place - 1].map { $0 + follows } : nil
        return [before, adjacent].compactMap(\.self).max()
    }

    private static let follows = 5
    private static let beginsWord = 6
    private static let beginsName = 8
    private static let wholePrefix = 64

    private static func bonus(of place: Int, in name: [UInt8]) -> Int {
        if place == 0 { return beginsName }
        return isLetter(name[place - 1]) ? 1 : beginsWord
    }

    private static func letters(of text: String) -> [UInt8] {
        text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }.map(lowered)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte >= 0x80
    }
}
