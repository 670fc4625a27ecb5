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
            return "Approved; more approvals are needed." + Self.proof(facts) + (try lent(facts))
        case .approvalDecided where header["actor"]?["kind"] == "grant":
            return try released(by: MemberID(text("granted_by")))
        case .approvalDecided:
            return Self.decided(outcome) + Self.proof(facts) + (try lent(facts))
        case .approvalExpired: return Self.expired(outcome, facts)
        case .approvalCancelled: return "Gave the call up."
        case .approvalExtended: return Self.extended(facts, to: instant("expires_ms"))
        case .approvalReassigned: return try handed(MemberID(text("assignee")), text("group"))
        case .approvalEscalated: return try escalated(outcome, facts)
        case .approvalHandedOver: return try shifted(facts)
        case .approvalAcknowledged: return "Looks at it; nobody else before \(instant("until_ms"))."
        case .approvalAskedAgain:
            return "Asked for the same call again, \(facts?["asks"]?.intValue ?? 2) times by now."
        case .approvalCommented: return "Left a comment."
        case .approvalClaimed:
            return "Began to run it; a report is due by \(instant("lease_until_ms"))."
        case .valueRevealed: return Self.revealed(outcome, at: text("pointer"))
        case .executionReported: return Self.reported(outcome, facts)
        case .executionLost: return "No report came in time; whether it ran is unknown."
        case .grantCreated: return "Granted calls like it until \(instant("expires_ms"))."
        case .grantRevoked: return Self.revoked(outcome)
        case .disclosureErased: return "Erased what was committed to as \(text("doc"))."
        case .logOpened, .keyRotated, .erasureProposed, .erasureDone, .retentionSwept,
            .policyPublished,
            .policyModeProposed, .policyModeChanged, .policyReviewed, .policyTried,
            .releasesHalted, .releasesResumed, .tenantAdded, .tenantChanged, .tenantRemoved,
            .groupAdded, .groupRemoved, .memberEnrolled, .memberChanged, .memberLeft,
            .memberAdded, .memberRemoved, .agentAdded, .agentRemoved, .tokenIssued, .tokenRevoked,
            .stepUpEnrolled, .stepUpReset, .stepUpPermitted, .stepUpLocked, .delegationMade,
            .delegationRevoked, .escalationChanged, .scheduleChanged, .scheduleRemoved,
            .overrideMade, .overrideRemoved, .reachChanged, .swapOffered, .swapTaken,
            .swapWithdrawn, nil:
            return type
        }
    }

    private mutating func handed(
        _ assignee: MemberID?, _ group: String
    ) throws(CommandFailure) -> String {
        guard let assignee else { return "Handed it to the group \(group)." }
        return "Handed it to \(try email(of: assignee))."
    }

    /// For whom it was decided, when it was not the decider's own authority.
    private mutating func lent(_ facts: JSONValue?) throws(CommandFailure) -> String {
        guard let text = facts?["on_behalf_of"]?.stringValue, let grantor = MemberID(text) else {
            return ""
        }
        return " On behalf of \(try email(of: grantor))."
    }

    private mutating func shifted(_ facts: JSONValue?) throws(CommandFailure) -> String {
        var sides: [String] = []
        for side in ["from", "to"] {
            let ids = (facts?[side]?.stringValue ?? "").split(separator: " ")
            var names: [String] = []
            for id in ids.compactMap({ MemberID(String($0)) }) { names.append(try email(of: id)) }
            sides.append(names.joined(separator: ", "))
        }
        let from = sides[0].isEmpty ? "" : " from \(sides[0])"
        return "The shift changed: it went\(from) to \(sides[1])."
    }

    private mutating func escalated(
        _ outcome: String, _ facts: JSONValue?
    ) throws(CommandFailure) -> String {
        let gaps = (facts?["gaps"]?.stringValue ?? "").split(separator: " ").compactMap {
            $0.split(separator: "@").first.map(String.init)
        }
        let empty = gaps.isEmpty ? "" : "Nobody is on shift in \(gaps.joined(separator: ", ")). "
        guard outcome == "told" else {
            return empty + "Nobody whom the escalation names is here."
        }
        let people = facts?["to_people"]?.stringValue?.split(separator: " ") ?? []
        var names: [String] = []
        for id in people.compactMap({ MemberID(String($0)) }) { names.append(try email(of: id)) }
        let who =
            facts?["to_group"]?.stringValue.map { "the group \($0)" }
            ?? names.joined(separator: ", ")
        let schedule = facts?["schedule"]?.stringValue
        let shift = schedule.map { ", on shift in \($0)," } ?? ""
        let isWider = facts?["group_added"] != nil
        let told = "\(empty)Nobody answered, so \(who)\(shift) was told"
        return told + (isWider ? " and may decide, too." : ".")
    }

    private mutating func released(by grantor: MemberID?) throws(CommandFailure) -> String {
        let name = try grantor.map { (id) throws(CommandFailure) in try email(of: id) }
        return "Released by a standing grant of \(name ?? "somebody"), without asking again."
    }

    private static func revealed(_ outcome: String, at pointer: String) -> String {
        outcome == "guessed"
            ? "Tried edits beside redacted values, and was told that they do not fit."
            : "Was shown the redacted value at \(pointer)."
    }

    private static func reported(_ outcome: String, _ facts: JSONValue?) -> String {
        let ran = outcome == "succeeded" ? "Ran it: succeeded." : "Ran it: failed."
        return facts?["mismatch"] == nil ? ran : ran + " What ran is not what was decided."
    }

    private static func extended(_ facts: JSONValue?, to instant: String) -> String {
        (facts?["quiet"] == nil ? "" : "Nobody who could decide may be disturbed. ")
            + "Moved the deadline to \(instant)."
    }

    private static func expired(_ outcome: String, _ facts: JSONValue?) -> String {
        if facts?["escalation"]?.stringValue == "quiet" {
            return "Nobody who could decide may be disturbed; the call was refused."
        }
        if facts?["escalation"] != nil {
            return "Nobody whom the escalation told decided; the call was refused."
        }
        return outcome == "released"
            ? "Nobody decided in time; the call was released without an answer."
            : "Nobody decided in time; the call was refused."
    }

    private static func proof(_ facts: JSONValue?) -> String {
        facts?["step_up"] == nil ? "" : " Proven with a second factor."
    }

    private static func revoked(_ outcome: String) -> String {
        switch Grant.Ending.Cause(rawValue: outcome) {
        case .authorityLost:
            "The standing grant ended: whoever gave it may no longer decide such calls."
        case .policyStricter: "The standing grant ended: a policy now asks for more."
        case .revoked, nil: "Took the standing grant back."
        }
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
