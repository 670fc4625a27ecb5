/// What a run of cells means; a theme decides how it looks.
///
/// Views name roles, never colours.
public enum Role: UInt8, CaseIterable, Hashable, Sendable {
    /// Ordinary text.
    case text
    /// Less important than `text`: units, hints, old values.
    case dim
    /// The title of a pane or a column.
    case heading
    /// The focused row of the focused list.
    case selection
    /// The selected row of a list that is not focused.
    case selectionUnfocused
    /// Our own pointers and marks: `▸`, `…`, `x`.
    case marker
    /// A row the person has marked for a bulk action.
    case marked
    /// Something is about to go wrong: high risk, seconds left.
    case danger
    /// Needs attention, not yet dangerous.
    case warning
    /// It went well: approved, connected.
    case success
    /// A calm highlight: names, identifiers, keys of the key bar.
    case accent
    /// A line or value that an edit adds.
    case added
    /// A line or value that an edit removes.
    case removed
    /// A value that an edit changes.
    case changed
    /// A value hidden from the reader by redaction.
    case redacted
    /// A visible mark that stands for a character the terminal must not see.
    case escaped
    /// Words of the agent, never to be taken for ours.
    case agentWords
    /// Lines and boxes.
    case border
    /// The bars on top and at the bottom.
    case bar
    /// A key named in a bar.
    case barKey
    /// A field that takes typed text.
    case input
    /// Part of the text that matches the search.
    case match
    /// An action or a value that is not available now.
    case disabled
    /// The background and text of a dialog.
    case dialog
    /// The button that Enter presses.
    case button
    /// The name of a JSON member.
    case jsonName
    /// A JSON string.
    case jsonString
    /// A JSON number.
    case jsonNumber
    /// A JSON true, false or null.
    case jsonWord

    /// The stable name used by theme files.
    public var name: String { Self.names[Int(rawValue)] }

    /// The role of this name, as theme files write it.
    public init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self = Self.allCases[index]
    }

    private static let names = allCases.map { "\($0)" }

    /// One character for role maps in golden files; `.` is ordinary text.
    public var letter: Character {
        let letters = ".dhsumkDWSaARCxewbBKi?-pOnqNo"
        return letters[letters.index(letters.startIndex, offsetBy: Int(rawValue))]
    }
}
