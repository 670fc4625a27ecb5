public import Approvals
import Audit
public import Cryptography
import JSONTree

// The same call of the same run, asked for again under another key.
extension Session {
    /// The answer of the approval that the call waits for already; nil when there is none.
    ///
    /// The caller joins it: one approval, one decision, and one execution, by whoever claims
    /// first. Nothing that a person would have to see differs, but the agent's own words.
    mutating func joined(
        _ command: SubmitCommand, _ call: SameCall?, by agent: Agent
    ) throws(CommandFailure) -> Answer? {
        guard let call, var approval = try latest(call), approval.state == .pending,
            now < approval.requirement.deadline
        else { return nil }
        guard approval.asks < Limits.asksMax else {
            throw .refusing(
                .limit("asksMax is \(Limits.asksMax): wait for \(approval.id) instead"))
        }
        approval.asks += 1
        let event = AuditEvent(
            .approvalAskedAgain, by: actor, about: .of(approval),
            facts: .facts(["asks": .fact(approval.asks)]))
        try journal.save(&approval, because: event)
        let submission = Submission(
            key: command.key, agent: agent.id, payloadDigest: command.payloadDigest,
            approval: approval.id)
        guard try stored(try store.insert(submission, of: tenant)) else {
            throw .store(.busy("the same submission is being stored at the same time"))
        }
        return .submitted(approval, agentName: agent.name, isNew: false)
    }

    /// The approval that people rejected when the run asked for this call last.
    func rejected(_ call: SameCall?) throws(CommandFailure) -> ApprovalID? {
        guard let call, let approval = try latest(call), approval.state == .rejected,
            case .person = approval.provenance
        else { return nil }
        return approval.id
    }

    private func latest(_ call: SameCall) throws(CommandFailure) -> Approval? {
        guard let id = try stored(try store.latestAsk(for: call, in: tenant)) else { return nil }
        guard let approval = try stored(try store.approval(id, of: tenant)) else {
            throw .store(.damaged("a call that was asked for names an approval that is not there"))
        }
        return approval
    }
}

/// What makes two submissions of an agent one call: its run, and everything that is decided on.
public struct SameCall: Hashable, Sendable {
    public let agent: AgentID
    /// Of the run, the tool, the arguments and all terms; without the agent's words and the key.
    public let digest: Digest

    /// Puts a call together.
    public init(agent: AgentID, digest: Digest) {
        self.agent = agent
        self.digest = digest
    }

    /// The call that a submission asks for; nil when it names no run, so that nothing tells whether
    /// it is meant twice.
    init?(_ command: SubmitCommand, arguments: Digest, by agent: AgentID) {
        let origin = command.origin
        guard origin.runID != nil || origin.sessionID != nil else { return nil }
        var terms = JSONObject()
        terms["run"] = origin.runID.map { .string($0) }
        terms["session"] = origin.sessionID.map { .string($0) }
        terms["tool"] = .string(command.tool.rawValue)
        terms["arguments"] = .string(arguments.hex)
        terms["schema"] = command.schema
        terms["redact"] = .array(command.redactions.map { .string($0.description) })
        terms["timeout"] = command.timeoutSeconds.map { .fact($0) }
        terms["posture"] = command.posture.map { .string($0.rawValue) }
        terms["group"] = command.group.map { .string($0.rawValue) }
        terms["risk"] = command.risk.map { .string($0.rawValue) }
        terms["policy"] = command.policy.map { .string($0) }
        terms["flagged"] = .bool(command.isFlagged)
        do {
            self.init(
                agent: agent, digest: SHA256.hash(try JSONValue.object(terms).canonicalBytes()))
        } catch {
            // What has no canonical form is never joined: nothing tells whether it is the same.
            return nil
        }
    }
}
