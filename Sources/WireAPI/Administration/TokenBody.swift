public import JSONTree

/// A token for exactly one member or agent, as sent.
public struct TokenBody: WireValue, Hashable {
    /// The e-mail.
    public var member: String?
    /// The agent's name.
    public var agent: String?
    /// Where it is used, at most 100 bytes.
    public var label: String?
    /// Seconds until it ends; never when missing.
    public var expiresInSeconds: Int?
    /// A code of the admin's own second factor, where they have one and the token is a person's.
    public var stepUp: StepUpBody?

    /// Puts the value together.
    public init(
        member: String? = nil, agent: String? = nil, label: String? = nil,
        expiresInSeconds: Int? = nil, stepUp: StepUpBody? = nil
    ) {
        self.member = member
        self.agent = agent
        self.label = label
        self.expiresInSeconds = expiresInSeconds
        self.stepUp = stepUp
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        member = try reader.optional("member")
        agent = try reader.optional("agent")
        label = try reader.optional("label")
        expiresInSeconds = try reader.optional("expires_in_s")
        stepUp = try reader.optional("step_up")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("member", member)
        writer.write("agent", agent)
        writer.write("label", label)
        writer.write("expires_in_s", expiresInSeconds)
        writer.write("step_up", stepUp)
        return writer.value
    }
}
