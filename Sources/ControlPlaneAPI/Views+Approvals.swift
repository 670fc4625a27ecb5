import Approvals
import Audit
import ControlPlane
import JSONTree
import WireAPI

extension AgentView {
    /// What the agent that submitted it sees.
    init(
        _ approval: Approval, decidedBy: String?, onBehalfOf: String?, proof: EventProof? = nil
    ) {
        self.init(
            id: approval.id, revision: approval.revision, state: approval.state,
            isReleased: approval.isReleased, execution: approval.execution,
            tool: approval.tool.rawValue, createdAt: approval.createdAt,
            deadline: approval.requirement.deadline, proposedDigest: approval.proposedDigest,
            effectiveDigest: approval.isReleased ? approval.effectiveDigest : nil,
            claimDeadline: approval.claimDeadline,
            provenance: approval.provenance.map { ProvenanceBody($0) }, decidedBy: decidedBy,
            onBehalfOf: onBehalfOf,
            comment: approval.decisions.last?.comment ?? approval.refusingRule,
            reasonCode: approval.policyRecord?["reason_code"]?.stringValue,
            isEdited: approval.isReleased && approval.effectiveDigest != approval.proposedDigest,
            proof: proof)
        instead = approval.policyRecord?["instead"]?.stringValue
        asks = approval.askedAgain
        follows = approval.follows
    }
}

extension Approval {
    /// How often it was asked for; nil when once.
    fileprivate var askedAgain: Int? { asks > 1 ? asks : nil }

    /// Which rule refused it, in words for the agent; nil when no policy did.
    fileprivate var refusingRule: String? {
        guard state == .rejected, case .policy(let rule) = provenance else { return nil }
        return "Refused by the rule \(rule); nobody was asked."
    }
}

extension ApproverView {
    /// What an approver sees; everything secret was masked before it came here.
    init(_ view: ApproverApproval) {
        let row = view.row
        let obstacle = view.obstacle
        self.init(
            id: row.id, revision: row.revision, state: row.state, isReleased: row.isReleased,
            execution: row.execution, tool: row.tool.rawValue, arguments: view.arguments,
            redacted: view.redacted.map { RedactedBody($0) },
            displayedDigest: view.displayedDigest, proposedDigest: view.proposedDigest,
            schema: view.schema, context: ContextBody(view.context),
            origin: OriginBody(view.origin),
            agent: PartyBody(id: view.agent.rawValue, name: row.agentName), risk: row.risk,
            requirement: RequirementBody(view), createdAt: row.createdAt,
            updatedAt: row.updatedAt, settledAt: row.settledAt,
            provenance: view.provenance.map { ProvenanceBody($0) },
            decisions: view.decisions.map { DecisionView($0, names: view.names) },
            comments: view.comments.map { CommentView($0, names: view.names) },
            effectiveArguments: view.effectiveArguments, effectiveDigest: view.effectiveDigest,
            reviewing: row.reviewing, whoCanDecide: view.whoCanDecide,
            youCanDecide: obstacle == nil, decidingFor: view.decidingFor, whyNot: obstacle,
            stepUp: view.stepUp,
            claim: ClaimView(view),
            receipt: view.receipt.map { ReceiptView($0) }, needsReview: row.needsReview,
            history: view.timeLine.map { HistoryEntry($0) }, serverTime: view.serverTime)
        asks = view.asks > 1 ? view.asks : nil
        follows = view.follows
        escalation = view.escalation.map { EscalationView($0) }
    }
}

extension ApproverApproval {
    /// Why the asker cannot decide now; nil when they can.
    fileprivate var obstacle: String? {
        guard row.state == .pending else { return "It is \(row.state.rawValue)." }
        guard serverTime < row.deadline else { return "Its deadline has passed." }
        return cannotDecide?.sentence(names: names)
    }
}

extension ApprovalSummary {
    /// One row of a queue.
    init(_ row: ApprovalRow) {
        self.init(
            id: row.id, revision: row.revision, state: row.state, isReleased: row.isReleased,
            execution: row.execution, tool: row.tool.rawValue, summary: row.summary,
            agent: row.agentName, risk: row.risk, group: row.group, createdAt: row.createdAt,
            updatedAt: row.updatedAt, deadline: row.deadline, posture: row.posture,
            settledAt: row.settledAt, decidedBy: row.decidedBy, reviewing: row.reviewing,
            needsReview: row.needsReview, runID: row.runID, youCanDecide: row.reach?.youCan,
            deciders: row.reach?.count)
    }
}

extension InboxChange {
    /// One change of a queue.
    init(_ change: InboxPage.Change) {
        switch change {
        case .changed(let row):
            self.init(kind: .changed, id: row.id, approval: ApprovalSummary(row))
        case .gone(let id): self.init(kind: .gone, id: id)
        }
    }
}
