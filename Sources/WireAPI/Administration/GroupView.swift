public import Approvals
public import JSONTree

/// A group.
public struct GroupView: WireValue, Hashable {
    /// The name.
    public var name: GroupName
    /// E-mails.
    public var members: [String]
    /// When it was added.
    public var createdAt: Timestamp

    /// Puts the value together.
    public init(name: GroupName, members: [String] = [], createdAt: Timestamp) {
        self.name = name
        self.members = members
        self.createdAt = createdAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        members = try reader.list("members")
        createdAt = try reader.required("created_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        writer.write("members", members)
        writer.write("created_at", createdAt)
        return writer.value
    }
}
