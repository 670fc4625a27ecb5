import JSONTree

/// What is to be said about a change that can hardly be seen.
enum ChangeNote {
    /// A sentence fragment; nil for a change that shows by itself.
    static func text(_ old: JSONValue, _ new: JSONValue) -> String? {
        guard case .string(let old) = old, case .string(let new) = new, !old.isSame(as: new) else {
            return nil
        }
        // Swift compares letters, not the characters they are spelt with.
        if old == new { return "the same letters, spelt with other characters" }
        if visible(old).elementsEqual(visible(new)) { return "only invisible characters differ" }
        if letters(old).elementsEqual(letters(new)) { return "only spaces and line ends differ" }
        return nil
    }

    private static func visible(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter {
            !$0.properties.isDefaultIgnorableCodePoint && $0.properties.generalCategory != .format
        }
    }

    private static func letters(_ text: String) -> [Unicode.Scalar] {
        visible(text).filter { !$0.properties.isWhitespace }
    }
}
