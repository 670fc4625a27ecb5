/// Looks for words in code: a match never begins or ends inside of an identifier.
enum Words {
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// The lines, from 1, in which `word` stands as a word of its own.
    static func lines(of word: String, in code: [String]) -> [Int] {
        let needle = Array(word.utf8)
        return code.enumerated().compactMap { number, line in
            contains(Array(line.utf8), needle) ? number + 1 : nil
        }
    }

    private static func contains(_ line: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, let last = needle.last else { return false }
        guard line.count >= needle.count else { return false }
        for start in 0...(line.count - needle.count) where line[start] == first {
            let end = start + needle.count
            guard line[start..<end].elementsEqual(needle) else { continue }
            let opens = !isWordByte(first) || start == 0 || !isWordByte(line[start - 1])
            let closes = !isWordByte(last) || end == line.count || !isWordByte(line[end])
            if opens && closes { return true }
        }
        return false
    }
}
