public import Cryptography
import JSONTree

/// A key of C2SP signed-note in its text form, the vkey: `<name>+<hash>+<base64 of kind and key>`.
public struct NoteKey: Hashable, Sendable {
    /// Who holds it: the origin of a log, or the name of a witness.
    public let name: String
    public let kind: Kind
    public let key: Ed25519Key

    /// What it signs, by the byte before the key.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// A note as it is.
        case note = 1
        /// cosignature/v1: that a checkpoint was seen at a time, with the time.
        case cosignature = 4
    }

    /// What a signature says that a key made.
    public struct Statement: Hashable, Sendable {
        /// When a witness saw it, in seconds since 1970; a log does not say.
        public let seconds: Int64?
    }

    /// Puts a key together; nil when the name could not stand in a note.
    public init?(name: String, kind: Kind, key: Ed25519Key) {
        guard Self.isName(name) else { return nil }
        self.name = name
        self.kind = kind
        self.key = key
    }

    /// Reads a vkey; nil for everything that is none, or whose hash is another.
    public init?(vkey: String) {
        let parts = vkey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let body = Base64.decode(parts[2]), let first = body.first,
            let kind = Kind(rawValue: first), let key = Ed25519Key(bytes: Array(body.dropFirst()))
        else { return nil }
        self.init(name: String(parts[0]), kind: kind, key: key)
        guard Hexadecimal.encode(id).hasSameBytes(as: String(parts[1])) else { return nil }
    }

    /// The text form.
    public var vkey: String {
        "\(name)+\(Hexadecimal.encode(id))+\(Base64.encode([kind.rawValue] + key.bytes))"
    }

    /// The four bytes that signatures name the key by.
    public var id: [UInt8] {
        let whole = Array(name.utf8) + [lineFeed, kind.rawValue] + key.bytes
        return Array(SHA256.hash(whole).bytes.prefix(4))
    }

    /// Whether a signature says that it is by this key.
    public func claims(_ signature: SignedNote.Signature) -> Bool {
        signature.name.hasSameBytes(as: name) && signature.keyID == id
    }

    /// Whether a signature names the key by one half only, which no honest note does.
    public func isNamedByHalf(_ signature: SignedNote.Signature) -> Bool {
        signature.name.hasSameBytes(as: name) != (signature.keyID == id)
    }

    /// What the signature states about `text`; nil when this key did not make it.
    public func check(_ signature: SignedNote.Signature, of text: [UInt8]) -> Statement? {
        guard claims(signature) else { return nil }
        switch kind {
        case .note:
            return key.isSignature(signature.bytes, of: text) ? Statement(seconds: nil) : nil
        case .cosignature:
            guard signature.bytes.count == 8 + Ed25519Key.signatureBytesCount else { return nil }
            let seconds = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let when = Int64(exactly: seconds) else { return nil }
            let signed = Self.cosigned(text, at: when)
            let isIts = key.isSignature(Array(signature.bytes.dropFirst(8)), of: signed)
            return isIts ? Statement(seconds: when) : nil
        }
    }

    /// What a witness signs.
    static func cosigned(_ text: [UInt8], at seconds: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
    }

    /// Whether a name can stand in a note: not empty, no space of any kind, no plus.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                !scalar.properties.isWhitespace && scalar != "+" && scalar.value >= 0x20
                    && scalar.value != 0x7F
            }
    }
}

extension SignedNote {
    /// Whether a key really signed it.
    public func isSigned(by key: NoteKey) -> Bool {
        signatures.contains { key.check($0, of: text) != nil }
    }

    /// The same note with one more signature; for a witness, with the time it saw the note.
    public func signed(
        as name: String, kind: NoteKey.Kind, by key: Ed25519SigningKey, atSeconds seconds: Int64
    ) -> SignedNote? {
        guard let known = NoteKey(name: name, kind: kind, key: key.publicKey) else { return nil }
        let bytes: [UInt8]
        switch kind {
        case .note: bytes = key.sign(text)
        case .cosignature:
            let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * $0)) }
            bytes = time + key.sign(NoteKey.cosigned(text, at: seconds))
        }
        let signature = Signature(name: name, keyID: known.id, bytes: bytes)
        return SignedNote(text: text, signatures: signatures + [signature])
    }
}
