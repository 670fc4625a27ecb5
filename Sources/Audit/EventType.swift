/// What an event of a log says; a closed list, so that an unknown type is a finding.
public enum EventType: String, Hashable, Sendable, CaseIterable {
    /// Always the first.
    case logOpened = "log.opened"
    case keyRotated = "key.rotated"
    /// A document of an earlier event was erased; the event is the subject.
    case disclosureErased = "disclosure.erased"
    /// One person wants the values of somebody or something erased; a second one must want it, too.
    case erasureProposed = "erasure.proposed"
    /// A second person wanted it, and it is done, or the part of it that fits into one go.
    case erasureDone = "erasure.done"
    /// Values went because they were older than the tenant keeps them.
    case retentionSwept = "retention.swept"
    case policyPublished = "policy.published"
    /// One person wants a version in force, or out of force; a second one must want it, too.
    case policyModeProposed = "policy.mode_proposed"
    case policyModeChanged = "policy.mode_changed"
    /// Somebody looked at calls that a shadow judges otherwise.
    case policyReviewed = "policy.reviewed"
    /// Somebody tried conditions on stored calls with values that approvers do not see.
    case policyTried = "policy.tried"

    /// A person approved calls like one beforehand; the grant is the subject.
    case grantCreated = "grant.created"
    /// A grant was taken back, or ended because what it stood on is gone.
    case grantRevoked = "grant.revoked"

    /// Nothing of the tenant is released from here on.
    case releasesHalted = "releases.halted"
    /// A second person lifted the halt.
    case releasesResumed = "releases.resumed"
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

    /// Somebody's authority was lent; the delegation is the subject.
    case delegationMade = "delegation.made"
    case delegationRevoked = "delegation.revoked"
    /// Who is expected to decide, and when, was changed; the schedule is the subject.
    case scheduleChanged = "schedule.changed"
    case scheduleRemoved = "schedule.removed"
    /// Somebody goes or comes for a while; the override is the subject.
    case overrideMade = "override.made"
    case overrideRemoved = "override.removed"
    /// Somebody offered hours of theirs; the offer is the subject.
    case swapOffered = "swap.offered"
    case swapTaken = "swap.taken"
    case swapWithdrawn = "swap.withdrawn"
    /// Somebody said when a person, or everybody of a group, may be disturbed; they are the
    /// subject.
    case reachChanged = "reach.changed"

    /// Somebody planned to whom a group's approvals go when nobody answers; the group is the
    /// subject.
    case escalationChanged = "escalation.changed"

    case approvalRequested = "approval.requested"
    /// Nobody answered, and the plan went on to the next people.
    case approvalEscalated = "approval.escalated"
    /// The shift changed, and it was brought to who came on duty.
    case approvalHandedOver = "approval.handed_over"
    /// Somebody looks at it, so that the next people are told later.
    case approvalAcknowledged = "approval.acknowledged"
    /// The agent asked for the same call again while it waited, and joined the approval.
    case approvalAskedAgain = "approval.asked_again"
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
