import Approvals
import Audit
import JSONTree
import Policies

// An admin manages groups and members.
extension Session {
    mutating func addGroup(_ name: GroupName) throws(CommandFailure) -> Answer {
        let group = Group(name: name, createdAt: now)
        guard try stored(try store.insert(group, of: tenant)) else {
            throw .refusing(.conflict("there is a group of this name"))
        }
        try journal.record(
            AuditEvent(.groupAdded, by: actor, about: .init(.group, name.rawValue)), of: tenant)
        return .group(group, emails: [])
    }

    mutating func removeGroup(_ name: GroupName) throws(CommandFailure) -> Answer {
        guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == name })
        else { throw .refusing(.notFound) }
        guard try tenantRecord().defaultGroup != name else {
            throw .refusing(
                .conflict(
                    "it is the tenant's default group",
                    next: "Give the tenant another default group first."))
        }
        for policy in try stored(try store.activePolicies(of: tenant))
        where policy.status.decides {
            guard try !program(of: policy).policy.asks(name) else {
                throw .refusing(
                    .conflict(
                        "the policy \(policy.name) sends calls to this group",
                        next: "Publish a version that names another group, put it in force, and "
                            + "remove the group then."))
            }
        }
        guard try !reader.isAsked(name) else {
            throw .refusing(
                .conflict(
                    "pending approvals wait for this group",
                    next: "Decide them or hand them to another group first."))
        }
        for member in try stored(try store.members(of: tenant))
        where member.groups.contains(name) {
            var changed = member
            changed.groups.remove(name)
            try journal.change(member, to: changed, of: tenant, by: actor)
            try endGrants(of: member.id)
        }
        try hurryEscalations()
        guard try stored(try store.removeGroup(name, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try journal.record(
            AuditEvent(.groupRemoved, by: actor, about: .init(.group, name.rawValue)), of: tenant)
        return .removed
    }

    mutating func putMember(
        email: String, roles: Set<Role>, groups: Set<GroupName>
    ) throws(CommandFailure) -> Answer {
        let email = try Naming.email(email, "/email")
        try requireKnown(roles)
        let known = Set(try stored(try store.groups(of: tenant)).map(\.name))
        guard groups.isSubset(of: known) else {
            let unknown = groups.subtracting(known).sorted().map(\.rawValue)
            throw .field("/groups", "there is no group \(unknown.joined(separator: ", "))")
        }
        guard let member = try stored(try store.member(email: email, of: tenant)) else {
            let member = Member(
                id: MemberID(journal.uuid()), email: email, roles: roles, groups: groups,
                createdAt: now)
            try journal.enroll(member, of: tenant, by: actor)
            return .member(member)
        }
        try requireRank(over: member)
        var changed = member
        changed.roles = roles
        changed.groups = groups
        if !roles.contains(.admin) { try requireAnotherAdmin(than: member) }
        try journal.change(member, to: changed, of: tenant, by: actor)
        try endGrants(of: member.id)
        try hurryEscalations()
        return .member(changed)
    }

    private func requireKnown(_ roles: Set<Role>) throws(CommandFailure) {
        guard !roles.isEmpty, !roles.contains(.agent) else {
            throw .field("/roles", "must be at least one of approver, lead, auditor and admin")
        }
        let isDecider = roles.contains(.approver) || roles.contains(.lead)
        guard isDecider || !roles.contains(.breakglass) else {
            throw .field("/roles", "must have approver or lead beside breakglass")
        }
    }

    mutating func removeMember(email: String) throws(CommandFailure) -> Answer {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try requireRank(over: member)
        try requireAnotherAdmin(than: member)
        try revokeTokens(of: .member(member.id))
        var alone = member
        alone.groups = []
        try journal.change(member, to: alone, of: tenant, by: actor)
        try endGrants(of: member.id)
        guard try stored(try store.removeMember(member.id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try journal.record(
            AuditEvent(.memberLeft, by: actor, about: .init(.member, member.id.rawValue)),
            of: tenant)
        try hurryEscalations()
        return .removed
    }

    /// Only an operator touches an operator: with their token, an admin would reach every tenant.
    func requireRank(over member: Member) throws(CommandFailure) {
        if case .member(let admin, _) = principal, admin.isOperator { return }
        guard !member.isOperator else { throw .refusing(.forbidden(.operatorsOnly)) }
    }

    /// A tenant keeps an admin, and an installation an operator.
    private func requireAnotherAdmin(than member: Member) throws(CommandFailure) {
        guard member.roles.contains(.admin) else { return }
        let others = try stored(try store.members(of: tenant)).filter {
            $0.id != member.id && $0.roles.contains(.admin)
        }
        guard !others.isEmpty else {
            throw .refusing(
                .conflict(
                    "they are the last admin of the tenant",
                    next: "Make somebody else an admin first."))
        }
        guard !member.isOperator || others.contains(where: \.isOperator) else {
            throw .refusing(
                .conflict(
                    "they are the last operator", next: "Make somebody else an operator first."))
        }
    }
}

extension Journal {
    /// Adds a member, and says who they are and where they belong.
    mutating func enroll(
        _ member: Member, of tenant: TenantName, by actor: AuditEvent.Actor
    ) throws(CommandFailure) {
        guard try stored(try store.insert(member, of: tenant)) else {
            throw .refusing(
                .conflict(
                    "there is a member with this e-mail", next: "Change that member instead."))
        }
        try record(
            AuditEvent(
                .memberEnrolled, by: actor, about: .init(.member, member.id.rawValue),
                documents: [AuditEvent.Document("member", ["email": .string(member.email)])],
                facts: .facts([
                    "operator": member.isOperator ? .fact("true") : nil,
                    "roles": .fact(member.rolesText),
                ])), of: tenant)
        for group in member.groups.sorted() {
            try recordBelonging(.memberAdded, member, group, of: tenant, by: actor)
        }
    }

    /// Saves a changed member with one event for each thing that changed; none when nothing did.
    mutating func change(
        _ member: Member, to changed: Member, of tenant: TenantName, by actor: AuditEvent.Actor
    ) throws(CommandFailure) {
        guard member != changed else { return }
        try stored(try store.replace(changed, of: tenant))
        if member.roles != changed.roles {
            try record(
                AuditEvent(
                    .memberChanged, by: actor, about: .init(.member, member.id.rawValue),
                    facts: .facts(["roles": .fact(changed.rolesText)])), of: tenant)
        }
        for group in changed.groups.subtracting(member.groups).sorted() {
            try recordBelonging(.memberAdded, member, group, of: tenant, by: actor)
        }
        for group in member.groups.subtracting(changed.groups).sorted() {
            try recordBelonging(.memberRemoved, member, group, of: tenant, by: actor)
        }
    }

    private mutating func recordBelonging(
        _ type: EventType, _ member: Member, _ group: GroupName, of tenant: TenantName,
        by actor: AuditEvent.Actor
    ) throws(CommandFailure) {
        try record(
            AuditEvent(
                type, by: actor, about: .init(.group, group.rawValue),
                facts: .facts(["member": .fact(member.id.rawValue)])), of: tenant)
    }
}

extension Member {
    /// The roles in one text, in the order of the vocabulary.
    fileprivate var rolesText: String {
        Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: " ")
    }
}
