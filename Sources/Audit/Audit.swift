public import Approvals
public import Cryptography
public import JSONTree

/// One event of a tenant's log as it is stored: its canonical line and its leaf hash.
public struct AuditRecord: Hashable, Sendable {
    /// 0, 1, 2 … without gaps.
    public let sequence: Int64
    public let id: EventID
    public let at: Timestamp
    /// One of the closed list of types.
    public let type: String
    /// The RFC 8785 form of the header, without a line feed.
    public let line: [UInt8]
    /// SHA-256(0x00 ‖ line): the next record's `prev` and the leaf of the Merkle tree.
    public let leafHash: Digest

    /// Puts a record together; the caller computed line and hash.
    public init(
        sequence: Int64, id: EventID, at: Timestamp, type: String, line: [UInt8], leafHash: Digest
    ) {
        self.sequence = sequence
        self.id = id
        self.at = at
        self.type = type
        self.line = line
        self.leafHash = leafHash
    }
}

/// The newest event of a log.
public struct ChainHead: Hashable, Sendable {
    public let sequence: Int64
    public let leafHash: Digest

    /// Puts a head together.
    public init(sequence: Int64, leafHash: Digest) {
        self.sequence = sequence
        self.leafHash = leafHash
    }
}

/// One committed field: its salt and value, which can be erased while its digest stays.
public struct Disclosure: Hashable, Sendable {
    public let sequence: Int64
    /// The document within the event: `arguments`, `effective`, `reason` …
    public let document: String
    public let index: Int
    public let pointer: JSONPointer
    public let salt: [UInt8]
    public let value: JSONValue
    public let digest: Digest

    /// Puts a disclosure together.
    public init(
        sequence: Int64, document: String, index: Int, pointer: JSONPointer, salt: [UInt8],
        value: JSONValue, digest: Digest
    ) {
        self.sequence = sequence
        self.document = document
        self.index = index
        self.pointer = pointer
        self.salt = salt
        self.value = value
        self.digest = digest
    }
}
