import Approvals
import Audit
import JSONTree

/// Whether what was decided on behalf of somebody was lent by them, to the one who decided, at that
/// time.
struct DelegationCheck {
    private struct Known {
        let grantor: String
        let delegate: String
        let digest: String
        let window: Range<Int64>
        var isRevoked = false
    }

    private var delegations: [ByteText: Known] = [:]

    /// Takes a delegation; a sentence when it says too little to be held against anything.
    mutating func make(_ header: RecordHeader) -> String? {
        let id = ByteText(header.subject)
        guard delegations[id] == nil else { return "The delegation was made before." }
        guard let grantor = header.facts["grantor"]?.stringValue,
            let delegate = header.facts["delegate"]?.stringValue,
            let digest = header.facts["digest"]?.stringValue,
            let start = header.facts["start_ms"]?.intValue,
            let end = header.facts["end_ms"]?.intValue, start < end
        else { return "The delegation does not say who, to whom, or until when." }
        delegations[id] = Known(
            grantor: grantor, delegate: delegate, digest: digest, window: start..<end)
        return nil
    }

    /// Ends a delegation.
    mutating func revoke(_ header: RecordHeader) {
        delegations[ByteText(header.subject)]?.isRevoked = true
    }

    /// Looks at a decision; a sentence when it was made for somebody who had not lent it.
    func use(_ header: RecordHeader) -> String? {
        guard let grantor = header.facts["on_behalf_of"]?.stringValue else { return nil }
        guard let text = header.facts["delegation"]?.stringValue,
            let known = delegations[ByteText(text)]
        else { return "It was decided for somebody by a delegation that nobody made." }
        guard known.grantor.hasSameBytes(as: grantor),
            known.delegate.hasSameBytes(as: header.actor)
        else { return "The delegation is between other people than those of the decision." }
        if known.isRevoked { return "It was decided by a delegation that had been revoked." }
        guard known.window.contains(header.at.milliseconds) else {
            return "It was decided by a delegation outside of its time."
        }
        let digest = header.facts["delegation_digest"]?.stringValue ?? ""
        return known.digest.hasSameBytes(as: digest)
            ? nil : "The decision names other terms than those of the delegation."
    }
}
