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
        id: String, version: Int, digest: Digest, status: String,
        proposal: PolicyProposalView? = nil, document: JSONValue, publishedBy: String,
        publishedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.status = status
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
    /// The e-mail of who wants it.
    public var by: String
    /// Since when.
    public var at: Timestamp

    /// Puts the value together.
    public init(status: String, by: String, at: Timestamp) {
        self.status = status
        self.by = by
        self.at = at
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        status = try reader.required("status")
        by = try reader.required("by")
        at = try reader.required("at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("status", status)
        writer.write("by", by)
        writer.write("at", at)
        return writer.value
    }
}

/// Versions of policies.
public struct PolicyList: WireValue, Hashable {
    /// By name and version.
    public var items: [PolicyView]
    /// The cursor of the next page.
    public var next: String?

    /// Puts the value together.
    public init(items: [PolicyView] = [], next: String? = nil) {
        self.items = items
        self.next = next
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
        next = try reader.optional("next")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        writer.write("next", orNull: next)
        return writer.value
    }
}
