public import Cryptography
import JSONTree

/// A witness of C2SP tlog-witness: it cosigns a log as long as the log only grows.
///
/// It decides; whoever runs it keeps what `update` hands out on a disk before anybody is answered.
public struct Witness: Sendable {
    /// The key that others name in their trust files.
    public let key: NoteKey
    /// Whose checkpoints it cosigns, by the origin that each key has as its name.
    public let logs: [NoteKey]
    /// What it cosigned last, one checkpoint for each log.
    public private(set) var cosigned: [Checkpoint]

    private let signingKey: Ed25519SigningKey

    /// What comes of a request.
    public enum Answer: Hashable, Sendable {
        /// Cosigned: the signature lines.
        case cosigned([UInt8])
        /// The request is not written as the format says, or the old size is past the new one.
        case malformed
        /// No key of this log is known.
        case unknownLog
        /// No known key of the log signed it.
        case unsigned
        /// The log stands at another size, or at this one with another root; the size.
        case conflict(Int64)
        /// The proof does not show that the log only grew.
        case inconsistent
    }

    /// Puts a witness together; nil when the name could not stand in a note.
    public init?(
        name: String, signingKey: Ed25519SigningKey, logs: [NoteKey], cosigned: [Checkpoint]
    ) {
        guard let key = NoteKey(name: name, kind: .cosignature, key: signingKey.publicKey)
        else { return nil }
        self.key = key
        self.signingKey = signingKey
        self.logs = logs.filter { $0.kind == .note }
        self.cosigned = cosigned
    }

    /// Judges a request; `cosigned` has changed when the answer is a cosignature.
    public mutating func update(_ body: [UInt8], atSeconds seconds: Int64) -> Answer {
        guard let request = WitnessRequest(parsing: body),
            let checkpoint = Checkpoint(request.checkpoint)
        else { return .malformed }
        if let refusal = refusal(of: request, checkpoint) { return refusal }
        let empty = SignedNote(text: request.checkpoint.text, signatures: [])
        guard
            let signed = empty.signed(
                as: key.name, kind: .cosignature, by: signingKey, atSeconds: seconds)
        else { return .malformed }
        cosigned.removeAll { $0.origin.hasSameBytes(as: checkpoint.origin) }
        cosigned.append(checkpoint)
        return .cosigned(SignedNote.lines(signed.signatures))
    }

    private func refusal(of request: WitnessRequest, _ new: Checkpoint) -> Answer? {
        let keys = logs.filter { $0.name.hasSameBytes(as: new.origin) }
        guard !keys.isEmpty else { return .unknownLog }
        let note = request.checkpoint
        let isSigned = note.signatures.contains { signature in
            keys.contains { $0.check(signature, of: note.text) != nil }
        }
        guard isSigned else { return .unsigned }
        guard request.oldSize <= new.size else { return .malformed }
        let last = cosigned.first { $0.origin.hasSameBytes(as: new.origin) }
        let old = last ?? Checkpoint(origin: new.origin, size: 0, root: SHA256.hash([]))
        guard request.oldSize == old.size else { return .conflict(old.size) }
        if old.size == new.size, old.root != new.root { return .conflict(old.size) }
        let isGrown = MerkleProof.isConsistent(
            old.size, old.root, with: new.size, new.root, proof: request.proof)
        return isGrown ? nil : .inconsistent
    }
}

extension Witness {
    /// What is kept between two runs: `<size> <root in hexadecimal digits> <origin>` lines.
    public var state: [UInt8] {
        let lines = cosigned.map { "\($0.size) \($0.root.hex) \($0.origin)\n" }
        return Array((Self.stateHead + lines.joined()).utf8)
    }

    /// Reads what was kept; nil when it is not that, whole.
    public static func cosigned(parsing state: [UInt8]) -> [Checkpoint]? {
        let head = Array(stateHead.utf8)
        guard state.starts(with: head), state.last == lineFeed,
            String(validating: state, as: UTF8.self) != nil
        else { return nil }
        var found: [Checkpoint] = []
        for line in state.dropFirst(head.count).split(separator: lineFeed) {
            let parts = line.split(
                separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 3, let size = Checkpoint.decimal(parts[0]),
                let bytes = Hexadecimal.decode(parts[1]), let root = Digest(bytes: bytes)
            else { return nil }
            found.append(Checkpoint(origin: parts[2], size: size, root: root))
        }
        return found
    }

    /// The state of a witness that has cosigned nothing.
    public static var emptyState: [UInt8] { Array(stateHead.utf8) }

    private static let stateHead = "countersign-witness/1\n"
}
