import Audit
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

    private struct Verdict {
        var isSigned = false
        var isBad = false
        var witnesses: Set<NoteKey> = []
    }

    private(set) var bySize: [Int64: Known] = [:]
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
        guard verdict.isSigned else {
            if !verdict.isBad, !trust.logKeys.isEmpty {
                findings.add(
                    .untrustedKey, at: nil, "\(file) is signed by no trusted key of the log.")
            }
            return nil
        }
        keep(
            Known(checkpoint: checkpoint, note: note, file: file, witnesses: verdict.witnesses),
            &findings)
        return checkpoint
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
