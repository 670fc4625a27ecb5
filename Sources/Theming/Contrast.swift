/// The contrast of WCAG 2.
public enum Contrast {
    /// Where a terminal has so few colours that the wanted one is missing, less than this becomes
    /// black or white.
    static let fewColorsMin = 2.6

    /// How well letters of a style can be read, from 1 to 21, on a terminal with this background.
    public static func of(_ style: Style, on background: Color) -> Double {
        let base = background.components ?? (0, 0, 0)
        let behind = style.background.components ?? base
        let isDark = luminance(base) < 0.2
        // What the terminal itself writes with is not known: nearly white, or nearly black.
        let letters = style.foreground.components ?? (isDark ? (229, 229, 229) : (18, 18, 18))
        return ratio(letters, behind)
    }

    /// The contrast of two colours, whichever is the letters'.
    public static func ratio(
        _ one: (red: UInt8, green: UInt8, blue: UInt8),
        _ other: (red: UInt8, green: UInt8, blue: UInt8)
    ) -> Double {
        let (first, second) = (luminance(one), luminance(other))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    /// How much light a colour gives, from 0 to 1.
    public static func luminance(_ color: (red: UInt8, green: UInt8, blue: UInt8)) -> Double {
        0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }

    /// The transfer curve of sRGB: a power of 2.4, which is the square times a fifth root.
    static func linear(_ value: UInt8) -> Double {
        let share = Double(value) / 255
        guard share > 0.04045 else { return share / 12.92 }
        let base = (share + 0.055) / 1.055
        let square = base * base
        var root = 1.0
        for _ in 0..<12 { root = (4 * root + square / (root * root * root * root)) / 5 }
        return square * root
    }
}
