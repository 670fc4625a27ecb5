public import Cryptography

/// A tenant and what it asks for when nobody says otherwise.
public struct Tenant: Hashable, Sendable {
    public let name: TenantName
    public var defaultGroup: GroupName
    public var defaultTimeoutSeconds: Int
    public var timeoutMaxSeconds: Int
    /// How long a released call may wait for its claim.
    public var claimWindowSeconds: Int
    public var defaultRisk: Risk
    /// The risk of named tools.
    public var toolRisks: [ToolName: Risk]
    /// The tools that may be released at the deadline, each by its exact name.
    public var failOpenTools: Set<ToolName>
    /// From which risk on a decision needs a second factor.
    public var stepUpFrom: StepUpFrom
    public let createdAt: Timestamp
    /// While there is one, nothing is released and nothing is claimed.
    public var halt: Halt?
    /// After so many days the values of a call are erased.
    public var retentionDays = Tenant.retentionDaysDefault

    /// What a tenant keeps values for that says nothing else.
    public static let retentionDaysDefault = 400
    /// The shortest and the longest that values are kept; six months at least.
    public static let retentionDaysRange = 184...36_500

    /// A tenant with the defaults that fail closed: `on-call`, 15 minutes, medium risk.
    public init(
        name: TenantName, defaultGroup: GroupName, defaultTimeoutSeconds: Int = 900,
        timeoutMaxSeconds: Int = 604_800, claimWindowSeconds: Int = 3_600,
        defaultRisk: Risk = .medium, toolRisks: [ToolName: Risk] = [:],
        failOpenTools: Set<ToolName> = [], stepUpFrom: StepUpFrom = .none, createdAt: Timestamp
    ) {
        self.name = name
        self.defaultGroup = defaultGroup
        self.defaultTimeoutSeconds = defaultTimeoutSeconds
        self.timeoutMaxSeconds = timeoutMaxSeconds
        self.claimWindowSeconds = claimWindowSeconds
        self.defaultRisk = defaultRisk
        self.toolRisks = toolRisks
        self.failOpenTools = failOpenTools
        self.stepUpFrom = stepUpFrom
        self.createdAt = createdAt
    }
}

/// Why nothing of a tenant is released, until a second person lifts it.
public struct Halt: Hashable, Sendable {
    public let by: MemberID
    public let at: Timestamp
    public let reason: String

    /// Puts a halt together.
    public init(by: MemberID, at: Timestamp, reason: String) {
        self.by = by
        self.at = at
        self.reason = reason
    }
}

/// A named set of members that is asked.
public struct Group: Hashable, Sendable {
    public let name: GroupName
    public let createdAt: Timestamp

    /// Puts a group together.
    public init(name: GroupName, createdAt: Timestamp) {
        self.name = name
        self.createdAt = createdAt
    }
}

/// A person of a tenant.
public struct Member: Hashable, Sendable {
    public let id: MemberID
    /// The name on screens; compared by bytes, lower case.
    public let email: String
    public var roles: Set<Role>
    public var groups: Set<GroupName>
    /// True when they may manage tenants.
    public var isOperator: Bool
    public let createdAt: Timestamp
    /// When they were shown redacted values lately; bounds how many they may see in an hour.
    public var revealedAt: [Timestamp]

    /// Puts a member together.
    public init(
        id: MemberID, email: String, roles: Set<Role>, groups: Set<GroupName>,
        isOperator: Bool = false, createdAt: Timestamp, revealedAt: [Timestamp] = []
    ) {
        self.id = id
        self.email = email
        self.roles = roles
        self.groups = groups
        self.isOperator = isOperator
        self.createdAt = createdAt
        self.revealedAt = revealedAt
    }
}

/// A program that submits calls.
public struct Agent: Hashable, Sendable {
    public let id: AgentID
    public let name: String
    /// Whose runs these are; they may not approve them.
    public var owner: MemberID?
    public let createdAt: Timestamp

    /// Puts an agent together.
    public init(id: AgentID, name: String, owner: MemberID? = nil, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.owner = owner
        self.createdAt = createdAt
    }
}

/// The right to speak as a member or an agent; only the digest of its secret is kept.
public struct Token: Hashable, Sendable {
    public let id: TokenID
    public let tenant: TenantName
    public let holder: Holder
    public let secretDigest: Digest
    public let label: String?
    public let createdAt: Timestamp
    public let expiresAt: Timestamp?

    /// Whom a token speaks for.
    public enum Holder: Hashable, Sendable {
        case member(MemberID)
        case agent(AgentID)
    }

    /// Puts a token together.
    public init(
        id: TokenID, tenant: TenantName, holder: Holder, secretDigest: Digest, label: String?,
        createdAt: Timestamp, expiresAt: Timestamp?
    ) {
        self.id = id
        self.tenant = tenant
        self.holder = holder
        self.secretDigest = secretDigest
        self.label = label
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// Who is asking, after the token was checked.
public enum Principal: Hashable, Sendable {
    case member(Member, TenantName)
    case agent(Agent, TenantName)

    /// The tenant that everything they touch belongs to.
    public var tenant: TenantName {
        switch self {
        case .member(_, let tenant), .agent(_, let tenant): tenant
        }
    }
}
