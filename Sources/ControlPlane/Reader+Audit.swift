import Approvals
import Audit
import Authority
import Cryptography
import JSONTree

// What the audit log of the principal's own tenant says, and how that is proved.
extension Reader {
    /// Pages end after so many bytes of lines, so that every client can take the answer.
    private static let pageBytesMax = 1 << 20

    mutating func audit(_ query: AuditQuery) throws(CommandFailure) -> Answer {
        switch query {
        case .checkpoint: .audit(.checkpoint(try newestCheckpoint()))
        case .consistency(let from, let to):
            .audit(.consistency(try consistency(from: from, to: to)))
        case .keys: .audit(try keys())
        case .story(let id, let size): .audit(.story(try story(of: id, size: size)))
        case .checkpoints, .events, .search, .disclosures, .inclusion, .file, .erasures:
            .audit(try overseen(query))
        }
    }

    /// What only those may read who see every approval of the tenant.
    private mutating func overseen(_ query: AuditQuery) throws(CommandFailure) -> AuditAnswer {
        _ = try member(with: [.lead, .auditor, .admin])
        switch query {
        case .checkpoints(let size, let limit):
            let found = try stored(
                try store.checkpoints(of: tenant, from: size, limit: limit))
            let isWhole = found.count < limit
            return .checkpoints(found, next: isWhole ? nil : found.last.map { $0.size + 1 })
        case .events(let sequence, let limit): return try events(from: sequence, limit: limit)
        case .search(let search): return try found(search)
        case .disclosures(let place, let limit):
            return try disclosures(from: place, limit: limit)
        case .inclusion(let sequence, let size):
            return .inclusion(try inclusion(of: sequence, in: size))
        case .file(let path): return try file(path)
        case .erasures: return .erasures(try erasures())
        case .checkpoint, .consistency, .keys, .story:
            preconditionFailure("These are for everybody of the tenant.")
        }
    }

    private func newestCheckpoint() throws(CommandFailure) -> SignedCheckpoint {
        guard let checkpoint = try stored(try store.newestCheckpoint(of: tenant)) else {
            throw .refusing(.notFound)
        }
        return checkpoint
    }

    private func keys() throws(CommandFailure) -> AuditAnswer {
        guard let origin = try stored(try store.logOrigin(of: tenant)) else {
            throw .refusing(.notFound)
        }
        let keys = try stored(try store.logKeys())
        return .keys(
            origin: origin,
            keys.compactMap { NoteKey(name: origin, kind: .note, key: $0) },
            changes: keys.count > 1 ? try keyChanges() : [])
    }

    /// Every change of the key, under the checkpoint that the old and the new one signed.
    private func keyChanges() throws(CommandFailure) -> [ProvenEvent] {
        var changes: [ProvenEvent] = []
        for record in try stored(try store.keyRotations(of: tenant)) {
            let covering = try stored(
                try store.checkpoints(of: tenant, from: record.sequence + 1, limit: 1)
            ).first
            guard let covering, let proven = try proven(record, by: covering) else { continue }
            changes.append(proven)
        }
        return changes
    }

    private func events(
        from sequence: Int64, limit: Int
    ) throws(CommandFailure) -> AuditAnswer {
        let found = try stored(
            try store.events(of: tenant, from: sequence, limit: limit))
        var bytes = 0
        let page = found.prefix { record in
            let isFirst = bytes == 0
            bytes += record.line.count
            return isFirst || bytes <= Self.pageBytesMax
        }
        let isWhole = page.count == found.count && found.count < limit
        return .events(Array(page), next: isWhole ? nil : page.last.map { $0.sequence + 1 })
    }

    private func consistency(
        from: Int64, to: Int64?
    ) throws(CommandFailure) -> LogConsistency {
        let checkpoint: SignedCheckpoint?
        if let to {
            let found = try stored(try store.checkpoints(of: tenant, from: to, limit: 1)).first
            checkpoint = found?.size == to ? found : nil
        } else {
            checkpoint = try newestCheckpoint()
        }
        let size = to ?? checkpoint?.size ?? 0
        let count = try stored(try store.chainHead(of: tenant)).map { $0.sequence + 1 } ?? 0
        guard size <= count else { throw .refusing(.notFound) }
        let tree = store.tree(of: tenant, size: size)
        guard let hashes = try stored(try tree.consistency(from: from)) else {
            throw .refusing(
                .conflict(
                    "the log of \(size) events is no longer than one of \(from)",
                    next: "Ask from a smaller number of events, or wait until the log has grown."))
        }
        return LogConsistency(from: from, to: size, hashes: hashes, checkpoint: checkpoint)
    }

    /// The proof that an event is in the log of a signed size.
    private func inclusion(
        of sequence: Int64, in size: Int64?
    ) throws(CommandFailure) -> ProvenEvent {
        let record = try stored(
            try store.events(of: tenant, from: sequence, limit: 1)
        ).first
        guard let record, record.sequence == sequence else { throw .refusing(.notFound) }
        let checkpoint: SignedCheckpoint
        if let size {
            let found = try stored(try store.checkpoints(of: tenant, from: size, limit: 1)).first
            guard let found, found.size == size else { throw .refusing(.notFound) }
            checkpoint = found
        } else {
            checkpoint = try newestCheckpoint()
        }
        guard let proven = try proven(record, by: checkpoint) else {
            throw .refusing(
                .conflict(
                    "the event is not under that checkpoint",
                    next: "Ask again: the next checkpoint has it."))
        }
        return proven
    }

    private func proven(
        _ record: AuditRecord, by checkpoint: SignedCheckpoint
    ) throws(CommandFailure) -> ProvenEvent? {
        let tree = store.tree(of: tenant, size: checkpoint.size)
        guard let note = SignedNote(parsing: checkpoint.note),
            let hashes = try stored(try tree.inclusion(of: record.sequence))
        else { return nil }
        return ProvenEvent(
            line: record.line,
            proof: LogProof(index: record.sequence, hashes: hashes, checkpoint: note))
    }

    /// The event that settled an approval and its proof; nil while it is pending.
    func settlingProof(of approval: Approval) throws(CommandFailure) -> ProvenEvent? {
        guard approval.state.isTerminal,
            let record = try stored(try store.settlingEvent(of: approval.id, in: tenant)),
            let checkpoint = try stored(try store.newestCheckpoint(of: tenant))
        else { return nil }
        return try proven(record, by: checkpoint)
    }
}

// The files of C2SP tlog-tiles.
extension Reader {
    private func file(_ path: String) throws(CommandFailure) -> AuditAnswer {
        let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, String(parts[0]).hasSameBytes(as: tenant.rawValue),
            let file = TilePath(String(parts[1]))
        else { throw .refusing(.notFound) }
        switch file {
        case .checkpoint: return .file(try newestCheckpoint().note, isText: true)
        case .tile(let level, let number, let width):
            return .file(try tile(level, number, width), isText: false)
        case .entries(let number, let width):
            return .file(try entries(number, width), isText: false)
        }
    }

    /// Hashes one after the other; a tile's level is two levels of sixteen.
    private func tile(
        _ level: Int, _ number: Int64, _ width: Int64
    ) throws(CommandFailure) -> [UInt8] {
        let first = try first(number, width, below: try treeSize() >> Int64(8 * level))
        let nodes = try stored(
            try store.treeNodes(of: tenant, level: 2 * level, from: first, count: width))
        return nodes.flatMap(\.bytes)
    }

    /// Lines one after the other, each with its length in two bytes before it.
    private func entries(_ number: Int64, _ width: Int64) throws(CommandFailure) -> [UInt8] {
        let first = try first(number, width, below: try treeSize())
        let found = try stored(
            try store.events(of: tenant, from: first, limit: Int(width)))
        guard found.count == Int(width) else { throw .refusing(.notFound) }
        var bytes: [UInt8] = []
        for record in found {
            guard let count = UInt16(exactly: record.line.count) else {
                throw .refusing(.limit("an entry of a bundle has at most 65535 bytes"))
            }
            bytes += [UInt8(count >> 8), UInt8(count & 255)]
            bytes += record.line
        }
        return bytes
    }

    /// How many events are signed for: nothing else is in a tile.
    private func treeSize() throws(CommandFailure) -> Int64 { try newestCheckpoint().size }

    private func first(
        _ number: Int64, _ width: Int64, below count: Int64
    ) throws(CommandFailure) -> Int64 {
        let (first, isTooBig) = number.multipliedReportingOverflow(by: TilePath.widthMax)
        guard !isTooBig, first <= count - width else { throw .refusing(.notFound) }
        return first
    }
}
