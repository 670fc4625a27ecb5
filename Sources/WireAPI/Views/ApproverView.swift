public import Approvals
public import Cryptography
public import JSONTree

/// An approval as an approver sees it; redacted values are handles.
public struct ApproverView: WireValue, Hashable {
    /// The approval.
    public var id: ApprovalID
    /// Goes into `If-Match` as the ETag.
    public var revision: Int
    /// Pending or terminal.
    public var state: ApprovalState
    /// True when a claim may succeed.
    public var isReleased: Bool
    /// What became of the call.
    public var execution: Execution
    /// The tool.
    public var tool: String
    /// The arguments, redacted.
    public var arguments: JSONValue
    /// The handles in `arguments`; what is not listed here is no handle.
    public var redacted: [RedactedBody]
    /// Of tool, redacted arguments and context; compute it from what you show.
    public var displayedDigest: Digest
    /// Of the arguments; missing when something is redacted.
    public var proposedDigest: Digest?
    /// The JSON Schema of the arguments.
    public var schema: JSONValue?
    /// The agent's words.
    public var context: ContextBody
    /// Where the call comes from.
    public var origin: OriginBody
    /// The agent.
    public var agent: PartyBody
    /// How much harm it may do.
    public var risk: Risk
    /// What is still needed.
    public var requirement: RequirementBody
    /// When it was submitted.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// When it was settled.
    public var settledAt: Timestamp?
    /// Why it may run.
    public var provenance: ProvenanceBody?
    /// In order.
    public var decisions: [DecisionView]
    /// In order.
    public var comments: [CommentView]
    /// What will run, redacted.
    public var effectiveArguments: JSONValue?
    /// Of what will run; missing when something is redacted.
    public var effectiveDigest: Digest?
    /// Who is looking at it now.
    public var reviewing: [String]
    /// E-mails of those who could.
    public var whoCanDecide: [String]
    /// True when the asker could decide now.
    public var youCanDecide: Bool
    /// The e-mail of the person on whose behalf they would decide.
    public var decidingFor: String?
    /// Why the asker cannot.
    public var whyNot: String?
    /// Whether a decision of the asker needs a code of their second factor.
    public var stepUp: StepUpNeed
    /// Who executes.
    public var claim: ClaimView?
    /// What happened.
    public var receipt: ReceiptView?
    /// Released by timeout and not yet looked at.
    public var needsReview: Bool
    /// What happened, in order.
    public var history: [HistoryEntry]
    /// How often the run asked for it, by more than one key; missing when once.
    public var asks: Int?
    /// The rejected approval of the same call of the same run.
    public var follows: ApprovalID?
    /// To whom it goes when nobody answers; missing without a plan.
    public var escalation: EscalationView?
    /// The server's clock.
    public var serverTime: Timestamp

    /// Puts the value together.
    public init(
        id: ApprovalID, revision: Int, state: ApprovalState, isReleased: Bool, execution: Execution,
        tool: String, arguments: JSONValue, redacted: [RedactedBody] = [], displayedDigest: Digest,
        proposedDigest: Digest? = nil, schema: JSONValue? = nil, context: ContextBody,
        origin: OriginBody, agent: PartyBody, risk: Risk, requirement: RequirementBody,
        createdAt: Timestamp, updatedAt: Timestamp, settledAt: Timestamp? = nil,
        provenance: ProvenanceBody? = nil, decisions: [DecisionView] = [],
        comments: [CommentView] = [], effectiveArguments: JSONValue? = nil,
        effectiveDigest: Digest? = nil, reviewing: [String] = [], whoCanDecide: [String] = [],
        youCanDecide: Bool, decidingFor: String? = nil, whyNot: String? = nil,
        stepUp: StepUpNeed = .notRequired, claim: ClaimView? = nil,
        receipt: ReceiptView? = nil, needsReview: Bool, history: [HistoryEntry] = [],
        serverTime: Timestamp
    ) {
        self.id = id
        self.revision = revision
        self.state = state
        self.isReleased = isReleased
        self.execution = execution
        self.tool = tool
        self.arguments = arguments
        self.redacted = redacted
        self.displayedDigest = displayedDigest
        self.proposedDigest = proposedDigest
        self.schema = schema
        self.context = context
        self.origin = origin
        self.agent = agent
        self.risk = risk
        self.requirement = requirement
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.settledAt = settledAt
        self.provenance = provenance
        self.decisions = decisions
        self.comments = comments
        self.effectiveArguments = effectiveArguments
        self.effectiveDigest = effectiveDigest
        self.reviewing = reviewing
        self.whoCanDecide = whoCanDecide
        self.youCanDecide = youCanDecide
        self.decidingFor = decidingFor
        self.whyNot = whyNot
        self.stepUp = stepUp
        self.claim = claim
        self.receipt = receipt
        self.needsReview = needsReview
        self.history = history
        self.serverTime = serverTime
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        revision = try reader.required("revision")
        state = try reader.required("state")
        isReleased = try reader.required("released")
        execution = try reader.required("execution")
        tool = try reader.required("tool")
        arguments = try reader.required("arguments")
        redacted = try reader.list("redacted")
        displayedDigest = try reader.required("displayed_digest")
        proposedDigest = try reader.optional("proposed_digest")
        schema = try reader.optional("schema")
        context = try reader.required("context")
        origin = try reader.required("origin")
        agent = try reader.required("agent")
        risk = try reader.required("risk")
        requirement = try reader.required("requirement")
        createdAt = try reader.required("created_at")
        updatedAt = try reader.required("updated_at")
        settledAt = try reader.optional("settled_at")
        provenance = try reader.optional("provenance")
        decisions = try reader.list("decisions")
        comments = try reader.list("comments")
        effectiveArguments = try reader.optional("effective_arguments")
        effectiveDigest = try reader.optional("effective_digest")
        reviewing = try reader.list("reviewing")
        whoCanDecide = try reader.list("who_can_decide")
        youCanDecide = try reader.required("you_can_decide")
        decidingFor = try reader.optional("deciding_for")
        whyNot = try reader.optional("why_not")
        stepUp = try reader.optional("step_up") ?? .notRequired
        claim = try reader.optional("claim")
        receipt = try reader.optional("receipt")
        needsReview = try reader.required("needs_review")
        history = try reader.list("history")
        asks = try reader.optional("asks")
        follows = try reader.optional("follows")
        escalation = try reader.optional("escalation")
        serverTime = try reader.required("server_time")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("revision", revision)
        writer.write("state", state)
        writer.write("released", isReleased)
        writer.write("execution", execution)
        writer.write("tool", tool)
        writer.write("arguments", arguments)
        writer.write("redacted", redacted)
        writer.write("displayed_digest", displayedDigest)
        writer.write("proposed_digest", proposedDigest)
        writer.write("schema", schema)
        writer.write("context", context)
        writer.write("origin", origin)
        writer.write("agent", agent)
        writer.write("risk", risk)
        writer.write("requirement", requirement)
        writer.write("created_at", createdAt)
        writer.write("updated_at", updatedAt)
        writer.write("settled_at", settledAt)
        writer.write("provenance", provenance)
        writer.write("decisions", decisions)
        writer.write("comments", comments)
        writer.write("effective_arguments", effectiveArguments)
        writer.write("effective_digest", effectiveDigest)
        writer.write("reviewing", reviewing)
        writer.write("who_can_decide", whoCanDecide)
        writer.write("you_can_decide", youCanDecide)
        writer.write("deciding_for", decidingFor)
        writer.write("why_not", whyNot)
        writer.write("step_up", stepUp)
        writer.write("claim", claim)
        writer.write("receipt", receipt)
        writer.write("needs_review", needsReview)
        writer.write("history", history)
        writer.write("asks", asks)
        writer.write("follows", follows)
        writer.write("escalation", escalation)
        writer.write("server_time", serverTime)
        return writer.value
    }
}
