import Approvals
import Audit
import Authority
import JSONTree

// A person asks to see what is hidden.
extension Session {
    /// The event is written before the value is read out, in the transaction that both share.
    mutating func reveal(
        _ id: ApprovalID, _ pointer: JSONPointer, reason: String
    ) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead])
        let approval = try reader.visible(id)
        let remark = try remark(reason, "/reason", on: approval) ?? ""
        guard !remark.isBlank else { throw .field("/reason", "must say why") }
        try requirePending(approval)
        try requireAuthority(try reader.obstacle(to: member, approval), over: approval)
        // Only whole: an answer about a part would tell whether there is such a part.
        let hidden = approval.masked.redacted
        guard hidden.contains(where: { $0.pointer == pointer }),
            let value = approval.arguments[pointer]
        else { throw .field("/pointer", "names no redacted value") }
        try countReveal(by: member)
        let event = AuditEvent(
            .valueRevealed, by: actor, about: .of(approval),
            documents: [AuditEvent.Document("reason", text: remark)],
            facts: .facts(["pointer": .fact(pointer.description)]))
        try journal.record(event, about: approval.id, of: tenant)
        return .revealed(pointer, value)
    }

    /// Counts an answer about a hidden value.
    func countReveal(by member: Member) throws(CommandFailure) {
        var member = try requireRevealsLeft(to: member)
        member.revealedAt.append(now)
        try stored(try store.replace(member, of: tenant))
    }

    /// The member as this command left them, with the reveals of the last hour; refuses when there
    /// were too many.
    func requireRevealsLeft(to member: Member) throws(CommandFailure) -> Member {
        guard var member = try stored(try store.member(member.id, of: tenant)) else {
            throw .refusing(.unauthenticated)
        }
        let hourAgo = now.adding(seconds: -3_600)
        member.revealedAt.removeAll { $0 <= hourAgo }
        if member.revealedAt.count >= settings.revealsPerHourMax {
            let oldest = member.revealedAt.min() ?? now
            let wait = oldest.adding(seconds: 3_600).since(now)
            throw .refusing(.tooOften(retryAfterSeconds: Int(max(1, (wait + 999) / 1_000))))
        }
        return member
    }
}
