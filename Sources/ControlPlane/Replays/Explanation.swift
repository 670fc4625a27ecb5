public import Approvals
public import Cryptography
public import Policies

/// Why an approval was decided as it was, without what approvers must not see.
public struct Explanation: Hashable, Sendable {
    public let approval: ApprovalID
    /// False when what the policies saw is gone, or says something else than was recorded.
    public let isReplayable: Bool
    /// The policy, its version and the rule that decided.
    public let decisive: String?
    /// Those in force first, then the shadows.
    public let policies: [Entry]

    /// What one version said.
    public struct Entry: Hashable, Sendable {
        public let policy: PolicyID
        public let version: Int
        public let digest: Digest
        /// As what it was asked.
        public let mode: String
        /// Nil when it could not be asked.
        public let effect: String?
        /// Nil when it could not be asked.
        public let rule: String?
        /// Nil for what is in force.
        public let leaning: String?
        public let rules: [Rule]
    }

    /// What one rule said.
    public struct Rule: Hashable, Sendable {
        public let id: RuleID
        public let summary: String?
        public let effect: EffectKind
        /// Nil when it has no answer.
        public let matches: Bool?
        /// Why it has none.
        public let error: String?
        /// Nil when it cannot be replayed.
        public let parts: [PolicyExplanation.Part]?
    }
}
