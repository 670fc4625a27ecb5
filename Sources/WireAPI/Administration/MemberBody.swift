public import Approvals
public import JSONTree

/// A person, as sent.
public struct MemberBody: WireValue, Hashable {
    /// Names the person; at most 254 bytes.
    public var email: String
    /// What they may do.
    public var roles: [Role]
    /// For whom they decide.
    public var groups: [GroupName]

    /// Puts the value together.
    public init(email: String, roles: [Role] = [], groups: [GroupName] = []) {
        self.email = email
        self.roles = roles
        self.groups = groups
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        email = try reader.required("email")
        roles = try reader.list("roles")
        groups = try reader.list("groups")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("email", email)
        writer.write("roles", roles)
        writer.write("groups", groups)
        return writer.value
    }
}
