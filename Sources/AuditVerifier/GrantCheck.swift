import Approvals
import Audit
import JSONTree

/// Whether the standing grants of a log were given by somebody who decided, and used within what
/// was given.
struct GrantCheck {
    private struct Known {
        let agent: String
        let group: String?
        let expiresAt: Timestamp
        let usesMax: Int64?
        var uses: Int64 = 0
        var isOver = false
    }

    /// What is known of an approval that a grant is about.
    struct About {
        let agent: String?
        let group: String?
        /// The person who released it; nil when nobody did.
        let releasedBy: String?
    }

    private var grants: [ByteText: Known] = [:]

    /// Takes a grant; a sentence when it was not its giver's to give.
    mutating func create(_ header: RecordHeader, on approval: About?) -> String? {
        let id = ByteText(header.subject)
        guard grants[id] == nil else { return "The grant was given before." }
        guard let agent = header.facts["agent"]?.stringValue,
            let expires = header.facts["expires_ms"]?.intValue
        else { return "The grant does not say for whom or until when." }
        grants[id] = Known(
            agent: agent, group: header.facts["group"]?.stringValue,
            expiresAt: Timestamp(milliseconds: expires),
            usesMax: header.facts["uses"]?.intValue)
        guard let approval else { return nil }
        guard header.actorKind == .user, header.actor.hasSameBytes(as: approval.releasedBy ?? "")
        else { return "The grant was not given by who approved the call that it came with." }
        return approval.agent.map { agent.hasSameBytes(as: $0) } ?? true
            ? nil : "The grant is for another agent than the one that asked."
    }

    /// Ends a grant.
    mutating func revoke(_ header: RecordHeader) {
        grants[ByteText(header.subject)]?.isOver = true
    }

    /// Counts a call that a grant released; a sentence when it was not covered.
    ///
    /// `isWhole` tells a grant that was never given from one that was given before this part.
    mutating func use(
        _ header: RecordHeader, on approval: About, isWhole: Bool
    ) -> String? {
        let id = ByteText(header.actor)
        guard var grant = grants[id] else {
            return isWhole ? "The call was released by a grant that nobody gave." : nil
        }
        if grant.isOver { return "The call was released by a grant that had ended." }
        if header.at >= grant.expiresAt {
            return "The call was released by a grant that had expired."
        }
        grant.uses += 1
        grants[id] = grant
        if let most = grant.usesMax, grant.uses > most {
            return "The grant released more calls than it may."
        }
        if let agent = approval.agent, !agent.hasSameBytes(as: grant.agent) {
            return "The grant is for another agent."
        }
        if let asked = approval.group, let group = grant.group, !asked.hasSameBytes(as: group) {
            return "The grant is another group's than the one that was asked."
        }
        return nil
    }
}
