/// Many short texts in one block of bytes.
struct TextArena: Sendable {
    /// Where a text stands.
    struct Place: Sendable {
        var start: UInt32 = 0
        var count: UInt16 = 0
    }

    private(set) var bytes: [UInt8] = []
    /// Bytes that no text uses any more.
    private(set) var wasted = 0

    /// Keeps a text; what is longer than a row could ever show is cut.
    mutating func append(_ text: String) -> Place {
        append(text.utf8.count <= Self.bytesMax ? Array(text.utf8) : Self.cut(text))
    }

    /// Keeps bytes that are no more than a text may have.
    mutating func append(_ kept: some Collection<UInt8>) -> Place {
        guard let start = UInt32(exactly: bytes.count) else { return Place() }
        bytes += kept
        return Place(start: start, count: UInt16(kept.count))
    }

    /// Whether a text holds `word`, which has no ASCII capitals, in any case.
    func holds(_ word: [UInt8], at place: Place) -> Bool {
        let start = Int(place.start)
        return bytes.span.holds(word, in: start..<start + Int(place.count))
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Marks a text as no longer used.
    mutating func waste(_ place: Place) { wasted += Int(place.count) }

    /// The bytes of a text.
    func slice(_ place: Place) -> ArraySlice<UInt8> {
        guard place.count > 0 else { return [] }
        return bytes[Int(place.start)..<Int(place.start) + Int(place.count)]
    }

    /// A text.
    func text(_ place: Place) -> String { String(decoding: slice(place), as: UTF8.self) }

    /// A summary has at most 500 bytes; a server that sends more is not believed.
    static let bytesMax = 2_000

    private static func cut(_ text: String) -> [UInt8] {
        var kept: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard kept.count + UTF8.width(scalar) <= bytesMax else { break }
            kept += Array(String(scalar).utf8)
        }
        return kept
    }
}

/// Keeps each distinct name once.
struct NameTable: Sendable {
    private(set) var names: [String] = []
    private var numbers: [[UInt8]: UInt32] = [:]

    /// The number of a name, by its bytes.
    mutating func number(of name: String) -> UInt32 {
        let key = Array(name.utf8)
        if let number = numbers[key] { return number }
        let number = UInt32(names.count)
        names.append(name)
        numbers[key] = number
        return number
    }

    /// The name of a number.
    subscript(number: UInt32) -> String { names[Int(number)] }
}
