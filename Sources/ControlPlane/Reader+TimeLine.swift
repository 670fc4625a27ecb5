import Approvals
import Audit
import JSONTree

// What happened, told from the log.
extension Reader {
    mutating func timeLine(of approval: Approval) throws(CommandFailure) -> [TimeLineEntry] {
        let events = try stored(try store.events(about: approval.id, of: tenant))
        var entries: [TimeLineEntry] = []
        entries.reserveCapacity(events.count)
        for event in events {
            let header: JSONValue
            do {
                header = try JSONValue(parsing: event.line)
            } catch {
                throw .store(.damaged("an event of the log is no JSON"))
            }
            entries.append(
                TimeLineEntry(
                    at: event.at, type: event.type, actor: try actor(of: header),
                    text: try sentence(event.type, header)))
        }
        return entries
    }

    private mutating func actor(of header: JSONValue) throws(CommandFailure) -> String {
        let id = header["actor"]?["id"]?.stringValue ?? ""
        switch header["actor"]?["kind"]?.stringValue.flatMap(AuditEvent.Actor.Kind.init) {
        case .user:
            return try MemberID(id).map { (id) throws(CommandFailure) in try email(of: id) } ?? id
        case .agent:
            return try AgentID(id).map { (id) throws(CommandFailure) in try name(of: id) } ?? id
        case .policy, .grant: return id
        case .system, nil: return "system"
        }
    }

    private mutating func sentence(
        _ type: String, _ header: JSONValue
    ) throws(CommandFailure) -> String {
        let facts = header["facts"]
        let outcome = header["outcome"]?.stringValue ?? ""
        func text(_ fact: String) -> String { facts?[fact]?.stringValue ?? "" }
        func instant(_ fact: String) -> String {
            Timestamp(milliseconds: facts?[fact]?.intValue ?? 0).description
        }
        switch EventType(rawValue: type) {
        case .approvalRequested:
            return "Asked the group \(text("group")) to approve the call until "
                + "\(instant("expires_ms"))."
        case .approvalEndorsed:
            return "Approved; more approvals are needed." + Self.proof(facts)
        case .approvalDecided: return Self.decided(outcome) + Self.proof(facts)
        case .approvalExpired:
            return outcome == "released"
                ? "Nobody decided in time; the call was released without an answer."
                : "Nobody decided in time; the call was refused."
        case .approvalCancelled: return "Gave the call up."
        case .approvalExtended: return "Moved the deadline to \(instant("expires_ms"))."
        case .approvalReassigned:
            guard let assignee = MemberID(text("assignee")) else {
                return "Handed it to the group \(text("group"))."
            }
            return "Handed it to \(try email(of: assignee))."
        case .approvalCommented: return "Left a comment."
        case .approvalClaimed:
            return "Began to run it; a report is due by \(instant("lease_until_ms"))."
        case .valueRevealed where outcome == "guessed":
            return "Tried edits beside redacted values, and was told that they do not fit."
        case .valueRevealed: return "Was shown the redacted value at \(text("pointer"))."
        case .executionReported:
            let ran = outcome == "succeeded" ? "Ran it: succeeded." : "Ran it: failed."
            return facts?["mismatch"] == nil
                ? ran : ran + " What ran is not what was decided."
        case .executionLost:
            return "No report came in time; whether it ran is unknown."
        case .logOpened, .keyRotated, .disclosureErased, .policyPublished, .policyModeProposed,
            .policyModeChanged, .tenantAdded,
            .tenantChanged, .tenantRemoved, .groupAdded, .groupRemoved, .memberEnrolled,
            .memberChanged, .memberLeft, .memberAdded, .memberRemoved, .agentAdded,
            .agentRemoved, .tokenIssued, .tokenRevoked, .stepUpEnrolled, .stepUpReset,
            .stepUpPermitted,
            .stepUpLocked, nil:
            return type
        }
    }

    private static func proof(_ facts: JSONValue?) -> String {
        facts?["step_up"] == nil ? "" : " Proven with a second factor."
    }

    private static func decided(_ outcome: String) -> String {
        switch outcome {
        case "edited": "Approved with edits."
        case "approved": "Approved."
        case "rejected": "Rejected."
        default: outcome
        }
    }
}
