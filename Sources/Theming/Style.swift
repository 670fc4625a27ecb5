/// How a role looks.
public struct Style: Hashable, Sendable {
    /// What a terminal can do to text besides colours.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// One bit an attribute.
        public let rawValue: UInt8

        /// A set of bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Heavier.
        public static let bold = Attributes(rawValue: 1)
        /// Fainter.
        public static let dim = Attributes(rawValue: 2)
        /// Slanted.
        public static let italic = Attributes(rawValue: 4)
        /// With a line below.
        public static let underline = Attributes(rawValue: 8)
        /// Foreground and background exchanged.
        public static let reverse = Attributes(rawValue: 16)

        static let named: [(name: String, attribute: Attributes)] = [
            ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
            ("reverse", .reverse),
        ]
    }

    /// The colour of the letters.
    public var foreground: Color
    /// The colour behind them.
    public var background: Color
    /// Everything else.
    public var attributes: Attributes

    /// A style; by default the terminal's own.
    public init(
        foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// Reads `red on black bold`; every part may be missing, an empty text is the terminal's own.
    public init?(notation: String, palette: [PaletteColor] = []) {
        self.init()
        var isBackground = false
        for word in notation.split(separator: " ").map(String.init) {
            if word == "on" {
                isBackground = true
            } else if let named = Attributes.named.first(where: { $0.name == word }) {
                attributes.insert(named.attribute)
            } else if let color = Color(notation: word, palette: palette) {
                if isBackground { background = color } else { foreground = color }
                isBackground = false
            } else {
                return nil
            }
        }
        if isBackground { return nil }
    }

    /// The notation that `init(notation:)` reads.
    public var notation: String { notation([]) }

    /// The notation, with the names of a palette.
    public func notation(_ palette: [PaletteColor]) -> String {
        var words: [String] = []
        if foreground != .standard { words.append(foreground.notation(palette)) }
        if background != .standard { words += ["on", background.notation(palette)] }
        words += Attributes.named.filter { attributes.contains($0.attribute) }.map(\.name)
        return words.isEmpty ? "default" : words.joined(separator: " ")
    }

    /// The nearest style on a terminal of this depth; letters never vanish into their background.
    public func reduced(to depth: ColorDepth) -> Style {
        var style = self
        style.foreground = foreground.reduced(to: depth)
        style.background = background.reduced(to: depth)
        if depth == .palette8, case .indexed(8...15) = foreground { style.attributes.insert(.bold) }
        guard foreground != background, depth == .palette8 || depth == .palette16,
            let letters = style.foreground.components, let behind = style.background.components,
            Contrast.ratio(letters, behind) < Contrast.fewColorsMin
        else { return style }
        let isDark = Contrast.luminance(behind) < 0.2
        style.foreground = .indexed(isDark ? 7 : 0)
        return style
    }
}
