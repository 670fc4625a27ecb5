import Approvals
import Audit
import Cryptography

// Who allowed this and why: an approval from its submission to its receipt.
extension Reader {
    /// So many events of an approval are proved; those behind them are told without.
    private static let provedMax = 500

    mutating func story(
        of id: ApprovalID, size: Int64?
    ) throws(CommandFailure) -> Story {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let view = try view(of: try visible(id))
        let records = try stored(try store.events(about: id, of: tenant))
        guard records.count == view.timeLine.count else {
            throw .store(.damaged("the time line of an approval is not that of the log"))
        }
        let size = try size.flatMap { (size) throws(CommandFailure) in
            try newestSize() >= size ? size : nil
        }
        var steps: [Story.Step] = []
        for (record, entry) in zip(records, view.timeLine) {
            let isProved = steps.count < Self.provedMax
            steps.append(
                Story.Step(
                    record: record, entry: entry,
                    inclusion: isProved ? try path(to: record, in: size) : nil))
        }
        return Story(approval: view, steps: steps, size: size)
    }

    private func newestSize() throws(CommandFailure) -> Int64 {
        try stored(try store.newestCheckpoint(of: tenant))?.size ?? 0
    }

    private func path(
        to record: AuditRecord, in size: Int64?
    ) throws(CommandFailure) -> [Digest]? {
        guard let size, record.sequence < size else { return nil }
        return try stored(try store.tree(of: tenant, size: size).inclusion(of: record.sequence))
    }
}
