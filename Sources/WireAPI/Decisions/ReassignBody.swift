public import Approvals
public import JSONTree

/// Another group or person; exactly one of the two.
public struct ReassignBody: WireValue, Hashable {
    /// The new group.
    public var group: GroupName?
    /// The e-mail of the one person.
    public var member: String?
    /// At most 4,000 bytes.
    public var reason: String?

    /// Puts the value together.
    public init(group: GroupName? = nil, member: String? = nil, reason: String? = nil) {
        self.group = group
        self.member = member
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        group = try reader.optional("group")
        member = try reader.optional("member")
        reason = try reader.optional("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("group", group)
        writer.write("member", member)
        writer.write("reason", reason)
        return writer.value
    }
}
