public import Approvals

/// The name of a policy, the same in all of its versions: 1 to 63 of `a–z 0–9 -`.
public struct PolicyID: Identifier {
    public let rawValue: String
    public init?(_ text: String) {
        guard GroupName(text) != nil else { return nil }
        rawValue = text
    }
}

/// The name of a rule inside of its policy: 1 to 63 of `a–z 0–9 - _`, beginning with a letter or
/// digit; `default` and `on_error` are taken.
public struct RuleID: Identifier {
    public let rawValue: String
    public init?(_ text: String) {
        guard (1...63).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed),
            let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "_"),
            !Self.taken.contains(text)
        else { return nil }
        rawValue = text
    }

    /// The names that stand for what decides when no rule does.
    static let taken = ["default", "on_error"]

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }
}

/// A tool's name, in which `*` stands for any text, also none, and `?` for one character.
public struct ToolPattern: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let text: String
    private let scalars: [Unicode.Scalar]

    /// Nil unless it has as many bytes as a tool's name may have.
    public init?(_ text: String) {
        guard (1...ToolName.bytesMax).contains(text.utf8.count) else { return nil }
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// The pattern as written.
    public var description: String { text }

    /// True for every tool.
    var isEverything: Bool { scalars.allSatisfy { $0 == "*" } }

    /// Whether the whole name fits; takes time in proportion to name times pattern at most.
    public func matches(_ tool: ToolName) -> Bool {
        let name = Array(tool.rawValue.unicodeScalars)
        var (place, at) = (0, 0)
        var star: (place: Int, at: Int)?
        while at < name.count {
            if place < scalars.count, scalars[place] == "*" {
                star = (place, at)
                place += 1
            } else if place < scalars.count, scalars[place] == "?" || scalars[place] == name[at] {
                place += 1
                at += 1
            } else if let last = star {
                // The star takes one character more.
                star = (last.place, last.at + 1)
                (place, at) = (last.place + 1, last.at + 1)
            } else {
                return false
            }
        }
        return scalars[place...].allSatisfy { $0 == "*" }
    }

    /// By bytes.
    public static func == (left: ToolPattern, right: ToolPattern) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Feeds the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
