import Approvals
import Authority
import Cryptography
import JSONTree

// What each side may see of an approval.
extension Reader {
    mutating func row(of approval: Approval) throws(CommandFailure) -> ApprovalRow {
        var reviewing: [String] = []
        for reviewer in approval.reviewers where reviewer.until > now {
            reviewing.append(try email(of: reviewer.member))
        }
        return ApprovalRow(
            approval, agentName: try name(of: approval.agent),
            decidedBy: try decider(of: approval), reviewing: reviewing,
            reach: try reach(of: approval))
    }

    /// Who can decide, by the same rules as for one approval, but looked up once for many rows.
    private mutating func reach(of approval: Approval) throws(CommandFailure) -> ApprovalRow.Reach?
    {
        guard approval.state == .pending, case .member(let member, _) = principal else {
            return nil
        }
        let owner = try owner(of: approval)
        let candidates: [Member]
        if let assignee = approval.requirement.assignee {
            candidates = try people().filter { $0.id == assignee }
        } else {
            candidates = try deciders(of: approval.decidingGroups)
        }
        return ApprovalRow.Reach(
            youCan: try borrowedOnce(by: member).hat(
                of: member, as: nil, approval, agentOwner: owner, at: now
            ).isAllowed,
            count: Authority.whoMayDecide(approval, among: candidates, agentOwner: owner).count)
    }

    mutating func agentView(of approval: Approval) throws(CommandFailure) -> AgentApproval {
        let behalf = approval.state.isTerminal ? approval.decisions.last?.onBehalfOf : nil
        return AgentApproval(
            approval: approval, decidedBy: try decider(of: approval),
            onBehalfOf: try behalf.map { (id) throws(CommandFailure) in try email(of: id) })
    }

    /// Everything that an approver may see, and nothing that was redacted.
    mutating func view(of approval: Approval) throws(CommandFailure) -> ApproverApproval {
        let masked = MaskedApproval(approval)
        let isWhole = approval.redactions.isEmpty
        let people = try people(around: approval)
        var view = ApproverApproval(
            row: try row(of: approval), arguments: masked.arguments, redacted: masked.redacted,
            displayedDigest: try Self.displayedDigest(of: approval, showing: masked.arguments),
            proposedDigest: isWhole ? approval.proposedDigest : nil,
            effectiveArguments: masked.effectiveArguments,
            effectiveDigest: isWhole && masked.isEffectiveWhole ? approval.effectiveDigest : nil,
            schema: masked.schema, context: approval.context.served,
            origin: approval.origin.served, agent: approval.agent,
            requirement: approval.requirement, assigneeEmail: people.assignee,
            approvalsCount: approval.decisions.count { $0.verdict == .approve },
            provenance: approval.provenance, decisions: masked.decisions,
            comments: approval.comments, names: people.names,
            whoCanDecide: people.couldDecide, cannotDecide: people.obstacle,
            stepUp: try stepUp(for: approval),
            claimedAt: approval.claim?.at, leaseUntil: approval.claim?.leaseUntil,
            receipt: masked.receipt, timeLine: try timeLine(of: approval), serverTime: now)
        view.asks = approval.asks
        view.follows = approval.follows
        view.escalation = try escalation(of: approval)
        view.decidingFor = people.decidingFor
        view.editLimits = approval.policyRecord?["edit_limits"]?.arrayValue ?? []
        view.stricterRules = approval.policyRecord?["stricter"]?.arrayValue ?? []
        return view
    }

    /// Whether a decision of a person needs their second factor now.
    private func stepUp(for approval: Approval) throws(CommandFailure) -> StepUpNeed {
        guard approval.state == .pending,
            let tenant = try stored(try store.tenant(tenant)),
            tenant.stepUpFrom.demands(approval.risk)
        else { return .notRequired }
        return .required
    }

    /// The digest of what an approver of this approval is shown.
    static func displayedDigest(of approval: Approval) throws(CommandFailure) -> Digest {
        let view = approval.masked.view
        return try displayedDigest(of: approval, showing: view)
    }

    private static func displayedDigest(
        of approval: Approval, showing arguments: JSONValue
    ) throws(CommandFailure) -> Digest {
        do {
            return try Digest.displayed(
                tool: approval.tool, arguments: arguments, context: approval.context.served)
        } catch {
            throw .store(.damaged("stored arguments have no canonical form"))
        }
    }

    private mutating func decider(of approval: Approval) throws(CommandFailure) -> String? {
        switch approval.provenance {
        case .person(let id), .breakGlass(let id): return try email(of: id)
        case .policy, .toolFlag, .grant, .timeout, nil: return nil
        }
    }
}

// The people around an approval.
extension Reader {
    struct People {
        var names: [MemberID: String] = [:]
        var assignee: String?
        var couldDecide: [String] = []
        var obstacle: Refusal.Forbidden?
        var decidingFor: String?
    }

    fileprivate mutating func people(around approval: Approval) throws(CommandFailure) -> People {
        var people = People()
        var named = Set(approval.decisions.map(\.by)).union(approval.comments.map(\.by))
        named.formUnion(approval.decisions.compactMap(\.onBehalfOf))
        if let assignee = approval.requirement.assignee {
            people.assignee = try email(of: assignee)
            named.insert(assignee)
        }
        if approval.state == .pending, case .member(let member, _) = principal {
            let owner = try agentOwner(of: approval)
            let could = try whoMayDecide(approval, owner: owner)
            people.couldDecide = could.map(\.email).sorted()
            switch try hat(of: member, as: nil, approval) {
            case .success(let hat):
                if let grantor = hat?.grantor { people.decidingFor = try email(of: grantor) }
            case .failure(let obstacle): people.obstacle = obstacle.why
            }
            if case .notInGroup(let group, _) = people.obstacle {
                people.obstacle = .notInGroup(group, couldDecide: could.map(\.id))
                named.formUnion(could.map(\.id))
            }
        }
        people.names = try names(of: named)
        return people
    }

    /// The obstacle with the members who could decide instead.
    func named(
        _ obstacle: Refusal.Forbidden, _ approval: Approval
    ) throws(CommandFailure) -> Refusal.Forbidden {
        guard case .notInGroup(let group, _) = obstacle else { return obstacle }
        let could = try whoMayDecide(approval, owner: try agentOwner(of: approval))
        return .notInGroup(group, couldDecide: could.map(\.id))
    }

    private func whoMayDecide(
        _ approval: Approval, owner: MemberID?
    ) throws(CommandFailure) -> [Member] {
        let members = try stored(try store.members(of: tenant))
        let known = try underCurrentRecords(approval)
        return Authority.whoMayDecide(known, among: members, agentOwner: owner)
    }
}

/// The parts of an approval that hold redacted values, without them.
private struct MaskedApproval {
    let arguments: JSONValue
    let redacted: [RedactedValue]
    let effectiveArguments: JSONValue?
    /// False when somebody wrote a secret that is not shown.
    let isEffectiveWhole: Bool
    let decisions: [Decision]
    let receipt: Receipt?
    /// Nil also when the schema says what the arguments hide, as a default or among its choices.
    let schema: JSONValue?

    init(_ approval: Approval) {
        let masked = approval.masked
        arguments = masked.view
        redacted = masked.redacted
        let isWhole = approval.redactions.isEmpty
        var effective = isWhole ? approval.effectiveArguments : masked.view
        decisions = approval.decisions.map { decision in
            var shown = decision
            shown.key = nil
            guard !decision.edits.isEmpty else { return shown }
            let followed = Self.followed(decision.edits, masked.view, masked.redacted)
            shown.edits = followed.edits.served
            if decision.verdict == .approve { effective = followed.view }
            return shown
        }
        let isEdited = approval.effectiveArguments != nil && effective != masked.view
        let served = isEdited ? effective?.served : effective
        isEffectiveWhole = served == effective
        effectiveArguments = approval.effectiveArguments == nil ? nil : served
        var receipt = approval.receipt
        if !isWhole { receipt?.executedDigest = nil }
        self.receipt = receipt
        let tells =
            approval.schema.map {
                !isWhole && approval.scrubber().finds(in: $0) || $0.holdsSecrets
            } ?? false
        schema = tells ? nil : approval.schema
    }

    /// Edits that were accepted can be followed; should that ever be wrong, everything is hidden.
    private static func followed(
        _ edits: JSONPatch, _ view: JSONValue, _ redacted: [RedactedValue]
    ) -> (edits: JSONPatch, view: JSONValue) {
        do {
            return try Redaction.masked(edits, of: view, redacted)
        } catch {
            return (JSONPatch([.replace(.root, Redaction.mask("r0"))]), Redaction.mask("r0"))
        }
    }
}
