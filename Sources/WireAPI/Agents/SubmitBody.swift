public import Approvals
public import JSONTree

/// What an agent sends to have a call gated.
public struct SubmitBody: WireValue, Hashable {
    /// The name of the tool.
    public var tool: String
    /// The arguments of the call, a JSON object.
    public var arguments: JSONValue
    /// The JSON Schema of the arguments, which edits are checked against.
    public var schema: JSONValue?
    /// A policy that must be in force for this tool, else the call is refused.
    public var policy: String?
    /// JSON Pointers to values that no approver may see.
    public var redact: [String]?
    /// Seconds until the approval expires; the tenant's default when missing.
    public var timeoutSeconds: Int?
    /// What expiry does; `fail_open` only where the tenant allows it for this tool.
    public var onTimeout: Posture?
    /// Who is asked; the tenant's default when missing.
    public var group: GroupName?
    /// May raise the tenant's risk for this tool, never lower it.
    public var risk: Risk?
    /// The agent's own words.
    public var context: ContextBody?
    /// Where the call comes from.
    public var origin: OriginBody?
    /// Asks to skip the approval; only counts where a policy allows it.
    public var autoApprove: Bool?

    /// Puts the value together.
    public init(
        tool: String, arguments: JSONValue, schema: JSONValue? = nil, policy: String? = nil,
        redact: [String]? = nil, timeoutSeconds: Int? = nil, onTimeout: Posture? = nil,
        group: GroupName? = nil, risk: Risk? = nil, context: ContextBody? = nil,
        origin: OriginBody? = nil, autoApprove: Bool? = nil
    ) {
        self.tool = tool
        self.arguments = arguments
        self.schema = schema
        self.policy = policy
        self.redact = redact
        self.timeoutSeconds = timeoutSeconds
        self.onTimeout = onTimeout
        self.group = group
        self.risk = risk
        self.context = context
        self.origin = origin
        self.autoApprove = autoApprove
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        tool = try reader.required("tool")
        arguments = try reader.required("arguments")
        schema = try reader.optional("schema")
        policy = try reader.optional("policy")
        redact = try reader.optional("redact")
        timeoutSeconds = try reader.optional("timeout_s")
        onTimeout = try reader.optional("on_timeout")
        group = try reader.optional("group")
        risk = try reader.optional("risk")
        context = try reader.optional("context")
        origin = try reader.optional("origin")
        autoApprove = try reader.optional("auto_approve")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("tool", tool)
        writer.write("arguments", arguments)
        writer.write("schema", schema)
        writer.write("policy", policy)
        writer.write("redact", redact)
        writer.write("timeout_s", timeoutSeconds)
        writer.write("on_timeout", onTimeout)
        writer.write("group", group)
        writer.write("risk", risk)
        writer.write("context", context)
        writer.write("origin", origin)
        writer.write("auto_approve", autoApprove)
        return writer.value
    }
}
