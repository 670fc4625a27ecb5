import Approvals
import Audit
import Cryptography
import JSONTree

// The agent executes what was released, or gives up.
extension Session {
    mutating func claim(
        _ id: ApprovalID, nonceDigest: Digest, leaseSeconds: Int, withSalts: Bool
    ) throws(CommandFailure) -> Answer {
        var approval = try own(id)
        guard (1...Limits.leaseSecondsMax).contains(leaseSeconds) else {
            throw .field("/lease_s", "must be from 1 to \(Limits.leaseSecondsMax)")
        }
        let claim = Claim(
            nonceDigest: nonceDigest, fencingToken: Base64URL.encode(journal.randomBytes(24)),
            at: now, leaseUntil: now.adding(seconds: leaseSeconds))
        let isFirst = try lawful(try approval.claim(claim))
        if isFirst {
            try requireNoHalt()
            let event = AuditEvent(
                .approvalClaimed, by: actor, about: .of(approval),
                facts: .facts([
                    "effective_args_root": approval.effectiveRoot.map { .fact($0.hex) },
                    "lease_until_ms": .fact(claim.leaseUntil),
                ]))
            try journal.save(&approval, because: event)
        }
        return .claimed(
            approval, approval.claim ?? claim, salts: withSalts ? try salts(of: approval) : nil)
    }

    /// The salts of the arguments that were released, as the log committed to them.
    private func salts(of approval: Approval) throws(CommandFailure) -> [[UInt8]] {
        let documents = try stored(try store.documents(about: approval.id, of: approval.tenant))
        let released = documents.first { document in
            ["args", "edited_args"].contains { document.name.hasSameBytes(as: $0) }
                && MerkleTree.root(document.digests) == approval.effectiveRoot
        }
        guard let released else { throw .store(.damaged("the log has no such arguments")) }
        return try stored(
            try store.disclosedFields(of: released.sequence, in: approval.tenant)
        )
        .filter { $0.field.document.hasSameBytes(as: released.name) }
        .sorted { $0.field.index < $1.field.index }.map(\.field.salt)
    }

    mutating func report(
        _ id: ApprovalID, fencingToken: String, outcome: Outcome, executedDigest: Digest,
        resultSummary: String?
    ) throws(CommandFailure) -> Answer {
        var approval = try own(id)
        let summary = try remark(resultSummary, "/result_summary", on: approval)
        let isMismatch = executedDigest != approval.effectiveDigest
        let receipt = Receipt(
            outcome: outcome, executedDigest: executedDigest, resultSummary: summary, at: now,
            isMismatch: isMismatch)
        let isFirst = try lawful(try approval.report(receipt, fencingToken: fencingToken))
        if isFirst {
            if isMismatch { approval.needsReview = true }
            try journal.save(&approval, because: reported(approval, receipt))
        }
        return try agentView(of: approval)
    }

    private func reported(_ approval: Approval, _ receipt: Receipt) -> AuditEvent {
        // A plain digest of arguments with a short secret in them lets the secret be guessed.
        let isSecret = !approval.redactions.isEmpty
        let executed = isSecret ? nil : receipt.executedDigest
        return AuditEvent(
            .executionReported, by: actor, about: .of(approval), outcome: receipt.outcome.rawValue,
            documents: receipt.resultSummary.map { [.init("result", text: $0)] } ?? [],
            facts: .facts([
                "executed_args_root": receipt.isMismatch
                    ? nil : approval.effectiveRoot.map { .fact($0.hex) },
                "executed_digest": receipt.isMismatch ? executed.map { .fact($0.text) } : nil,
                "mismatch": receipt.isMismatch ? .fact("true") : nil,
            ]))
    }

    mutating func cancel(_ id: ApprovalID, reason: String?) throws(CommandFailure) -> Answer {
        var approval = try own(id)
        let remark = try remark(reason, "/reason", on: approval)
        let wasCancelled = approval.state == .cancelled
        try lawful(try approval.cancel(at: now))
        if !wasCancelled {
            let event = AuditEvent(
                .approvalCancelled, by: actor, about: .of(approval), outcome: "cancelled",
                documents: remark.map { [AuditEvent.Document("reason", text: $0)] } ?? [])
            try journal.save(&approval, because: event)
        }
        return try agentView(of: approval)
    }

    /// An approval that this agent submitted; every other one is not there.
    private func own(_ id: ApprovalID) throws(CommandFailure) -> Approval {
        _ = try agent()
        return try reader.visible(id)
    }

    private func agentView(of approval: Approval) throws(CommandFailure) -> Answer {
        var reader = reader
        return .agentApproval(try reader.agentView(of: approval))
    }
}
