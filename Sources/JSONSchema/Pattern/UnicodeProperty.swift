/// A property of Unicode scalars that `\p{…}` names.
enum UnicodeProperty: Hashable, Sendable {
    case category(Set<Unicode.GeneralCategory>)
    case alphabetic, uppercase, lowercase, whiteSpace, emoji, any, ascii

    /// Finds the property of a name such as `L`, `Letter` or `gc=Lu`; nil when it is not known.
    init?(name: String) {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false)
        if parts.count == 2, ["gc", "General_Category"].contains(parts[0]) {
            self.init(category: String(parts[1]))
        } else if let property = Self.binary[name] {
            self = property
        } else {
            self.init(category: name)
        }
    }

    private init?(category name: String) {
        let found = Self.categories.filter { entry in
            entry.short == name || entry.long == name || entry.groups.contains(name)
        }
        guard !found.isEmpty else { return nil }
        self = .category(Set(found.map(\.category)))
    }

    func holds(for scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .category(let categories): categories.contains(scalar.properties.generalCategory)
        case .alphabetic: scalar.properties.isAlphabetic
        case .uppercase: scalar.properties.isUppercase
        case .lowercase: scalar.properties.isLowercase
        case .whiteSpace: scalar.properties.isWhitespace
        case .emoji: scalar.properties.isEmoji
        case .any: true
        case .ascii: scalar.isASCII
        }
    }

    private static let binary: [String: UnicodeProperty] = [
        "Alphabetic": .alphabetic, "Alpha": .alphabetic, "Uppercase": .uppercase,
        "Upper": .uppercase, "Lowercase": .lowercase, "Lower": .lowercase,
        "White_Space": .whiteSpace, "space": .whiteSpace, "Emoji": .emoji, "Any": .any,
        "ASCII": .ascii,
    ]

    private struct Category: Sendable {
        let category: Unicode.GeneralCategory
        let short: String
        let long: String
        let groups: [String]

        init(
            _ category: Unicode.GeneralCategory, _ short: String, _ long: String,
            _ groups: String...
        ) {
            self.category = category
            self.short = short
            self.long = long
            self.groups = groups
        }
    }

    private static let categories: [Category] = [
        Category(.uppercaseLetter, "Lu", "Uppercase_Letter", "LC", "Cased_Letter", "L", "Letter"),
        Category(.lowercaseLetter, "Ll", "Lowercase_Letter", "LC", "Cased_Letter", "L", "Letter"),
        Category(.titlecaseLetter, "Lt", "Titlecase_Letter", "LC", "Cased_Letter", "L", "Letter"),
        Category(.modifierLetter, "Lm", "Modifier_Letter", "L", "Letter"),
        Category(.otherLetter, "Lo", "Other_Letter", "L", "Letter"),
        Category(.nonspacingMark, "Mn", "Nonspacing_Mark", "M", "Mark", "Combining_Mark"),
        Category(.spacingMark, "Mc", "Spacing_Mark", "M", "Mark", "Combining_Mark"),
        Category(.enclosingMark, "Me", "Enclosing_Mark", "M", "Mark", "Combining_Mark"),
        Category(.decimalNumber, "Nd", "Decimal_Number", "digit", "N", "Number"),
        Category(.letterNumber, "Nl", "Letter_Number", "N", "Number"),
        Category(.otherNumber, "No", "Other_Number", "N", "Number"),
        Category(.connectorPunctuation, "Pc", "Connector_Punctuation", "P", "Punctuation", "punct"),
        Category(.dashPunctuation, "Pd", "Dash_Punctuation", "P", "Punctuation", "punct"),
        Category(.openPunctuation, "Ps", "Open_Punctuation", "P", "Punctuation", "punct"),
        Category(.closePunctuation, "Pe", "Close_Punctuation", "P", "Punctuation", "punct"),
        Category(.initialPunctuation, "Pi", "Initial_Punctuation", "P", "Punctuation", "punct"),
        Category(.finalPunctuation, "Pf", "Final_Punctuation", "P", "Punctuation", "punct"),
        Category(.otherPunctuation, "Po", "Other_Punctuation", "P", "Punctuation", "punct"),
        Category(.mathSymbol, "Sm", "Math_Symbol", "S", "Symbol"),
        Category(.currencySymbol, "Sc", "Currency_Symbol", "S", "Symbol"),
        Category(.modifierSymbol, "Sk", "Modifier_Symbol", "S", "Symbol"),
        Category(.otherSymbol, "So", "Other_Symbol", "S", "Symbol"),
        Category(.spaceSeparator, "Zs", "Space_Separator", "Z", "Separator"),
        Category(.lineSeparator, "Zl", "Line_Separator", "Z", "Separator"),
        Category(.paragraphSeparator, "Zp", "Paragraph_Separator", "Z", "Separator"),
        Category(.control, "Cc", "Control", "cntrl", "C", "Other"),
        Category(.format, "Cf", "Format", "C", "Other"),
        Category(.surrogate, "Cs", "Surrogate", "C", "Other"),
        Category(.privateUse, "Co", "Private_Use", "C", "Other"),
        Category(.unassigned, "Cn", "Unassigned", "C", "Other"),
    ]
}
