import Approvals
import Audit
import Authority
import Cryptography
import JSONTree

// A person decides.
extension Session {
    /// The new view; or a refusal that is on record, so that it must be committed.
    mutating func decide(
        _ command: DecideCommand
    ) throws(CommandFailure) -> Result<ApproverApproval, BulkRefusal> {
        let member = try decider()
        var reader = reader
        var approval = try reader.visible(command.approval)
        let remark = try remark(
            command.glassReason ?? command.comment,
            command.isBreakGlass ? "/break_glass/reason" : "/comment", on: approval,
            with: command.edits)
        if try isRepeated(command, remark, by: member, of: approval) {
            return .success(try reader.view(of: approval))
        }
        var hat: Delegation?
        if command.isBreakGlass {
            if let refusal = try glassObstacle(command, by: member, approval) {
                return .failure(BulkRefusal(approval: approval.id, refusal: refusal))
            }
        } else {
            hat = try requireDecidable(command, by: member, approval)
        }
        try requireComplete(command, remark, of: approval)
        let proof: StepUpProof
        switch try stepUp(command, of: approval, by: member) {
        case .success(let proven): proof = proven
        case .failure(let refusal):
            return .failure(BulkRefusal(approval: approval.id, refusal: refusal))
        }
        let effective: Effective
        switch try self.effective(command, of: approval, for: member) {
        case .success(let fitting): effective = fitting
        case .failure(let refusal):
            return .failure(BulkRefusal(approval: approval.id, refusal: refusal))
        }
        let terms = try granting(
            command, effective, on: approval, by: member, lending: hat, proof)
        var decision = Decision(
            command.verdict, by: member.id, onBehalfOf: hat?.grantor, edits: command.edits,
            comment: remark,
            revision: command.revision, displayedDigest: command.displayedDigest, at: now,
            key: command.key, wish: command.grant)
        decision.isBreakGlass = command.isBreakGlass
        if terms != nil { decision.grant = GrantID(journal.uuid()) }
        let window = try tenantRecord().claimWindowSeconds
        try lawful(try approval.decide(decision, effective: effective, claimWindowSeconds: window))
        try keep(proof, of: member)
        try saveDecided(&approval, decision, proof, hat)
        if let terms, let id = decision.grant, let wish = decision.wish {
            try give(id, wish, terms, on: approval, by: member, proof)
        }
        return .success(try reader.view(of: approval))
    }

    mutating func decideMany(_ commands: [DecideCommand]) throws(CommandFailure) -> Answer {
        guard (1...Limits.decisionsMax).contains(commands.count) else {
            throw .field("/items", "must be 1 to \(Limits.decisionsMax) decisions")
        }
        var results: [Result<ApproverApproval, BulkRefusal>] = []
        for command in commands {
            do {
                results.append(try decideOnce(command))
            } catch {
                switch error {
                // A decision is refused before it writes anything, so the others stand.
                case .refused(let refusal, let current):
                    results.append(
                        .failure(
                            BulkRefusal(
                                approval: command.approval, refusal: refusal, current: current)))
                case .store: throw error
                }
            }
        }
        return .decidedMany(results)
    }

    /// Any person: who may look but not decide is refused beside the names of those who could.
    private func decider() throws(CommandFailure) -> Member {
        guard case .member(let member, _) = principal else {
            throw .refusing(.forbidden(.roleMissing(needed: [.approver, .lead])))
        }
        return member
    }

    /// True when this press of the confirm was taken before; another decision under its key is not.
    private func isRepeated(
        _ command: DecideCommand, _ remark: String?, by member: Member, of approval: Approval
    ) throws(CommandFailure) -> Bool {
        guard let key = command.key else { return false }
        try Intake.requireKey(key)
        let known = approval.decisions.first {
            $0.by == member.id && $0.key?.utf8.elementsEqual(key.utf8) == true
        }
        guard let known else { return false }
        guard
            known.verdict == command.verdict, known.edits == command.edits,
            known.revision == command.revision, known.comment == remark,
            known.displayedDigest == command.displayedDigest, known.wish == command.grant,
            known.isBreakGlass == command.isBreakGlass,
            command.onBehalfOf == nil || command.onBehalfOf == known.authority
        else { throw .refusing(.idempotencyConflict) }
        return true
    }

    /// Pending and in time, decided by somebody who may, on what is there now.
    ///
    /// What lent them the authority; nil for their own.
    private func requireDecidable(
        _ command: DecideCommand, by member: Member, _ approval: Approval
    ) throws(CommandFailure) -> Delegation? {
        try requirePending(approval)
        let hat: Delegation?
        switch try reader.hat(of: member, as: command.onBehalfOf, approval) {
        case .success(let chosen): hat = chosen
        case .failure(let obstacle):
            try requireAuthority(obstacle.why, over: approval)
            hat = nil
        }
        try requireFresh(command, approval)
        return hat
    }

    /// Pending and in time, on what is there now.
    func requireCurrent(
        _ command: DecideCommand, _ approval: Approval
    ) throws(CommandFailure) {
        try requirePending(approval)
        try requireFresh(command, approval)
    }

    private func requireFresh(
        _ command: DecideCommand, _ approval: Approval
    ) throws(CommandFailure) {
        try requireRevision(command.revision, of: approval)
        guard try Reader.displayedDigest(of: approval) == command.displayedDigest else {
            try refusal(.moved(currentRevision: approval.revision), of: approval)
        }
        if command.verdict == .approve { try requireNoHalt() }
    }

    private func requireComplete(
        _ command: DecideCommand, _ remark: String?, of approval: Approval
    ) throws(CommandFailure) {
        switch command.verdict {
        case .approve:
            guard command.isFullyShown || approval.risk < .medium else {
                throw .refusing(.notFullyDisplayed)
            }
            guard !approval.wantsReason || remark?.isBlank == false else {
                throw .field("/comment", "the rule \(approval.requirement.rule) wants a reason")
            }
        case .reject:
            guard remark?.isBlank == false else {
                throw .field("/comment", "a rejection says why")
            }
            guard command.edits.isEmpty else {
                throw .field("/edits", "a rejection changes nothing; leave the edits out")
            }
        }
    }

    private mutating func saveDecided(
        _ approval: inout Approval, _ decision: Decision, _ proof: StepUpProof,
        _ hat: Delegation?
    ) throws(CommandFailure) {
        var event = AuditEvent(
            approval.state.isTerminal ? .approvalDecided : .approvalEndorsed, by: actor,
            about: .of(approval), outcome: decision.outcome,
            provenance: AuditEvent.provenance(
                decision.isBreakGlass ? .breakGlass(decision.by) : .person(decision.by)),
            facts: .facts([
                "delegation": hat.map { .fact($0.id.rawValue) },
                "delegation_digest": hat.map { .fact($0.digest.text) },
                "displayed_digest": .fact(decision.displayedDigest.text),
                "on_behalf_of": hat.map { .fact($0.grantor.rawValue) },
                "revision": .fact(decision.revision),
                "step_up": proof == .notNeeded ? nil : .fact("totp"),
            ]))
        if let comment = decision.comment { event.documents.append(.init("reason", text: comment)) }
        let isEdited = decision.verdict == .approve && !decision.edits.isEmpty
        if isEdited, let arguments = approval.effectiveArguments {
            event.documents.append(AuditEvent.Document("edited_args", arguments))
        } else if decision.verdict == .approve {
            approval.effectiveRoot = approval.argumentsRoot
            event.facts["effective_args_root"] = approval.argumentsRoot.map { .string($0.hex) }
        }
        let entry = try journal.entry(event, of: approval.tenant)
        if isEdited { approval.effectiveRoot = entry.roots.last }
        try journal.save(&approval)
        try journal.append(entry, about: approval.id, of: approval.tenant)
        try keepGlass(decision, on: approval)
        guard approval.state.isTerminal else { return }
        try count(approval.state == .approved ? .approved : .rejected, of: approval)
    }
}

// What every change by a person asks first.
extension Session {
    func requirePending(_ approval: Approval) throws(CommandFailure) {
        do {
            try approval.requirePending(at: now)
        } catch {
            try refusal(error, of: approval)
        }
    }

    func requireRevision(_ revision: Int, of approval: Approval) throws(CommandFailure) {
        guard revision == approval.revision else {
            try refusal(.moved(currentRevision: approval.revision), of: approval)
        }
    }

    /// Refuses with who could do it instead.
    func requireAuthority(
        _ obstacle: Refusal.Forbidden?, over approval: Approval
    ) throws(CommandFailure) {
        guard let obstacle else { return }
        var reader = reader
        let view = try reader.view(of: approval)
        throw .refused(.forbidden(try reader.named(obstacle, approval)), current: view)
    }

    /// A person's words about an approval: within the limit, and without its redacted values.
    func remark(
        _ text: String?, _ field: String, on approval: Approval, with edits: JSONPatch = JSONPatch()
    ) throws(CommandFailure) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= Limits.commentBytesMax else {
            throw .field(field, "must have at most \(Limits.commentBytesMax) bytes")
        }
        let known =
            approval.redactions.isEmpty
            ? text : approval.scrubber(knowing: edits).scrubbed(text)
        return Words.masked(known)
    }
}

extension Decision {
    fileprivate var outcome: String {
        switch verdict {
        case .reject: "rejected"
        case .approve: edits.isEmpty ? "approved" : "edited"
        }
    }
}

extension String {
    /// True when there is nothing but spaces and line ends.
    var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } }
}
