public import Approvals
public import JSONTree

/// A group, as sent.
public struct GroupBody: WireValue, Hashable {
    /// The name.
    public var name: GroupName

    /// Puts the value together.
    public init(name: GroupName) {
        self.name = name
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        name = try reader.required("name")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("name", name)
        return writer.value
    }
}
