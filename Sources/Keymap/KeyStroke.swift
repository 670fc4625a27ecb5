/// One key press as a terminal reports it.
public struct KeyStroke: Hashable, Sendable {
    /// Which key, without modifiers.
    public enum Key: Hashable, Sendable {
        /// A printable character, the space included.
        case character(Unicode.Scalar)
        /// Return.
        case enter
        /// Escape.
        case escape
        /// Tab.
        case tab
        /// Shift and tab.
        case backTab
        /// Deletes to the left.
        case backspace
        /// Deletes to the right.
        case delete
        /// Insert.
        case insert
        /// Arrow up.
        case up
        /// Arrow down.
        case down
        /// Arrow left.
        case left
        /// Arrow right.
        case right
        /// Home.
        case home
        /// End.
        case end
        /// Page up.
        case pageUp
        /// Page down.
        case pageDown
        /// F1 to F12.
        case function(Int)
    }

    /// Which key.
    public let key: Key
    /// True when Ctrl was held.
    public let ctrl: Bool
    /// True when Alt was held, or Escape came immediately before.
    public let alt: Bool

    /// A key press.
    public init(_ key: Key, ctrl: Bool = false, alt: Bool = false) {
        self.key = key
        self.ctrl = ctrl
        self.alt = alt
    }

    /// A plain character.
    public init(_ character: Unicode.Scalar) {
        self.init(.character(character))
    }

    /// The character that this press types into a text field, or nil for a command.
    public var typed: Unicode.Scalar? {
        guard case .character(let scalar) = key, !ctrl, !alt else { return nil }
        return scalar
    }
}

extension KeyStroke: CustomStringConvertible {
    /// The notation of key files: `j`, `ctrl-d`, `space`, `pgdn`.
    public var description: String {
        if !ctrl, !alt { return keyName }
        return (ctrl ? "ctrl-" : "") + (alt ? "alt-" : "") + keyName
    }

    private var keyName: String {
        if case .character(let scalar) = key {
            switch scalar {
            case " ": return "space"
            // As itself it would stand doubled on the screen, where it begins what is escaped.
            case "\\": return "backslash"
            default: return String(scalar)
            }
        }
        if case .function(let number) = key { return "f\(number)" }
        return Self.named.first { $0.key == key }?.name ?? ""
    }

    private static let named: [(name: String, key: Key)] = [
        ("enter", .enter), ("esc", .escape), ("tab", .tab), ("shift-tab", .backTab),
        ("bs", .backspace), ("del", .delete), ("ins", .insert), ("up", .up), ("down", .down),
        ("left", .left), ("right", .right), ("home", .home), ("end", .end), ("pgup", .pageUp),
        ("pgdn", .pageDown), ("space", .character(" ")),
        ("backslash", .character("\\")),
    ]

    /// Reads the notation of key files; nil when it names no key.
    public init?(notation: String) {
        var rest = notation[...]
        var ctrl = false
        var alt = false
        while true {
            if rest.hasPrefix("ctrl-"), rest.utf8.count > 5 {
                ctrl = true
                rest = rest.dropFirst(5)
            } else if rest.hasPrefix("alt-"), rest.utf8.count > 4 {
                alt = true
                rest = rest.dropFirst(4)
            } else {
                break
            }
        }
        guard let key = Self.key(named: String(rest)) else { return nil }
        // A terminal cannot tell Ctrl with a capital from Ctrl with the small letter.
        if ctrl, case .character(let scalar) = key, !Self.takesCtrl(scalar) { return nil }
        self.init(key, ctrl: ctrl, alt: alt)
    }

    private static func key(named name: String) -> Key? {
        if let named = named.first(where: { $0.name == name }) { return named.key }
        let scalars = name.unicodeScalars
        if scalars.count == 1, let scalar = scalars.first, scalar.value > 0x20,
            scalar.value != 0x7F
        {
            return .character(scalar)
        }
        guard name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...12).contains(number)
        else { return nil }
        return .function(number)
    }

    private static func takesCtrl(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ["\\", "]", "^", "_", " "].contains(scalar)
    }
}

/// One or more key presses that together name an action, such as `z` then `o`.
public struct KeySequence: Hashable, Sendable, CustomStringConvertible {
    /// The presses, in order.
    public let strokes: [KeyStroke]
    /// A sequence has at most this many presses.
    public static let strokesMax = 3

    /// One press.
    public init(_ stroke: KeyStroke) { strokes = [stroke] }

    /// Reads presses separated by spaces; nil when one of them names no key.
    public init?(notation: String) {
        // Most keys are one byte, and every start of the program reads some hundred of them.
        if let byte = notation.utf8.first, notation.utf8.count == 1, (0x21...0x7E).contains(byte) {
            strokes = [KeyStroke(Unicode.Scalar(byte))]
            return
        }
        let words = notation.utf8.split(separator: UInt8(ascii: " "))
        guard (1...Self.strokesMax).contains(words.count) else { return nil }
        var strokes: [KeyStroke] = []
        for word in words {
            guard let word = String(word), let stroke = KeyStroke(notation: word) else {
                return nil
            }
            strokes.append(stroke)
        }
        self.strokes = strokes
    }

    /// The notation of key files.
    public var description: String {
        if strokes.count == 1 { return strokes[0].description }
        return strokes.map(\.description).joined(separator: " ")
    }
}
