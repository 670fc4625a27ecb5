public import Approvals

/// What an approval asks of whoever decides it.
public struct AuthorityQuestion: Hashable, Sendable {
    public var tool: ToolName
    public var tags: Set<String>
    /// Nil when the policy does not say where the amount stands.
    public var amount: Int64?
    public var risk: Risk
    public var createdAt: Timestamp
    /// All of them have to be met.
    public var sets: [ApproverSet]
    /// Decided by this one person instead.
    public var assignee: MemberID?
    /// Whose own run it is: see `ConflictClosure`.
    public var conflicted: Set<MemberID>
    public var delegation: DelegationRule
    /// True when only people on shift may decide.
    public var isOnShiftOnly: Bool
    public var votes: [Vote]
    /// How many rejections end it.
    public var rejectionsNeeded: Int

    /// Puts a question together.
    public init(
        tool: ToolName, tags: Set<String> = [], amount: Int64? = nil, risk: Risk,
        createdAt: Timestamp, sets: [ApproverSet], assignee: MemberID? = nil,
        conflicted: Set<MemberID> = [], delegation: DelegationRule? = nil,
        isOnShiftOnly: Bool = false, votes: [Vote] = [], rejectionsNeeded: Int = 1
    ) {
        self.tool = tool
        self.tags = tags
        self.amount = amount
        self.risk = risk
        self.createdAt = createdAt
        self.sets = sets
        self.assignee = assignee
        self.conflicted = conflicted
        self.delegation = delegation ?? .usual(for: risk)
        self.isOnShiftOnly = isOnShiftOnly
        self.votes = votes
        self.rejectionsNeeded = rejectionsNeeded
    }
}

/// So many people of a group.
public struct ApproverSet: Hashable, Sendable {
    public var group: GroupName
    public var min: Int
    public var filter: Filter?
    /// Groups that count as this one does: an escalation added them.
    public var also: [GroupName]

    /// Who of the group counts.
    public enum Filter: Hashable, Sendable {
        case role(Role)
        case alsoIn(GroupName)
        case notIn(GroupName)
    }

    /// Puts a set together.
    public init(
        group: GroupName, min: Int = 1, filter: Filter? = nil, also: [GroupName] = []
    ) {
        self.also = also
        self.group = group
        self.min = min
        self.filter = filter
    }

    /// True when `member` counts for it.
    public func contains(_ member: Member) -> Bool {
        let isIn = member.groups.contains(group) || also.contains { member.groups.contains($0) }
        guard isIn else { return false }
        return switch filter {
        case nil: true
        case .role(let role): member.roles.contains(role)
        case .alsoIn(let other): member.groups.contains(other)
        case .notIn(let other): !member.groups.contains(other)
        }
    }
}

/// What somebody said about an approval.
public struct Vote: Hashable, Sendable {
    public var by: MemberID
    /// Whose authority they used, when it was not their own.
    public var onBehalfOf: MemberID?
    public var verdict: Verdict
    /// Which of the sets it counts for.
    public var sets: Set<Int>

    /// Puts a vote together.
    public init(
        by: MemberID, onBehalfOf: MemberID? = nil, verdict: Verdict = .approve,
        sets: Set<Int> = [0]
    ) {
        self.by = by
        self.onBehalfOf = onBehalfOf
        self.verdict = verdict
        self.sets = sets
    }

    /// Whose authority it was.
    public var authority: MemberID { onBehalfOf ?? by }
}

/// In which capacity somebody decides.
public struct Hat: Hashable, Sendable {
    /// Nil for their own authority.
    public var delegation: Delegation?
    /// Which of the sets it counts for; an assignee counts for all.
    public var sets: Set<Int>

    /// Whose authority is used when it is not their own.
    public var onBehalfOf: MemberID? { delegation?.grantor }

    /// Puts a hat together.
    public init(delegation: Delegation? = nil, sets: Set<Int>) {
        self.delegation = delegation
        self.sets = sets
    }
}

/// Why somebody may not decide.
public enum AuthorityRefusal: Error, Hashable, Sendable {
    /// They are not here, or were switched off.
    case unknown(MemberID)
    case roleMissing
    /// Neither their own authority nor a lent one reaches it.
    case notAsked
    /// It was handed to this person.
    case assigned(MemberID)
    case separationOfDuty(Side)
    case offShift
    /// The same natural person voted.
    case alreadyVoted
    /// This person's authority was used for another vote.
    case authorityAlreadyUsed(MemberID)
    /// They named somebody who lent them nothing.
    case noDelegation(from: MemberID)
    /// What was lent does not reach it.
    case lent(DelegationObstacle, DelegationID, from: MemberID)

    /// Of the two people of a lent decision.
    public enum Side: String, Hashable, Sendable {
        case actor
        case onBehalfOf = "on_behalf_of"
    }
}
