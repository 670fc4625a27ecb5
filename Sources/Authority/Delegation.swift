public import Approvals

/// Names one delegation for ever; nothing of it but its revocation changes.
public struct DelegationID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard let uuid = ApprovalID(text) else { return nil }
        rawValue = uuid.rawValue
    }
}

/// One person's authority lent to another: what, how far and for how long.
public struct Delegation: Hashable, Sendable {
    public let id: DelegationID
    /// Whose authority it is; they keep it.
    public let grantor: MemberID
    public let delegate: MemberID
    public let start: Timestamp
    /// The first instant at which it is over.
    public let end: Timestamp
    public let scope: Scope
    /// The highest risk that it reaches up to.
    public let ceiling: Risk
    /// The highest amount, when the policy says where a call has one.
    public let amountMax: Int64?
    public let mode: Mode
    /// Whether the delegate may be disturbed; nil for only while the grantor is out of office.
    public let reaches: Bool?
    /// True when approvals that were there before it began are not meant.
    public let isForNewOnly: Bool
    public let reason: String
    public let createdBy: MemberID
    public let createdAt: Timestamp
    /// When it was taken back; the only thing that ever changes.
    public var revokedAt: Timestamp?
    public var revokedBy: MemberID?

    /// What is lent. Everything has to be said.
    public enum Scope: Hashable, Sendable {
        case all
        /// A call must fit every kind that is named; an empty kind names none.
        case only(tools: Set<ToolName>, groups: Set<GroupName>, tags: Set<String>)
    }

    /// What becomes of the grantor meanwhile.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Both decide, and both are asked.
        case parallel
        /// Both may decide; only the delegate is on duty and disturbed.
        case replace
    }

    /// Puts a delegation together; `DelegationRules` say whether it may be.
    public init(
        id: DelegationID, grantor: MemberID, delegate: MemberID, start: Timestamp, end: Timestamp,
        scope: Scope, ceiling: Risk, amountMax: Int64? = nil, mode: Mode = .parallel,
        reaches: Bool? = nil, isForNewOnly: Bool = false, reason: String, createdBy: MemberID,
        createdAt: Timestamp, revokedAt: Timestamp? = nil, revokedBy: MemberID? = nil
    ) {
        self.id = id
        self.grantor = grantor
        self.delegate = delegate
        self.start = start
        self.end = end
        self.scope = scope
        self.ceiling = ceiling
        self.amountMax = amountMax
        self.mode = mode
        self.reaches = reaches
        self.isForNewOnly = isForNewOnly
        self.reason = reason
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.revokedAt = revokedAt
        self.revokedBy = revokedBy
    }

    /// Where it stands at an instant.
    public func state(at now: Timestamp) -> State {
        if let revokedAt, revokedAt <= now { return .revoked }
        if now < start { return .coming }
        return now < end ? .active : .over
    }

    /// The same as it holds now: what was taken back stays so when the wall clock is stepped back.
    public func standing(at now: Timestamp) -> Delegation {
        guard let revokedAt, revokedAt > now else { return self }
        var current = self
        current.revokedAt = now
        return current
    }

    /// Where a delegation stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        case coming, active, over, revoked
    }

}

extension Delegation.Scope {
    /// True when a call lies within it.
    public func covers(_ question: AuthorityQuestion) -> Bool {
        switch self {
        case .all: true
        case .only(let tools, let groups, let tags):
            !isEmpty && (tools.isEmpty || tools.contains(question.tool))
                && (groups.isEmpty || question.sets.contains { groups.contains($0.group) })
                && (tags.isEmpty || !tags.isDisjoint(with: question.tags))
        }
    }

    /// True when it names nothing, which is not the same as everything.
    public var isEmpty: Bool {
        switch self {
        case .all: false
        case .only(let tools, let groups, let tags):
            tools.isEmpty && groups.isEmpty && tags.isEmpty
        }
    }
}
