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

    static let fileName = "inbox.sqlite"

    /// The folder below `stateFolder` for this account; nothing is created yet.
    public init(stateFolder: String, server: String, account: String) {
        let name = SHA256.hash(Array("\(server)\n\(account)".utf8)).hex.prefix(32)
        path = stateFolder + "/inbox-" + name
    }

    /// Creates the folder or checks the one that is there.
    func opened() throws(CacheFailure) -> PrivateFolder {
        do {
            return try PrivateFolder(creating: path)
        } catch {
            throw CacheFailure(error.description)
        }
    }

    /// Overwrites and removes everything in the folder, and the folder; quiet when there is none.
    public func wipe() throws(CacheFailure) {
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
