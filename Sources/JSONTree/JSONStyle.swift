/// How a value is printed; order and numbers stay as written in every style.
public struct JSONStyle: Hashable, Sendable {
    /// The spaces of one level; nil prints everything on one line.
    public let indent: Int?
    /// Whether characters that show nothing, move the cursor or turn text round are escaped.
    ///
    /// The result is the same JSON value, but inert when it is written to a terminal.
    public let escapesInvisible: Bool

    /// Makes a style.
    public init(indent: Int?, escapesInvisible: Bool) {
        self.indent = indent
        self.escapesInvisible = escapesInvisible
    }

    /// No space at all.
    public static let compact = JSONStyle(indent: nil, escapesInvisible: false)

    /// One member or element a line.
    public static func pretty(indent: Int) -> JSONStyle {
        JSONStyle(indent: indent, escapesInvisible: false)
    }

    /// This style with invisible characters escaped, for output that a terminal may show.
    public var inert: JSONStyle {
        JSONStyle(indent: indent, escapesInvisible: true)
    }
}
