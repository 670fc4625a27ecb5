package import Keymap

/// A line of typed text and a cursor in it.
///
/// It works on scalars, not on letters as they are seen, so that a hidden character can be found
/// and deleted by itself.
package struct TextField: Hashable, Sendable {
    /// The text.
    package private(set) var scalars: [Unicode.Scalar]
    /// How many scalars stand left of the cursor.
    package private(set) var cursor: Int
    /// The most bytes that are taken.
    let bytesMax: Int
    /// True for a longer text, in which a key starts a new line.
    let takesNewlines: Bool
    private var bytes: Int

    package init(_ text: String = "", bytesMax: Int, takesNewlines: Bool = false) {
        scalars = Array(text.unicodeScalars)
        cursor = scalars.count
        bytes = text.utf8.count
        self.bytesMax = bytesMax
        self.takesNewlines = takesNewlines
    }

    /// The text.
    package var text: String { Self.string(scalars[...]) }
    /// What stands left of the cursor.
    package var head: String { Self.string(scalars[..<cursor]) }
    /// What stands right of it.
    package var tail: String { Self.string(scalars[cursor...]) }
    package var isEmpty: Bool { scalars.isEmpty }

    /// Types one scalar; false when the text is full.
    @discardableResult
    package mutating func insert(_ scalar: Unicode.Scalar) -> Bool {
        guard bytes + UTF8.width(scalar) <= bytesMax else { return false }
        scalars.insert(scalar, at: cursor)
        bytes += UTF8.width(scalar)
        cursor += 1
        return true
    }

    /// Types a pasted text; false, and nothing typed, when it does not fit.
    @discardableResult
    package mutating func insert(_ text: String) -> Bool {
        guard bytes + text.utf8.count <= bytesMax else { return false }
        scalars.insert(contentsOf: text.unicodeScalars, at: cursor)
        cursor += text.unicodeScalars.count
        bytes += text.utf8.count
        return true
    }

    /// Puts the cursor behind so many scalars, or at the end.
    mutating func moveCursor(to place: Int) { cursor = min(max(0, place), scalars.count) }

    /// Replaces everything.
    package mutating func replace(with text: String) {
        self = TextField(text, bytesMax: bytesMax, takesNewlines: takesNewlines)
    }

    /// Carries out an action of typing; false for any other.
    package mutating func perform(_ action: Action) -> Bool {
        if action == .insertNewline, takesNewlines {
            insert("\n" as Unicode.Scalar)
            return true
        }
        guard let range = deletion(action) else { return moved(action) }
        bytes -= scalars[range].reduce(0) { $0 + UTF8.width($1) }
        scalars.removeSubrange(range)
        cursor = range.lowerBound
        return true
    }

    private func deletion(_ action: Action) -> Range<Int>? {
        if action == .deleteBackward { return max(0, cursor - 1)..<cursor }
        if action == .deleteForward { return cursor..<min(scalars.count, cursor + 1) }
        if action == .deleteWord { return wordStart..<cursor }
        if action == .deleteLine { return 0..<cursor }
        return nil
    }

    private mutating func moved(_ action: Action) -> Bool {
        if action == .cursorLeft {
            cursor = max(0, cursor - 1)
        } else if action == .cursorRight {
            cursor = min(scalars.count, cursor + 1)
        } else if action == .cursorStart {
            cursor = 0
        } else if action == .cursorEnd {
            cursor = scalars.count
        } else {
            return false
        }
        return true
    }

    private var wordStart: Int {
        var start = cursor
        while start > 0, scalars[start - 1] == " " { start -= 1 }
        while start > 0, scalars[start - 1] != " " { start -= 1 }
        return start
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
