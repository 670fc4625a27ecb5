public import Cryptography
import JSONTree

/// A C2SP tlog-proof: that one leaf is in a log, with the checkpoint it is proved against.
public struct LogProof: Hashable, Sendable {
    public let index: Int64
    public let hashes: [Digest]
    /// The signed checkpoint.
    public let checkpoint: SignedNote

    private static let head = "c2sp.org/tlog-proof@v1"

    /// Puts a proof together.
    public init(index: Int64, hashes: [Digest], checkpoint: SignedNote) {
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Reads a proof; nil for everything that is none to the letter.
    public init?(parsing bytes: [UInt8]) {
        let bytesMax = SignedNote.bytesMax * 2
        guard bytes.count <= bytesMax,
            let end = bytes.indices.dropLast().first(where: {
                bytes[$0] == lineFeed && bytes[$0 + 1] == lineFeed
            }), let note = SignedNote(parsing: Array(bytes[(end + 2)...]))
        else { return nil }
        var lines = bytes[..<end].split(separator: lineFeed, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }[...]
        guard lines.popFirst()?.hasSameBytes(as: Self.head) == true else { return nil }
        // Bytes for the application; this program gives them no meaning.
        if let extra = lines.first, extra.utf8.starts(with: "extra ".utf8) {
            guard Base64.decode(extra.dropFirst(6)) != nil else { return nil }
            lines.removeFirst()
        }
        guard let place = lines.popFirst(), place.utf8.starts(with: "index ".utf8),
            let index = Checkpoint.decimal(String(place.dropFirst(6))),
            lines.count <= MerkleProof.hashesMax
        else { return nil }
        let hashes = lines.compactMap { Base64.decode($0).flatMap { Digest(bytes: $0) } }
        guard hashes.count == lines.count else { return nil }
        self.init(index: index, hashes: hashes, checkpoint: note)
    }

    /// The proof as it is written.
    public var bytes: [UInt8] {
        let lines = [Self.head, "index \(index)"] + hashes.map { Base64.encode($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
    }

    /// Whether `leaf` is at the index of the tree that the checkpoint names; who signed the
    /// checkpoint is another question.
    public func includes(_ leaf: Digest) -> Bool {
        guard let checkpoint = Checkpoint(checkpoint) else { return false }
        return MerkleProof.includes(
            leaf, at: index, in: checkpoint.size, root: checkpoint.root, proof: hashes)
    }
}
