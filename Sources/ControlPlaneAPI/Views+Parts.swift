import Approvals
import Audit
import ControlPlane
import JSONTree
import WireAPI

extension ProvenanceBody {
    init(_ provenance: Provenance) {
        self.init(basis: provenance.basis, reference: provenance.reference)
    }
}

extension RedactedBody {
    init(_ value: RedactedValue) {
        self.init(
            pointer: value.pointer.description, handle: value.handle, kind: value.kind,
            found: value.found?.kinds ?? [], shown: value.found?.shown)
    }
}

extension ContextBody {
    init(_ context: Context) {
        self.init(
            summary: context.summary, reason: context.reason, preview: context.preview,
            links: context.links.map { LinkBody(title: $0.title, url: $0.url) })
    }
}

extension OriginBody {
    init(_ origin: Origin) {
        self.init(
            framework: origin.framework, runID: origin.runID, callID: origin.callID,
            sessionID: origin.sessionID)
    }
}

extension RequirementBody {
    init(_ view: ApproverApproval) {
        let requirement = view.requirement
        self.init(
            group: requirement.group, assignee: view.assigneeEmail, quorum: requirement.quorum,
            approvals: view.approvalsCount, deadline: requirement.deadline,
            posture: requirement.posture, editable: requirement.envelope.pointers,
            editLimits: view.editLimits.isEmpty ? nil : view.editLimits,
            stricterRules: view.stricterRules.isEmpty ? nil : view.stricterRules,
            rule: requirement.rule)
        delegation = requirement.delegation
    }
}

extension EditEnvelope {
    /// Nil when everything may be changed.
    fileprivate var pointers: [String]? {
        switch self {
        case .anything: nil
        case .only(let pointers): pointers.map(\.description)
        }
    }
}

extension DecisionView {
    init(_ decision: Decision, names: [MemberID: String]) {
        self.init(
            verdict: decision.verdict, by: names[decision.by] ?? decision.by.rawValue,
            onBehalfOf: decision.onBehalfOf.map { names[$0] ?? $0.rawValue },
            edits: decision.edits.operations.isEmpty ? nil : decision.edits,
            comment: decision.comment, at: decision.at, revision: decision.revision,
            grant: decision.grant)
    }
}

extension CommentView {
    init(_ comment: Comment, names: [MemberID: String]) {
        self.init(
            by: names[comment.by] ?? comment.by.rawValue, at: comment.at, text: comment.text)
    }
}

extension ClaimView {
    /// Nil when nobody claimed.
    init?(_ view: ApproverApproval) {
        guard let at = view.claimedAt, let until = view.leaseUntil else { return nil }
        self.init(at: at, leaseUntil: until)
    }
}

extension ReceiptView {
    init(_ receipt: Receipt) {
        self.init(
            outcome: receipt.outcome, at: receipt.at, resultSummary: receipt.resultSummary,
            isMismatch: receipt.isMismatch)
    }
}

extension HistoryEntry {
    init(_ entry: TimeLineEntry) {
        self.init(at: entry.at, type: entry.type, actor: entry.actor, text: entry.text)
    }
}
