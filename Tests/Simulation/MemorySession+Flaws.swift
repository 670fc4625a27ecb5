import Approvals
import Audit
import ControlPlane

// What a store that takes guards away does to what it keeps and tells.
extension MemorySession {
    /// An approval as this session tells it.
    func mangled(_ approval: Approval?) -> Approval? {
        guard var told = approval, !flaws.isDisjoint(with: [.forgetsVoters, .forgetsClaims]) else {
            return approval
        }
        if flaws.contains(.forgetsVoters), let nobody = Self.nobody {
            for index in told.decisions.indices { told.decisions[index].by = nobody }
        }
        if flaws.contains(.forgetsClaims), told.execution == .claimed, told.isReleased {
            told.claim = nil
            told.execution = .none
        }
        return told
    }

    private static let nobody = MemberID("01a20467-8345-75f8-9757-7e5c571f5cd4")

    /// Damages what is there, right after an event was written.
    func damage(_ tenant: TenantName) {
        let events = part(tenant).events
        if flaws.contains(.altersLog), events.count == 150 {
            var line = events[100].line
            guard let last = line.lastIndex(of: UInt8(ascii: "1")) else { return }
            line[last] = UInt8(ascii: "2")
            let altered = AuditRecord(
                sequence: events[100].sequence, id: events[100].id, at: events[100].at,
                type: events[100].type, line: line, leafHash: events[100].leafHash)
            change(tenant) { $0.events[100] = altered }
        }
        if flaws.contains(.erasesSilently), events.count % 100 == 0 {
            let sequence = part(tenant).disclosures.keys.filter { $0 < events.count - 5 }.max()
            guard let sequence else { return }
            change(tenant) { part in
                let fields = part.disclosures[sequence] ?? []
                part.disclosures[sequence] = []
                part.erased[sequence] = fields.map {
                    .erased(sequence, $0.document, index: $0.index, $0.digest)
                }
            }
        }
    }
}
