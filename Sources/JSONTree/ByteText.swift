/// A text as a dictionary key, compared and hashed by its UTF-8 bytes.
///
/// `String` compares by canonical equivalence, under which a composed and a decomposed accent are
/// the same name; in JSON they are two names.
public struct ByteText: Hashable, Sendable {
    /// The text itself.
    public let text: String

    /// Takes any text.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether both texts are the same bytes.
    public static func == (left: ByteText, right: ByteText) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Feeds the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}

extension String {
    /// Whether both texts are the same UTF-8 bytes.
    public func hasSameBytes(as other: String) -> Bool {
        let left = utf8Span.span
        let right = other.utf8Span.span
        guard left.count == right.count else { return false }
        for place in left.indices where left[place] != right[place] {
            return false
        }
        return true
    }

    /// Feeds the UTF-8 bytes, and their count as a separator, to `hasher`.
    func hashBytes(into hasher: inout Hasher) {
        utf8Span.span.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(utf8.count)
    }
}
