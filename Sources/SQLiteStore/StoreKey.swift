import Cryptography

/// The key that everything confidential in a store is sealed with; it shows itself nowhere.
public struct StoreKey: Sendable, CustomStringConvertible, CustomReflectable {
    let bytes: [UInt8]

    /// Takes exactly 32 bytes; else nil.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SealingKey.bytesCount else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits, or the base64 of 32 bytes in either alphabet; else nil.
    ///
    /// White space around it is not part of it.
    public init?(text: String) {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var kept = Array(text.utf8.drop(while: isBlank))
        while let last = kept.last, isBlank(last) || last == UInt8(ascii: "=") { kept.removeLast() }
        if kept.count == 64 {
            self.init(hex: kept)
        } else {
            self.init(base64: kept)
        }
    }

    private init?(hex digits: [UInt8]) {
        let text = String(decoding: digits, as: UTF8.self).lowercased()
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    private init?(base64 characters: [UInt8]) {
        let urlSafe = characters.map { character in
            switch character {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: character
            }
        }
        guard let bytes = Base64URL.decode(String(decoding: urlSafe, as: UTF8.self)) else {
            return nil
        }
        self.init(bytes: bytes)
    }

    /// The form in which the key file holds it.
    public var fileText: String { Hexadecimal.encode(bytes) + "\n" }

    /// Says that there is a key, and no more.
    public var description: String { "a store key" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a store gets each of its keys.
public struct StoreKeySources: Sendable {
    /// What everything confidential is sealed with.
    public var sealing: StoreKeySource
    /// What signs the audit logs.
    public var log: StoreKeySource
    /// What is to sign them from this run on; nil when nothing changes.
    public var nextLog: StoreKeySource?

    /// Puts sources together.
    public init(
        sealing: StoreKeySource = .file, log: StoreKeySource = .file,
        nextLog: StoreKeySource? = nil
    ) {
        self.sealing = sealing
        self.log = log
        self.nextLog = nextLog
    }
}

/// Where a store gets its key.
public enum StoreKeySource: Sendable {
    /// The file `key` beside the database, made with the store.
    case file

    /// A text, as from the environment.
    case text(String)

    /// What a shell command prints.
    case command(String)
}
