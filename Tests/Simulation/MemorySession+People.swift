import Approvals
import Authority
import ControlPlane

extension MemorySession {
    func delegation(
        _ id: DelegationID, of tenant: TenantName
    ) throws(StoreFailure) -> Delegation? { part(tenant).delegations[id] }

    func delegations(
        of tenant: TenantName, to delegate: MemberID?, from grantor: MemberID?,
        endingAfter instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [Delegation] {
        let found = part(tenant).delegations.values.map(misread).filter {
            $0.end > instant && (delegate == nil || $0.delegate == delegate)
                && (grantor == nil || $0.grantor == grantor)
        }
        let ordered = found.sorted { $0.end == $1.end ? $0.id < $1.id : $0.end < $1.end }
        let standing = ordered.filter { $0.revokedAt == nil }.suffix(limit)
        let revoked = ordered.filter { $0.revokedAt != nil }.suffix(limit - standing.count)
        let kept = Set((standing + revoked).map(\.id))
        return ordered.filter { kept.contains($0.id) }
    }

    private func misread(_ lent: Delegation) -> Delegation {
        var told = lent
        if flaws.contains(.lendsForEver) {
            told = Delegation(
                id: lent.id, grantor: lent.grantor, delegate: lent.delegate, start: lent.start,
                end: lent.start.adding(seconds: 30 * 86_400), scope: lent.scope,
                ceiling: lent.ceiling, reason: lent.reason, createdBy: lent.createdBy,
                createdAt: lent.createdAt)
            told.revokedAt = lent.revokedAt
            told.revokedBy = lent.revokedBy
        }
        if flaws.contains(.forgetsRevocations) { told.revokedAt = nil }
        return told
    }

    func insert(_ delegation: Delegation, of tenant: TenantName) throws(StoreFailure) {
        change(tenant) { $0.delegations[delegation.id] = delegation }
    }

    func revoke(
        _ id: DelegationID, by member: MemberID, at now: Timestamp, of tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        guard var delegation = part(tenant).delegations[id], delegation.revokedAt == nil else {
            return false
        }
        delegation.revokedAt = now
        delegation.revokedBy = member
        let revoked = delegation
        change(tenant) { $0.delegations[id] = revoked }
        return true
    }
}
