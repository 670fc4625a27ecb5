public import Approvals
public import JSONTree

/// A token, without its secret.
public struct TokenView: WireValue, Hashable {
    /// The id.
    public var id: TokenID
    /// The e-mail or the agent's name.
    public var holder: String
    /// `member` or `agent`.
    public var kind: String
    /// Where it is used.
    public var label: String?
    /// When it was made.
    public var createdAt: Timestamp
    /// When it ends.
    public var expiresAt: Timestamp?
    /// The secret, begins with `cs_`; shown once, when made.
    public var token: String?

    /// Puts the value together.
    public init(
        id: TokenID, holder: String, kind: String, label: String? = nil, createdAt: Timestamp,
        expiresAt: Timestamp? = nil, token: String? = nil
    ) {
        self.id = id
        self.holder = holder
        self.kind = kind
        self.label = label
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.token = token
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        holder = try reader.required("holder")
        kind = try reader.required("kind")
        label = try reader.optional("label")
        createdAt = try reader.required("created_at")
        expiresAt = try reader.optional("expires_at")
        token = try reader.optional("token")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("holder", holder)
        writer.write("kind", kind)
        writer.write("label", label)
        writer.write("created_at", createdAt)
        writer.write("expires_at", expiresAt)
        writer.write("token", token)
        return writer.value
    }
}
