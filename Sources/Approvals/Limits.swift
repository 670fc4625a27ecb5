/// The limits of what agents and people may send; past each of them is a refusal that names it.
public enum Limits {
    /// Of the canonical form of the arguments, before and after edits.
    public static let argumentsBytesMax = 262_144
    public static let argumentsDepthMax = 64
    /// Of scalars, each of which the audit log commits to by itself.
    public static let argumentsFieldsMax = 20_000
    /// Of the pointers to all scalars together.
    public static let argumentsPointerBytesMax = 4_194_304
    public static let redactionsMax = 64
    public static let summaryBytesMax = 500
    public static let reasonBytesMax = 4_000
    public static let previewBytesMax = 16_000
    public static let linksMax = 10
    public static let linkTitleBytesMax = 200
    public static let linkURLBytesMax = 2_000
    /// Of each part of the origin.
    public static let originBytesMax = 200
    /// Of a person's comment or reason, and of an agent's report.
    public static let commentBytesMax = 4_000
    /// Of the changes of one approval, past which nobody moves its deadline or hands it on: its
    /// time line is read whole.
    public static let changesMax = 1_000
    /// Of all comments on one approval.
    public static let commentsMax = 200
    public static let keyBytesMax = 200
    /// How often a run may ask for the same call while it waits.
    public static let asksMax = 100
    /// Of refused decisions that one person's keys are remembered for, the newest ones.
    public static let refusedDecisionsMax = 1_000
    /// For how long a refused decision stays the answer to its key.
    public static let refusedDecisionSeconds = 2_592_000
    /// For how long a secret of a second factor waits for its first code.
    public static let stepUpEnrolmentSeconds = 600
    /// For how long an enrolment code of an admin can be used.
    public static let stepUpPermitSeconds = 86_400
    /// How many wrong codes in a window lock a second factor.
    public static let stepUpFailuresMax = 5
    /// The window that wrong codes are counted in, and for how long the first lock holds. Each
    /// lock holds twice as long as the one before, until a code is right.
    public static let stepUpWindowSeconds = 900
    /// The longest that a lock holds.
    public static let stepUpLockSecondsMax = 86_400
    /// Of the decisions of one call.
    public static let decisionsMax = 100
    /// For how long a standing grant holds: from a minute to a day.
    public static let grantSecondsMin = 60
    public static let grantSecondsMax = 86_400
    public static let grantUsesMax = 1_000
    public static let grantBoundsMax = 16
    /// Of the grants of one agent that hold at the same time.
    public static let grantsPerAgentMax = 100
    public static let leaseSecondsMax = 86_400
    public static let extensionSecondsMax = 86_400
    /// For how long "I am looking at it" holds.
    public static let reviewingSeconds = 60
    /// The longest timeout or claim window that a tenant may set: 90 days.
    public static let tenantSecondsMax = 7_776_000
    public static let emailBytesMax = 254
    public static let agentNameBytesMax = 100
    public static let labelBytesMax = 100
    /// The longest life of a token that ends: ten years.
    public static let tokenSecondsMax = 315_360_000
    /// Of named tools in a tenant's settings.
    public static let namedToolsMax = 1_000
}
