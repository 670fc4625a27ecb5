import Approvals
import Cryptography
import JSONTree

// The same key gets the same answer, a refusal too, also after a restart.
extension Session {
    /// Decides, unless the key had its answer before.
    ///
    /// A request that was overtaken by its own repetition must not decide what the repetition was
    /// told is not decided.
    mutating func decideOnce(
        _ command: DecideCommand
    ) throws(CommandFailure) -> Result<ApproverApproval, BulkRefusal> {
        guard let key = command.key, case .member(let member, _) = principal else {
            return try decide(command)
        }
        try Intake.requireKey(key)
        if let known = try refusedBefore(command, key, by: member) { return .failure(known) }
        var refused: BulkRefusal
        do {
            switch try decide(command) {
            case .success(let view): return .success(view)
            case .failure(let refusal): refused = refusal
            }
        } catch {
            guard case .refused(let refusal, let current) = error, refusal.record != nil else {
                throw error
            }
            refused = BulkRefusal(approval: command.approval, refusal: refusal, current: current)
        }
        refused.refusal = refused.refusal.bounded
        let decision = RefusedDecision(
            key: key, approval: command.approval, member: member.id,
            payloadDigest: command.payloadDigest, refusal: refused.refusal,
            hasView: refused.current != nil, at: now)
        if refused.refusal.record != nil { try stored(try store.insert(decision, of: tenant)) }
        return .failure(refused)
    }

    private func refusedBefore(
        _ command: DecideCommand, _ key: String, by member: Member
    ) throws(CommandFailure) -> BulkRefusal? {
        let known = try stored(
            try store.refusedDecision(
                key: key, on: command.approval, by: member.id, of: tenant))
        guard let known else { return nil }
        guard known.payloadDigest == command.payloadDigest else {
            throw .refusing(.idempotencyConflict)
        }
        var refused = BulkRefusal(approval: known.approval, refusal: known.refusal)
        if known.hasView {
            var reader = reader
            refused.current = try reader.view(of: try reader.visible(known.approval))
        }
        return refused
    }
}

extension DecideCommand {
    /// Of what is decided and on what, without the code that proves it.
    fileprivate var payloadDigest: Digest {
        var payload: [JSONValue] = [
            .string(verdict.rawValue), .number(JSONNumber(revision)),
            .string(displayedDigest.hex), .array(edits.operations.map(\.json)),
            comment.map { .string($0) } ?? .null,
        ]
        if let onBehalfOf { payload.append(.string(onBehalfOf.rawValue)) }
        if let grant { payload.append(grant.record) }
        if let glassReason { payload.append(["break_glass": .string(glassReason)]) }
        return SHA256.hash(Array(JSONValue.array(payload).text().utf8))
    }
}
