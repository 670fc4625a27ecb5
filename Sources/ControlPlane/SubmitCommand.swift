public import Approvals
public import Cryptography
public import JSONTree

/// What an agent submits.
public struct SubmitCommand: Hashable, Sendable {
    public var key: String
    public var payloadDigest: Digest
    public var tool: ToolName
    public var arguments: JSONValue
    public var schema: JSONValue?
    public var redactions: [JSONPointer]
    public var timeoutSeconds: Int?
    public var posture: Posture?
    public var group: GroupName?
    public var risk: Risk?
    public var context: Context
    public var origin: Origin
    /// True when the agent asks to skip the approval; it only counts where a policy allows it.
    public var isFlagged: Bool
    /// The policy that the agent counts on; nil leaves it to those that are in force.
    public var policy: String?
    /// What is known about the schema already.
    public var finding: SchemaFinding?

    /// Puts a submission together.
    public init(
        key: String, payloadDigest: Digest, tool: ToolName, arguments: JSONValue,
        schema: JSONValue? = nil, redactions: [JSONPointer] = [], timeoutSeconds: Int? = nil,
        posture: Posture? = nil, group: GroupName? = nil, risk: Risk? = nil,
        context: Context = Context(), origin: Origin = Origin(), isFlagged: Bool = false
    ) {
        self.key = key
        self.payloadDigest = payloadDigest
        self.tool = tool
        self.arguments = arguments
        self.schema = schema
        self.redactions = redactions
        self.timeoutSeconds = timeoutSeconds
        self.posture = posture
        self.group = group
        self.risk = risk
        self.context = context
        self.origin = origin
        self.isFlagged = isFlagged
    }
}
