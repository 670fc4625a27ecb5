/// A secret that stands for a person or an agent; it describes itself without its text.
public struct BearerToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The text that is sent.
    public let secret: String

    /// Keeps the text; nil when it holds what could end a header line.
    public init?(_ secret: String) {
        let isPrintable = secret.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPrintable, !secret.isEmpty else { return nil }
        self.secret = secret
    }

    /// The same for every token.
    public var description: String { "token" }

    /// Nothing: a dump does not show the text either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
