import Audit
import Cryptography
import JSONTree
import WireAPI

/// Fetches the log of a tenant and writes it down as an export.
struct AuditExport {
    /// How many checkpoints of the past go along, spread over the log.
    static let checkpointsMax = 64

    let client: ControlPlaneClient
    let folder: String
    /// A checkpoint that the log must go on from.
    let since: Checkpoint?

    /// What was written.
    struct Counts {
        var events: Int64 = 0
        var values = 0
        var withheld = 0
        var checkpoints = 0
        var policies = 0
    }

    /// Writes everything that is signed for now; `progress` hears of events, done and in all.
    func write(_ progress: (Int64, Int64) -> Void) throws -> Counts {
        let newest = try newestCheckpoint()
        try ExportWriter.makeFolder(folder)
        var counts = Counts()
        var seen = Seen()
        counts.events = try writeEvents(under: newest, noting: &seen, progress)
        (counts.values, counts.withheld) = try writeValues(under: newest.checkpoint)
        try requireStill(newest.checkpoint)
        counts.checkpoints = try writeCheckpoints(newest, seen.rotations)
        counts.policies = try writePolicies(seen.published)
        return counts
    }

    /// What the events speak of that stands beside them.
    private struct Seen {
        /// The digests of published policies.
        var published: Set<String> = []
        /// The events after which another key signs.
        var rotations: [Int64] = []

        mutating func note(_ event: JSONValue, at sequence: Int64) {
            guard let type = event["type"]?.stringValue else { return }
            if type.hasSameBytes(as: EventType.keyRotated.rawValue) { rotations.append(sequence) }
            guard type.hasSameBytes(as: EventType.policyPublished.rawValue),
                let digest = event["facts"]?["digest"]?.stringValue
            else { return }
            published.insert(digest)
        }
    }

    private struct Newest {
        let checkpoint: Checkpoint
        let note: [UInt8]
    }

    private func newestCheckpoint() throws(Complaint) -> Newest {
        let view: ConsistencyView = try client.get(
            .auditConsistency, query: [("from", "0")])
        let note = Array((view.checkpoint ?? "").utf8)
        guard let checkpoint = SignedNote(parsing: note).flatMap({ Checkpoint($0) }) else {
            throw .unreadable
        }
        if let since, since.size > checkpoint.size {
            throw Complaint(
                "The log has \(checkpoint.size) events; the checkpoint that you kept has "
                    + "\(since.size).",
                next: "It was cut, or it is another log. Ask whoever runs it.", .tampered)
        }
        return Newest(checkpoint: checkpoint, note: note)
    }

    /// Writes the events and holds them against what they were signed for on the way.
    private func writeEvents(
        under newest: Newest, noting seen: inout Seen,
        _ progress: (Int64, Int64) -> Void
    ) throws -> Int64 {
        let size = newest.checkpoint.size
        let file = try ExportWriter(making: folder + "/events.jsonl")
        var tree = MerkleFrontier()
        while tree.size < size {
            try requireSince(tree)
            let page: EventList = try client.get(
                .auditEvents, query: [("from", "\(tree.size)"), ("limit", "1000")])
            guard !page.items.isEmpty else { throw Complaint.unreadable }
            for item in page.items where tree.size < size {
                let line = try item.canonicalBytes()
                try file.add(line: line)
                seen.note(item, at: tree.size)
                tree.append(EventLog.leafHash(line))
                try requireSince(tree)
            }
            progress(tree.size, size)
        }
        guard tree.root == newest.checkpoint.root else {
            throw Complaint(
                "The events are not those that the newest checkpoint was signed for.",
                next: "Ask whoever runs the control plane; keep \(folder) as it is.", .tampered)
        }
        try file.finish()
        return tree.size
    }

    /// Values that were erased after the end of this export lack the event that says so.
    private func requireStill(_ checkpoint: Checkpoint) throws {
        var from: Int64? = checkpoint.size
        while let place = from {
            let page: EventList = try client.get(
                .auditEvents, query: [("from", "\(place)"), ("limit", "1000")])
            let isErased = page.items.contains { event in
                event["type"]?.stringValue == EventType.disclosureErased.rawValue
                    && (event["facts"]?["seq"]?.intValue ?? 0) < checkpoint.size
            }
            guard !isErased else {
                throw Complaint(
                    "Values were erased while they were exported.",
                    next: "Remove \(folder) and export again.", .failed)
            }
            from = page.next.flatMap { Int64($0) }
        }
    }

    private func requireSince(_ tree: MerkleFrontier) throws(Complaint) {
        guard let since, tree.size == since.size, tree.root != since.root else { return }
        throw Complaint(
            "The first \(since.size) events are not those of the checkpoint that you kept.",
            next: "The log was rewritten, or it is another one. Ask whoever runs it.", .tampered)
    }

    private func writeValues(
        under checkpoint: Checkpoint
    ) throws -> (told: Int, withheld: Int) {
        let file = try ExportWriter(making: folder + "/disclosures.jsonl")
        var (told, withheld) = (0, 0)
        var from: String? = "0"
        while let place = from {
            let page: DisclosureList = try client.get(
                .auditDisclosures, query: [("from", place), ("limit", "1000")])
            for item in page.items where Int64(item.sequence) < checkpoint.size {
                try file.add(line: item.exportLine())
                if item.reason == nil { told += 1 } else { withheld += 1 }
            }
            let isPast = page.items.last.map { Int64($0.sequence) >= checkpoint.size } ?? false
            from = isPast ? nil : page.next
        }
        try file.finish()
        return (told, withheld)
    }

    /// The newest one, and some of the past: so that a reader can name the last good one, and what
    /// both keys signed where another key began.
    private func writeCheckpoints(_ newest: Newest, _ rotations: [Int64]) throws -> Int {
        var notes: [[UInt8]] = []
        let step = max(1, newest.checkpoint.size / Int64(Self.checkpointsMax))
        var from: Int64 = 1
        while from < newest.checkpoint.size {
            let page: CheckpointList = try client.get(
                .auditCheckpoints, query: [("from", "\(from)"), ("limit", "1")])
            guard let found = page.items.first, Int64(found.size) < newest.checkpoint.size else {
                break
            }
            notes.append(Array(found.note.utf8))
            from = max(from, Int64(found.size)) + step
        }
        for sequence in rotations {
            let page: CheckpointList = try client.get(
                .auditCheckpoints, query: [("from", "\(sequence + 1)"), ("limit", "1")])
            guard let found = page.items.first, Int64(found.size) < newest.checkpoint.size else {
                continue
            }
            let note = Array(found.note.utf8)
            if !notes.contains(note) { notes.append(note) }
        }
        notes.append(newest.note)
        for (number, note) in notes.enumerated() {
            try ExportWriter.write(note, to: "\(folder)/checkpoint.\(number)")
        }
        return notes.count
    }

    /// Only what an event of the export speaks of: a version may be published meanwhile.
    private func writePolicies(_ published: Set<String>) throws -> Int {
        let list: PolicyList = try client.get(.listPolicies)
        let path = folder + "/policies"
        try ExportWriter.makeFolder(path)
        var count = 0
        for policy in list.items {
            let document = try policy.document.canonicalBytes()
            guard published.contains("sha256:" + SHA256.hash(document).hex) else { continue }
            try ExportWriter.write(document, to: "\(path)/\(policy.id).\(policy.version).json")
            count += 1
        }
        return count
    }
}
