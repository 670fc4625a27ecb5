import CLinux
import Cryptography
import Glibc
import SQLiteDatabase

/// Where the local copy of one account is: a folder that only its owner can enter.
///
/// Every pair of control plane and account has a folder of its own, so two never mix.
public struct CacheFolder: Hashable, Sendable {
    /// The folder's path.
    public let path: String
    /// Where the key of what is in it may be; the first that works is used.
    public let keyPlaces: [CacheKeyPlace]
    /// Tells the copies of accounts apart, without naming anybody.
    let account: String

    static let fileName = "inbox.sqlite"

    /// The folder below `stateFolder` for this account; nothing is created yet.
    public init(
        stateFolder: String, server: String, account: String, keyPlaces: [CacheKeyPlace]
    ) {
        let name = SHA256.hash(Array("\(server)\n\(account)".utf8)).hex.prefix(32)
        self.account = String(name)
        self.keyPlaces = keyPlaces
        path = stateFolder + "/inbox-" + name
    }

    /// The places that this machine has: the kernel's keyring, else the user's folder in memory.
    public static func keyPlaces(runtimeFolder: String?) -> [CacheKeyPlace] {
        [.kernel] + [runtimeFolder].compactMap { $0.map { .memoryFolder($0) } }
    }

    /// Where the key is now; nil when there is none yet, or no place for one.
    public var keyPlaceInUse: CacheKeyPlace? {
        keyPlaces.first { $0.key(named: keyName) != nil }
    }

    /// Where a key would be made; tried out with one that is forgotten at once.
    public var keyPlaceToBe: CacheKeyPlace? {
        let name = keyName + "-trial"
        let place = keyPlaces.first { $0.makeKey(named: name) != nil }
        place?.forget(name)
        return place
    }

    /// Why the folder cannot be used; nil when it can, or is not there yet. Nothing is created.
    public var trouble: String? {
        var facts = stat()
        guard unsafe lstat(path, &facts) == 0 else { return nil }
        do {
            _ = try opened()
            return nil
        } catch {
            return error.sentence
        }
    }

    /// True when something was kept.
    public var exists: Bool {
        var facts = stat()
        return unsafe lstat(path, &facts) == 0
    }

    /// The name of its key.
    var keyName: String { "countersign:inbox-" + account }

    /// The key of what is in the folder; made when there is none.
    func seal(of place: PrivateFolder) throws(CacheFailure) -> CacheSeal {
        if let seal = existingSeal { return seal }
        // Of two programs that start together one makes the key.
        let folder = unsafe cs_open_at(
            AT_FDCWD, place.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard folder >= 0, cs_lock_waiting(folder) == 0 else {
            throw CacheFailure("\(place.path) cannot be locked.")
        }
        defer { close(folder) }
        if let seal = existingSeal { return seal }
        for candidate in keyPlaces {
            guard let key = candidate.makeKey(named: keyName) else { continue }
            if let seal = CacheSeal(key: key, account: account) { return seal }
        }
        throw CacheFailure(
            "it is not kept: this machine has no place for its key (no keyring of the kernel, no "
                + "XDG_RUNTIME_DIR in memory). What you do here is in memory only.")
    }

    private var existingSeal: CacheSeal? {
        for place in keyPlaces {
            if let key = place.key(named: keyName) { return CacheSeal(key: key, account: account) }
        }
        return nil
    }

    /// Creates the folder or checks the one that is there.
    func opened() throws(CacheFailure) -> PrivateFolder {
        do {
            return try PrivateFolder(creating: path)
        } catch {
            throw CacheFailure(error.description)
        }
    }

    /// Forgets the key, overwrites and removes everything in the folder, and the folder; quiet when
    /// there is none.
    public func wipe() throws(CacheFailure) {
        for place in keyPlaces { place.forget(keyName) }
        var facts = stat()
        guard unsafe lstat(path, &facts) == 0 else { return }
        let folder = try opened()
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try remove(Self.fileName + suffix, in: folder)
        }
        try remove(FolderLock.fileName, in: folder)
        guard unsafe rmdir(folder.path) == 0 else {
            throw CacheFailure("\(folder.path) cannot be removed.")
        }
    }

    private func remove(_ name: String, in folder: PrivateFolder) throws(CacheFailure) {
        guard folder.exists(name) else { return }
        let path = folder.path + "/" + name
        overwrite(path)
        guard unsafe unlink(path) == 0 else { throw CacheFailure("\(path) cannot be removed.") }
    }

    /// Best effort: on some file systems the old blocks stay, which is why they are private.
    private func overwrite(_ path: String) {
        let file = unsafe cs_open_at(AT_FDCWD, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard file >= 0 else { return }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0 else { return }
        let zeros = [UInt8](repeating: 0, count: 65_536)
        var left = Int(facts.st_size)
        while left > 0 {
            let written = unsafe write(file, zeros, min(left, zeros.count))
            guard written > 0 else { return }
            left -= written
        }
        fsync(file)
    }
}
