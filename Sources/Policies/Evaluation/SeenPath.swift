public import JSONTree

/// A place in the arguments that `seen_before` asks about, as a rule writes it: `args.iban` or
/// `/args/iban`; `args` is all of them.
public struct SeenPath: Hashable, Sendable {
    /// The place in the arguments.
    public let pointer: JSONPointer

    /// Nil for a path that does not begin at the arguments.
    public init?(_ text: String) {
        let tokens: [String]
        if text.utf8.first == UInt8(ascii: "/") {
            do { tokens = try JSONPointer(parsing: text).tokens } catch { return nil }
        } else {
            tokens = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        }
        guard tokens.first?.hasSameBytes(as: "args") == true else { return nil }
        pointer = JSONPointer(tokens: Array(tokens.dropFirst()))
    }
}
