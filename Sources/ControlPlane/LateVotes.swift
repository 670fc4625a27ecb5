import Approvals
import Audit
import Authority
import JSONTree

// Somebody decides what is decided already.
extension Session {
    /// No more late votes on one approval are recorded.
    static let lateVotesMax = 20

    /// Records the vote of somebody who could have decided but came too late, once for each of
    /// them; it changes nothing. Nil when there is nothing to record.
    ///
    /// Who lost a race stands in the record with what they wanted, so that nobody can say later
    /// that everybody agreed.
    mutating func lateVote(
        _ command: DecideCommand, by member: Member, on approval: Approval
    ) throws(CommandFailure) -> BulkRefusal? {
        guard [.approved, .rejected, .expired].contains(approval.state),
            !approval.decisions.contains(where: { $0.by == member.id }),
            case .success(let hat) = try reader.hat(
                of: member, as: command.onBehalfOf, approval)
        else { return nil }
        let type = EventType.approvalDecidedLate
        let late = try stored(try store.events(about: approval.id, of: tenant))
            .filter { $0.type.hasSameBytes(as: type.rawValue) }
        guard late.count < Self.lateVotesMax else { return nil }
        for record in late where try Self.actor(of: record).hasSameBytes(as: member.id.rawValue) {
            return nil
        }
        let event = AuditEvent(
            type, by: actor, about: .of(approval),
            outcome: command.verdict == .approve ? "approved" : "rejected",
            facts: .facts([
                "on_behalf_of": hat.map { .fact($0.grantor.rawValue) },
                "revision": .fact(command.revision), "state": .fact(approval.state.rawValue),
            ]))
        try journal.record(event, about: approval.id, of: tenant)
        var reader = reader
        let refusal = Refusal.alreadySettled(
            approval.state, by: approval.decisions.last?.by, at: approval.settledAt)
        return BulkRefusal(
            approval: approval.id, refusal: refusal, current: try reader.view(of: approval))
    }

    private static func actor(of record: AuditRecord) throws(CommandFailure) -> String {
        do {
            return try JSONValue(parsing: record.line)["actor"]?["id"]?.stringValue ?? ""
        } catch {
            throw .store(.damaged("an event of the log cannot be read"))
        }
    }
}
