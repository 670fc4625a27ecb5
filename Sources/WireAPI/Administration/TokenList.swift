public import JSONTree

/// Tokens.
public struct TokenList: WireValue, Hashable {
    /// By time.
    public var items: [TokenView]
    /// The cursor of the next page.
    public var next: String?

    /// Puts the value together.
    public init(items: [TokenView] = [], next: String? = nil) {
        self.items = items
        self.next = next
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
        next = try reader.optional("next")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        writer.write("next", orNull: next)
        return writer.value
    }
}
