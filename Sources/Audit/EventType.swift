/// What an event of a log says; a closed list, so that an unknown type is a finding.
public enum EventType: String, Hashable, Sendable, CaseIterable {
    /// Always the first.
    case logOpened = "log.opened"
    case keyRotated = "key.rotated"
    case disclosureErased = "disclosure.erased"
    case policyPublished = "policy.published"
    /// One person wants a version in force, or out of force; a second one must want it, too.
    case policyModeProposed = "policy.mode_proposed"
    case policyModeChanged = "policy.mode_changed"

    case tenantAdded = "tenant.added"
    case tenantChanged = "tenant.changed"
    case tenantRemoved = "tenant.removed"
    case groupAdded = "group.added"
    case groupRemoved = "group.removed"
    /// A person joined the tenant.
    case memberEnrolled = "member.enrolled"
    /// A person's roles changed.
    case memberChanged = "member.changed"
    /// A person left the tenant.
    case memberLeft = "member.left"
    /// A person came into a group; the group is the subject.
    case memberAdded = "member.added"
    /// A person went out of a group; the group is the subject.
    case memberRemoved = "member.removed"
    case agentAdded = "agent.added"
    case agentRemoved = "agent.removed"
    case tokenIssued = "token.issued"
    case tokenRevoked = "token.revoked"
    /// A person confirmed a second factor, their first or another one; the member is the subject.
    case stepUpEnrolled = "step_up.enrolled"
    /// An admin took a person's second factor away.
    case stepUpReset = "step_up.reset"
    /// An admin handed out an enrolment code for a person's second factor.
    case stepUpPermitted = "step_up.permitted"
    /// Too many wrong codes: none is looked at for a while.
    case stepUpLocked = "step_up.locked"

    case approvalRequested = "approval.requested"
    /// One of several approvals that the quorum asks for; it settled nothing yet.
    case approvalEndorsed = "approval.endorsed"
    case approvalDecided = "approval.decided"
    case approvalExpired = "approval.expired"
    case approvalCancelled = "approval.cancelled"
    case approvalExtended = "approval.extended"
    case approvalReassigned = "approval.reassigned"
    case approvalCommented = "approval.commented"
    case approvalClaimed = "approval.claimed"
    case valueRevealed = "value.revealed"
    case executionReported = "execution.reported"
    /// A claim whose lease ran out without a receipt.
    case executionLost = "execution.lost"
}
