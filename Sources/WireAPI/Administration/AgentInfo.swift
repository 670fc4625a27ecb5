public import Approvals
public import JSONTree

/// An agent.
public struct AgentInfo: WireValue, Hashable {
    /// The id.
    public var id: AgentID
    /// The name on screens.
    public var name: String
    /// Whose runs these are.
    public var owner: String?
    /// When it was added.
    public var createdAt: Timestamp

    /// Puts the value together.
    public init(id: AgentID, name: String, owner: String? = nil, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.owner = owner
        self.createdAt = createdAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        name = try reader.required("name")
        owner = try reader.optional("owner")
        createdAt = try reader.required("created_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("name", name)
        writer.write("owner", owner)
        writer.write("created_at", createdAt)
        return writer.value
    }
}
