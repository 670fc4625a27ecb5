import Approvals
import Audit
import Cryptography
import JSONTree

extension ControlPlane {
    /// Settles what is due: pending approvals past their deadline, and claims without a receipt.
    ///
    /// At most `limit` approvals; the count of those that were looked at, so that less than `limit`
    /// means that nothing more is due.
    public func expireDue(
        in store: any StoreWriter, with surroundings: inout Surroundings, limit: Int
    ) throws(StoreFailure) -> Int {
        var journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        defer { surroundings = journal.surroundings }
        let due = try store.due(at: surroundings.now, limit: limit)
        for one in due {
            guard var approval = try store.approval(one.approval, of: one.tenant) else {
                throw .damaged("something is due that is not there")
            }
            let window = try store.tenant(one.tenant)?.claimWindowSeconds ?? 0
            do {
                try Self.settle(&approval, claimWindowSeconds: window, &journal)
            } catch {
                throw error.asStoreFailure
            }
        }
        return due.count
    }

    private static func settle(
        _ approval: inout Approval, claimWindowSeconds: Int, _ journal: inout Journal
    ) throws(CommandFailure) {
        let now = journal.now
        let held = approval.millisecondsHeld(at: journal.uptime)
        if approval.state == .pending, held > 0 {
            approval.heldUntil = now.adding(milliseconds: held)
            return try journal.save(&approval)
        }
        if approval.expire(at: now, claimWindowSeconds: claimWindowSeconds) {
            if approval.isReleased { approval.effectiveRoot = approval.argumentsRoot }
            try journal.save(&approval, because: expired(approval))
        } else if approval.loseClaim(at: now) {
            let event = AuditEvent(
                .executionLost, by: .server, about: .of(approval), outcome: "unknown")
            try journal.save(&approval, because: event)
        }
    }

    private static func expired(_ approval: Approval) -> AuditEvent {
        AuditEvent(
            .approvalExpired, by: .server, about: .of(approval),
            outcome: approval.isReleased ? "released" : "refused",
            provenance: AuditEvent.provenance(.timeout(approval.requirement.rule)),
            facts: .facts([
                "effective_args_root": approval.effectiveRoot.map { .fact($0.hex) },
                "posture": .fact(approval.requirement.posture.rawValue),
                "rule": .fact(approval.requirement.rule),
            ]))
    }
}

extension CommandFailure {
    /// A timer has nobody to refuse: whatever stops it is a failure of the store.
    fileprivate var asStoreFailure: StoreFailure {
        switch self {
        case .store(let failure): failure
        case .refused: .damaged("an approval that is due cannot be settled")
        }
    }
}
