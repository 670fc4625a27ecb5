public import Approvals
public import JSONTree

/// An erasure and what became of it.
public struct ErasureView: WireValue, Hashable {
    public var id: String
    /// What the subject is: `approval`, `agent` or `member`.
    public var kind: String
    /// The approval's id, the agent's name or the e-mail; a pseudonym once that is erased.
    public var subject: String
    /// `proposed`, `part` when more is left than one go erases, or `done`.
    public var state: String
    public var reason: String
    /// The e-mail of who proposed it.
    public var proposedBy: String
    public var proposedAt: Timestamp
    /// The e-mail of the second person.
    public var confirmedBy: String?
    public var doneAt: Timestamp?
    /// How many approvals lost values.
    public var approvals: Int
    /// How many documents of events lost their salts and values.
    public var documents: Int

    /// Puts the erasure together.
    public init(
        id: String, kind: String, subject: String, state: String, reason: String,
        proposedBy: String, proposedAt: Timestamp, confirmedBy: String? = nil,
        doneAt: Timestamp? = nil, approvals: Int, documents: Int
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.state = state
        self.reason = reason
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.confirmedBy = confirmedBy
        self.doneAt = doneAt
        self.approvals = approvals
        self.documents = documents
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        kind = try reader.required("kind")
        subject = try reader.required("subject")
        state = try reader.required("state")
        reason = try reader.required("reason")
        proposedBy = try reader.required("proposed_by")
        proposedAt = try reader.required("proposed_at")
        confirmedBy = try reader.optional("confirmed_by")
        doneAt = try reader.optional("done_at")
        approvals = try reader.required("approvals")
        documents = try reader.required("documents")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("kind", kind)
        writer.write("subject", subject)
        writer.write("state", state)
        writer.write("reason", reason)
        writer.write("proposed_by", proposedBy)
        writer.write("proposed_at", proposedAt)
        writer.write("confirmed_by", confirmedBy)
        writer.write("done_at", doneAt)
        writer.write("approvals", approvals)
        writer.write("documents", documents)
        return writer.value
    }
}
