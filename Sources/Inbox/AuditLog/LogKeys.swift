import Audit
import Cryptography
import JSONTree
import WireAPI

/// The keys that an inbox believes about the audit log, and how it learns of a later one.
///
/// A later key is believed where one that is believed already signed, together with it, a
/// checkpoint over an event that names both. Whoever only stands between inbox and log can add a
/// signature to a checkpoint, and cannot do that.
struct LogKeys: Hashable, Sendable {
    private(set) var keys: [NoteKey]
    /// The events that named a key which is believed now.
    private(set) var changes: [Change] = []

    /// A key that was believed because another signed for it.
    struct Change: Hashable, Sendable {
        let sequence: Int64
        let key: NoteKey
    }

    /// Those of the keys that are of the log with this origin.
    init(_ vkeys: [String], of origin: String) {
        keys = vkeys.compactMap { NoteKey(vkey: $0) }
            .filter { $0.kind == .note && $0.name.hasSameBytes(as: origin) }
    }

    /// Those of them that really signed a note.
    func signers(of note: SignedNote) -> [NoteKey] { keys.filter(note.isSigned) }

    /// Whether a note has signatures in the name of the log by keys that are not among these.
    func hasStrangers(_ note: SignedNote, of origin: String) -> Bool {
        note.signatures.contains { signature in
            signature.name.hasSameBytes(as: origin) && !keys.contains { $0.claims(signature) }
        }
    }

    /// Believes a key that was learned of before.
    mutating func believe(_ key: NoteKey) {
        if !keys.contains(key) { keys.append(key) }
    }

    /// Learns of later keys from the events that name them.
    mutating func learn(from proven: [EventProof], of origin: String) {
        for proof in proven.prefix(Self.changesMax) {
            guard let named = NamedKeys(proof, of: origin), keys.contains(named.old),
                !keys.contains(named.new), named.note.isSigned(by: named.old),
                named.note.isSigned(by: named.new)
            else { continue }
            keys.append(named.new)
            changes.append(Change(sequence: named.sequence, key: named.new))
        }
    }

    /// A log is not rotated so often; a hostile answer does not take for ever.
    private static let changesMax = 1_000
}

/// An event that names an old and a new key, under the checkpoint that it is proved with.
private struct NamedKeys {
    let sequence: Int64
    let old: NoteKey
    let new: NoteKey
    let note: SignedNote

    /// Nil for what is not proved, or is no such event of this log.
    init?(_ proven: EventProof, of origin: String) {
        let line = Array(proven.event.utf8)
        guard let proof = LogProof(parsing: Array(proven.proof.utf8)),
            let checkpoint = Checkpoint(proof.checkpoint),
            checkpoint.origin.hasSameBytes(as: origin),
            proof.includes(EventLog.leafHash(line)),
            let event = Self.event(line), Self.isRotation(event, of: origin),
            let old = Self.key("old", in: event, of: origin),
            let new = Self.key("new", in: event, of: origin), old != new
        else { return nil }
        sequence = proof.index
        self.old = old
        self.new = new
        note = proof.checkpoint
    }

    private static func event(_ line: [UInt8]) -> JSONValue? {
        do {
            return try JSONValue(parsing: line)
        } catch {
            return nil
        }
    }

    private static func isRotation(_ event: JSONValue, of origin: String) -> Bool {
        let wanted = [
            (event["v"], EventLog.format), (event["type"], EventType.keyRotated.rawValue),
            (event["log"], origin), (event["subject"]?["id"], origin),
            (event["subject"]?["kind"], "log"), (event["actor"]?["kind"], "system"),
        ]
        return wanted.allSatisfy { $0.0?.stringValue?.hasSameBytes(as: $0.1) == true }
    }

    private static func key(
        _ name: String, in event: JSONValue, of origin: String
    ) -> NoteKey? {
        guard let key = event["facts"]?[name]?.stringValue.flatMap({ NoteKey(vkey: $0) }),
            key.kind == .note, key.name.hasSameBytes(as: origin)
        else { return nil }
        return key
    }
}
