public import Approvals
public import JSONTree

/// A person.
public struct MemberView: WireValue, Hashable {
    /// Pseudonymous.
    public var id: MemberID
    /// The name on screens.
    public var email: String
    /// What they may do.
    public var roles: [Role]
    /// For whom they decide.
    public var groups: [GroupName]
    /// True when they may manage tenants.
    public var isOperator: Bool
    /// When they were added.
    public var createdAt: Timestamp

    /// Puts the value together.
    public init(
        id: MemberID, email: String, roles: [Role] = [], groups: [GroupName] = [], isOperator: Bool,
        createdAt: Timestamp
    ) {
        self.id = id
        self.email = email
        self.roles = roles
        self.groups = groups
        self.isOperator = isOperator
        self.createdAt = createdAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        email = try reader.required("email")
        roles = try reader.list("roles")
        groups = try reader.list("groups")
        isOperator = try reader.required("operator")
        createdAt = try reader.required("created_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("email", email)
        writer.write("roles", roles)
        writer.write("groups", groups)
        writer.write("operator", isOperator)
        writer.write("created_at", createdAt)
        return writer.value
    }
}
