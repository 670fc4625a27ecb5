/// Text with one role.
public struct Span: Hashable, Sendable {
    /// What is drawn.
    public let text: SafeText
    /// What it means.
    public let role: Role

    /// Text that is safe already.
    public init(_ text: SafeText, _ role: Role = .text) {
        self.text = text
        self.role = role
    }

    /// Text from anywhere; it is escaped here, once.
    public init(_ text: String, _ role: Role = .text) {
        self.init(SafeText(escaping: text), role)
    }

    /// One of our own glyphs.
    public init(_ glyph: Glyph, _ role: Role = .marker) {
        self.init(SafeText(glyph), role)
    }

    /// The cells it takes.
    public var columns: Int { text.columns }

    /// Our own blank space.
    public static func spaces(_ count: Int, _ role: Role = .text) -> Span {
        Span(.spaces(count), role)
    }
}

/// Spans side by side in one row.
public struct Line: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// The spans, from left to right.
    public var spans: [Span]

    /// A line of these spans.
    public init(_ spans: [Span] = []) { self.spans = spans }

    /// A line of one span; the text is escaped.
    public init(_ text: String, _ role: Role = .text) { spans = [Span(text, role)] }

    /// A line of one span.
    public init(_ text: SafeText, _ role: Role = .text) { spans = [Span(text, role)] }

    /// A line of these spans.
    public init(arrayLiteral elements: Span...) { spans = elements }

    /// The cells it takes.
    public var columns: Int { spans.reduce(0) { $0 + $1.columns } }

    /// The text without roles.
    public var text: String { spans.map(\.text.text).joined() }

    /// The line with every role replaced, for a selected row.
    public func with(_ role: Role) -> Line {
        Line(spans.map { Span($0.text, role) })
    }

    /// Two lines one after the other.
    public static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }

    /// Blank space behind it up to `columns`; a longer line stays as it is.
    public func padded(to columns: Int, _ role: Role = .text) -> Line {
        let missing = columns - self.columns
        return missing > 0 ? Line(spans + [.spaces(missing, role)]) : self
    }

    /// At most `columns` wide; what is cut off leaves an ellipsis in its last cell.
    public func fitted(to columns: Int) -> Line {
        guard self.columns > columns else { return self }
        guard columns > 0 else { return Line() }
        var kept: [Span] = []
        var left = columns - 1
        for span in spans {
            let head = span.text.split(at: left).head
            if !head.isEmpty { kept.append(Span(head, span.role)) }
            left -= head.columns
            guard head.columns == span.columns else { break }
        }
        return Line(kept + [Span(.ellipsis)])
    }
}
