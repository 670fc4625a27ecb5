/// The blank room in a text, found in one pass over its bytes.
struct TextShape: Hashable, Sendable {
    /// The longest run of spaces.
    private(set) var spacesMost = 0
    /// The longest run of empty lines.
    private(set) var emptyLinesMost = 0
    /// The spaces behind everything else.
    private(set) var spacesAtEnd = 0
    /// True when a byte is not ASCII.
    private(set) var hasOther = false
    /// True when a label in punycode may be in it.
    private(set) var hasPunycode = false

    /// From these lengths on a run is told.
    static let spacesFrom = 8
    static let emptyLinesFrom = 3

    init(_ text: String) {
        var (spaces, feeds) = (0, 0)
        var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
        for byte in text.utf8 {
            spaces = byte == 0x20 ? spaces + 1 : 0
            spacesMost = max(spacesMost, spaces)
            if byte == 0x0A {
                feeds += 1
                emptyLinesMost = max(emptyLinesMost, feeds - 1)
            } else if byte != 0x0D {
                feeds = 0
            }
            if byte >= 0x80 { hasOther = true }
            if byte == UInt8(ascii: "-"), last.2 == byte, last.1 | 0x20 == UInt8(ascii: "n"),
                last.0 | 0x20 == UInt8(ascii: "x")
            {
                hasPunycode = true
            }
            last = (last.1, last.2, byte)
        }
        spacesAtEnd = spaces
    }

    /// True when something is to be said about the text, or must be looked for.
    var isSuspect: Bool {
        hasOther || hasPunycode || spacesMost >= Self.spacesFrom || spacesAtEnd > 0
            || emptyLinesMost >= Self.emptyLinesFrom
    }
}
