public import Approvals
public import JSONTree

/// One row of the queue or of history.
public struct ApprovalSummary: WireValue, Hashable {
    /// The approval.
    public var id: ApprovalID
    /// Counts every change.
    public var revision: Int
    /// Pending or terminal.
    public var state: ApprovalState
    /// True when a claim may succeed.
    public var isReleased: Bool
    /// What became of the call.
    public var execution: Execution
    /// The tool.
    public var tool: String
    /// The agent's one line, with redacted values removed.
    public var summary: String?
    /// The name of the agent.
    public var agent: String
    /// How much harm it may do.
    public var risk: Risk
    /// Who is asked.
    public var group: GroupName
    /// When it was submitted.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// When it expires.
    public var deadline: Timestamp
    /// What expiry does.
    public var posture: Posture
    /// When it was settled.
    public var settledAt: Timestamp?
    /// Who settled it.
    public var decidedBy: String?
    /// Who is looking at it now.
    public var reviewing: [String]
    /// Released by timeout and not yet looked at.
    public var needsReview: Bool
    /// The agent's run, as the agent named it.
    public var runID: String?
    /// Whether the person who asks can decide it; missing when it was not looked up.
    public var youCanDecide: Bool?
    /// How many people can decide it; missing when it was not looked up.
    public var deciders: Int?

    /// Puts the value together.
    public init(
        id: ApprovalID, revision: Int, state: ApprovalState, isReleased: Bool, execution: Execution,
        tool: String, summary: String? = nil, agent: String, risk: Risk, group: GroupName,
        createdAt: Timestamp, updatedAt: Timestamp, deadline: Timestamp, posture: Posture,
        settledAt: Timestamp? = nil, decidedBy: String? = nil, reviewing: [String] = [],
        needsReview: Bool, runID: String? = nil, youCanDecide: Bool? = nil, deciders: Int? = nil
    ) {
        self.id = id
        self.revision = revision
        self.state = state
        self.isReleased = isReleased
        self.execution = execution
        self.tool = tool
        self.summary = summary
        self.agent = agent
        self.risk = risk
        self.group = group
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.deadline = deadline
        self.posture = posture
        self.settledAt = settledAt
        self.decidedBy = decidedBy
        self.reviewing = reviewing
        self.needsReview = needsReview
        self.runID = runID
        self.youCanDecide = youCanDecide
        self.deciders = deciders
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        revision = try reader.required("revision")
        state = try reader.required("state")
        isReleased = try reader.required("released")
        execution = try reader.required("execution")
        tool = try reader.required("tool")
        summary = try reader.optional("summary")
        agent = try reader.required("agent")
        risk = try reader.required("risk")
        group = try reader.required("group")
        createdAt = try reader.required("created_at")
        updatedAt = try reader.required("updated_at")
        deadline = try reader.required("deadline")
        posture = try reader.required("posture")
        settledAt = try reader.optional("settled_at")
        decidedBy = try reader.optional("decided_by")
        reviewing = try reader.list("reviewing")
        needsReview = try reader.required("needs_review")
        runID = try reader.optional("run_id")
        youCanDecide = try reader.optional("you_can_decide")
        deciders = try reader.optional("deciders")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("revision", revision)
        writer.write("state", state)
        writer.write("released", isReleased)
        writer.write("execution", execution)
        writer.write("tool", tool)
        writer.write("summary", summary)
        writer.write("agent", agent)
        writer.write("risk", risk)
        writer.write("group", group)
        writer.write("created_at", createdAt)
        writer.write("updated_at", updatedAt)
        writer.write("deadline", deadline)
        writer.write("posture", posture)
        writer.write("settled_at", settledAt)
        writer.write("decided_by", decidedBy)
        writer.write("reviewing", reviewing)
        writer.write("needs_review", needsReview)
        writer.write("run_id", runID)
        writer.write("you_can_decide", youCanDecide)
        writer.write("deciders", deciders)
        return writer.value
    }
}
