public import Cryptography

/// The text of a C2SP tlog-checkpoint: how many leaves a log has, and their root.
public struct Checkpoint: Hashable, Sendable {
    public let origin: String
    public let size: Int64
    public let root: Digest

    /// Puts a checkpoint together.
    public init(origin: String, size: Int64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note; nil when it is no checkpoint.
    ///
    /// Lines after the root are extensions that the format allows; ours has none.
    public init?(_ note: SignedNote) {
        let lines = note.lines
        guard lines.count >= 3, !lines[0].isEmpty, lines.allSatisfy({ !$0.isEmpty }),
            let size = Self.decimal(lines[1]),
            let bytes = Base64.decode(lines[2]), let root = Digest(bytes: bytes)
        else { return nil }
        self.init(origin: lines[0], size: size, root: root)
    }

    /// The note without signatures.
    public var note: SignedNote {
        let text = "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
        return SignedNote(text: Array(text.utf8), signatures: [])
    }

    /// A decimal number in the only way to write it.
    static func decimal(_ text: String) -> Int64? {
        guard text.utf8.count <= 19, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count == 1 || text.utf8.first != 0x30
        else { return nil }
        return Int64(text)
    }
}
