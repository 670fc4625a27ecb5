public import JSONTree

/// People.
public struct MemberList: WireValue, Hashable {
    /// By e-mail.
    public var items: [MemberView]
    /// The cursor of the next page.
    public var next: String?

    /// Puts the value together.
    public init(items: [MemberView] = [], next: String? = nil) {
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
