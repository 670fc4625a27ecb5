public import Approvals
import Audit
import Cryptography
import JSONTree

// An operator manages tenants, an admin the defaults of their own.
extension Session {
    mutating func addTenant(
        _ wanted: TenantSettings, adminEmail: String, by admin: Member
    ) throws(CommandFailure) -> Answer {
        guard admin.isOperator else { throw .refusing(.forbidden(.operatorsOnly)) }
        let email = try Naming.email(adminEmail, "/admin_email")
        let group = wanted.defaultGroup ?? .onCall
        var fresh = Tenant(name: wanted.name, defaultGroup: group, createdAt: now)
        try fresh.take(wanted)
        let founding = Founding(tenant: fresh, adminEmail: email, isOperator: false, by: actor)
        let secret = try journal.found(founding)
        try journal.record(
            AuditEvent(.tenantAdded, by: actor, about: .init(.tenant, fresh.name.rawValue)),
            of: tenant)
        return .tenant(fresh, adminSecret: secret)
    }

    mutating func changeTenant(
        _ wanted: TenantSettings, by admin: Member
    ) throws(CommandFailure) -> Answer {
        guard admin.isOperator || wanted.name == tenant,
            var changed = try stored(try store.tenant(wanted.name))
        else { throw .refusing(.notFound) }
        let known = changed
        try changed.take(wanted)
        if changed.stepUpFrom.asksLess(than: known.stepUpFrom),
            let refusal = try proven(wanted.stepUpCode, by: admin)
        {
            return .refused(refusal, current: nil)
        }
        let groups = try stored(try store.groups(of: wanted.name))
        guard groups.contains(where: { $0.name == changed.defaultGroup }) else {
            throw .field("/default_group", "there is no group of this name")
        }
        guard changed != known else { return .tenant(changed, adminSecret: nil) }
        try stored(try store.replace(changed))
        try journal.record(
            AuditEvent(
                .tenantChanged, by: actor, about: .init(.tenant, changed.name.rawValue),
                documents: [AuditEvent.Document("settings", changed.settingsDocument)]),
            of: changed.name)
        return .tenant(changed, adminSecret: nil)
    }

    mutating func removeTenant(
        _ name: TenantName, by admin: Member
    ) throws(CommandFailure) -> Answer {
        guard admin.isOperator else { throw .refusing(.forbidden(.operatorsOnly)) }
        guard name != tenant else {
            throw .refusing(
                .conflict(
                    "an operator does not remove their own tenant",
                    next: "Ask an operator of another tenant."))
        }
        guard try stored(try store.tenant(name)) != nil else { throw .refusing(.notFound) }
        guard try stored(try store.removeTenant(name)) else {
            throw .refusing(
                .conflict(
                    "the tenant holds approvals, which are kept",
                    next: "Revoke its tokens instead, so that nobody uses it."))
        }
        try journal.record(
            AuditEvent(.tenantRemoved, by: actor, about: .init(.tenant, name.rawValue)),
            of: tenant)
        return .removed
    }
}

/// A tenant that is about to begin, and its first admin.
struct Founding {
    let tenant: Tenant
    let adminEmail: String
    let isOperator: Bool
    let by: AuditEvent.Actor
}

extension Journal {
    /// Begins a tenant: its log, its group, its first admin and their token, whose secret it gives.
    mutating func found(_ founding: Founding) throws(CommandFailure) -> String {
        let (tenant, name) = (founding.tenant, founding.tenant.name)
        guard try stored(try store.insert(tenant)) else {
            throw .refusing(.conflict("there is a tenant of this name"))
        }
        let origin = EventLog(host: host, tenant: name).origin
        try record(AuditEvent(.logOpened, by: .server, about: .init(.log, origin)), of: name)
        let group = Group(name: tenant.defaultGroup, createdAt: now)
        guard try stored(try store.insert(group, of: name)) else {
            throw .store(.damaged("a new tenant has groups"))
        }
        try record(
            AuditEvent(
                .groupAdded, by: founding.by, about: .init(.group, group.name.rawValue)), of: name)
        let admin = Member(
            id: MemberID(uuid()), email: founding.adminEmail, roles: [.admin], groups: [],
            isOperator: founding.isOperator, createdAt: now)
        try enroll(admin, of: name, by: founding.by)
        let holder = TokenHolder(holder: .member(admin.id), name: admin.email)
        let issue = TokenIssue(for: holder, label: "first admin", expiresAt: nil)
        return try issueToken(issue, of: name, by: founding.by).secret
    }
}

extension ControlPlane {
    /// Begins an empty store: the tenant, its group `on-call`, its admin, who is also the operator.
    ///
    /// The answer is the secret of the admin's token, which is told this once.
    public func initialise(
        tenant: TenantName, adminEmail: String, in store: any StoreWriter,
        with surroundings: inout Surroundings
    ) throws(CommandFailure) -> String {
        guard try stored(try store.tenants()).isEmpty else {
            throw .refusing(
                .conflict(
                    "the store holds tenants already",
                    next: "Go on with it, or name another folder for a new one."))
        }
        var journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        defer { surroundings = journal.surroundings }
        let email = try Naming.email(adminEmail, "/admin_email")
        let fresh = Tenant(name: tenant, defaultGroup: .onCall, createdAt: journal.now)
        return try journal.found(
            Founding(tenant: fresh, adminEmail: email, isOperator: true, by: .server))
    }
}

extension GroupName {
    /// Who is asked in a tenant that says nothing else.
    static var onCall: GroupName {
        guard let name = GroupName("on-call") else {
            preconditionFailure("on-call is a name for a group.")
        }
        return name
    }
}

extension Tenant {
    /// Takes what is wanted; what is nil stays.
    fileprivate mutating func take(_ wanted: TenantSettings) throws(CommandFailure) {
        defaultGroup = wanted.defaultGroup ?? defaultGroup
        timeoutMaxSeconds = wanted.timeoutMaxSeconds ?? timeoutMaxSeconds
        defaultTimeoutSeconds = wanted.defaultTimeoutSeconds ?? defaultTimeoutSeconds
        claimWindowSeconds = wanted.claimWindowSeconds ?? claimWindowSeconds
        defaultRisk = wanted.defaultRisk ?? defaultRisk
        toolRisks = wanted.toolRisks ?? toolRisks
        failOpenTools = wanted.failOpenTools ?? failOpenTools
        stepUpFrom = wanted.stepUpFrom ?? stepUpFrom
        retentionDays = wanted.retentionDays ?? retentionDays
        let days = Self.retentionDaysRange
        guard days.contains(retentionDays) else {
            throw .field(
                "/retention_days", "must be from \(days.lowerBound) to \(days.upperBound) days")
        }
        let secondsMax = Limits.tenantSecondsMax
        guard (1...secondsMax).contains(timeoutMaxSeconds) else {
            throw .field("/timeout_max_s", "must be from 1 to \(secondsMax)")
        }
        guard (1...timeoutMaxSeconds).contains(defaultTimeoutSeconds) else {
            throw .field("/default_timeout_s", "must be from 1 to \(timeoutMaxSeconds)")
        }
        guard (1...secondsMax).contains(claimWindowSeconds) else {
            throw .field("/claim_window_s", "must be from 1 to \(secondsMax)")
        }
        guard max(toolRisks.count, failOpenTools.count) <= Limits.namedToolsMax else {
            throw .refusing(.limit("namedToolsMax is \(Limits.namedToolsMax)"))
        }
    }

    /// The settings as the log commits to them.
    fileprivate var settingsDocument: JSONValue {
        let risks = toolRisks.sorted { $0.key < $1.key }
            .map { JSONValue.array([.string($0.key.rawValue), .string($0.value.rawValue)]) }
        return [
            "claim_window_s": .fact(claimWindowSeconds),
            "default_group": .fact(defaultGroup.rawValue),
            "default_risk": .fact(defaultRisk.rawValue),
            "default_timeout_s": .fact(defaultTimeoutSeconds),
            "fail_open_tools": .array(failOpenTools.sorted().map { .string($0.rawValue) }),
            "retention_days": .fact(retentionDays),
            "step_up_from": .fact(stepUpFrom.rawValue),
            "timeout_max_s": .fact(timeoutMaxSeconds), "tool_risks": .array(risks),
        ]
    }
}
