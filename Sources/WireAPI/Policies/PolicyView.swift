public import Approvals
public import Cryptography
public import JSONTree

/// One version of a policy.
public struct PolicyView: WireValue, Hashable {
    /// The policy's name.
    public var id: String
    /// Counts from 1.
    public var version: Int
    /// SHA-256 of the canonical form of the document.
    public var digest: Digest
    /// How far it has come.
    public var status: String
    /// Out of a hundred calls, how many a canary decides.
    public var share: Int?
    /// A change that waits for a second person.
    public var proposal: PolicyProposalView?
    /// The document as it was published.
    public var document: JSONValue
    /// The e-mail of who published it.
    public var publishedBy: String
    /// When it was published.
    public var publishedAt: Timestamp

    /// Puts the value together.
    public init(
        id: String, version: Int, digest: Digest, status: String, share: Int? = nil,
        proposal: PolicyProposalView? = nil, document: JSONValue, publishedBy: String,
        publishedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.status = status
        self.share = share
        self.proposal = proposal
        self.document = document
        self.publishedBy = publishedBy
        self.publishedAt = publishedAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        version = try reader.required("version")
        digest = try reader.required("digest")
        status = try reader.required("status")
        share = try reader.optional("share")
        proposal = try reader.optional("proposal")
        document = try reader.required("document")
        publishedBy = try reader.required("published_by")
        publishedAt = try reader.required("published_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("version", version)
        writer.write("digest", digest)
        writer.write("status", status)
        writer.write("share", share)
        writer.write("proposal", proposal)
        writer.write("document", document)
        writer.write("published_by", publishedBy)
        writer.write("published_at", publishedAt)
        return writer.value
    }
}

/// A change of status that waits for a second person.
public struct PolicyProposalView: WireValue, Hashable {
    /// What it shall become.
    public var status: String
    /// Out of a hundred calls, how many it shall decide as a canary.
    public var share: Int?
    /// The e-mail of who wants it.
    public var by: String
    /// Since when.
    public var at: Timestamp

    /// Puts the value together.
    public init(status: String, share: Int? = nil, by: String, at: Timestamp) {
        self.status = status
        self.share = share
        self.by = by
        self.at = at
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        status = try reader.required("status")
        share = try reader.optional("share")
        by = try reader.required("by")
        at = try reader.required("at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("status", status)
        writer.write("share", share)
        writer.write("by", by)
        writer.write("at", at)
        return writer.value
    }
}
