public import Approvals

// Who stands behind a grant, who sees it and who takes it back.
extension Authority {
    /// True when a grant may be shown to `member`: its grantor, its group, and who oversees.
    public static func maySee(_ member: Member, _ grant: Grant) -> Bool {
        if !overseers.isDisjoint(with: member.roles) || member.id == grant.grantedBy {
            return true
        }
        return member.roles.contains(.approver) && member.groups.contains(grant.terms.group)
    }

    /// True when `member` may take a grant back: making it stricter is easy.
    public static func mayRevoke(_ member: Member, _ grant: Grant) -> Bool {
        if member.roles.contains(.lead) || member.roles.contains(.admin) { return true }
        guard member.roles.contains(.approver) else { return false }
        return member.id == grant.grantedBy || member.groups.contains(grant.terms.group)
    }

    /// True while its grantor still decides for the group that is asked; nil when they left.
    public static func mayStand(_ grant: Grant, of grantor: Member?) -> Bool {
        guard let grantor, grantor.id == grant.grantedBy else { return false }
        return !deciders.isDisjoint(with: grantor.roles)
            && grantor.groups.contains(grant.terms.group)
    }
}
