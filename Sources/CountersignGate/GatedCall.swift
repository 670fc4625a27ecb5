public import JSONTree
import WireAPI

/// One call of a tool that is to be held until a person has decided on it.
public struct GatedCall: Hashable, Sendable {
    /// The name of the tool, as approvers and policies know it.
    public var tool: String
    /// The arguments, a JSON object.
    public var arguments: JSONValue
    /// The JSON Schema of the arguments; edits are checked against it.
    public var schema: JSONValue?
    /// JSON Pointers to values that no approver may see.
    public var redact: [String] = []
    /// Seconds that people have; the tenant's default when nil.
    public var timeoutSeconds: Int?
    /// The group that is asked; the tenant's default when nil, a policy's where one speaks.
    public var group: String?
    /// Raises the risk: `low`, `medium`, `high` or `critical`; never lowers the tenant's.
    public var risk: String?
    /// One line for the approver.
    public var summary: String?
    /// Why the call is wanted.
    public var reason: String?
    /// The run that the call belongs to. The same call of it joins an approval that waits.
    public var runID: String?
    /// The call within its run. With `runID` it makes the key, so that a restarted run finds its
    /// approval again.
    public var callID: String?
    /// The conversation that the run belongs to.
    public var sessionID: String?
    /// The same key is the same approval, also after a restart. Without it and without `runID` and
    /// `callID` the key is new each time: a killed process asks people again.
    public var idempotencyKey: String?
    /// Seconds that the tool may run before the execution counts as lost; 300 when nil.
    public var leaseSeconds: Int?

    /// Describes a call.
    public init(_ tool: String, _ arguments: JSONValue) {
        self.tool = tool
        self.arguments = arguments
    }
}

/// What a person released: run exactly this, once.
public struct ReleasedCall: Hashable, Sendable {
    /// What to run; not always what was asked for.
    public let arguments: JSONValue
    /// True when a person changed the arguments.
    public let isEdited: Bool
    /// The id of the approval. A tool that takes an idempotency key is given this one.
    public let approval: String
}
