import Approvals
import Audit
import Authority
import JSONTree
import Policies

// Somebody decides one approval without the authority for it, and owes a review.
extension Session {
    /// Why glass is not broken; what is on record of it is returned, so that it is committed.
    mutating func glassObstacle(
        _ command: DecideCommand, by member: Member, _ approval: Approval
    ) throws(CommandFailure) -> Refusal? {
        let never = try never(approval)
        let owed = try reader.unreviewed(by: member)
        let glass = BreakGlass(
            actor: member.id, reason: command.glassReason ?? "", provenAt: now, startedAt: now,
            mayBreakGlass: member.roles.contains(.breakglass))
        let circumstances = BreakGlass.Circumstances(
            isNever: never != nil, hasUnreviewed: owed != nil,
            isConflicted: try agentOwner(of: approval) == member.id,
            isLent: command.onBehalfOf != nil)
        do {
            try glass.check(at: now, circumstances)
        } catch {
            switch error {
            case .never:
                return try refuse(approval, over: never ?? "")
            case .unreviewed:
                try refusal(Self.owing(owed), of: approval)
            case .roleMissing, .lent, .separationOfDuty, .reasonTooShort, .proofTooOld,
                .windowOver:
                try refuseGlass(error, approval)
            }
        }
        try requirePlain(command)
        try requireCurrent(command, approval)
        try requireNeeded(member, approval)
        return nil
    }

    /// Takes the use down, beside the event of the decision.
    mutating func keepGlass(_ decision: Decision, on approval: Approval) throws(CommandFailure) {
        guard decision.isBreakGlass else { return }
        let glass = BrokenGlass(approval: approval.id, by: decision.by, at: now)
        guard try stored(try store.save(glass, in: tenant)) else {
            throw .store(.damaged("glass was broken before the approval was settled"))
        }
    }

    private func refuseGlass(
        _ why: BreakGlass.Refusal, _ approval: Approval
    ) throws(CommandFailure) -> Never {
        switch why {
        case .roleMissing:
            try refusal(.forbidden(.roleMissing(needed: [.breakglass])), of: approval)
        case .separationOfDuty: try refusal(.forbidden(.ownRun), of: approval)
        case .lent: throw .field("/on_behalf_of", "must be left out: nobody lends break-glass")
        case .reasonTooShort:
            throw .field(
                "/break_glass/reason",
                "must have at least \(BreakGlass.reasonMin) characters besides spaces")
        case .proofTooOld, .windowOver: try refusal(.stepUpRequired, of: approval)
        case .never, .unreviewed: preconditionFailure("These two are answered by themselves.")
        }
    }

    private static func owing(_ glass: BrokenGlass?) -> Refusal {
        let id = glass?.approval.rawValue ?? ""
        return .conflict(
            "your last use of break-glass, on \(id), was not reviewed",
            next: "Ask a lead to review it: countersign break-glass review \(id) --note …")
    }

    /// It approves what was shown, once, and nothing besides.
    private func requirePlain(_ command: DecideCommand) throws(CommandFailure) {
        guard command.verdict == .approve else {
            throw .field("/verdict", "must be approve: break-glass rejects nothing")
        }
        guard command.comment == nil else {
            throw .field("/comment", "must be left out: the reason of break_glass is recorded")
        }
        guard command.edits.isEmpty else {
            throw .field("/edits", "must be left out: break-glass approves what was shown")
        }
        guard command.grant == nil else {
            throw .field("/grant", "must be left out: break-glass is for one call")
        }
    }

    /// Refuses somebody whose own decision would be enough, and a second decision of theirs.
    private func requireNeeded(
        _ member: Member, _ approval: Approval
    ) throws(CommandFailure) {
        let known = try reader.underCurrentRecords(approval)
        guard !known.decisions.contains(where: { $0.by == member.id || $0.authority == member.id })
        else { try refusal(.forbidden(.decidedBefore), of: approval) }
        let given = known.decisions.count { $0.verdict == .approve }
        guard try reader.hat(of: member, as: nil, approval).isAllowed,
            given + 1 >= approval.requirement.quorum
        else { return }
        try refusal(
            .conflict(
                "you may approve it without break-glass", next: "Approve it without break-glass."),
            of: approval)
    }

    /// The rule that never lets the call run: the one that refused it, or one of today.
    private func never(_ approval: Approval) throws(CommandFailure) -> String? {
        if approval.state == .rejected, case .policy(let name) = approval.provenance {
            return name
        }
        guard approval.state == .pending else { return nil }
        let facts = approval.policyRecord?["input"]?.objectValue ?? JSONObject()
        let input = PolicyJudgement.input(facts, approval.arguments)
        for version in try stored(try store.activeVersions(of: tenant))
        where version.status == .enforced || version.takes(approval.id) {
            let program = try program(of: version)
            guard program.policy.applies(to: approval.tool) else { continue }
            let verdict = program.decide(input)
            if case .deny = verdict.effect { return verdict.name }
        }
        return nil
    }

    /// An attempt over such a rule is on record, with who tried it and why.
    private mutating func refuse(
        _ approval: Approval, over rule: String
    ) throws(CommandFailure) -> Refusal {
        let event = AuditEvent(
            .breakGlassRefused, by: actor, about: .of(approval), outcome: "never",
            provenance: AuditEvent.provenance(.breakGlass(try breaker().id)),
            facts: .facts(["rule": .fact(rule)]))
        try record(event, of: approval.id)
        return .conflict(
            "the rule \(rule) never lets this run, and break-glass cannot override it",
            next: "Nobody can approve it. The attempt is on record.")
    }

    private func breaker() throws(CommandFailure) -> Member {
        try member(with: [.approver, .lead])
    }

    private mutating func record(
        _ event: AuditEvent, of approval: ApprovalID
    ) throws(CommandFailure) {
        let entry = try journal.entry(event, of: tenant)
        try journal.append(entry, about: approval, of: tenant)
    }

    /// A lead looked at a use of somebody else.
    mutating func reviewGlass(
        _ id: ApprovalID, note: String
    ) throws(CommandFailure) -> Answer {
        let lead = try member(with: [.lead])
        guard note.utf8.count <= Limits.commentBytesMax else {
            throw .field("/note", "must have at most \(Limits.commentBytesMax) bytes")
        }
        guard !note.isBlank else { throw .field("/note", "must say what you found") }
        guard var glass = try stored(try store.brokenGlass(id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        guard glass.reviewedAt == nil else {
            throw .refusing(.conflict("it was reviewed already", next: "Nothing is left to do."))
        }
        guard try !reader.isSame(lead, glass.by) else {
            throw .refusing(
                .conflict(
                    "nobody reviews their own break-glass", next: "Ask another lead to review it."))
        }
        glass.reviewedBy = lead.id
        glass.reviewedAt = now
        guard try stored(try store.save(glass, in: tenant)) else {
            throw .store(.damaged("a use of break-glass was reviewed twice"))
        }
        let event = AuditEvent(
            .breakGlassReviewed, by: actor, about: .init(.approval, id.rawValue),
            documents: [AuditEvent.Document("reason", text: Words.masked(note))],
            facts: .facts(["used_by": .fact(glass.by.rawValue)]))
        try record(event, of: id)
        var reader = reader
        return .brokenGlass([try reader.shown(glass)], isOne: true)
    }
}

extension Reader {
    /// How many uses a list has at most; those that nobody reviewed come first.
    static let glassMax = 500

    mutating func brokenGlass() throws(CommandFailure) -> Answer {
        _ = try member(with: [.lead, .auditor, .admin])
        var shown: [ShownGlass] = []
        for glass in try stored(try store.brokenGlass(of: tenant, limit: Self.glassMax)) {
            shown.append(try self.shown(glass))
        }
        return .brokenGlass(shown, isOne: false)
    }

    /// What a lead is told of with every look at who they are.
    mutating func glassDebt(of member: Member) throws(CommandFailure) -> GlassDebt? {
        guard member.roles.contains(.lead) else { return nil }
        let open = try stored(try store.brokenGlass(of: tenant, limit: Self.glassMax))
            .filter { $0.reviewedAt == nil }
        guard let newest = open.max(by: { $0.at < $1.at }) else { return nil }
        return GlassDebt(
            open: open.count, overdue: open.count { $0.state(at: now) == .overdue },
            newest: try shown(newest))
    }

    /// A use by the same person, under any record of theirs, that nobody reviewed.
    func unreviewed(by member: Member) throws(CommandFailure) -> BrokenGlass? {
        for glass in try stored(try store.brokenGlass(of: tenant, limit: Self.glassMax))
        where glass.reviewedAt == nil {
            if try isSame(member, glass.by) { return glass }
        }
        return nil
    }

    func isSame(_ member: Member, _ id: MemberID) throws(CommandFailure) -> Bool {
        if member.id == id { return true }
        let email = try stored(try store.email(of: id, in: tenant))
        return email.map { $0.hasSameBytes(as: member.email) } == true
    }

    mutating func shown(_ glass: BrokenGlass) throws(CommandFailure) -> ShownGlass {
        let approval = try stored(try store.approval(glass.approval, of: tenant))
        return ShownGlass(
            glass: glass, state: glass.state(at: now), tool: approval?.tool,
            email: try email(of: glass.by),
            reason: approval?.decisions.first { $0.isBreakGlass }?.comment,
            reviewerEmail: try glass.reviewedBy.map { (id) throws(CommandFailure) in
                try email(of: id)
            })
    }
}
