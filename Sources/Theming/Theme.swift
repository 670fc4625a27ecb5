public import TextGrid

/// How every role looks, written for terminals with many colours and reduced for the others.
public struct Theme: Hashable, Sendable {
    /// The name that settings use.
    public let name: String
    /// One sentence that says whom it is for.
    public let about: String
    /// The background the colours were chosen for; a theme paints it where its styles say so.
    public let background: Color
    /// Colours with names, in the order of the file.
    public let palette: [PaletteColor]
    private let styles: [Style]

    /// Reads role → style, such as `"danger": "bright-red bold"`; roles not named are `parent`'s.
    ///
    /// Styles and the background may use the names of the palette, and those of the parent's.
    /// Without a parent every role must be there.
    public init(
        name: String, background: String? = nil, about: String = "",
        palette: [(String, String)] = [], roles: [(String, String)], inheriting parent: Theme? = nil
    ) throws(ThemeError) {
        var styles: [(Role, String)] = []
        for (id, notation) in roles {
            guard let role = Role(name: id) else { throw .unknownRole(id) }
            styles.append((role, notation))
        }
        try self.init(
            name: name, background: background, about: about, palette: palette, styles: styles,
            inheriting: parent)
    }

    /// The same for roles that need not be looked up by name.
    init(
        name: String, background: String?, about: String, palette: [(String, String)],
        styles notations: [(Role, String)], inheriting parent: Theme? = nil
    ) throws(ThemeError) {
        var colors = parent?.palette ?? []
        for (id, notation) in palette {
            guard let color = Color(notation: notation), PaletteColor.mayBeNamed(id) else {
                throw .badColor(id, notation)
            }
            colors.removeAll { $0.name == id }
            colors.append(PaletteColor(name: id, color: color))
        }
        var named: [Role: Style] = [:]
        for (role, notation) in notations {
            guard let style = Style(notation: notation, palette: colors) else {
                throw .badStyle(role, notation)
            }
            named[role] = style
        }
        var styles: [Style] = []
        for role in Role.allCases {
            guard let style = named[role] ?? parent?.styles[Int(role.rawValue)] else {
                throw .missingRole(role)
            }
            styles.append(style)
        }
        self.name = name
        self.about = about
        self.palette = colors
        self.styles = styles
        guard let background else {
            self.background = parent?.background ?? .standard
            return
        }
        guard let ground = Color(notation: background, palette: colors) else {
            throw .badColor("background", background)
        }
        self.background = ground
    }

    /// The style as the theme wrote it.
    public func style(for role: Role) -> Style { styles[Int(role.rawValue)] }

    /// The style on a terminal of this depth; without colours it is that of the `mono` theme.
    public func style(for role: Role, at depth: ColorDepth) -> Style {
        guard depth == .mono else { return style(for: role).reduced(to: depth) }
        var style = (name == Theme.mono.name ? self : Theme.mono).style(for: role)
        style.foreground = .standard
        style.background = .standard
        return style
    }

    /// The theme as a TOML document.
    public var toml: String {
        var lines = [
            "# A role is a style: a colour, `on` and a background, and any of bold, dim, italic,",
            "# underline, reverse. Colours are names, palette numbers or \"#rrggbb\".",
            "", "name = \"\(name)\"", "about = \"\(about)\"",
            "background = \"\(background.notation(palette))\"", "",
        ]
        if !palette.isEmpty {
            lines += ["[palette]"]
            lines += palette.map { "\($0.name) = \"\($0.color.notation)\"" } + [""]
        }
        lines.append("[roles]")
        lines += Role.allCases.map { "\($0.name) = \"\(style(for: $0).notation(palette))\"" }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A colour with a name of its own.
public struct PaletteColor: Hashable, Sendable {
    /// The name, which styles use.
    public let name: String
    /// The colour.
    public let color: Color

    /// A word of letters, digits and hyphens that no style has another meaning for.
    static func mayBeNamed(_ name: String) -> Bool {
        let isWord = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
        }
        let attributes = Style.Attributes.named.map(\.name)
        return isWord && !name.isEmpty && !(attributes + ["on", "default"]).contains(name)
    }
}

/// Why a theme cannot be used.
public enum ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No role has this name.
    case unknownRole(String)
    /// The text is no style.
    case badStyle(Role, String)
    /// The text is no colour, or the name cannot be one of a palette.
    case badColor(String, String)
    /// The theme inherits nothing and does not say how this role looks.
    case missingRole(Role)

    /// One sentence for the person who wrote the theme.
    public var description: String {
        switch self {
        case .unknownRole(let name): "There is no role “\(name)”."
        case .badStyle(let role, let text): "“\(text)” for \(role.name) is no style."
        case .badColor(let name, let text): "“\(text)” for \(name) is no colour."
        case .missingRole(let role): "The theme does not say how \(role.name) looks."
        }
    }
}
