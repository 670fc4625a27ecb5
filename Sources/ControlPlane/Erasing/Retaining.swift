public import Approvals
import Audit
import JSONTree

/// What a sweep of old values came to.
public struct Sweep: Hashable, Sendable {
    /// How many approvals lost their values; the limit when there may be more.
    public var approvals = 0
    /// How many documents of events lost their salts and values.
    public var documents = 0
}

// Values go when they are older than their tenant keeps them; what is still needed waits.
extension ControlPlane {
    /// Whether any value is older than its tenant keeps values.
    public func keepsTooLong(
        in store: any StoreReader, at now: Timestamp
    ) throws(StoreFailure) -> Bool {
        for tenant in try store.tenants() {
            let old = try store.kept(in: tenant.name, before: tenant.cutoff(at: now), limit: 1)
            if !old.isEmpty { return true }
        }
        return false
    }

    /// When the newest event of any log was written; nil before there is one.
    public func newestEvent(in store: any StoreReader) throws(StoreFailure) -> Timestamp? {
        var newest: Timestamp?
        for tenant in try store.tenants() {
            guard let head = try store.chainHead(of: tenant.name),
                let event = try store.events(of: tenant.name, from: head.sequence, limit: 1).first
            else { continue }
            newest = max(newest ?? event.at, event.at)
        }
        return newest
    }

    /// Erases the values of at most `limit` calls that are older than their tenant keeps them.
    public func eraseOld(
        in store: any StoreWriter, with surroundings: inout Surroundings, limit: Int
    ) throws(CommandFailure) -> Sweep {
        var journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        defer { surroundings = journal.surroundings }
        var sweep = Sweep()
        for tenant in try stored(try store.tenants()) where sweep.approvals < limit {
            let done = try journal.eraseOld(of: tenant, limit: limit - sweep.approvals)
            sweep.approvals += done.approvals
            sweep.documents += done.documents
        }
        return sweep
    }
}

extension Tenant {
    fileprivate func cutoff(at now: Timestamp) -> Timestamp {
        let days = max(retentionDays, Self.retentionDaysRange.lowerBound)
        return now.adding(seconds: -days * 86_400)
    }
}

extension Journal {
    fileprivate mutating func eraseOld(
        of tenant: Tenant, limit: Int
    ) throws(CommandFailure) -> Sweep {
        let cutoff = tenant.cutoff(at: now)
        let ground = ErasureGround(actor: .server, basis: "retention", erasure: nil)
        var sweep = Sweep()
        for id in try stored(try store.kept(in: tenant.name, before: cutoff, limit: limit)) {
            guard let count = try eraseOld(id, of: tenant.name, on: ground) else { continue }
            sweep.documents += count
            sweep.approvals += 1
        }
        guard sweep.approvals > 0 else { return sweep }
        try record(
            AuditEvent(
                .retentionSwept, by: .server, about: .init(.tenant, tenant.name.rawValue),
                facts: .facts([
                    "approvals": .fact(sweep.approvals), "before_ms": .fact(cutoff),
                    "days": .fact(tenant.retentionDays), "documents": .fact(sweep.documents),
                ])), of: tenant.name)
        return sweep
    }

    /// How many documents went; nil when the approval is still needed. One that is damaged stays as
    /// it is, and holds no other up.
    private mutating func eraseOld(
        _ id: ApprovalID, of tenant: TenantName, on ground: ErasureGround
    ) throws(CommandFailure) -> Int? {
        var count: Int?
        do {
            try store.attempt { () throws(CommandFailure) in
                guard let approval = try stored(try store.approval(id, of: tenant)),
                    approval.isFinished(at: now), try !isHeld(approval)
                else { return }
                count = try erase(approval, on: ground)
            }
        } catch {
            guard case .store(.damaged) = error else { throw error }
            return nil
        }
        return count
    }

    /// Whether a standing grant that still holds needs the values.
    private func isHeld(_ approval: Approval) throws(CommandFailure) -> Bool {
        for id in approval.decisions.compactMap(\.grant) {
            let grant = try stored(try store.grant(id, of: approval.tenant))
            if grant?.state(at: now) == .active { return true }
        }
        return false
    }
}
