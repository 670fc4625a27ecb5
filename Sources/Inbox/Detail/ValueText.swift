package import JSONTree
package import TextGrid

/// How values and names of the arguments are written on the screen.
package enum ValueText {
    /// A value without parts, as JSON: what is on the screen parses back to the same value.
    package static func scalar(_ value: JSONValue, _ role: TextGrid.Role? = nil) -> Line {
        let text = SafeText.json(value.text(.compact))
        var line = Line([Span(text, role ?? Self.role(of: value))])
        if text.hasRightToLeft { line.spans.append(Span(" (rtl)", .warning)) }
        return line
    }

    /// A hidden value: of the same length whatever it hides, unless the scanner says what it is.
    package static func handle(_ handle: Handle) -> Line {
        let shades: Line = [
            Span(.shade, .redacted), Span(.shade, .redacted), Span(.shade, .redacted),
        ]
        guard let shown = handle.shown else {
            return shades + Line(" redacted \(handle.kind)", .redacted)
        }
        let text = SafeText.json(JSONValue.string(shown).text(.compact))
        return shades + [.spaces(1), Span(text, .redacted)]
    }

    /// A value that was replaced.
    static func old(_ value: JSONValue, _ handle: Handle?) -> Line {
        if let handle = handle?.seen(in: value) { return self.handle(handle) }
        return scalar(value, .removed)
    }

    /// A value in a few words, for one line.
    package static func brief(_ value: JSONValue) -> Line {
        switch value {
        case .null, .bool, .number, .string: scalar(value)
        case .array(let elements): Line("[\(elements.count) elements]", .dim)
        case .object(let object): Line("{\(object.count) members}", .dim)
        }
    }

    /// The looks of a value by its type.
    package static func role(of value: JSONValue) -> TextGrid.Role {
        switch value {
        case .null, .bool: .jsonWord
        case .number: .jsonNumber
        case .string: .jsonString
        case .array, .object: .dim
        }
    }
}

/// What stands in front of a value.
package enum ValueName: Hashable, Sendable {
    /// The arguments themselves.
    case root
    /// A member, in a column of this width.
    case member(String, width: Int)
    case element(Int)

    static let widthMax = 20

    /// The width of a column of names.
    static func width(of names: [String]) -> Int {
        let widest = names.prefix(200).map { safe($0).columns }.max() ?? 0
        return min(widest, widthMax)
    }

    /// A name as it may be drawn: plain when it is a plain word, else as JSON text.
    package static func safe(_ name: String) -> SafeText {
        let isWord =
            !name.isEmpty
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || $0 == 95 || $0 == 45 || $0 == 46
            }
        return isWord
            ? SafeText(escaping: name) : SafeText.json(JSONValue.string(name).text(.compact))
    }

    func line(_ mark: ArgumentPrinter.Mark) -> Line {
        let role = mark.role ?? .jsonName
        return switch self {
        case .root: Line()
        case .member(let name, let width):
            Line([Span(Self.safe(name).padded(to: width), role), .spaces(2)])
        case .element(let index): Line([Span("[\(index)]", role), .spaces(1)])
        }
    }
}
