public import JSONTree

/// An agent or a person, with a name for the screen.
public struct PartyBody: WireValue, Hashable {
    /// The id.
    public var id: String
    /// The name; an agent chose it, so show it with care.
    public var name: String

    /// Puts the value together.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        name = try reader.required("name")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("name", name)
        return writer.value
    }
}
