public import JSONTree

/// What an approval needs before it is released.
public struct Requirement: Hashable, Sendable {
    /// The group whose members may decide.
    public var group: GroupName
    /// Decided by this one member of the tenant instead of the whole group, when reassigned to a
    /// person.
    public var assignee: MemberID?
    /// How many distinct people must approve.
    public var quorum: Int
    /// The first instant at which a decision is too late.
    public var deadline: Timestamp
    /// What happens at the deadline.
    public var posture: Posture
    /// What an approver may change.
    public var envelope: EditEnvelope
    /// The rule or tenant default that asked for this, by name.
    public var rule: String
    /// Whether somebody may decide on behalf of another; nil for what is usual at its risk.
    public var delegation: DelegationRule?
    /// What happens when nobody who could decide may be disturbed; nil for what is usual at its
    /// risk.
    public var allQuiet: AllQuiet?

    /// Puts a requirement together.
    public init(
        group: GroupName, assignee: MemberID? = nil, quorum: Int = 1, deadline: Timestamp,
        posture: Posture = .failClosed, envelope: EditEnvelope = .anything, rule: String,
        delegation: DelegationRule? = nil, allQuiet: AllQuiet? = nil
    ) {
        self.allQuiet = allQuiet
        self.delegation = delegation
        self.group = group
        self.assignee = assignee
        self.quorum = quorum
        self.deadline = deadline
        self.posture = posture
        self.envelope = envelope
        self.rule = rule
    }
}

extension Approval {
    /// The groups whose members may decide: the one that is asked, and those that its escalation
    /// added.
    public var decidingGroups: [GroupName] { [requirement.group] + (escalation?.deciding ?? []) }

    /// Whether somebody is in one of them.
    public func isDecided(byGroupsOf member: Member) -> Bool {
        decidingGroups.contains { member.groups.contains($0) }
    }

    /// Whether its escalation told somebody of it.
    public func isTold(_ member: Member) -> Bool {
        guard let escalation else { return false }
        return escalation.people.contains(member.id)
            || escalation.groups.contains { member.groups.contains($0) }
    }
}

/// What a rule lets an approver change.
public enum EditEnvelope: Hashable, Sendable {
    /// Every pointer, within the tool's schema.
    case anything
    /// These pointers and what lies below them.
    case only([JSONPointer])

    /// True when a change at `pointer` stays inside.
    public func allows(_ pointer: JSONPointer) -> Bool {
        switch self {
        case .anything: true
        case .only(let pointers): pointers.contains { $0.isPrefix(of: pointer) }
        }
    }
}
