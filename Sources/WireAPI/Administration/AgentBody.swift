public import JSONTree

/// An agent, as sent.
public struct AgentBody: WireValue, Hashable {
    /// 1 to 100 bytes.
    public var name: String
    /// The e-mail of the person whose runs these are; they may not approve them.
    public var owner: String?

    /// Puts the value together.
    public init(name: String, owner: String? = nil) {
        self.name = name
        self.owner = owner
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        owner = try reader.optional("owner")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        writer.write("owner", owner)
        return writer.value
    }
}
