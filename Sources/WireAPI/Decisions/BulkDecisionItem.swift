public import Approvals
public import Cryptography
public import JSONTree

/// One decision of many.
public struct BulkDecisionItem: WireValue, Hashable {
    /// The approval.
    public var id: ApprovalID
    /// The revision that was shown.
    public var revision: Int
    /// `approve` or `reject`.
    public var verdict: Verdict
    /// The digest of what was shown.
    public var displayedDigest: Digest
    /// A patch.
    public var edits: JSONPatch?
    /// At most 4,000 bytes.
    public var comment: String?
    /// True when every value was on the screen.
    public var fullyShown: Bool?
    /// A code of the second factor, where the risk asks for one.
    public var stepUp: StepUpBody?
    /// The checkpoint of the audit log that the approver's inbox saw last.
    public var checkpoint: CheckpointBody?
    /// Sending the same decision twice under one key decides once.
    public var idempotencyKey: String?

    /// Puts the value together.
    public init(
        id: ApprovalID, revision: Int, verdict: Verdict, displayedDigest: Digest,
        edits: JSONPatch? = nil, comment: String? = nil, fullyShown: Bool? = nil,
        stepUp: StepUpBody? = nil, checkpoint: CheckpointBody? = nil,
        idempotencyKey: String? = nil
    ) {
        self.id = id
        self.revision = revision
        self.verdict = verdict
        self.displayedDigest = displayedDigest
        self.edits = edits
        self.comment = comment
        self.fullyShown = fullyShown
        self.stepUp = stepUp
        self.checkpoint = checkpoint
        self.idempotencyKey = idempotencyKey
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        revision = try reader.required("revision")
        verdict = try reader.required("verdict")
        displayedDigest = try reader.required("displayed_digest")
        edits = try reader.optional("edits")
        comment = try reader.optional("comment")
        fullyShown = try reader.optional("fully_shown")
        stepUp = try reader.optional("step_up")
        checkpoint = try reader.optional("checkpoint")
        idempotencyKey = try reader.optional("idempotency_key")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("revision", revision)
        writer.write("verdict", verdict)
        writer.write("displayed_digest", displayedDigest)
        writer.write("edits", edits)
        writer.write("comment", comment)
        writer.write("fully_shown", fullyShown)
        writer.write("step_up", stepUp)
        writer.write("checkpoint", checkpoint)
        writer.write("idempotency_key", idempotencyKey)
        return writer.value
    }
}
