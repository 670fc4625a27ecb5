/// One line of text that cannot control a terminal.
///
/// Only the escaper can make one. Every character that would be invisible, would move the cursor or
/// would reorder its neighbours is replaced by a visible mark; nothing is stripped, no two inputs
/// give the same text, and `SafeText.original(of:)` gives the input back.
public struct SafeText: Hashable, Sendable {
    /// The text as drawn and as written to pipes and logs.
    public let text: String
    /// The cells it takes.
    public let columns: Int
    /// True when it holds letters that some terminals draw from right to left.
    public let hasRightToLeft: Bool
    /// UTF-8 offsets of the marks, one range a mark, in order.
    let marks: [Range<Int>]
    /// True when all of it is printable ASCII, one byte a cell.
    let isASCII: Bool
    /// True when it is one of our own glyphs, which have a twin in ASCII.
    let isGlyph: Bool

    /// Makes `text` harmless for one line of the screen.
    ///
    /// Line feeds become the mark `\n`; use `lines(of:)` to keep lines apart.
    public init(escaping text: String) {
        if let plain = Self(plainASCII: text) {
            self = plain
            return
        }
        var escaper = Escaper()
        for scalar in text.unicodeScalars { escaper.append(scalar) }
        self = escaper.finish()
    }

    /// Makes raw bytes harmless; a byte that is not UTF-8 becomes the mark `\xNN`.
    public init(escaping bytes: some Sequence<UInt8>) {
        var escaper = Escaper()
        var decoder = ByteDecoder()
        for byte in bytes { decoder.append(byte, to: &escaper) }
        decoder.finish(into: &escaper)
        self = escaper.finish()
    }

    /// One of our own glyphs, drawn as its ASCII twin where the terminal knows only ASCII.
    public init(_ glyph: Glyph) {
        let text = String(glyph.rawValue)
        self.init(text: text, columns: 1, marks: [], isASCII: false, isGlyph: true)
    }

    /// For the escaper and for slices of what it made.
    init(
        text: String, columns: Int, marks: [Range<Int>], isASCII: Bool, isGlyph: Bool = false,
        hasRightToLeft: Bool = false
    ) {
        self.text = text
        self.columns = columns
        self.marks = marks
        self.isASCII = isASCII
        self.isGlyph = isGlyph
        self.hasRightToLeft = hasRightToLeft
    }

    /// The fast path: nothing to escape, and byte, character and cell are one.
    private init?(plainASCII text: String) {
        var spaces = 0
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else { return nil }
            spaces = byte == 0x20 ? spaces + 1 : 0
            guard spaces < Escaper.spacesCountedFrom else { return nil }
        }
        self.init(text: text, columns: text.utf8.count, marks: [], isASCII: true)
    }

    /// True when something in it was replaced by a mark.
    public var hasMarks: Bool { !marks.isEmpty }

    /// True when there is nothing to draw.
    public var isEmpty: Bool { text.utf8.isEmpty }

    /// Nothing.
    public static let empty = SafeText(text: "", columns: 0, marks: [], isASCII: true)

    /// Our own blank space, which is not counted as a run of somebody else's.
    public static func spaces(_ count: Int) -> SafeText {
        let count = max(0, count)
        return SafeText(
            text: String(repeating: " ", count: count), columns: count, marks: [], isASCII: true)
    }

    /// The text alone, for pipes, logs and plain output.
    public static func plain(_ text: String) -> String {
        SafeText(escaping: text).text
    }

    /// Compares bytes: two spellings of one letter are two texts.
    public static func == (left: SafeText, right: SafeText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8) && left.marks == right.marks
            && left.isGlyph == right.isGlyph
    }

    /// Hashes bytes, as `==` compares them.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(marks)
    }
}

extension SafeText: ExpressibleByStringLiteral {
    /// A literal goes through the escaper like any other text.
    public init(stringLiteral value: String) {
        self.init(escaping: value)
    }
}
