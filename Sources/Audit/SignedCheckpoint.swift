public import Cryptography

/// A checkpoint that the log has signed, as it is kept and handed out.
public struct SignedCheckpoint: Hashable, Sendable {
    /// How many events it speaks for.
    public let size: Int64
    /// The C2SP signed note.
    public let note: [UInt8]

    /// Puts it together.
    public init(size: Int64, note: [UInt8]) {
        self.size = size
        self.note = note
    }

    /// Signs `checkpoint` in the name of its log; nil when the origin cannot stand in a note.
    public init?(_ checkpoint: Checkpoint, signedBy keys: [Ed25519SigningKey]) {
        var note = checkpoint.note
        for key in keys {
            guard
                let signed = note.signed(
                    as: checkpoint.origin, kind: .note, by: key, atSeconds: 0)
            else { return nil }
            note = signed
        }
        self.init(size: checkpoint.size, note: note.bytes)
    }

    /// What it says; nil when the note is none.
    public var checkpoint: Checkpoint? { SignedNote(parsing: note).flatMap { Checkpoint($0) } }
}
