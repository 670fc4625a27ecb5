public import JSONTree

/// Events of an audit log that were looked for, newest first, with names for the screen.
public struct FoundEvents: WireValue, Hashable {
    /// The events, as the log has them.
    public var items: [JSONValue]
    /// Who the people and agents in them are, and what tool an approval was about; the log itself
    /// has ids alone.
    public var names: [PartyBody]
    /// The number to look on before; missing when everything was looked at.
    public var next: String?

    /// Puts the value together.
    public init(items: [JSONValue], names: [PartyBody] = [], next: String? = nil) {
        self.items = items
        self.names = names
        self.next = next
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.required("items")
        names = try reader.optional("names") ?? []
        next = try reader.optional("next")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        writer.write("names", names)
        writer.write("next", next)
        return writer.value
    }
}
