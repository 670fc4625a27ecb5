public import Approvals
public import Cryptography
public import JSONTree

/// An approval as its agent sees it.
public struct AgentView: WireValue, Hashable {
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
    /// When it was submitted.
    public var createdAt: Timestamp
    /// When it expires.
    public var deadline: Timestamp
    /// The digest of what was sent.
    public var proposedDigest: Digest
    /// The digest of what will run.
    public var effectiveDigest: Digest?
    /// The last instant to claim.
    public var claimDeadline: Timestamp?
    /// Why it may run.
    public var provenance: ProvenanceBody?
    /// The e-mail of the person who settled it.
    public var decidedBy: String?
    /// Whose authority they used.
    public var onBehalfOf: String?
    /// What the person said, or which rule refused it.
    public var comment: String?
    /// Why a policy refused it, for programs.
    public var reasonCode: String?
    /// What the agent may do instead, where a policy refused it and says so.
    public var instead: String?
    /// True when the effective arguments differ.
    public var isEdited: Bool
    /// How often the run asked for it, by more than one key; missing when once.
    public var asks: Int?
    /// The rejected approval of the same call of the same run.
    public var follows: ApprovalID?
    /// The event that settled it, and the proof that it is in the audit log.
    public var proof: EventProof?

    /// Puts the value together.
    public init(
        id: ApprovalID, revision: Int, state: ApprovalState, isReleased: Bool, execution: Execution,
        tool: String, createdAt: Timestamp, deadline: Timestamp, proposedDigest: Digest,
        effectiveDigest: Digest? = nil, claimDeadline: Timestamp? = nil,
        provenance: ProvenanceBody? = nil, decidedBy: String? = nil, onBehalfOf: String? = nil,
        comment: String? = nil, reasonCode: String? = nil, isEdited: Bool,
        proof: EventProof? = nil
    ) {
        self.id = id
        self.revision = revision
        self.state = state
        self.isReleased = isReleased
        self.execution = execution
        self.tool = tool
        self.createdAt = createdAt
        self.deadline = deadline
        self.proposedDigest = proposedDigest
        self.effectiveDigest = effectiveDigest
        self.claimDeadline = claimDeadline
        self.provenance = provenance
        self.decidedBy = decidedBy
        self.onBehalfOf = onBehalfOf
        self.comment = comment
        self.reasonCode = reasonCode
        self.isEdited = isEdited
        self.proof = proof
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        revision = try reader.required("revision")
        state = try reader.required("state")
        isReleased = try reader.required("released")
        execution = try reader.required("execution")
        tool = try reader.required("tool")
        createdAt = try reader.required("created_at")
        deadline = try reader.required("deadline")
        proposedDigest = try reader.required("proposed_digest")
        effectiveDigest = try reader.optional("effective_digest")
        claimDeadline = try reader.optional("claim_deadline")
        provenance = try reader.optional("provenance")
        decidedBy = try reader.optional("decided_by")
        onBehalfOf = try reader.optional("on_behalf_of")
        comment = try reader.optional("comment")
        reasonCode = try reader.optional("reason_code")
        instead = try reader.optional("instead")
        isEdited = try reader.required("edited")
        asks = try reader.optional("asks")
        follows = try reader.optional("follows")
        proof = try reader.optional("proof")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("revision", revision)
        writer.write("state", state)
        writer.write("released", isReleased)
        writer.write("execution", execution)
        writer.write("tool", tool)
        writer.write("created_at", createdAt)
        writer.write("deadline", deadline)
        writer.write("proposed_digest", proposedDigest)
        writer.write("effective_digest", effectiveDigest)
        writer.write("claim_deadline", claimDeadline)
        writer.write("provenance", provenance)
        writer.write("decided_by", decidedBy)
        writer.write("on_behalf_of", onBehalfOf)
        writer.write("comment", comment)
        writer.write("reason_code", reasonCode)
        writer.write("instead", instead)
        writer.write("edited", isEdited)
        writer.write("asks", asks)
        writer.write("follows", follows)
        writer.write("proof", proof)
        return writer.value
    }
}
