public import Approvals
public import Cryptography

/// What the simulated tools did: the truth that the record is held against.
public final class Ledger {
    /// One run of a tool.
    public struct Entry {
        public let approval: ApprovalID
        public let digest: Digest
        public let at: Int64
        public let agent: String
    }

    /// In the order in which the tools ran.
    public private(set) var entries: [Entry] = []

    /// Begins empty.
    public init() {}

    /// A tool runs.
    public func run(_ approval: ApprovalID, digest: Digest, at now: Int64, by agent: String) {
        entries.append(Entry(approval: approval, digest: digest, at: now, agent: agent))
    }
}
