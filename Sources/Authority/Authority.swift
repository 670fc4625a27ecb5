public import Approvals

/// Who may see, decide and route an approval.
///
/// Checked at the moment of use, on the person that the token names.
public enum Authority {
    /// The roles that decide.
    public static let deciders: Set<Role> = [.approver, .lead]
    /// The roles that see every approval of their tenant.
    public static let overseers: Set<Role> = [.lead, .auditor, .admin]

    /// True when the approval may be shown to `member` at all.
    public static func maySee(_ member: Member, _ approval: Approval) -> Bool {
        if !overseers.isDisjoint(with: member.roles) { return true }
        if member.roles.isSuperset(of: [.approver, .breakglass]) { return true }
        guard member.roles.contains(.approver) else { return false }
        return member.groups.contains(approval.requirement.group)
            || approval.requirement.assignee == member.id || approval.isTold(member)
    }

    /// True when it may have been shown to `member` before it was handed to somebody else.
    public static func mayHaveSeen(_ member: Member, _ approval: Approval) -> Bool {
        guard member.roles.contains(.approver) else { return false }
        return approval.formerAssignees.contains(member.id)
            || approval.formerGroups.contains { member.groups.contains($0) }
    }

    /// Why `member` may not decide; nil when they may.
    ///
    /// `agentOwner` is the person whose runs the agent's are: nobody approves their own. Who could
    /// decide instead is left empty; the caller knows the members.
    public static func mayDecide(
        _ member: Member, _ approval: Approval, agentOwner: MemberID?
    ) -> Refusal.Forbidden? {
        guard !deciders.isDisjoint(with: member.roles) else {
            return .roleMissing(needed: [.approver, .lead])
        }
        guard member.id != agentOwner else { return .ownRun }
        if let assignee = approval.requirement.assignee {
            guard assignee == member.id else { return .assignedTo(assignee) }
        } else if !approval.isDecided(byGroupsOf: member) {
            return .notInGroup(approval.requirement.group, couldDecide: [])
        }
        guard !approval.decisions.contains(where: { $0.by == member.id }) else {
            return .decidedBefore
        }
        guard !approval.decisions.contains(where: { $0.authority == member.id }) else {
            return .authorityUsed(of: member.id)
        }
        return nil
    }

    /// Everybody among `members` who may decide.
    public static func whoMayDecide(
        _ approval: Approval, among members: [Member], agentOwner: MemberID?
    ) -> [Member] {
        members.filter { mayDecide($0, approval, agentOwner: agentOwner) == nil }
    }

    /// Why `member` may not give more time or hand the approval on; nil when they may.
    ///
    /// Whoever may decide it may; so may the group that it was taken from for one person, and every
    /// lead of the tenant, or a call handed to somebody who left could never come back.
    public static func mayRoute(
        _ member: Member, _ approval: Approval, agentOwner: MemberID?
    ) -> Refusal.Forbidden? {
        guard let forbidden = mayDecide(member, approval, agentOwner: agentOwner) else {
            return nil
        }
        switch forbidden {
        case .assignedTo, .notInGroup:
            let isOfGroup = approval.isDecided(byGroupsOf: member)
            return isOfGroup || member.roles.contains(.lead) ? nil : forbidden
        case .roleMissing, .ownRun, .decidedBefore, .noDelegation, .lent, .authorityUsed,
            .ownRunOfGrantor, .operatorsOnly:
            return forbidden
        }
    }
}
