import TextGrid

/// Themes made of base16 schemes.
///
/// A scheme is YAML, of which this reads what schemes use: `baseXX: "rrggbb"` on lines of its own,
/// flat or below `palette:`.
public enum Base16 {
    /// A theme, and what was changed on the way.
    public struct Imported: Hashable, Sendable {
        public let theme: Theme
        /// A sentence for each colour that was moved.
        public let remarks: [String]
    }

    /// Why a scheme cannot be used.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// A colour that every scheme has is not there.
        case missing(String)
        /// The text is no colour.
        case badColor(String, String)
        /// Its text cannot be told from its background.
        case unreadable(Double)

        /// A sentence for the person who wanted it.
        public var description: String {
            switch self {
            case .missing(let name): return "The scheme has no \(name)."
            case .badColor(let name, let text):
                return "“\(text)” for \(name) is no colour of six hexadecimal digits."
            case .unreadable(let ratio):
                let tenths = Int(ratio * 10)
                return
                    "Its text (base05) has a contrast of only \(tenths / 10).\(tenths % 10) to 1 "
                    + "on its background (base00); less than 3 cannot be made readable."
            }
        }
    }

    /// The colours of a scheme by our names for them, and how well each must be read.
    private static let places: [(name: String, base: String, wanted: Double)] = [
        ("ground", "base00", 0), ("panel", "base01", 0), ("text", "base05", 4.5),
        ("faint", "base04", 4.5), ("line", "base03", 3), ("red", "base08", 4.5),
        ("yellow", "base0A", 4.5), ("green", "base0B", 4.5), ("accent", "base0D", 4.5),
        ("straw", "base09", 4.5), ("rose", "base0E", 4.5),
    ]

    /// The theme of a scheme; `name` instead of the scheme's own.
    public static func theme(yaml: String, name: String? = nil) throws(Refusal) -> Imported {
        let entries = entries(of: yaml)
        let ground = try color("base00", entries)
        var panel = try color("base01", entries)
        let text = try color("base05", entries)
        let ratio = Contrast.ratio(parts(text), parts(ground))
        guard ratio >= 3 else { throw .unreadable(ratio) }
        var remarks: [String] = []
        if Contrast.ratio(parts(panel), parts(ground)) > 2 {
            remarks.append("base01 is far from base00; the bars have the colour of base00.")
            panel = ground
        }
        var palette: [(String, String)] = []
        for place in places {
            let own = try color(place.base, entries)
            let grounds = ["text", "accent"].contains(place.name) ? [ground, panel] : [ground]
            let readable = place.name == "panel" ? panel : repaired(own, on: grounds, place.wanted)
            if place.name != "panel", readable != own {
                remarks.append(
                    "\(place.base) was \(own.notation) and is \(readable.notation), to be readable."
                )
            }
            palette.append((place.name, readable.notation))
        }
        return Imported(
            theme: made(name ?? entries["name"] ?? entries["scheme"] ?? "imported", palette),
            remarks: remarks)
    }

    private static func made(_ name: String, _ palette: [(String, String)]) -> Theme {
        let safe = String(
            name.unicodeScalars.map { scalar in
                let isPlain =
                    scalar.isASCII && scalar.value > 0x1F && scalar != "\"" && scalar != "\\"
                return isPlain && scalar.value < 0x7F ? Character(scalar) : "-"
            })
        do {
            return try Theme(
                name: safe, background: "ground", about: "Made of a base16 scheme.",
                palette: palette, styles: Theme.painted.map { ($0.key, $0.value) })
        } catch {
            preconditionFailure("the roles over a palette are wrong: \(error)")
        }
    }

    /// The lines `key: value`, without quotes, signs and comments.
    private static func entries(of yaml: String) -> [String: String] {
        var entries: [String: String] = [:]
        for line in yaml.split(whereSeparator: \.isNewline).prefix(200) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].filter { $0 != " " && $0 != "\"" && $0 != "'" }
            var value = line[line.index(after: colon)...].drop { $0 == " " }
            if let quote = value.first, quote == "\"" || quote == "'" {
                value = value.dropFirst().prefix { $0 != quote }
            } else if let comment = value.firstIndex(of: "#"), comment != value.startIndex {
                value = value[..<comment]
            }
            while value.last == " " || value.last == "\r" { value = value.dropLast() }
            if !value.isEmpty { entries[key] = String(value) }
        }
        return entries
    }

    private static func color(
        _ name: String, _ entries: [String: String]
    ) throws(Refusal) -> Color {
        guard let text = entries[name] else { throw .missing(name) }
        let notation = text.hasPrefix("#") ? text : "#" + text
        guard let color = Color(notation: notation.lowercased()) else {
            throw .badColor(name, text)
        }
        return color
    }

    /// The colour, moved towards white or black until it can be read on every one of `grounds`, in
    /// true colour and with 256 colours.
    private static func repaired(_ color: Color, on grounds: [Color], _ wanted: Double) -> Color {
        let isDark = Contrast.luminance(parts(grounds[0])) < 0.18
        for step in 0...64 {
            let moved = mixed(color, towards: isDark ? 255 : 0, share: Double(step) / 64)
            let isReadable = [ColorDepth.truecolor, .palette256].allSatisfy { depth in
                grounds.allSatisfy { ground in
                    let letters = parts(moved.reduced(to: depth))
                    return Contrast.ratio(letters, parts(ground.reduced(to: depth))) >= wanted
                }
            }
            if isReadable { return moved }
        }
        return isDark ? .rgb(255, 255, 255) : .rgb(0, 0, 0)
    }

    private static func mixed(_ color: Color, towards end: Double, share: Double) -> Color {
        let own = parts(color)
        let mix = { (value: UInt8) in UInt8(Double(value) + (end - Double(value)) * share) }
        return .rgb(mix(own.red), mix(own.green), mix(own.blue))
    }

    private static func parts(_ color: Color) -> (red: UInt8, green: UInt8, blue: UInt8) {
        color.components ?? (0, 0, 0)
    }
}
