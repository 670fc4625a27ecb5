/// Turns text from anywhere into `SafeText`, scalar by scalar.
///
/// Marks are `\\`, `\t`, `\n`, `\r`, `\b`, `\u{HEX}`, `\xNN` for a byte that is not UTF-8, and
/// `\{N spaces}` for a long run of spaces. A backslash of the input is doubled, so a mark can never
/// be written by the text itself.
struct Escaper {
    /// More marks than this on one base are escaped.
    static let combiningMax = 4
    /// From this length on a run of spaces is shown as a counted mark.
    static let spacesCountedFrom = 8

    private var text = String.UnicodeScalarView()
    private var offset = 0
    private var columns = 0
    private var marks: [Range<Int>] = []
    private var isASCII = true
    private var hasRightToLeft = false
    /// Combining marks already on the last base; nil when there is no base to combine with.
    private var combining: Int?
    private var baseIsWideEmoji = false
    private var spacesPending = 0

    /// Takes the next scalar of the input; `name` writes its mark when it needs one.
    mutating func append(
        _ scalar: Unicode.Scalar, name: (Unicode.Scalar) -> String = Escaper.name
    ) {
        if scalar == " " {
            spacesPending += 1
            return
        }
        flushSpaces()
        if scalar == "\\" {
            appendMark("\\\\")
            return
        }
        switch ScalarClass.of(scalar) {
        case .plain: appendBase(scalar)
        case .mark where mayCombine: appendRaw(scalar, columns: 0)
        case .emojiSelector where combining == 0 && baseIsWideEmoji: appendRaw(scalar, columns: 0)
        case .mark, .emojiSelector, .escaped: appendMark(name(scalar))
        }
    }

    /// Takes a byte that is no part of any UTF-8 scalar.
    mutating func append(invalid byte: UInt8) {
        flushSpaces()
        appendMark("\\x" + Self.hexadecimal(UInt32(byte), digits: 2))
    }

    /// Writes `mark` as it is, in the escaped style.
    mutating func appendMark(_ mark: String) {
        let start = offset
        for scalar in mark.unicodeScalars { appendRaw(scalar, columns: 1) }
        marks.append(start..<offset)
        combining = nil
    }

    /// Writes one scalar that needs no check, as part of our own notation.
    mutating func appendPlain(_ scalar: Unicode.Scalar) {
        flushSpaces()
        appendRaw(scalar, columns: 1)
        combining = nil
    }

    /// What was taken so far, as safe text.
    mutating func finish() -> SafeText {
        flushSpaces()
        return SafeText(
            text: String(text), columns: columns, marks: marks, isASCII: isASCII,
            hasRightToLeft: hasRightToLeft)
    }

    private mutating func flushSpaces() {
        guard spacesPending > 0 else { return }
        let count = spacesPending
        spacesPending = 0
        if count >= Self.spacesCountedFrom {
            appendMark("\\{\(count) spaces}")
            return
        }
        for _ in 0..<count { appendRaw(" ", columns: 1) }
        combining = 0
        baseIsWideEmoji = false
    }

    private mutating func appendBase(_ scalar: Unicode.Scalar) {
        let width = Width.of(scalar)
        appendRaw(scalar, columns: width)
        combining = 0
        baseIsWideEmoji = width == 2 && scalar.properties.isEmojiPresentation
        if ScalarClass.isRightToLeft(scalar.value) { hasRightToLeft = true }
    }

    private var mayCombine: Bool {
        guard let combining else { return false }
        return combining < Self.combiningMax
    }

    private mutating func appendRaw(_ scalar: Unicode.Scalar, columns width: Int) {
        text.append(scalar)
        offset += UTF8.width(scalar)
        columns += width
        if width == 0, let count = combining { combining = count + 1 }
        if !scalar.isASCII { isASCII = false }
    }

    /// The mark of a scalar.
    static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\t": "\\t"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\u{08}": "\\b"
        default: "\\u{" + hexadecimal(scalar.value, digits: 1) + "}"
        }
    }

    /// Upper-case hexadecimal with at least `digits` digits.
    static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
