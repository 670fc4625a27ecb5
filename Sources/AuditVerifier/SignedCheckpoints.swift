import Audit
import Cryptography
import JSONTree

/// The checkpoints that a trusted key of the log signed, by size.
struct SignedCheckpoints: Hashable, Sendable {
    struct Known: Hashable, Sendable {
        let checkpoint: Checkpoint
        let note: SignedNote
        let file: String
        /// The trusted witnesses that cosigned it.
        var witnesses: Set<NoteKey>
    }

    /// A note with signatures in the name of the log, by keys that the trust file does not name.
    struct Held: Hashable, Sendable {
        let known: Known
        let strangers: [SignedNote.Signature]
        /// What the events of that many come to; nil as long as they were not seen.
        var root: Digest?
    }

    private struct Verdict {
        var isSigned = false
        var isBad = false
        var strangers: [SignedNote.Signature] = []
        var witnesses: Set<NoteKey> = []
    }

    private(set) var bySize: [Int64: Known] = [:]
    /// What the log itself must vouch for.
    private(set) var held: [Held] = []
    /// Signatures by keys that the trust file does not name; nobody looked at them.
    private(set) var unknownSignatures = 0
    /// How many files were read, good or bad.
    private(set) var files = 0

    var newest: Known? { bySize.max { $0.key < $1.key }?.value }

    /// Reads one file; its checkpoint when a trusted key of the log signed it.
    @discardableResult
    mutating func add(
        _ bytes: [UInt8], named file: String, _ trust: AuditTrust, _ findings: inout FindingList
    ) -> Checkpoint? {
        files += 1
        guard let note = SignedNote(parsing: bytes), let checkpoint = Checkpoint(note) else {
            findings.add(.notParsed, at: nil, "\(file) is no signed checkpoint.")
            return nil
        }
        guard checkpoint.origin.hasSameBytes(as: trust.origin) else {
            findings.add(.otherOrigin, at: nil, "\(file) is of another log.")
            return nil
        }
        let verdict = judge(note, file, trust, &findings)
        let known = Known(
            checkpoint: checkpoint, note: note, file: file, witnesses: verdict.witnesses)
        if !verdict.strangers.isEmpty {
            held.append(Held(known: known, strangers: verdict.strangers))
        }
        guard verdict.isSigned else {
            if !verdict.isBad, verdict.strangers.isEmpty, !trust.logKeys.isEmpty {
                findings.add(
                    .untrustedKey, at: nil, "\(file) is signed by no trusted key of the log.")
            }
            return nil
        }
        keep(known, &findings)
        return checkpoint
    }

    /// Remembers what the events come to where held notes speak of them; those that say the same.
    mutating func note(_ root: Digest, size: Int64) -> [SignedNote] {
        var notes: [SignedNote] = []
        for index in held.indices where held[index].known.checkpoint.size == size {
            held[index].root = root
            let known = held[index].known
            if known.checkpoint.root == root { notes.append(known.note) }
        }
        return notes
    }

    /// Judges what was held, when it is known which keys the log vouches for; the newest of them
    /// that fits the events.
    mutating func release(
        _ rotations: KeyRotations, _ findings: inout FindingList
    ) -> Checkpoint? {
        var newest: Checkpoint?
        for held in held where isVouched(held, by: rotations, &findings) {
            let (known, size) = (held.known, held.known.checkpoint.size)
            guard bySize[size]?.note != known.note else { continue }
            keep(known, &findings)
            guard let root = held.root else { continue }
            guard root == known.checkpoint.root else {
                findings.add(
                    .otherRoot, at: nil,
                    "The first \(size) events are not those that \(known.file) was signed for.")
                continue
            }
            if size > newest?.size ?? -1 { newest = known.checkpoint }
        }
        return newest
    }

    /// Whether a key signed it that counts for events of that many; every other signature in the
    /// name of the log must be of a key that counted once.
    private func isVouched(
        _ held: Held, by rotations: KeyRotations, _ findings: inout FindingList
    ) -> Bool {
        let (file, note) = (held.known.file, held.known.note)
        let known = rotations.keys + rotations.formers.keys
        for signature in held.strangers {
            let key = known.first { $0.claims(signature) }
            guard key?.check(signature, of: note.text) == nil else { continue }
            findings.add(
                key == nil ? .untrustedKey : .badSignature, at: nil,
                key == nil
                    ? "\(file): a signature in the name of \(signature.name) is by another key."
                    : "\(file): the signature of \(signature.name) is wrong.")
            return false
        }
        let size = held.known.checkpoint.size
        return rotations.keys.contains(where: note.isSigned)
            || rotations.formers.contains { size <= $0.value && note.isSigned(by: $0.key) }
    }

    private mutating func keep(_ known: Known, _ findings: inout FindingList) {
        let size = known.checkpoint.size
        guard let before = bySize[size] else {
            bySize[size] = known
            return
        }
        guard before.checkpoint.root == known.checkpoint.root else {
            findings.add(
                .fork, at: nil,
                "\(before.file) and \(known.file) are signed for \(size) events with two roots.")
            return
        }
        bySize[size]?.witnesses.formUnion(known.witnesses)
    }

    private mutating func judge(
        _ note: SignedNote, _ file: String, _ trust: AuditTrust, _ findings: inout FindingList
    ) -> Verdict {
        let keys = trust.logKeys + trust.witnessKeys
        var verdict = Verdict()
        for signature in note.signatures {
            if let key = keys.first(where: { $0.claims(signature) }) {
                let isIts = key.check(signature, of: note.text) != nil
                switch (isIts, key.kind) {
                case (true, .note): verdict.isSigned = true
                case (true, .cosignature): verdict.witnesses.insert(key)
                case (false, let kind):
                    verdict.isBad = true
                    findings.add(
                        kind == .note ? .badSignature : .badWitness, at: nil,
                        "\(file): the signature of \(key.name) is wrong.")
                }
            } else if signature.name.hasSameBytes(as: trust.origin), !trust.logKeys.isEmpty {
                verdict.strangers.append(signature)
            } else if keys.contains(where: { $0.isNamedByHalf(signature) }) {
                verdict.isBad = true
                findings.add(
                    .untrustedKey, at: nil,
                    "\(file): a signature in the name of \(signature.name) is by another key.")
            } else {
                unknownSignatures += 1
            }
        }
        return verdict
    }
}
