public import JSONTree

/// Whose values are to be erased, and why. Exactly one of the three names them.
public struct ErasureBody: WireValue, Hashable {
    /// The id of one approval.
    public var approval: String?
    /// The name of an agent: all its approvals until now.
    public var agent: String?
    /// The e-mail of somebody who is no member any more.
    public var member: String?
    /// Why; it is kept with the event.
    public var reason: String

    /// Puts the wish together.
    public init(
        approval: String? = nil, agent: String? = nil, member: String? = nil, reason: String
    ) {
        self.approval = approval
        self.agent = agent
        self.member = member
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        approval = try reader.optional("approval")
        agent = try reader.optional("agent")
        member = try reader.optional("member")
        reason = try reader.required("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("approval", approval)
        writer.write("agent", agent)
        writer.write("member", member)
        writer.write("reason", reason)
        return writer.value
    }
}
