import Approvals
import Audit
import Authority
import Cryptography
import JSONTree
import Policies

// A call comes that was granted beforehand.
extension Session {
    /// Releases a call that a person would be asked about when a grant covers it, and counts that.
    ///
    /// Nil leaves it to a person: nothing that is in doubt is covered. `session` is where the
    /// agent says that the call comes from.
    mutating func releaseByGrant(
        _ approval: inout Approval, _ judgement: PolicyJudgement, from session: String?,
        for tenant: Tenant
    ) throws(CommandFailure) -> AuditEvent? {
        let open = try stored(
            try store.openGrants(to: approval.agent, of: tenant.name, after: now))
        guard !open.isEmpty else { return nil }
        let asked = Asked(approval, judgement)
        guard asked.obstacle == nil else { return nil }
        for var grant in open {
            guard grant.tool == approval.tool, grant.holds(in: session),
                grant.terms.covers(asked.terms),
                grant.fits(approval.arguments, hiding: approval.redactions),
                try isStillMeant(grant, for: approval, of: tenant), grant.use(at: now)
            else { continue }
            guard try stored(try store.replace(grant)) else {
                throw .store(.busy("somebody else used the grant at the same time"))
            }
            try lawful(
                try approval.release(
                    because: .grant(grant.id.rawValue), at: now,
                    claimWindowSeconds: tenant.claimWindowSeconds))
            approval.effectiveRoot = approval.argumentsRoot
            return used(grant, approval, judgement.verdict)
        }
        return nil
    }

    /// Whether the grantor could decide this very call now, and proved what that takes.
    private func isStillMeant(
        _ grant: Grant, for approval: Approval, of tenant: Tenant
    ) throws(CommandFailure) -> Bool {
        guard grant.isProven || !tenant.stepUpFrom.demands(approval.risk),
            let grantor = try stored(try store.member(grant.grantedBy, of: tenant.name))
        else { return false }
        return try reader.obstacle(to: grantor, approval) == nil
    }

    private func used(
        _ grant: Grant, _ approval: Approval, _ verdict: PolicyVerdict?
    ) -> AuditEvent {
        let basis = AuditEvent.provenance(.grant(grant.id.rawValue))
        var provenance = basis.objectValue ?? JSONObject()
        provenance["policy"] = verdict?.provenance(basis: "standing_grant")["policy"] ?? .null
        return AuditEvent(
            .approvalDecided, by: .init(.grant, grant.id.rawValue), about: .of(approval),
            outcome: "approved", provenance: .object(provenance),
            facts: .facts([
                "effective_args_root": approval.effectiveRoot.map { .fact($0.hex) },
                "granted_by": .fact(grant.grantedBy.rawValue), "use": .fact(grant.uses),
            ]))
    }
}

extension Grant {
    /// Whether it holds in a session of the agent; compared by bytes.
    fileprivate func holds(in session: String?) -> Bool {
        guard let wanted = self.session else { return true }
        return session?.utf8.elementsEqual(wanted.utf8) == true
    }
}

// A grant ends before its time.
extension Session {
    /// Takes a grant back; one that holds no more stays as it is.
    mutating func revokeGrant(
        _ id: GrantID, reason: String?
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead, .admin])
        var reader = reader
        var grant = try reader.visibleGrant(id)
        guard Authority.mayRevoke(member, grant) else {
            throw .refusing(
                .forbidden(.notInGroup(grant.terms.group, couldDecide: [])))
        }
        let words = try reason.map { (text) throws(CommandFailure) -> String in
            guard text.utf8.count <= Limits.commentBytesMax else {
                throw .field("/reason", "must have at most \(Limits.commentBytesMax) bytes")
            }
            return Words.masked(text)
        }
        try end(&grant, .init(.revoked, by: member.id, at: now, reason: words))
        reader = self.reader
        return .grants([try reader.shown(grant)], isOne: true)
    }

    /// Ends the grants of somebody who may no longer decide what they granted.
    mutating func endGrants(of id: MemberID) throws(CommandFailure) {
        let member = try stored(try store.member(id, of: tenant))
        for var grant in try stored(try store.openGrants(of: tenant, after: now))
        where grant.grantedBy == id && !Authority.mayStand(grant, of: member) {
            try end(&grant, .init(.authorityLost, by: nil, at: now))
        }
    }

    /// Ends the grants that the policies now in force would not let stand.
    mutating func endGrantsPastPolicies() throws(CommandFailure) {
        for var grant in try stored(try store.openGrants(of: tenant, after: now)) {
            guard try isPastPolicies(grant) else { continue }
            try end(&grant, .init(.policyStricter, by: nil, at: now))
        }
    }

    private func isPastPolicies(_ grant: Grant) throws(CommandFailure) -> Bool {
        guard let approval = try stored(try store.approval(grant.fromApproval, of: tenant)),
            let agent = try stored(try store.agent(grant.agent, of: tenant))
        else { return true }
        let call = SubmitCommand(
            key: "", payloadDigest: approval.proposedDigest, tool: grant.tool,
            arguments: grant.approved, schema: approval.schema, group: grant.terms.group,
            context: approval.context, origin: approval.origin)
        let judgement = try judged(call, by: agent)
        guard judgement.verdict?.effect.kind != .allow else { return false }
        var probe = approval
        do {
            probe.requirement = try requirement(
                call, judgement.verdict, of: try tenantRecord())
        } catch {
            guard case .refused = error else { throw error }
            return true
        }
        let asked = Asked(probe, judgement)
        return asked.obstacle != nil
            || asked.terms.isSameRule(as: grant.terms) && !grant.terms.covers(asked.terms)
    }

    private mutating func end(
        _ grant: inout Grant, _ ending: Grant.Ending
    ) throws(CommandFailure) {
        guard grant.end(ending) else { return }
        guard try stored(try store.replace(grant)) else {
            throw .store(.busy("somebody else changed the grant at the same time"))
        }
        var event = AuditEvent(
            .grantRevoked, by: ending.by == nil ? .server : actor,
            about: .init(.grant, grant.id.rawValue), outcome: ending.cause.rawValue,
            facts: .facts(["approval": .fact(grant.fromApproval.rawValue)]))
        if let reason = ending.reason {
            event.documents.append(.init("reason", text: reason))
        }
        try journal.record(event, about: grant.fromApproval, of: tenant)
    }
}
