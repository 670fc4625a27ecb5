public import Approvals
public import Cryptography

/// Names one erasure.
public struct ErasureID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard UUIDv7.isWellFormed(text) else { return nil }
        rawValue = text
    }
}

/// The wish that the values of one subject are erased, and what became of it.
public struct Erasure: Hashable, Sendable {
    public let id: ErasureID
    public let subject: Subject
    /// Why, in the words of who proposed it. A store seals them.
    public let reason: String
    public let proposedBy: MemberID
    public let proposedAt: Timestamp
    /// The second person; nil until there is one.
    public var confirmedBy: MemberID?
    /// When all of it was erased.
    public var doneAt: Timestamp?
    /// How many approvals lost their values, or some of their words.
    public var approvals = 0
    /// How many documents of events lost their salts and values.
    public var documents = 0

    /// Whose values; by id, so that nothing here is personal.
    public enum Subject: Hashable, Sendable {
        /// All of one approval.
        case approval(ApprovalID)
        /// Every approval of an agent; all the ids that its name ever had.
        case agent([AgentID])
        /// What a person wrote, and their e-mail; all the ids that it ever had.
        case member([MemberID])
    }

    /// Proposes one.
    public init(
        id: ErasureID, subject: Subject, reason: String, proposedBy: MemberID,
        proposedAt: Timestamp
    ) {
        self.id = id
        self.subject = subject
        self.reason = reason
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
    }
}

/// Whose values somebody wants erased, as they say it.
public enum ErasureTarget: Hashable, Sendable {
    case approval(ApprovalID)
    case agent(name: String)
    case member(email: String)
}

/// A step of an erasure.
public enum EraseCommand: Hashable, Sendable {
    case propose(ErasureTarget, reason: String)
    case confirm(ErasureID)
}

/// An erasure with the names of its people.
public struct ShownErasure: Hashable, Sendable {
    public let erasure: Erasure
    /// The approval's id, the agent's name or the e-mail; a pseudonym when that was erased.
    public let subjectName: String
    public let proposedBy: String
    public let confirmedBy: String?
}

/// A document that an event committed to and whose values are there.
public struct CommittedDocument: Hashable, Sendable {
    /// The number of the event.
    public let sequence: Int64
    public let name: String
    /// The approval that the event is about.
    public let approval: ApprovalID?
    /// The digests of its fields, in their order.
    public let digests: [Digest]

    /// Puts it together.
    public init(sequence: Int64, name: String, approval: ApprovalID?, digests: [Digest]) {
        self.sequence = sequence
        self.name = name
        self.approval = approval
        self.digests = digests
    }
}
