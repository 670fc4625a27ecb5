public import Approvals
public import Cryptography
public import JSONTree

/// Authority that one person lent to another.
public struct DelegationView: WireValue, Hashable {
    /// The delegation; decisions name it.
    public var id: String
    /// The e-mail of the person whose authority it is.
    public var grantor: String
    /// Their id, for `on_behalf_of`.
    public var grantorID: MemberID
    /// The e-mail of the person who got it.
    public var delegate: String
    /// When it begins.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp
    /// `coming`, `active`, `over` or `revoked`.
    public var state: String
    /// `all`, or `tool:NAME` and `group:NAME`.
    public var scope: [String]
    /// The highest risk that it reaches up to.
    public var ceiling: Risk
    /// `parallel` or `replace`.
    public var mode: String
    /// True when approvals from before it began are not meant.
    public var newOnly: Bool
    /// Why.
    public var reason: String
    /// The e-mail of who made it.
    public var createdBy: String
    /// When it was made.
    public var createdAt: Timestamp
    /// The e-mail of who took it back.
    public var revokedBy: String?
    /// When it was taken back.
    public var revokedAt: Timestamp?
    /// Of its terms; the log names it with every use.
    public var digest: Digest
    /// What comes of it; empty in a list.
    public var consequences: [String]

    /// Puts the value together.
    public init(
        id: String, grantor: String, grantorID: MemberID, delegate: String, start: Timestamp,
        end: Timestamp, state: String, scope: [String], ceiling: Risk, mode: String, newOnly: Bool,
        reason: String, createdBy: String, createdAt: Timestamp, revokedBy: String? = nil,
        revokedAt: Timestamp? = nil, digest: Digest, consequences: [String] = []
    ) {
        self.id = id
        self.grantor = grantor
        self.grantorID = grantorID
        self.delegate = delegate
        self.start = start
        self.end = end
        self.state = state
        self.scope = scope
        self.ceiling = ceiling
        self.mode = mode
        self.newOnly = newOnly
        self.reason = reason
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.revokedBy = revokedBy
        self.revokedAt = revokedAt
        self.digest = digest
        self.consequences = consequences
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        grantor = try reader.required("grantor")
        grantorID = try reader.required("grantor_id")
        delegate = try reader.required("delegate")
        start = try reader.required("start")
        end = try reader.required("end")
        state = try reader.required("state")
        scope = try reader.required("scope")
        ceiling = try reader.required("ceiling")
        mode = try reader.required("mode")
        newOnly = try reader.required("new_only")
        reason = try reader.required("reason")
        createdBy = try reader.required("created_by")
        createdAt = try reader.required("created_at")
        revokedBy = try reader.optional("revoked_by")
        revokedAt = try reader.optional("revoked_at")
        digest = try reader.required("digest")
        consequences = try reader.list("consequences")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("grantor", grantor)
        writer.write("grantor_id", grantorID)
        writer.write("delegate", delegate)
        writer.write("start", start)
        writer.write("end", end)
        writer.write("state", state)
        writer.write("scope", scope)
        writer.write("ceiling", ceiling)
        writer.write("mode", mode)
        writer.write("new_only", newOnly)
        writer.write("reason", reason)
        writer.write("created_by", createdBy)
        writer.write("created_at", createdAt)
        writer.write("revoked_by", revokedBy)
        writer.write("revoked_at", revokedAt)
        writer.write("digest", digest)
        writer.write("consequences", consequences)
        return writer.value
    }
}
