/// What may be done with one scalar of a text from outside.
enum ScalarClass {
    /// Shown as it is, in its own cell or cells.
    case plain
    /// A combining mark: shown on its base, or escaped when it has none or too many came before.
    case mark
    /// U+FE0F: shown on a wide emoji, where it changes nothing, and escaped elsewhere.
    case emojiSelector
    /// Never shown raw.
    case escaped

    /// Decides by Unicode property, so that characters of tomorrow are covered too.
    static func of(_ scalar: Unicode.Scalar) -> ScalarClass {
        let value = scalar.value
        if value < 0x7F { return value < 0x20 ? .escaped : .plain }
        if value < 0xA1 { return .escaped }
        if value < 0x300 { return value == 0xAD ? .escaped : .plain }
        if value == 0xFE0F { return .emojiSelector }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return .escaped }
        guard let age = properties.age, age.major <= unicodeMajorMax, !differs(value) else {
            return .escaped
        }
        return of(properties.generalCategory)
    }

    /// True for marks that take no cell of their own.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch of(scalar) {
        case .mark, .emojiSelector: true
        case .plain, .escaped: false
        }
    }

    /// Later characters are escaped: terminals of today do not agree on their widths.
    private static let unicodeMajorMax = 13

    /// Scalars on whose width or blankness terminals, the C library and Unicode disagree.
    private static func differs(_ value: UInt32) -> Bool {
        switch value {
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: true  // conjoining Hangul vowels and finals
        case 0x3248...0x324F, 0x4DC0...0x4DFF: true  // circled numbers, hexagrams
        case 0x2800, 0x1D159: true  // look like a space but are not
        case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true  // flags, skin tones
        default: false
        }
    }

    private static func of(_ category: Unicode.GeneralCategory) -> ScalarClass {
        switch category {
        case .nonspacingMark, .enclosingMark: .mark
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation,
            .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
            .otherSymbol:
            .plain
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned, .spaceSeparator:
            .escaped
        @unknown default: .escaped
        }
    }

    /// True for letters that terminals with bidirectional text would reorder.
    static func isRightToLeft(_ value: UInt32) -> Bool {
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF,
            0x1E800...0x1EFFF:
            true
        default: false
        }
    }
}
