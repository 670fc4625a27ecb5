import Approvals
import Audit
import Authority
import JSONTree

// A person gives time, hands on, remarks, or says that they are looking.
extension Session {
    mutating func extend(
        _ id: ApprovalID, revision: Int, seconds: Int, reason: String?
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        var approval = try reader.visible(id)
        guard (1...Limits.extensionSecondsMax).contains(seconds) else {
            throw .field("/seconds", "must be from 1 to \(Limits.extensionSecondsMax)")
        }
        let remark = try remark(reason, "/reason", on: approval)
        try requirePending(approval)
        try requireAuthority(try reader.obstacle(to: member, approval), over: approval)
        try requireRevision(revision, of: approval)
        try requireChangesLeft(of: approval)
        let deadline = approval.requirement.deadline.adding(seconds: seconds)
        let longest = try tenantRecord().timeoutMaxSeconds
        guard deadline <= approval.createdAt.adding(seconds: longest) else {
            throw .refusing(.limit("timeoutMaxSeconds is \(longest)"))
        }
        approval.requirement.deadline = deadline
        approval.heldUntil = nil
        approval.touch(at: now)
        let event = AuditEvent(
            .approvalExtended, by: actor, about: .of(approval),
            documents: remark.map { [AuditEvent.Document("reason", text: $0)] } ?? [],
            facts: .facts(["expires_ms": .fact(deadline), "seconds": .fact(seconds)]))
        try journal.save(&approval, because: event)
        return try view(of: approval)
    }

    mutating func reassign(
        _ id: ApprovalID, revision: Int, to assignment: Assignment, reason: String?
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        var approval = try reader.visible(id)
        let remark = try remark(reason, "/reason", on: approval)
        try requirePending(approval)
        try requireAuthority(
            Authority.mayRoute(
                member, try reader.underCurrentRecords(approval),
                agentOwner: try agentOwner(of: approval)),
            over: approval)
        try requireRevision(revision, of: approval)
        try requireChangesLeft(of: approval)
        switch assignment {
        case .group(let group): try handOver(&approval, to: group)
        case .member(let email): try handOver(&approval, toMember: email)
        }
        approval.touch(at: now)
        let event = AuditEvent(
            .approvalReassigned, by: actor, about: .of(approval),
            documents: remark.map { [AuditEvent.Document("reason", text: $0)] } ?? [],
            facts: .facts([
                "assignee": approval.requirement.assignee.map { .fact($0.rawValue) },
                "group": .fact(approval.requirement.group.rawValue),
            ]))
        try journal.save(&approval, because: event)
        return try view(of: approval)
    }

    private func requireChangesLeft(of approval: Approval) throws(CommandFailure) {
        guard approval.revision < Limits.changesMax else {
            throw .refusing(.limit("changesMax is \(Limits.changesMax)"))
        }
    }

    private func handOver(
        _ approval: inout Approval, to group: GroupName
    ) throws(CommandFailure) {
        guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == group })
        else { throw .field("/group", "there is no group of this name") }
        let current = approval.requirement
        guard current.group != group || current.assignee != nil else {
            throw .field("/group", "this group is asked already")
        }
        approval.leave(current.assignee)
        approval.formerGroups.removeAll { $0 == group }
        if current.group != group, !approval.formerGroups.contains(current.group) {
            approval.formerGroups.append(current.group)
        }
        let isOther = current.group != group
        approval.requirement.group = group
        approval.requirement.assignee = nil
        if isOther { try restartEscalation(of: &approval) }
    }

    private func handOver(
        _ approval: inout Approval, toMember email: String
    ) throws(CommandFailure) {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .field("/member", "there is no member with this e-mail")
        }
        guard approval.requirement.assignee != member.id else {
            throw .field("/member", "this member is asked already")
        }
        var handed = approval
        handed.requirement.assignee = member.id
        guard try reader.obstacle(to: member, handed) == nil else {
            throw .field("/member", "this member may not decide this approval")
        }
        handed.leave(approval.requirement.assignee)
        handed.formerAssignees.removeAll { $0 == member.id }
        approval = handed
    }

    mutating func comment(_ id: ApprovalID, text: String) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        var approval = try reader.visible(id)
        let remark = try remark(text, "/text", on: approval) ?? ""
        guard !remark.isBlank else { throw .field("/text", "must say something") }
        guard approval.comments.count < Limits.commentsMax else {
            throw .refusing(.limit("commentsMax is \(Limits.commentsMax)"))
        }
        // Whose run it was does not close the look at it.
        let owner = try agentOwner(of: approval)
        let isReview = approval.needsReview && member.id != owner
        approval.comments.append(Comment(by: member.id, at: now, text: remark))
        if isReview { approval.needsReview = false }
        approval.touch(at: now)
        let event = AuditEvent(
            .approvalCommented, by: actor, about: .of(approval),
            documents: [AuditEvent.Document("comment", text: remark)],
            facts: .facts(["reviewed": isReview ? .fact("true") : nil]))
        try journal.save(&approval, because: event)
        return try view(of: approval)
    }

    /// A soft lock that others see. It binds nobody and changes no state, so it is no event.
    mutating func review(_ id: ApprovalID, isActive: Bool) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        var approval = try reader.visible(id)
        try requirePending(approval)
        let until = now.adding(seconds: Limits.reviewingSeconds)
        var reviewers = approval.reviewers.filter { $0.member != member.id && $0.until > now }
        if isActive { reviewers.append(Reviewer(member: member.id, until: until)) }
        if reviewers != approval.reviewers {
            approval.reviewers = reviewers
            try journal.save(&approval)
        }
        return try view(of: approval)
    }

    func view(of approval: Approval) throws(CommandFailure) -> Answer {
        var reader = reader
        return .approverApproval(try reader.view(of: approval))
    }
}

extension Approval {
    /// Remembers that the approval was taken from a person, so that their queue can drop it.
    fileprivate mutating func leave(_ assignee: MemberID?) {
        guard let assignee, !formerAssignees.contains(assignee) else { return }
        formerAssignees.append(assignee)
    }
}
