import Audit
import JSONTree

/// The keys that a log itself says it is signed by from some event on.
///
/// A new key counts from where a key that counts already signed, together with the new one, a
/// checkpoint over the event that names both. Whoever only changed the file of the log cannot do
/// that.
struct KeyRotations: Hashable, Sendable {
    /// A change that counts.
    struct Change: Hashable, Sendable {
        let sequence: Int64
        let old: NoteKey
        let new: NoteKey
    }

    /// Changes that events name, in their order.
    private var named: [Change] = []
    /// Those of them that count.
    private(set) var changes: [Change] = []

    /// Keys that signed before one that counts, and the event up to which they did.
    private(set) var formers: [NoteKey: Int64] = [:]

    /// What counts beside the trust file.
    var keys: [NoteKey] { changes.map(\.new) }

    /// Takes in an event; a sentence when it names no keys of its log.
    mutating func take(_ header: RecordHeader, of origin: String) -> String? {
        guard header.actorKind == .system, header.subject.hasSameBytes(as: origin),
            let old = Self.key(header, "old", origin), let new = Self.key(header, "new", origin),
            old != new
        else { return "The event names no old and new key of this log." }
        // A log is not rotated so often; a hostile one does not fill the memory.
        if named.count < Self.namedMax {
            named.append(Change(sequence: header.sequence, old: old, new: new))
        }
        return nil
    }

    private static let namedMax = 10_000

    private static func key(
        _ header: RecordHeader, _ name: String, _ origin: String
    ) -> NoteKey? {
        guard let key = header.facts[name]?.stringValue.flatMap({ NoteKey(vkey: $0) }),
            key.kind == .note, key.name.hasSameBytes(as: origin)
        else { return nil }
        return key
    }

    /// Learns from a checkpoint over events that are those of the export.
    mutating func learn(from note: SignedNote, size: Int64, trusting keys: [NoteKey]) {
        let covered = named.filter { $0.sequence < size }
        for change in covered where !changes.contains(change) {
            guard (keys + self.keys).contains(change.old), note.isSigned(by: change.old),
                note.isSigned(by: change.new)
            else { continue }
            changes.append(change)
        }
        let counting = keys + self.keys
        guard counting.contains(where: note.isSigned) else { return }
        for change in covered.reversed()
        where counting.contains(change.new) || formers[change.new] != nil {
            formers[change.old] = max(formers[change.old] ?? 0, change.sequence)
        }
    }
}
