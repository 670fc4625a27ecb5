/// How much harm a call may do when it is wrongly approved; set by the tenant, never lowered by an
/// agent.
public enum Risk: String, Hashable, Sendable, CaseIterable, Comparable {
    case low, medium, high, critical

    /// Harmless sorts first.
    public static func < (left: Risk, right: Risk) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }
}

/// What somebody with a token may do.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Submits, waits, claims and reports.
    case agent
    /// Decides for the groups they are in.
    case approver
    /// Decides like an approver, and configures delegation, shifts and policies.
    case lead
    /// Reads everything but secrets, decides nothing.
    case auditor
    /// Manages tenants, groups, members, agents and tokens; decides nothing by this role.
    case admin
    /// Beside approver or lead: sees every approval, and approves one that is not theirs to decide,
    /// with a code, a reason and a review by a lead.
    case breakglass
}

/// The state of an approval; all but `pending` are terminal.
public enum ApprovalState: String, Hashable, Sendable, CaseIterable {
    case pending, approved, rejected, expired, cancelled

    /// True once the approval can never change its state again.
    public var isTerminal: Bool { self != .pending }
}

/// What became of the call after its release.
public enum Execution: String, Hashable, Sendable, CaseIterable {
    case none, claimed, succeeded, failed
    /// Claimed, and nobody reported in time: a person must look, and it is never run again by
    /// itself.
    case unknown
}

/// What an expiry does to an approval that nobody decided.
public enum Posture: String, Hashable, Sendable, CaseIterable {
    case failClosed = "fail_closed"
    case failOpen = "fail_open"
}

/// One person's answer.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case approve, reject
}

/// What the agent says happened when it ran the tool.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
    case succeeded, failed
}

/// Why a call was allowed to run, or who ended it.
public enum Provenance: Hashable, Sendable {
    case person(MemberID)
    /// A person without the authority, who owes a review.
    case breakGlass(MemberID)
    case policy(String)
    case toolFlag
    case grant(String)
    /// The deadline passed and the named default let the call go.
    case timeout(String)

    /// The stable word on the wire.
    public var basis: String {
        switch self {
        case .person: "person"
        case .breakGlass: "break_glass"
        case .policy: "policy"
        case .toolFlag: "tool_flag"
        case .grant: "grant"
        case .timeout: "timeout"
        }
    }

    /// The id of the person, policy, grant or default; empty for a flag.
    public var reference: String {
        switch self {
        case .person(let id), .breakGlass(let id): id.rawValue
        case .policy(let id), .grant(let id), .timeout(let id): id
        case .toolFlag: ""
        }
    }
}

/// Why authority that was lent does not reach an approval.
public enum DelegationObstacle: String, Hashable, Sendable, CaseIterable {
    /// It has not begun.
    case coming
    /// Its time is over.
    case over
    case revoked
    /// The grantor left or was switched off.
    case grantorGone = "grantor_gone"
    /// The grantor could not decide it themselves.
    case grantorLacksAuthority = "grantor_lacks_authority"
    case outOfScope = "out_of_scope"
    case aboveCeiling = "above_ceiling"
    case aboveAmount = "above_amount"
    /// The policy wants the people themselves.
    case forbidden
    /// The policy wants somebody of the same team.
    case otherTeam = "other_team"
    /// It is for approvals made after it began.
    case olderApproval = "older_approval"
}
