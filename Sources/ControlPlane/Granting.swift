import Approvals
import Audit
import Authority
import JSONTree
import Policies

// A person who approves a call grants calls like it.
extension Session {
    /// What a decision grants besides, checked before anything is written; nil when nothing.
    func granting(
        _ command: DecideCommand, _ effective: Effective, on approval: Approval,
        by member: Member, lending hat: Delegation?, _ proof: StepUpProof
    ) throws(CommandFailure) -> GrantTerms? {
        guard let wish = command.grant else { return nil }
        guard hat == nil else {
            throw .field("/grant", "must be left out: with borrowed authority you only decide")
        }
        if let sentence = Self.obstacle(to: wish, command, approval) {
            throw .field("/grant", sentence)
        }
        if let problem = wish.problem(for: effective.arguments, hiding: approval.redactions) {
            throw .refusing(.invalid([problem]))
        }
        let open = try stored(
            try store.openGrants(to: approval.agent, of: tenant, after: now))
        guard open.count < Limits.grantsPerAgentMax else {
            throw .refusing(.limit("grantsPerAgentMax is \(Limits.grantsPerAgentMax)"))
        }
        switch try termsNow(of: approval, running: effective.arguments, by: member) {
        case .success(let terms):
            let isProofWanted = try tenantRecord().stepUpFrom.demands(terms.risk)
            guard proof != .notNeeded || !isProofWanted else {
                throw .field("/grant", "such calls want a second factor each time")
            }
            return terms
        case .failure(let obstacle): throw .field("/grant", obstacle.sentence)
        }
    }

    /// Puts the grant on record beside the decision that it came with.
    mutating func give(
        _ id: GrantID, _ wish: GrantWish, _ terms: GrantTerms, on approval: Approval,
        by member: Member, _ proof: StepUpProof
    ) throws(CommandFailure) {
        guard let approved = approval.effectiveArguments else {
            throw .store(.damaged("a released call has no arguments"))
        }
        let grant = Grant(
            id: id, wish, on: approval, approved: approved, terms: terms,
            isProven: proof != .notNeeded, by: member.id, at: now)
        try stored(try store.insert(grant))
        let event = AuditEvent(
            .grantCreated, by: actor, about: .init(.grant, id.rawValue),
            documents: [.init("grant", ["bounds": .array(grant.bounds.map(\.json))])],
            facts: .facts([
                "agent": .fact(grant.agent.rawValue), "approval": .fact(approval.id.rawValue),
                "expires_ms": .fact(grant.expiresAt), "group": .fact(terms.group.rawValue),
                "risk": .fact(terms.risk.rawValue), "rule": .fact(terms.rule),
                "scope": .fact(wish.scope.rawValue), "tool": .fact(grant.tool.rawValue),
                "uses": grant.usesMax.map { .fact($0) },
            ]))
        try journal.record(event, about: approval.id, of: tenant)
    }

    /// Why this decision grants nothing, whatever the policies say.
    private static func obstacle(
        to wish: GrantWish, _ command: DecideCommand, _ approval: Approval
    ) -> String? {
        guard command.verdict == .approve else { return "a rejection grants nothing" }
        guard command.isFullyShown else {
            return "a grant needs every value on the screen; say so with fully_shown"
        }
        guard approval.requirement.assignee == nil, approval.formerGroups.isEmpty else {
            return "this call was handed on; calls like it would go to somebody else"
        }
        guard wish.scope == .session else { return nil }
        let session = approval.origin.sessionID ?? ""
        return session.isBlank ? "the agent named no session; grant it to the agent instead" : nil
    }

    /// What the next call with these arguments would ask for, if a member may grant that alone.
    private func termsNow(
        of approval: Approval, running arguments: JSONValue, by member: Member
    ) throws(CommandFailure) -> Result<GrantTerms, GrantObstacle> {
        guard let agent = try stored(try store.agent(approval.agent, of: tenant)) else {
            return .failure(.init("its agent was removed"))
        }
        var next = SubmitCommand(
            key: "", payloadDigest: approval.proposedDigest, tool: approval.tool,
            arguments: arguments, schema: approval.schema, group: approval.requirement.group,
            context: approval.context, origin: approval.origin)
        next.risk = approval.risk
        let judgement = try judged(next, by: agent)
        let tenant = try tenantRecord()
        var probe = approval
        probe.requirement = try requirement(next, judgement.verdict, of: tenant)
        probe.decisions = []
        probe.risk = tenant.risk(of: approval.tool, at: judgement)
        guard probe.risk <= approval.risk else {
            return .failure(.init("such a call is of higher risk than the one you were shown"))
        }
        probe.risk = approval.risk
        let asked = Asked(probe, judgement)
        if let sentence = asked.obstacle { return .failure(.init(sentence)) }
        guard try reader.obstacle(to: member, probe) == nil else {
            let group = probe.requirement.group
            return .failure(.init("calls like it are for the group \(group) to approve"))
        }
        return .success(asked.terms)
    }
}

/// Why nothing is granted.
private struct GrantObstacle: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// What a call asks of people, and whether the word of one person given before can answer it.
struct Asked {
    let terms: GrantTerms
    /// Why a person must be asked each time; nil when a grant may answer.
    let obstacle: String?

    init(_ approval: Approval, _ judgement: PolicyJudgement) {
        let requirement = approval.requirement
        let others =
            (judgement.answers.map(\.effect) + [judgement.verdict?.effect])
            .compactMap { $0?.terms }
        terms = GrantTerms(
            group: requirement.group,
            risk: others.compactMap(\.risk).reduce(approval.risk, max), rule: requirement.rule,
            besides: judgement.answers.flatMap(\.names).filter { $0 != requirement.rule },
            timeoutSeconds: judgement.verdict?.effect.terms?.timeoutSeconds)
        obstacle = Self.obstacle(terms.risk, requirement, judgement, others)
    }

    private static func obstacle(
        _ risk: Risk, _ requirement: Requirement, _ judgement: PolicyJudgement,
        _ others: [ApprovalTerms]
    ) -> String? {
        if let effect = judgement.verdict?.effect, effect.kind != .requireApproval {
            return effect.kind == .allow
                ? "such calls run by themselves already" : "a policy refuses such calls"
        }
        if judgement.isUnclear { return "a rule of the policies has no answer to such a call" }
        let quorum = others.map(\.quorum).reduce(requirement.quorum, max)
        guard quorum <= 1 else {
            return "\(quorum) people must approve such a call, and a grant is the word of one"
        }
        guard others.allSatisfy({ ($0.group ?? requirement.group) == requirement.group }) else {
            return "several groups are asked about such a call"
        }
        guard risk < .critical else { return "calls of critical risk always ask a person" }
        let wantsReason = others.contains(where: \.isReasonRequired)
        return wantsReason ? "such a call wants a reason each time" : nil
    }
}

extension PolicyVerdict {
    /// Every rule that asks people, by name.
    fileprivate var names: [String] { asking.map { "\(id)@\(version)#\($0.name)" } }
}

extension Tenant {
    /// The risk of a call, before its agent says that it is higher.
    func risk(of tool: ToolName, at judgement: PolicyJudgement) -> Risk {
        max(toolRisks[tool] ?? defaultRisk, judgement.verdict?.effect.terms?.risk ?? .low)
    }
}

extension GrantBound {
    /// As it stands in the log's document.
    fileprivate var json: JSONValue {
        switch limit {
        case .max(let most): ["max": .number(most), "pointer": .string(pointer.description)]
        case .equals(let value): ["equals": value, "pointer": .string(pointer.description)]
        }
    }
}
