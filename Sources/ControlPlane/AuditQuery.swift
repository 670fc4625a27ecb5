public import Approvals
public import Audit
public import Cryptography
import JSONTree

/// What is asked about a tenant's audit log.
public enum AuditQuery: Hashable, Sendable {
    /// The newest signed checkpoint.
    case checkpoint
    /// Signed checkpoints from a size on.
    case checkpoints(from: Int64, limit: Int)
    /// Events from a number on.
    case events(from: Int64, limit: Int)
    /// Events that fit, newest first.
    case search(AuditSearch)
    /// Fields of documents from an event on, and within it from a field on.
    case disclosures(from: DisclosurePlace, limit: Int)
    /// The proof that an event is in the log of a size that was signed; of the newest without one.
    case inclusion(of: Int64, in: Int64?)
    /// The proof that a log of one size is the beginning of another; of the newest without one.
    case consistency(from: Int64, to: Int64?)
    /// Who signs.
    case keys
    /// A file of C2SP tlog-tiles, by tenant and path.
    case file(String)
    /// What was proposed to be erased, and what was erased.
    case erasures
    /// Every step of an approval, proved to be in the log of a size where one is named.
    case story(ApprovalID, size: Int64?)
}

/// Where a page of disclosures begins.
public struct DisclosurePlace: Hashable, Sendable {
    public var sequence: Int64
    /// How many fields of the event stand before it.
    public var field: Int

    /// Puts a place together.
    public init(sequence: Int64, field: Int = 0) {
        self.sequence = sequence
        self.field = field
    }
}

/// What is answered about a tenant's audit log.
public enum AuditAnswer: Hashable, Sendable {
    case checkpoint(SignedCheckpoint)
    case checkpoints([SignedCheckpoint], next: Int64?)
    case events([AuditRecord], next: Int64?)
    /// Newest first, with names by id; `before` is the number to look on before.
    case found([AuditRecord], names: [String: String], before: Int64?)
    case disclosures([DisclosedField], next: DisclosurePlace?)
    case inclusion(ProvenEvent)
    case consistency(LogConsistency)
    /// Who signs, and the events that changed it, each under the first checkpoint over it.
    case keys(origin: String, [NoteKey], changes: [ProvenEvent])
    /// The bytes of a file, and whether they are text.
    case file([UInt8], isText: Bool)
    case erasures([ShownErasure])
    case erasure(ShownErasure, isNew: Bool)
    case story(Story)
}

/// An approval from its submission to its receipt.
public struct Story: Hashable, Sendable {
    /// What whoever asks may see of it.
    public let approval: ApproverApproval
    /// In order.
    public let steps: [Step]
    /// The size of the log that the proofs are of.
    public let size: Int64?

    /// One step, with the event that says so.
    public struct Step: Hashable, Sendable {
        public let record: AuditRecord
        public let entry: TimeLineEntry
        /// The proof of RFC 6962; nil for an event that came later.
        public let inclusion: [Digest]?
    }
}

/// One field of an event, as far as it is told.
public struct DisclosedField: Hashable, Sendable {
    public var field: Disclosure
    /// Why salt and value stay here; nil when they are told.
    public var untold: Reason?

    /// Why a value is not told.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// It is gone for ever.
        case erased
        /// It was redacted, and who asks may not see it.
        case withheld
    }

    /// Puts it together.
    public init(_ field: Disclosure, untold: Reason? = nil) {
        self.field = field
        self.untold = untold
    }

    /// A field of which only its place in the order and its digest are left.
    public static func erased(
        _ sequence: Int64, _ document: String, index: Int, _ digest: Digest
    ) -> DisclosedField {
        DisclosedField(
            Disclosure(
                sequence: sequence, document: document, index: index, pointer: .root, salt: [],
                value: .null, digest: digest), untold: .erased)
    }
}

/// An event with the proof that it is in its log.
public struct ProvenEvent: Hashable, Sendable {
    public var line: [UInt8]
    public var proof: LogProof

    /// Puts it together.
    public init(line: [UInt8], proof: LogProof) {
        self.line = line
        self.proof = proof
    }
}

/// Why a log of one size is the beginning of another.
public struct LogConsistency: Hashable, Sendable {
    public var from: Int64
    public var to: Int64
    public var hashes: [Digest]
    /// What was signed for the larger size.
    public var checkpoint: SignedCheckpoint?

    /// Puts it together.
    public init(from: Int64, to: Int64, hashes: [Digest], checkpoint: SignedCheckpoint?) {
        self.from = from
        self.to = to
        self.hashes = hashes
        self.checkpoint = checkpoint
    }
}
