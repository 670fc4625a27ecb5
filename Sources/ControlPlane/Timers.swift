import Approvals
import Audit
import Cryptography
import JSONTree

/// What the timers came to in one transaction.
public struct Expiry: Hashable, Sendable {
    /// How many approvals were looked at; less than the limit when nothing more is due.
    public var count = 0
    /// What cannot be read, or not be settled as it is: it stays as it is, and nothing of it runs.
    public var damaged: Set<DueApproval> = []
}

extension ControlPlane {
    /// Does what is due: brings pending approvals to the next people, settles those past their
    /// deadline, and claims without a receipt.
    ///
    /// At most `limit` approvals. One that is damaged is left out and named, so that it holds
    /// nobody else up; `skipping` are those that were named before.
    public func expireDue(
        in store: any StoreWriter, with surroundings: inout Surroundings, limit: Int,
        skipping damaged: Set<DueApproval> = []
    ) throws(StoreFailure) -> Expiry {
        var journal = Journal(store: store, host: settings.host, surroundings: surroundings)
        defer { surroundings = journal.surroundings }
        let due = try store.due(at: surroundings.now, limit: limit + damaged.count)
            .filter { !damaged.contains($0) }.prefix(limit)
        var expiry = Expiry(count: due.count)
        for one in due {
            do {
                try store.attempt { () throws(CommandFailure) in
                    try settle(one, &journal)
                }
            } catch {
                let failure = error.asStoreFailure
                guard case .damaged = failure else { throw failure }
                expiry.damaged.insert(one)
            }
        }
        return expiry
    }

    private func settle(
        _ due: DueApproval, _ journal: inout Journal
    ) throws(CommandFailure) {
        let store = journal.store
        guard var approval = try stored(try store.approval(due.approval, of: due.tenant)) else {
            throw .store(.damaged("something is due that is not there"))
        }
        let isHandedOver = try Self.handOver(&approval, &journal, zones)
        let isEscalated = try Self.escalate(&approval, &journal, zones)
        guard !isHandedOver, !isEscalated else { return }
        let tenant = try stored(try store.tenant(due.tenant))
        // Silence releases nothing while releases are halted.
        if tenant?.halt != nil { approval.requirement.posture = .failClosed }
        try Self.settle(&approval, claimWindowSeconds: tenant?.claimWindowSeconds ?? 0, &journal)
    }

    private static func settle(
        _ approval: inout Approval, claimWindowSeconds: Int, _ journal: inout Journal
    ) throws(CommandFailure) {
        let now = journal.now
        let held = approval.millisecondsHeld(at: journal.uptime)
        if approval.state == .pending, held > 0 {
            approval.heldUntil = now.adding(milliseconds: held)
            approval.escalation?.rest()
            approval.watch = nil
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

    /// `escalation` says what ended it before its deadline; nil when the deadline did.
    static func expired(_ approval: Approval, of escalation: String? = nil) -> AuditEvent {
        AuditEvent(
            .approvalExpired, by: .server, about: .of(approval),
            outcome: approval.isReleased ? "released" : "refused",
            provenance: AuditEvent.provenance(.timeout(approval.requirement.rule)),
            facts: .facts([
                "effective_args_root": approval.effectiveRoot.map { .fact($0.hex) },
                "escalation": escalation.map { .fact($0) },
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
