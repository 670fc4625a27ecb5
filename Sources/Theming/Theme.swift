public import TextGrid

/// How every role looks, written for terminals with many colours and reduced for the others.
public struct Theme: Hashable, Sendable {
    /// The name that settings use.
    public let name: String
    /// The background the colours were chosen for; the theme does not paint it.
    public let background: Color
    private let styles: [Style]

    /// Reads role → style, such as `"danger": "bright-red bold"`; roles not named are `parent`'s.
    ///
    /// Without a parent every role must be there.
    public init(
        name: String, background: Color, roles: [String: String], inheriting parent: Theme? = nil
    ) throws(ThemeError) {
        var named: [Role: Style] = [:]
        for id in roles.keys.sorted() {
            guard let role = Role(name: id) else { throw .unknownRole(id) }
            let notation = roles[id] ?? ""
            guard let style = Style(notation: notation) else { throw .badStyle(role, notation) }
            named[role] = style
        }
        var styles: [Style] = []
        for role in Role.allCases {
            guard let style = named[role] ?? parent?.styles[Int(role.rawValue)] else {
                throw .missingRole(role)
            }
            styles.append(style)
        }
        self.init(name: name, background: background, styles: styles)
    }

    /// `styles` holds one style a role, in their order.
    init(name: String, background: Color, styles: [Style]) {
        self.name = name
        self.background = background
        self.styles = styles
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
            "", "name = \"\(name)\"", "background = \"\(background.notation)\"", "", "[roles]",
        ]
        lines += Role.allCases.map { "\($0.name) = \"\(style(for: $0).notation)\"" }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Why a theme cannot be used.
public enum ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No role has this name.
    case unknownRole(String)
    /// The text is no style.
    case badStyle(Role, String)
    /// The theme inherits nothing and does not say how this role looks.
    case missingRole(Role)

    /// One sentence for the person who wrote the theme.
    public var description: String {
        switch self {
        case .unknownRole(let name): "There is no role “\(name)”."
        case .badStyle(let role, let text): "“\(text)” for \(role.name) is no style."
        case .missingRole(let role): "The theme does not say how \(role.name) looks."
        }
    }
}
