public import Cryptography
import JSONTree

/// What a log sends to a witness, in the form of C2SP tlog-witness `add-checkpoint`.
public struct WitnessRequest: Hashable, Sendable {
    /// The size that the sender thinks the witness cosigned last.
    public let oldSize: Int64
    /// Why the tree of that size is the beginning of the new one.
    public let proof: [Digest]
    /// The signed checkpoint.
    public let checkpoint: SignedNote

    /// The most lines of a proof that the format allows.
    public static let proofLinesMax = 63
    /// The most bytes of a request.
    public static let bytesMax = SignedNote.bytesMax + 4_096

    /// Puts a request together.
    public init(oldSize: Int64, proof: [Digest], checkpoint: SignedNote) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Reads a request; nil for everything that is none to the letter.
    public init?(parsing bytes: [UInt8]) {
        guard bytes.count <= Self.bytesMax,
            let end = bytes.indices.dropLast().first(where: {
                bytes[$0] == lineFeed && bytes[$0 + 1] == lineFeed
            }), let note = SignedNote(parsing: Array(bytes[(end + 2)...]))
        else { return nil }
        let lines = bytes[..<end].split(separator: lineFeed, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines[0].utf8.starts(with: "old ".utf8), lines.count <= Self.proofLinesMax + 1,
            let size = Checkpoint.decimal(String(lines[0].dropFirst(4)))
        else { return nil }
        let hashes = lines.dropFirst().compactMap { line in
            Base64.decode(line).flatMap { Digest(bytes: $0) }
        }
        guard hashes.count == lines.count - 1 else { return nil }
        self.init(oldSize: size, proof: hashes, checkpoint: note)
    }

    /// The request as it is sent.
    public var bytes: [UInt8] {
        let lines = ["old \(oldSize)"] + proof.map { Base64.encode($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
    }
}

extension SignedNote {
    /// The lines that a witness answers with: signatures, and nothing else; nil for other bytes.
    public static func signatures(parsing lines: [UInt8]) -> [Signature]? {
        // Only the form of the lines is read: what they sign is held against the checkpoint later.
        let note = SignedNote(parsing: Array("-\n\n".utf8) + lines)
        return note?.text == Array("-\n".utf8) ? note?.signatures : nil
    }

    /// The signature lines as a witness sends them.
    public static func lines(_ signatures: [Signature]) -> [UInt8] {
        Array(SignedNote(text: [], signatures: signatures).bytes.dropFirst())
    }

    /// The note with further signatures; one that it has already is not added again.
    public func adding(_ more: [Signature]) -> SignedNote {
        SignedNote(
            text: text, signatures: signatures + more.filter { !signatures.contains($0) })
    }
}
