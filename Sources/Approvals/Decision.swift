public import Cryptography
public import JSONTree

/// One person's verdict on one revision of an approval.
public struct Decision: Hashable, Sendable {
    public var verdict: Verdict
    /// Who decided.
    public var by: MemberID
    /// Whose authority they used, when it was not their own.
    public var onBehalfOf: MemberID?
    /// The change to the arguments; empty for none.
    public var edits: JSONPatch
    public var comment: String?
    /// The revision that was on the approver's screen.
    public var revision: Int
    /// The digest of what was on the approver's screen.
    public var displayedDigest: Digest
    public var at: Timestamp
    /// The idempotency key of the press that sent it, when there was one.
    public var key: String?
    /// What the same press granted for calls like it, and the grant that came of it.
    public var wish: GrantWish?
    public var grant: GrantID?
    /// True when they had no authority for it, and owe a review.
    public var isBreakGlass = false

    /// Puts a decision together.
    public init(
        _ verdict: Verdict, by: MemberID, onBehalfOf: MemberID? = nil,
        edits: JSONPatch = JSONPatch([]), comment: String? = nil, revision: Int,
        displayedDigest: Digest, at: Timestamp, key: String? = nil, wish: GrantWish? = nil
    ) {
        self.wish = wish
        self.verdict = verdict
        self.by = by
        self.onBehalfOf = onBehalfOf
        self.edits = edits
        self.comment = comment
        self.revision = revision
        self.displayedDigest = displayedDigest
        self.at = at
        self.key = key
    }
}

extension Decision {
    /// Whose authority it was.
    public var authority: MemberID { onBehalfOf ?? by }
}

/// The agent's single-use right to execute a released approval.
public struct Claim: Hashable, Sendable {
    /// SHA-256 of the agent's nonce; the nonce itself stays in the agent's memory.
    public var nonceDigest: Digest
    /// Proves to the receipt that it comes from the claimer.
    public var fencingToken: String
    public var at: Timestamp
    /// When a missing receipt turns the execution into `unknown`.
    public var leaseUntil: Timestamp

    /// Puts a claim together.
    public init(nonceDigest: Digest, fencingToken: String, at: Timestamp, leaseUntil: Timestamp) {
        self.nonceDigest = nonceDigest
        self.fencingToken = fencingToken
        self.at = at
        self.leaseUntil = leaseUntil
    }
}

/// The agent's report of what happened.
public struct Receipt: Hashable, Sendable {
    public var outcome: Outcome
    /// The digest of the arguments that ran, as the agent says; nil in the view of somebody who
    /// must not see all of the arguments, because a digest lets short secrets be guessed.
    public var executedDigest: Digest?
    public var resultSummary: String?
    public var at: Timestamp
    /// True when what ran is not what was decided.
    public var isMismatch: Bool

    /// Puts a receipt together.
    public init(
        outcome: Outcome, executedDigest: Digest?, resultSummary: String?, at: Timestamp,
        isMismatch: Bool
    ) {
        self.outcome = outcome
        self.executedDigest = executedDigest
        self.resultSummary = resultSummary
        self.at = at
        self.isMismatch = isMismatch
    }
}

/// A remark that a person left; it decides nothing.
public struct Comment: Hashable, Sendable {
    public var by: MemberID
    public var at: Timestamp
    public var text: String

    /// Puts a remark together.
    public init(by: MemberID, at: Timestamp, text: String) {
        self.by = by
        self.at = at
        self.text = text
    }
}
