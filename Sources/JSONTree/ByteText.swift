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
        guard utf8.count == other.utf8.count else { return false }
        let left = utf8Span.span
        let right = other.utf8Span.span
        for place in left.indices where left[place] != right[place] {
            return false
        }
        return true
    }

    /// Whether both are ASCII and this sorts before `other`; false also when one is not.
    func precedesAsASCII(_ other: String) -> Bool {
        let left = utf8Span.span
        let right = other.utf8Span.span
        let shared = Swift.min(left.count, right.count)
        var high: UInt8 = 0
        var order = 0
        for place in 0..<shared {
            high |= left[place] | right[place]
            if order == 0, left[place] != right[place] {
                order = left[place] < right[place] ? -1 : 1
            }
        }
        for place in shared..<left.count { high |= left[place] }
        for place in shared..<right.count { high |= right[place] }
        return high < 0x80 && (order < 0 || order == 0 && left.count < right.count)
    }

    /// Feeds the UTF-8 bytes, and their count as a separator, to `hasher`.
    func hashBytes(into hasher: inout Hasher) {
        utf8Span.span.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(utf8.count)
    }
}
