import Approvals
import Cryptography
import JSONTree
import SQLiteDatabase
import SystemClock
import WireAPI

/// Seals what the local copy holds, and opens it again.
///
/// Nothing of an approval can be read in the file: its content is sealed with AES-256-GCM, and it
/// is found by a keyed tag instead of by its id. A seal is bound to the kind of what it holds, to
/// its tag and to the account, so that sealed bytes cannot be moved elsewhere.
struct CacheSeal {
    /// What is sealed.
    enum Kind: String {
        case row, view, draft, me, feed, check, logPin
    }

    /// How many bytes a tag has.
    static let tagBytesCount = 16

    private let sealing: SealingKey
    private let naming: [UInt8]
    private let account: [UInt8]

    /// Takes a key of 32 bytes, and the account's name; else nil.
    init?(key: [UInt8], account: String) {
        func derived(_ purpose: String) -> [UInt8] {
            hmacSHA256(key: key, Array("countersign inbox cache 1 \(purpose)".utf8)).bytes
        }
        guard key.count == CacheKeyPlace.bytesCount,
            let sealing = SealingKey(bytes: derived("seal"))
        else { return nil }
        self.sealing = sealing
        naming = derived("name")
        self.account = Array(account.utf8)
    }

    /// What stands for an id in the file.
    func tag(_ id: ApprovalID) -> [UInt8] {
        Array(hmacSHA256(key: naming, Array(id.rawValue.utf8)).bytes.prefix(Self.tagBytesCount))
    }

    /// Seals the JSON form of a value.
    func seal(_ value: some WireValue, _ kind: Kind, _ tag: [UInt8] = []) -> SQLiteValue {
        seal(Array(value.wire.text(.compact).utf8), kind, tag)
    }

    /// Seals bytes.
    func seal(_ bytes: [UInt8], _ kind: Kind, _ tag: [UInt8] = []) -> SQLiteValue {
        let nonce = SystemEntropy().bytes(SealingKey.nonceBytesCount)
        return .blob(sealing.seal(bytes, nonce: nonce, authenticating: place(kind, tag)))
    }

    /// Opens bytes; nil when they were changed, moved or sealed with another key.
    func open(_ sealed: [UInt8], _ kind: Kind, _ tag: [UInt8] = []) -> [UInt8]? {
        do {
            return try sealing.open(sealed, authenticating: place(kind, tag))
        } catch {
            return nil
        }
    }

    /// Opens a value; nil also when the bytes are none.
    func value<Value: WireValue>(
        _ sealed: [UInt8], _ kind: Kind, _ tag: [UInt8] = []
    ) -> Value? {
        guard let bytes = open(sealed, kind, tag) else { return nil }
        do {
            let limits = JSONLimits(bytesMax: 8 << 20, depthMax: 80)
            return try Value(wire: try JSONValue(parsing: bytes, limits: limits))
        } catch {
            return nil
        }
    }

    private func place(_ kind: Kind, _ tag: [UInt8]) -> [UInt8] {
        Array(kind.rawValue.utf8) + [0] + account + [0] + tag
    }
}
