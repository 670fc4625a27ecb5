public import JSONTree

/// Agents.
public struct AgentList: WireValue, Hashable {
    /// By name.
    public var items: [AgentInfo]
    /// The cursor of the next page.
    public var next: String?

    /// Puts the value together.
    public init(items: [AgentInfo] = [], next: String? = nil) {
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
