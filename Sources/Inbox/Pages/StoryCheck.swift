import Approvals
package import Audit
import Cryptography
import JSONTree
package import WireAPI

/// What of a story somebody who trusts one checkpoint of the log can be sure of.
package struct StoryCheck: Hashable, Sendable {
    /// What is known of one step.
    package enum Finding: Hashable, Sendable {
        /// The event is among those that were signed for, and it is the one that the step tells.
        case proved
        /// It came after what was signed for, or nothing was.
        case open
        /// The event is not what it is said to be, or is not in the log.
        case wrong
    }

    /// What the checkpoint speaks for; nil without one.
    package let size: Int64?
    /// A finding for each step, in order.
    package let findings: [Finding]
    /// What the events say was released, claimed and run: roots of the salted arguments.
    package let roots: Roots
    /// What the people who decided had on their screens.
    package let shown: Shown

    /// Whether those who decided saw what the story shows as asked for.
    package enum Shown: Hashable, Sendable {
        case same
        case different
        /// No person decided, or the values are erased.
        case unknown
    }

    /// Which arguments the events speak of.
    package struct Roots: Hashable, Sendable {
        package var released: String?
        package var claimed: String?
        package var executed: String?
        /// The agent ran something else.
        package var isMismatch = false
    }

    /// Holds a story against a checkpoint.
    package init(_ story: StoryView, against checkpoint: Checkpoint?) {
        size = checkpoint?.size
        var roots = Roots()
        var findings: [Finding] = []
        var digests: [String] = []
        for step in story.events {
            guard let event = Self.event(of: step, in: story) else {
                findings.append(.wrong)
                continue
            }
            roots.take(event)
            digests += Self.displayed(event)
            findings.append(Self.finding(step, story, checkpoint))
        }
        self.findings = findings
        self.roots = roots
        shown = Self.shown(digests, story)
    }

    /// The digest of what was on the screen of somebody who decided.
    private static func displayed(_ event: JSONValue) -> [String] {
        let type = event["type"]?.stringValue.flatMap(EventType.init(rawValue:))
        guard type == .approvalDecided || type == .approvalEndorsed else { return [] }
        return [event["facts"]?["displayed_digest"]?.stringValue].compactMap(\.self)
    }

    /// Computed here from what the story shows, not taken from the server.
    private static func shown(_ digests: [String], _ story: StoryView) -> Shown {
        let isErased = story.events.contains {
            $0.type.hasSameBytes(as: EventType.disclosureErased.rawValue)
        }
        let known = KnownView(story.approval, isFresh: true)
        guard !digests.isEmpty, !isErased, let own = known.digest?.text else { return .unknown }
        return digests.allSatisfy { $0.hasSameBytes(as: own) } ? .same : .different
    }

    /// The event of a step, when it is what the step tells.
    private static func event(of step: StoryEventView, in story: StoryView) -> JSONValue? {
        let event: JSONValue
        do { event = try JSONValue(parsing: Array(step.event.utf8)) } catch { return nil }
        guard event["seq"]?.intValue == Int64(step.sequence),
            event["type"]?.stringValue?.hasSameBytes(as: step.type) == true,
            isPart(event, of: story),
            event["ts"]?.stringValue?.hasSameBytes(as: step.at.rfc3339) == true
        else { return nil }
        return event
    }

    /// Whether an event is about the approval; an erasure is about an event of it.
    private static func isPart(_ event: JSONValue, of story: StoryView) -> Bool {
        let subject = event["subject"]?["id"]?.stringValue
        let erasing = EventType.disclosureErased.rawValue
        guard event["type"]?.stringValue?.hasSameBytes(as: erasing) == true else {
            let id = story.approval.id.rawValue
            return subject?.hasSameBytes(as: id) == true
                || event["facts"]?["approval"]?.stringValue?.hasSameBytes(as: id) == true
        }
        return event["subject"]?["kind"]?.stringValue?.hasSameBytes(as: "event") == true
            && story.events.contains { step in
                !step.type.hasSameBytes(as: erasing)
                    && subject?.hasSameBytes(as: "\(step.sequence)") == true
            }
    }

    private static func finding(
        _ step: StoryEventView, _ story: StoryView, _ checkpoint: Checkpoint?
    ) -> Finding {
        guard let checkpoint, story.size.map(Int64.init) == checkpoint.size,
            step.sequence < checkpoint.size, let texts = step.inclusion
        else { return .open }
        let hashes = texts.compactMap { Base64.decode($0).flatMap { Digest(bytes: $0) } }
        guard hashes.count == texts.count else { return .wrong }
        return MerkleProof.includes(
            EventLog.leafHash(Array(step.event.utf8)), at: Int64(step.sequence),
            in: checkpoint.size, root: checkpoint.root, proof: hashes) ? .proved : .wrong
    }
}

extension StoryCheck.Roots {
    fileprivate mutating func take(_ event: JSONValue) {
        let facts = event["facts"]
        switch event["type"]?.stringValue.flatMap(EventType.init(rawValue:)) {
        case .approvalDecided, .approvalExpired:
            let edited = event["commit"]?["edited_args"]?["root"]
            released = (edited ?? facts?["effective_args_root"])?.stringValue
        case .approvalClaimed: claimed = facts?["effective_args_root"]?.stringValue
        case .executionReported:
            executed = facts?["executed_args_root"]?.stringValue
            isMismatch = facts?["mismatch"]?.stringValue != nil
        case _: break
        }
    }
}
