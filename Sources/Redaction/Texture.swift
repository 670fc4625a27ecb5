/// What a run of bytes is woven of: how it looks, not what it says.
struct Texture: Sendable {
    /// Letters and digits.
    private(set) var size = 0
    private(set) var letters = 0
    private(set) var digits = 0
    /// Changes between a letter and a digit that stand side by side.
    private(set) var digitTurns = 0
    /// Changes from a small to a capital letter.
    private(set) var caseTurns = 0
    /// The longest piece between two signs.
    private(set) var pieceMax = 0
    private(set) var pieces = 0
    private(set) var isHex = true
    /// Pairs of letters that words hardly ever have.
    private(set) var oddPairs = 0
    private(set) var letterPairs = 0

    init(_ bytes: some Sequence<UInt8>) {
        var previous: UInt8 = 0
        var piece = 0
        for byte in bytes {
            guard byte.isAlnum else {
                previous = 0
                piece = 0
                continue
            }
            size += 1
            piece += 1
            if piece == 1 { pieces += 1 }
            pieceMax = max(pieceMax, piece)
            if byte.hexValue == nil { isHex = false }
            count(byte, after: previous)
            previous = byte
        }
    }

    private mutating func count(_ byte: UInt8, after previous: UInt8) {
        if byte.isDigit {
            digits += 1
            if previous.isLetter { digitTurns += 1 }
            return
        }
        letters += 1
        if previous.isDigit { digitTurns += 1 }
        if previous.isLower && byte.isUpper { caseTurns += 1 }
        if previous.isLetter {
            letterPairs += 1
            if LetterPairs.areOdd(previous, byte) { oddPairs += 1 }
        }
    }

    /// Letters and digits alternate at least a little.
    var isMixed: Bool { digitTurns >= 2 || (digitTurns >= 1 && caseTurns >= 2) }

    /// Random to the eye, with no word about what it is.
    var isOpaque: Bool {
        guard size >= 12, size <= Self.sizeMax, !(isHex && letters > 0), letters > 0 else {
            return false
        }
        guard pieceMax >= 8 || size >= 24 else { return false }
        if size < 16 { return digitTurns >= 4 }
        if digitTurns >= max(3, size / 6) { return true }
        if digitTurns >= 2, caseTurns >= max(2, size / 10) { return true }
        return size >= 20 && caseTurns >= 3 && oddPairs * 4 >= letterPairs
    }

    /// A blob longer than this is data; it is decoded and looked through, but is no key by itself.
    static let sizeMax = 512

    /// As random as a key may be where a key is expected.
    var isKeyLike: Bool {
        guard size >= 8, size <= Self.sizeMax else { return false }
        if letters == 0 { return pieces == 1 }
        return digitTurns >= 1 && (pieceMax >= 6 || digitTurns >= 3)
            || caseTurns >= 2 && (digits > 0 || oddPairs * 5 >= letterPairs)
            || (digits == 0 && size >= 20 && oddPairs * 4 >= letterPairs)
            || (isHex && size >= 16)
    }
}

/// Which letters follow one another in words.
enum LetterPairs {
    /// For each letter those that follow it in no more than a few words of the usual languages.
    private static let odd: [UInt32] = [
        "", "fghjkmnpqwxz", "bdfgjmnpqvwxz", "bcfhjkpqtxz", "jqhk", "bcdhjkmnpqvwxz",
        "bcdfjkpqvxz", "bcdfgjkpqvxz", "hjqwy", "bcdfghjklmnpqrstvwxyz", "bcdfgjmpqvxz",
        "hjnqrwxz", "dfghjkqrvwxz", "bjqrwxz", "jqz", "bcdfgjkmqvwxz", "abcdefghijklmnopqrstvwxyz",
        "jqxz", "bdfgjrvxz", "bdfgjkpqvx", "hjqwuy", "bcdfghjklmnpqtvwxz", "bcdfgjkmpqtuvwxz",
        "bdfgjklmnqrsvwxz", "fghjkqvxy", "bcdfghjkmnpqrstvwx",
    ].map { letters in
        letters.utf8.reduce(0) { $0 | 1 << UInt32($1 - 0x61) }
    }

    @inline(__always)
    static func areOdd(_ first: UInt8, _ second: UInt8) -> Bool {
        odd[Int((first | 0x20) - 0x61)] >> UInt32((second | 0x20) - 0x61) & 1 == 1
    }
}
