import Approvals
import ControlPlane
import JSONTree
import Policies

// What shadows said, counted by looking at every approval.
extension MemorySession {
    func shadowTallies(
        of id: PolicyID, version: Int, since: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowTally] {
        met(id, version, since, tenant).map { approval, mark in
            ShadowTally(
                live: mark.live, said: mark.said, leaning: mark.leaning,
                isAnswered: mark.isAnswered, person: approval.personsWord,
                isReviewed: reviewer(of: approval.id, id, version, tenant) != nil, count: 1,
                waitedMilliseconds: approval.waitedMilliseconds)
        }
    }

    func shadowCases(
        of id: PolicyID, version: Int, since: Timestamp, limit: Int, in tenant: TenantName
    ) throws(StoreFailure) -> [ShadowCase] {
        let cases = met(id, version, since, tenant).filter { $0.1.isCase }
        let ranked = cases.sorted { left, right in
            let ranks = [left, right].map { approval, mark in
                (mark.leaning == .stricter && mark.isAnswered ? 2 : 0)
                    + (reviewer(of: approval.id, id, version, tenant) == nil ? 0 : 1)
            }
            return ranks[0] == ranks[1] ? left.0.id > right.0.id : ranks[0] < ranks[1]
        }
        return ranked.prefix(limit).map { approval, _ in
            ShadowCase(
                approval: approval.id, reviewer: reviewer(of: approval.id, id, version, tenant))
        }
    }

    func isShadowCase(
        _ approval: ApprovalID, of id: PolicyID, version: Int, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let all = Timestamp(milliseconds: 0)
        return met(id, version, all, tenant).contains { $0.0.id == approval && $0.1.isCase }
    }

    func markReviewed(
        _ approval: ApprovalID, of id: PolicyID, version: Int, by reviewer: MemberID,
        at now: Timestamp, in tenant: TenantName
    ) throws(StoreFailure) -> Bool {
        let key = MemoryTenant.ReviewKey(policy: id, version: version, approval: approval)
        guard part(tenant).reviewers[key] == nil else { return false }
        state.perTenant[tenant]?.reviewers[key] = reviewer
        return true
    }

    private func reviewer(
        of approval: ApprovalID, _ id: PolicyID, _ version: Int, _ tenant: TenantName
    ) -> MemberID? {
        part(tenant).reviewers[
            MemoryTenant.ReviewKey(policy: id, version: version, approval: approval)]
    }

    private func met(
        _ id: PolicyID, _ version: Int, _ since: Timestamp, _ tenant: TenantName
    ) -> [(Approval, ShadowMark)] {
        part(tenant).approvals.values.map(\.approval).filter { $0.createdAt >= since }
            .flatMap { approval in
                approval.shadowMarks.filter { $0.policy == id && $0.version == version }
                    .map { (approval, $0) }
            }
    }
}

// Stored calls, to be judged again.
extension MemorySession {
    func replay(
        of tenant: TenantName, after id: String, limit: Int, only parts: JSONSelection,
        _ body: (StoredCall?) -> Void
    ) throws(StoreFailure) -> String? {
        let page = replayable(tenant, after: id).prefix(limit)
        for approval in page {
            do {
                body(
                    StoredCall(
                        record: try JSONValue(parsing: approval.record.bytes(), only: parts)))
            } catch {
                body(nil)
            }
        }
        return page.last?.id.rawValue
    }

    func replayableCount(of tenant: TenantName, after id: String) throws(StoreFailure) -> Int {
        replayable(tenant, after: id).count
    }

    private func replayable(_ tenant: TenantName, after id: String) -> [Approval] {
        part(tenant).approvals.values.map(\.approval)
            .filter { $0.erasedAt == nil }
            .filter { id.utf8.lexicographicallyPrecedes($0.id.rawValue.utf8) }
            .sorted { $0.id < $1.id }
    }
}
