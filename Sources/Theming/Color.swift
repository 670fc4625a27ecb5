/// A colour as a theme writes it or as a terminal takes it.
public enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the terminal's palette: 0 to 7 are the old colours, 8 to 15 the bright ones.
    case indexed(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)

    private static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    ]

    /// Reads `default`, a name such as `red` or `bright-red`, `#rrggbb`, or a palette number.
    public init?(notation: String) {
        if notation == "default" {
            self = .standard
        } else if let index = Self.names.firstIndex(of: notation) {
            self = .indexed(UInt8(index))
        } else if notation.hasPrefix("bright-"),
            let index = Self.names.firstIndex(of: String(notation.dropFirst(7)))
        {
            self = .indexed(UInt8(index + 8))
        } else if notation.hasPrefix("#"), notation.utf8.count == 7,
            let value = UInt32(notation.dropFirst(), radix: 16)
        {
            self = .rgb(
                UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
        } else if let index = UInt8(notation) {
            self = .indexed(index)
        } else {
            return nil
        }
    }

    /// Reads the name of a palette's colour, or what `init(notation:)` reads.
    public init?(notation: String, palette: [PaletteColor]) {
        if let named = palette.first(where: { $0.name == notation }) {
            self = named.color
        } else {
            self.init(notation: notation)
        }
    }

    /// The name that a palette has for it, or its own notation.
    public func notation(_ palette: [PaletteColor]) -> String {
        palette.first { $0.color == self }?.name ?? notation
    }

    /// The notation that `init(notation:)` reads.
    public var notation: String {
        switch self {
        case .standard: "default"
        case .indexed(let index) where index < 8: Self.names[Int(index)]
        case .indexed(let index) where index < 16: "bright-" + Self.names[Int(index) - 8]
        case .indexed(let index): "\(index)"
        case .rgb(let red, let green, let blue):
            "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// Red, green and blue, by the palette of xterm; nil for the terminal's own colours.
    public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .standard: nil
        case .rgb(let red, let green, let blue): (red, green, blue)
        case .indexed(let index): Self.palette(index)
        }
    }

    static func palette(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        switch index {
        case 0...15: return basic[Int(index)]
        case 16...231:
            let cube = Int(index) - 16
            return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
        default:
            let gray = 8 + (index - 232) * 10
            return (gray, gray, gray)
        }
    }

    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static let basic: [(red: UInt8, green: UInt8, blue: UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
        (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
        (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]

    /// The nearest colour that a terminal of this depth has.
    public func reduced(to depth: ColorDepth) -> Color {
        guard let own = components else { return .standard }
        switch depth {
        case .mono: return .standard
        case .truecolor:
            // A colour of the palette is said in fewer bytes by its number.
            let near = Self.nearest(to: own, among: 16...255)
            guard case .rgb = self, let found = near.components, found == own else { return self }
            return near
        case .palette256:
            if case .indexed = self { return self }
            return Self.nearest(to: own, among: 16...255)
        case .palette16:
            if case .indexed(let index) = self, index < 16 { return self }
            return Self.nearest(to: own, among: 0...15)
        case .palette8:
            if case .indexed(let index) = self, index < 16 { return .indexed(index & 7) }
            // There is no gray: what is nearly one becomes black or white, not the nearest hue.
            let isGray = max(own.red, own.green, own.blue) - min(own.red, own.green, own.blue) < 40
            let candidates: [UInt8] = isGray ? [0, 7] : Array(0...7)
            return Self.nearest(to: own, among: candidates)
        }
    }

    private static func nearest(
        to own: (red: UInt8, green: UInt8, blue: UInt8), among indices: some Collection<UInt8>
    ) -> Color {
        var best: UInt8 = 0
        var bestDistance = Int.max
        for index in indices {
            let other = palette(index)
            let red = Int(own.red) - Int(other.red)
            let green = Int(own.green) - Int(other.green)
            let blue = Int(own.blue) - Int(other.blue)
            // The eye sees green best and blue least.
            let distance = 3 * red * red + 6 * green * green + blue * blue
            if distance < bestDistance {
                best = index
                bestDistance = distance
            }
        }
        return .indexed(best)
    }
}

/// How many colours a terminal has.
public enum ColorDepth: Hashable, Sendable, CaseIterable {
    /// None: attributes alone tell roles apart.
    case mono
    /// The eight old colours.
    case palette8
    /// Eight colours and their bright versions.
    case palette16
    /// The palette of xterm.
    case palette256
    /// Any.
    case truecolor

    /// The depth of a terminal that says it has this many colours.
    public init(colors: Int) {
        switch colors {
        case ..<8: self = .mono
        case 8..<16: self = .palette8
        case 16..<256: self = .palette16
        case 256..<65_536: self = .palette256
        default: self = .truecolor
        }
    }
}
