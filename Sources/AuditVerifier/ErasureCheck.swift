import Approvals
import Audit
import JSONTree

/// Whether what was erased was wanted by two people.
struct ErasureCheck {
    /// The events that it looks at.
    static let types: Set<EventType> = [
        .erasureProposed, .erasureDone, .disclosureErased, .retentionSwept,
    ]
    /// What a tenant keeps at least, in milliseconds: 184 days.
    private static let keptMin: Int64 = 184 * 86_400_000

    /// Who proposed an erasure, by its id.
    private var proposers: [ByteText: String] = [:]

    /// When calls were asked for, by the number of the event; their arguments stand there.
    private var requestedAt: [Int64: Int64] = [:]

    /// Remembers when a call was asked for.
    mutating func note(_ header: RecordHeader) {
        requestedAt[header.sequence] = header.at.milliseconds
    }

    /// Arguments that went for their age are as old as the tenant must keep them.
    private func wrongAge(_ header: RecordHeader) -> String? {
        guard header.facts["basis"]?.stringValue?.hasSameBytes(as: "retention") == true,
            let sequence = header.facts["seq"]?.intValue, let asked = requestedAt[sequence],
            header.at.milliseconds - Self.keptMin < asked
        else { return nil }
        return "Arguments were erased for their age that were not 184 days old."
    }

    private static func wrongSweep(_ header: RecordHeader) -> String? {
        guard header.actorKind == .system, let before = header.facts["before_ms"]?.intValue,
            header.at.milliseconds - keptMin >= before
        else { return "Values were erased for their age that were not 184 days old." }
        return nil
    }

    /// Takes an event in; a sentence when it cannot have been lawful.
    mutating func take(_ header: RecordHeader, isWhole: Bool) -> String? {
        guard header.type != .retentionSwept else { return Self.wrongSweep(header) }
        // Logs of others may say only that something was erased.
        guard let id = header.facts["erasure"]?.stringValue.map({ ByteText($0) }) else {
            return header.type == .disclosureErased
                ? wrongAge(header) : "The erasure has no number."
        }
        guard header.actorKind == .user else { return "No person erased it." }
        if header.type == .erasureProposed {
            guard proposers[id] == nil else { return "The erasure was proposed before." }
            proposers[id] = header.actor
            return nil
        }
        guard let proposer = proposers[id] else {
            return isWhole ? "Nobody proposed what was erased." : nil
        }
        return proposer.hasSameBytes(as: header.actor)
            ? "The same person proposed and confirmed the erasure." : nil
    }
}
