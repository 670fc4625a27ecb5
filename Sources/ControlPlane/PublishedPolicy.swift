public import Approvals
public import Cryptography
public import JSONTree
public import Policies

/// One published version of a policy, as the store keeps it.
///
/// Only `status`, `share` and `proposal` ever change.
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
    /// Out of a hundred calls, how many a canary decides; nil for any other status.
    public var share: Int?
    /// A change that waits for a second person.
    public var proposal: Proposal?

    /// The most versions of one tenant, of all its policies together.
    public static let versionsMax = 10_000
    /// How many calls a version was watched on before it takes another one's place.
    public static let samplesMin = 20
    /// What a canary may have of a hundred calls; all of them is another status.
    public static let sharesOfCanary = 1...99

    /// What one person wants, until another one wants it, too.
    public struct Proposal: Hashable, Sendable {
        public let status: PolicyStatus
        public let share: Int?
        public let by: MemberID
        public let at: Timestamp

        /// Puts a proposal together.
        public init(status: PolicyStatus, share: Int? = nil, by: MemberID, at: Timestamp) {
            self.status = status
            self.share = share
            self.by = by
            self.at = at
        }
    }

    /// Puts a version together.
    public init(
        id: PolicyID, version: Int, digest: Digest, document: JSONValue, publishedBy: MemberID,
        publishedAt: Timestamp, status: PolicyStatus, share: Int? = nil,
        proposal: Proposal? = nil
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.document = document
        self.publishedBy = publishedBy
        self.publishedAt = publishedAt
        self.status = status
        self.share = share
        self.proposal = proposal
    }

    /// How it is named in one word: `refunds@7`.
    public var name: String { "\(id)@\(version)" }
}

/// A version that is asked about calls, without its document.
public struct ActiveVersion: Hashable, Sendable {
    public let id: PolicyID
    public let version: Int
    public let digest: Digest
    /// In force, a canary, or a shadow.
    public let status: PolicyStatus
    /// Out of a hundred calls, how many a canary decides.
    public let share: Int?

    /// Puts a version together.
    public init(
        id: PolicyID, version: Int, digest: Digest, status: PolicyStatus, share: Int? = nil
    ) {
        self.id = id
        self.version = version
        self.digest = digest
        self.status = status
        self.share = share
    }

    /// How it is named in one word: `refunds@7`.
    public var name: String { "\(id)@\(version)" }

    /// Whether this canary decides a call: always the same for the same one, and nobody's to
    /// choose, because the server makes the ids.
    func takes(_ approval: ApprovalID?) -> Bool {
        guard status == .canary, let share, let approval else { return false }
        let digest = SHA256.hash(Array("canary|\(name)|\(approval.rawValue)".utf8))
        let number = digest.bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return number % 100 < UInt32(share)
    }
}
