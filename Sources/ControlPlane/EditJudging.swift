import Approvals
import Audit
import JSONTree
import Policies

/// Why the policies that were asked do not take changed arguments from this approver.
enum EditObstacle {
    /// Nobody may approve them so.
    case refused(Refusal)
    /// Others may: this is what the rules ask of people about the changed arguments.
    case others(PolicyVerdict)

    /// What the approver is told.
    var refusal: Refusal {
        switch self {
        case .refused(let refusal): refusal
        case .others(let verdict): .editInvalid(.root, verdict.wish)
        }
    }
}

// What policies say to changed arguments.
extension Session {
    /// What keeps this approver from approving changed arguments; nil when nothing does.
    ///
    /// Where the approval has come to the people whom the stricter rules name, they may.
    func obstacle(
        to edited: JSONValue, for approval: Approval
    ) throws(CommandFailure) -> EditObstacle? {
        guard let record = approval.policyRecord, let facts = record["input"]?.objectValue else {
            return nil
        }
        let input = PolicyJudgement.input(facts, approval.arguments)
        let fresh = try factsOfEdit(edited, facts, for: approval)
        var wanted: PolicyVerdict?
        for verdict in record["verdicts"]?.arrayValue ?? [] {
            let policy = try published(verdict["policy"])
            switch try program(of: policy).judge(edited: edited, of: input, facts: fresh) {
            case .fits: continue
            case .pastLimit(let rule):
                return Self.refused(
                    "this is past what the rule \(policy.name)#\(rule.name) lets change")
            case .unclear:
                return Self.refused("whether this keeps the limit of \(policy.name) is not clear")
            case .stricter(let verdict):
                guard verdict.isForOthers else { return Self.refused(verdict.wish) }
                wanted = wanted.map { $0.joined(with: verdict) } ?? verdict
            }
        }
        guard let wanted, try !isHeld(wanted.effect.terms, by: approval) else { return nil }
        return .others(wanted)
    }

    /// What hangs on the arguments: the secrets in them, and which of their values are known.
    private func factsOfEdit(
        _ edited: JSONValue, _ facts: JSONObject, for approval: Approval
    ) throws(CommandFailure) -> JSONObject {
        var fresh: JSONObject = ["scan": PolicyJudgement.scan(edited)]
        guard var history = facts["history"]?.objectValue, let seen = history["seen"]?.objectValue
        else { return fresh }
        history["seen"] = try known(
            seen.members.map(\.name), in: edited, by: approval.agent, calling: approval.tool)
        fresh["history"] = .object(history)
        return fresh
    }

    /// Whether an approval asks already what these terms ask.
    private func isHeld(
        _ terms: ApprovalTerms?, by approval: Approval
    ) throws(CommandFailure) -> Bool {
        guard let terms else { return false }
        let requirement = approval.requirement
        return try requirement.group == group(of: terms) && requirement.assignee == nil
            && requirement.quorum >= terms.quorum && approval.risk >= terms.risk ?? .low
            && (approval.wantsReason || !terms.isReasonRequired)
            && DelegationRule.joined(requirement.delegation, terms.delegation)
                == requirement.delegation
    }

    private func group(of terms: ApprovalTerms) throws(CommandFailure) -> GroupName {
        if let group = terms.group { return group }
        return try tenantRecord().defaultGroup
    }

    private func published(_ reference: JSONValue?) throws(CommandFailure) -> PublishedPolicy {
        guard let id = reference?["id"]?.stringValue.flatMap({ PolicyID($0) }),
            let version = reference?["version"]?.intValue,
            let policy = try stored(try store.policy(id, version: Int(version), of: tenant))
        else { throw .store(.damaged("an approval names a policy that is not there")) }
        return policy
    }

    private static func refused(_ sentence: String) -> EditObstacle {
        .refused(.editInvalid(.root, sentence))
    }
}

// The call goes on to the people whom its changed arguments are for.
extension Session {
    /// Hands an approval on with the changes as a remark, and says so; nil when that cannot be.
    ///
    /// Nothing is approved by it: those people see the call as it was sent and what was wanted.
    mutating func handedOn(
        _ command: DecideCommand, _ known: Approval, to verdict: PolicyVerdict, by member: Member
    ) throws(CommandFailure) -> Refusal? {
        guard let terms = verdict.effect.terms, known.revision + 1 < Limits.changesMax,
            known.comments.count < Limits.commentsMax
        else { return nil }
        let group = try group(of: terms)
        guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == group })
        else { return nil }
        var approval = known
        try suggest(command, on: &approval, for: verdict, by: member)
        let isOther = known.requirement.group != group
        approval.ask(group, terms, because: verdict.name)
        if isOther { try restartEscalation(of: &approval) }
        approval.touch(at: now)
        let event = AuditEvent(
            .approvalReassigned, by: actor, about: .of(approval),
            facts: .facts([
                "group": .fact(group.rawValue), "quorum": .fact(approval.requirement.quorum),
                "risk": .fact(approval.risk.rawValue), "rule": .fact(verdict.name),
            ]))
        try journal.save(&approval, because: event)
        return .editInvalid(
            .root, verdict.wish + "; the call was handed on to them, with your changes as a remark")
    }

    /// Leaves the changes, and what was said about them, as a remark.
    private mutating func suggest(
        _ command: DecideCommand, on approval: inout Approval, for verdict: PolicyVerdict,
        by member: Member
    ) throws(CommandFailure) {
        let words = try remark(command.comment, "/comment", on: approval, with: command.edits)
        let text =
            ["Wanted to approve this with other arguments.", words]
            .compactMap(\.self) + approval.described(command.edits)
        let comment = Comment(by: member.id, at: now, text: text.joined(separator: "\n").shortened)
        approval.comments.append(comment)
        approval.touch(at: now)
        let event = AuditEvent(
            .approvalCommented, by: actor, about: .of(approval),
            documents: [AuditEvent.Document("comment", text: comment.text)],
            facts: .facts(["rule": .fact(verdict.name)]))
        try journal.save(&approval, because: event)
    }
}

extension Approval {
    /// Whether an approval of this says why.
    var wantsReason: Bool { policyRecord?["reason_required"] == true }

    /// Asks what these terms ask as well as what was asked before, of another group.
    fileprivate mutating func ask(
        _ group: GroupName, _ terms: ApprovalTerms, because rule: String
    ) {
        let current = requirement
        formerGroups.removeAll { $0 == group }
        if current.group != group, !formerGroups.contains(current.group) {
            formerGroups.append(current.group)
        }
        if let assignee = current.assignee, !formerAssignees.contains(assignee) {
            formerAssignees.append(assignee)
        }
        requirement.group = group
        requirement.assignee = nil
        requirement.quorum = max(current.quorum, terms.quorum)
        if terms.posture == .failClosed { requirement.posture = .failClosed }
        requirement.delegation = .joined(current.delegation, terms.delegation)
        requirement.allQuiet = .joined(current.allQuiet, terms.allQuiet)
        requirement.rule = rule
        risk = max(risk, terms.risk ?? .low)
        guard terms.isReasonRequired, var record = policyRecord?.objectValue else { return }
        record["reason_required"] = true
        policyRecord = .object(record)
    }

    /// Changes in words, one a line, without a secret.
    fileprivate func described(_ edits: JSONPatch) -> [String] {
        let masked = masked
        let shown: JSONPatch
        do {
            shown = try Redaction.masked(edits, of: masked.view, masked.redacted).edits.served
        } catch {
            return ["The changes cannot be shown."]
        }
        return shown.operations.map { operation in
            switch operation {
            case .add(let pointer, let value): "\(pointer): \(value.text()), which is new"
            case .replace(let pointer, let value):
                "\(pointer): \(masked.view[pointer]?.text() ?? "") becomes \(value.text())"
            case .remove(let pointer): "\(pointer): left out"
            }
        }
    }
}

extension String {
    /// As much of a text as a comment may have.
    fileprivate var shortened: String {
        guard utf8.count > Limits.commentBytesMax else { return self }
        let mark = " … (cut)"
        var head = Array(utf8.prefix(Limits.commentBytesMax - mark.utf8.count))
        while let last = head.last, last & 0xC0 == 0x80 { head.removeLast() }
        if let last = head.last, last >= 0xC0 { head.removeLast() }
        return String(decoding: head, as: UTF8.self) + mark
    }
}

extension PolicyVerdict {
    /// Whether there are people who may approve what it is about, as far as every rule can say.
    fileprivate var isForOthers: Bool {
        let isClear = answers.allSatisfy {
            switch $0.result {
            case .matched, .notMatched: true
            case .error: false
            }
        }
        return effect.terms != nil && isClear
    }

    /// What it wants for changed arguments that are not this approver's.
    fileprivate var wish: String {
        switch effect {
        case .deny: "the rule \(name) refuses the changed arguments"
        case .allow: "the rule \(name) speaks about the changed arguments"
        case .requireApproval(let terms):
            "the changed arguments are for "
                + (terms.group.map { "the group \($0)" } ?? "the tenant's default group")
                + (terms.quorum > 1 ? ", \(terms.quorum) people," : "")
                + " to approve, says \(name)"
        }
    }
}
