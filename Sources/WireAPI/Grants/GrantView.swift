public import Approvals
public import JSONTree

/// A standing grant.
public struct GrantView: WireValue, Hashable {
    /// The grant.
    public var id: GrantID
    /// The tool.
    public var tool: String
    /// Whose calls.
    public var agent: PartyBody
    /// All of the agent, or those of one session.
    public var scope: GrantScope
    /// The session.
    public var sessionID: String?
    /// Whom such a call would ask.
    public var group: GroupName
    /// The highest risk that it covers.
    public var risk: Risk
    /// The rule that asks.
    public var rule: String
    /// What every argument must be; others than these may not be there.
    public var bounds: [GrantBoundView]
    /// The e-mail of who granted it.
    public var grantedBy: String
    /// When.
    public var grantedAt: Timestamp
    /// The approval that it came with.
    public var fromApproval: ApprovalID
    /// When it ends by itself.
    public var expiresAt: Timestamp
    /// How many calls it released.
    public var uses: Int
    /// How many more it may release; null for any number.
    public var usesLeft: Int?
    /// When it released the last one.
    public var lastUsedAt: Timestamp?
    /// Whether it still releases calls.
    public var state: GrantState
    /// What ended it before its time: `revoked`, `authority_lost` or `policy_stricter`.
    public var cause: String?
    /// The e-mail of who took it back.
    public var revokedBy: String?
    /// When it ended before its time.
    public var revokedAt: Timestamp?
    /// What they said.
    public var reason: String?

    /// Puts the value together.
    public init(
        id: GrantID, tool: String, agent: PartyBody, scope: GrantScope, sessionID: String? = nil,
        group: GroupName, risk: Risk, rule: String, bounds: [GrantBoundView] = [],
        grantedBy: String, grantedAt: Timestamp, fromApproval: ApprovalID, expiresAt: Timestamp,
        uses: Int, usesLeft: Int? = nil, lastUsedAt: Timestamp? = nil, state: GrantState,
        cause: String? = nil, revokedBy: String? = nil, revokedAt: Timestamp? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.tool = tool
        self.agent = agent
        self.scope = scope
        self.sessionID = sessionID
        self.group = group
        self.risk = risk
        self.rule = rule
        self.bounds = bounds
        self.grantedBy = grantedBy
        self.grantedAt = grantedAt
        self.fromApproval = fromApproval
        self.expiresAt = expiresAt
        self.uses = uses
        self.usesLeft = usesLeft
        self.lastUsedAt = lastUsedAt
        self.state = state
        self.cause = cause
        self.revokedBy = revokedBy
        self.revokedAt = revokedAt
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        tool = try reader.required("tool")
        agent = try reader.required("agent")
        scope = try reader.required("scope")
        sessionID = try reader.optional("session_id")
        group = try reader.required("group")
        risk = try reader.required("risk")
        rule = try reader.required("rule")
        bounds = try reader.list("bounds")
        grantedBy = try reader.required("granted_by")
        grantedAt = try reader.required("granted_at")
        fromApproval = try reader.required("from_approval")
        expiresAt = try reader.required("expires_at")
        uses = try reader.required("uses")
        usesLeft = try reader.optional("uses_left")
        lastUsedAt = try reader.optional("last_used_at")
        state = try reader.required("state")
        cause = try reader.optional("cause")
        revokedBy = try reader.optional("revoked_by")
        revokedAt = try reader.optional("revoked_at")
        reason = try reader.optional("reason")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("tool", tool)
        writer.write("agent", agent)
        writer.write("scope", scope)
        writer.write("session_id", sessionID)
        writer.write("group", group)
        writer.write("risk", risk)
        writer.write("rule", rule)
        writer.write("bounds", bounds)
        writer.write("granted_by", grantedBy)
        writer.write("granted_at", grantedAt)
        writer.write("from_approval", fromApproval)
        writer.write("expires_at", expiresAt)
        writer.write("uses", uses)
        writer.write("uses_left", orNull: usesLeft)
        writer.write("last_used_at", lastUsedAt)
        writer.write("state", state)
        writer.write("cause", cause)
        writer.write("revoked_by", revokedBy)
        writer.write("revoked_at", revokedAt)
        writer.write("reason", reason)
        return writer.value
    }
}

/// What stands at one place of the arguments.
public struct GrantBoundView: WireValue, Hashable {
    /// Where; empty for everything else.
    public var pointer: String
    /// A number: up to this one.
    public var max: JSONValue?
    /// Exactly this value.
    public var equals: JSONValue?
    /// True for a value as it was approved that is hidden or too long to say.
    public var same: Bool?

    /// Puts the value together.
    public init(
        pointer: String, max: JSONValue? = nil, equals: JSONValue? = nil, same: Bool? = nil
    ) {
        self.pointer = pointer
        self.max = max
        self.equals = equals
        self.same = same
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        max = try reader.optional("max")
        equals = try reader.optional("equals")
        same = try reader.optional("same")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("max", max)
        writer.write("equals", equals)
        writer.write("same", same)
        return writer.value
    }
}
