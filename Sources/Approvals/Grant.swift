public import JSONTree

/// A standing permission: calls like one that a person approved run without asking again.
///
/// It is as narrow as its words: every argument must equal the approved one, but for the bounds
/// that the person named, and whatever is in doubt goes to a person.
public struct Grant: Hashable, Sendable {
    public let id: GrantID
    public let tenant: TenantName
    public let tool: ToolName
    public let agent: AgentID
    /// The agent's session that it holds for; nil for all of the agent's calls.
    public let session: String?
    /// The effective arguments that the person approved. A store seals them.
    public let approved: JSONValue
    /// What of them the person could not see.
    public let redactions: [JSONPointer]
    /// Where another value than the approved one may stand.
    public let bounds: [GrantBound]
    /// What the call asked for, of a person: a call that asks for more is not covered.
    public let terms: GrantTerms
    /// True when a code of the second factor was given with the decision.
    public let isProven: Bool
    public let grantedBy: MemberID
    public let grantedAt: Timestamp
    public let fromApproval: ApprovalID
    /// The first instant at which it holds no more.
    public let expiresAt: Timestamp
    /// How many calls it releases; nil for any number until it expires.
    public let usesMax: Int?

    /// How many calls it released.
    public private(set) var uses = 0
    public private(set) var lastUsedAt: Timestamp?
    /// Why it holds no more before its time.
    public private(set) var ending: Ending?
    /// Counts every save; the store compares it.
    public var version = 1

    /// Somebody or something took it back.
    public struct Ending: Hashable, Sendable {
        public var cause: Cause
        /// The person, when it was one.
        public var by: MemberID?
        public var at: Timestamp
        public var reason: String?

        /// What made it end.
        public enum Cause: String, Hashable, Sendable, CaseIterable {
            case revoked
            /// Its grantor may no longer decide such calls.
            case authorityLost = "authority_lost"
            /// A policy now asks for more than it did.
            case policyStricter = "policy_stricter"
        }

        /// Puts an ending together.
        public init(_ cause: Cause, by: MemberID?, at: Timestamp, reason: String? = nil) {
            self.cause = cause
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    /// Grants what `wish` says, on the approval that a person just released.
    public init(
        id: GrantID, _ wish: GrantWish, on approval: Approval, approved: JSONValue,
        terms: GrantTerms, isProven: Bool, by member: MemberID, at now: Timestamp
    ) {
        self.init(
            id: id, tenant: approval.tenant, tool: approval.tool, agent: approval.agent,
            session: wish.scope == .session ? approval.origin.sessionID : nil, approved: approved,
            redactions: approval.redactions, bounds: wish.bounds, terms: terms,
            isProven: isProven, grantedBy: member, grantedAt: now, fromApproval: approval.id,
            expiresAt: now.adding(seconds: wish.seconds), usesMax: wish.uses)
    }

    init(
        id: GrantID, tenant: TenantName, tool: ToolName, agent: AgentID, session: String?,
        approved: JSONValue, redactions: [JSONPointer], bounds: [GrantBound], terms: GrantTerms,
        isProven: Bool, grantedBy: MemberID, grantedAt: Timestamp, fromApproval: ApprovalID,
        expiresAt: Timestamp, usesMax: Int?
    ) {
        self.id = id
        self.tenant = tenant
        self.tool = tool
        self.agent = agent
        self.session = session
        self.approved = approved
        self.redactions = redactions
        self.bounds = bounds
        self.terms = terms
        self.isProven = isProven
        self.grantedBy = grantedBy
        self.grantedAt = grantedAt
        self.fromApproval = fromApproval
        self.expiresAt = expiresAt
        self.usesMax = usesMax
    }

    mutating func restore(uses: Int, lastUsedAt: Timestamp?, ending: Ending?, version: Int) {
        self.uses = uses
        self.lastUsedAt = lastUsedAt
        self.ending = ending
        self.version = version
    }
}

// What becomes of it.
extension Grant {
    /// Whether it still releases calls at `now`.
    public func state(at now: Timestamp) -> GrantState {
        if ending != nil { return .revoked }
        if usesLeft == 0 { return .usedUp }
        return now < expiresAt ? .active : .expired
    }

    /// True until it is used up or taken back, whatever the clock says.
    public var isOpen: Bool { ending == nil && usesLeft != 0 }

    /// How many more calls it may release; nil for any number.
    public var usesLeft: Int? { usesMax.map { max(0, $0 - uses) } }

    /// Counts one released call; false when it holds no more.
    public mutating func use(at now: Timestamp) -> Bool {
        guard state(at: now) == .active, now >= grantedAt else { return false }
        uses += 1
        lastUsedAt = now
        return true
    }

    /// Takes it back; false when it holds no more anyway.
    public mutating func end(_ ending: Ending) -> Bool {
        guard state(at: ending.at) == .active else { return false }
        self.ending = ending
        return true
    }
}

/// What has become of a grant.
public enum GrantState: String, Hashable, Sendable, CaseIterable {
    case active, expired
    case usedUp = "used_up"
    case revoked
}
