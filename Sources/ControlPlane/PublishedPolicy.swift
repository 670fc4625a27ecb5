public import Approvals
public import Cryptography
public import JSONTree
public import Policies

/// One published version of a policy, as the store keeps it.
///
/// Only `status` and `proposal` ever change.
public struct PublishedPolicy: Hashable, Sendable {
    public let id: PolicyID
    public let version: Int
    public let digest: Digest
    /// The document as it was sent.
    public let document: JSONValue
    public let publishedBy: MemberID
    public let publishedAt: Timestamp
    /// How far it has come.
    public var status: PolicyStatus
    /// A change that waits for a second person.
    public var proposal: Proposal?

    /// The most versions of one tenant, of all its policies together.
    public static let versionsMax = 10_000

    /// What one person wants, until another one wants it, too.
    public struct Proposal: Hashable, Sendable {
        public let status: PolicyStatus
        public let by: MemberID
        public let at: Timestamp

        /// Puts a proposal together.
        public init(status: PolicyStatus, by: MemberID, at: Timestamp) {
            self.status = status
            self.by = by
            self.at = at
        }
    }

    /// Puts a version together.
    public init(
        id: PolicyID, version: Int, digest: Digest, document: JSONValue, publishedBy: MemberID,
        publishedAt: Timestamp, status: PolicyStatus, proposal: Proposal? = nil
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.document = document
        self.publishedBy = publishedBy
        self.publishedAt = publishedAt
        self.status = status
        self.proposal = proposal
    }

    /// How it is named in one word: `refunds@7`.
    public var name: String { "\(id)@\(version)" }
}
