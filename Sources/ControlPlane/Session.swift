import Approvals
import Audit
import ZoneTime

/// One command of one principal, inside one transaction.
struct Session {
    let settings: ControlPlaneSettings
    let principal: Principal
    var journal: Journal
    /// The zones that schedules may be in.
    var zones = ZoneTable()
    /// The code of a second factor that this command was proven with: it covers all of the command.
    var provenCode: StepUpCode?
    /// A code that was refused in this command: it counts once, however often it stands there.
    var refusedCode: (code: StepUpCode, refusal: Refusal)?

    init(settings: ControlPlaneSettings, principal: Principal, journal: Journal) {
        self.settings = settings
        self.principal = principal
        self.journal = journal
    }

    var store: any StoreWriter { journal.store }
    var tenant: TenantName { principal.tenant }
    var now: Timestamp { journal.now }

    /// Reads what this command has written so far.
    var reader: Reader {
        var reader = Reader(store: store, principal: principal, now: now)
        reader.zones = zones
        return reader
    }

    /// How the log names the principal.
    var actor: AuditEvent.Actor {
        switch principal {
        case .member(let member, _): AuditEvent.Actor(.user, member.id.rawValue)
        case .agent(let agent, _): AuditEvent.Actor(.agent, agent.id.rawValue)
        }
    }

    mutating func perform(_ command: Command) throws(CommandFailure) -> Answer {
        switch command {
        case .submit(let submission): try submit(submission)
        case .claim(let id, let nonceDigest, let leaseSeconds, let withSalts):
            try claim(
                id, nonceDigest: nonceDigest, leaseSeconds: leaseSeconds, withSalts: withSalts)
        case .report(let id, let fencingToken, let outcome, let executedDigest, let summary):
            try report(
                id, fencingToken: fencingToken, outcome: outcome, executedDigest: executedDigest,
                resultSummary: summary)
        case .cancel(let id, let reason): try cancel(id, reason: reason)
        case .decide(let decision): try answered(decideOnce(decision))
        case .decideMany(let decisions): try decideMany(decisions)
        case .extend(let id, let revision, let seconds, let reason):
            try extend(id, revision: revision, seconds: seconds, reason: reason)
        case .reassign(let id, let revision, let assignment, let reason):
            try reassign(id, revision: revision, to: assignment, reason: reason)
        case .comment(let id, let text): try comment(id, text: text)
        case .review(let id, let isActive): try review(id, isActive: isActive)
        case .reveal(let id, let pointer, let reason):
            try reveal(id, pointer, reason: reason)
        case .beginStepUp(let code, let permit): try beginStepUp(code, permit)
        case .confirmStepUp(let code): try confirmStepUp(code)
        case .revokeGrant(let id, let reason): try revokeGrant(id, reason: reason)
        case .reviewGlass(let id, let note): try reviewGlass(id, note: note)
        case .people(let command): try perform(command)
        case .halt(let isOn, let reason): try halt(isOn: isOn, reason: reason)
        case .erase(let command): try erase(command)
        case .publishPolicy(let document): try publish(document)
        case .changePolicyMode(let id, let version, let status, let share, let ack):
            try changeMode(
                of: id, version: version,
                to: PolicyWish(status: status, share: share, ack: ack))
        case .reviewShadow(let id, let version, let approvals):
            try reviewShadow(of: id, version: version, approvals)
        case .resetStepUp, .permitStepUp, .addTenant, .changeTenant, .removeTenant, .addGroup,
            .removeGroup,
            .putMember,
            .removeMember, .addAgent, .removeAgent, .addToken, .removeToken:
            try administer(command)
        }
    }

    private func answered(_ decided: Result<ApproverApproval, BulkRefusal>) -> Answer {
        switch decided {
        case .success(let view): .approverApproval(view)
        case .failure(let failure): .refused(failure.refusal, current: failure.current)
        }
    }

    private mutating func administer(_ command: Command) throws(CommandFailure) -> Answer {
        let admin = try member(with: [.admin])
        switch command {
        case .addTenant(let wanted, let email):
            return try addTenant(wanted, adminEmail: email, by: admin)
        case .changeTenant(let wanted): return try changeTenant(wanted, by: admin)
        case .removeTenant(let name): return try removeTenant(name, by: admin)
        case .addGroup(let name): return try addGroup(name)
        case .removeGroup(let name): return try removeGroup(name)
        case .putMember(let email, let roles, let groups):
            return try putMember(email: email, roles: roles, groups: groups)
        case .removeMember(let email): return try removeMember(email: email)
        case .addAgent(let name, let owner): return try addAgent(name: name, ownerEmail: owner)
        case .removeAgent(let name): return try removeAgent(name: name)
        case .addToken(let holder, let label, let seconds, let code):
            if case .member = holder, let refusal = try proven(code, by: admin) {
                return .refused(refusal, current: nil)
            }
            return try addToken(holder, label: label, expiresInSeconds: seconds)
        case .removeToken(let id): return try removeToken(id)
        case .resetStepUp(let email): return try resetStepUp(email: email, by: admin)
        case .permitStepUp(let email, let code):
            return try permitStepUp(email: email, proven: code, by: admin)
        case .submit, .claim, .report, .cancel, .decide, .decideMany, .extend, .reassign,
            .comment, .review, .reveal, .beginStepUp, .confirmStepUp, .people, .halt, .erase,
            .publishPolicy,
            .changePolicyMode, .reviewShadow, .revokeGrant, .reviewGlass:
            preconditionFailure("Only administration comes here.")
        }
    }
}

// Who is asking, and for what.
extension Session {
    func member(with roles: [Role]) throws(CommandFailure) -> Member {
        try reader.member(with: roles)
    }

    func agent() throws(CommandFailure) -> Agent {
        switch principal {
        case .agent(let agent, _): return agent
        case .member: throw .refusing(.forbidden(.roleMissing(needed: [.agent])))
        }
    }

    func tenantRecord() throws(CommandFailure) -> Tenant {
        guard let record = try stored(try store.tenant(tenant)) else {
            throw .refusing(.notFound)
        }
        return record
    }

    func agentOwner(of approval: Approval) throws(CommandFailure) -> MemberID? {
        try reader.agentOwner(of: approval)
    }

    /// Refuses with the fresh view of `approval` beside the reason.
    func refusal(_ refusal: Refusal, of approval: Approval) throws(CommandFailure) -> Never {
        var reader = reader
        throw .refused(refusal, current: try reader.view(of: approval))
    }
}
