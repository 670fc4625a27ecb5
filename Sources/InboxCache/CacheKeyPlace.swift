import CLinux
import Glibc
import SQLiteDatabase
import SystemClock

/// A place that may keep the key of a local copy. None of them is on a disk.
public enum CacheKeyPlace: Hashable, Sendable {
    /// The kernel's keyring of this user; the kernel forgets a key that was not used for a week.
    case kernel
    /// A folder in memory that goes when the user leaves the machine: `$XDG_RUNTIME_DIR`.
    case memoryFolder(String)
    /// A folder for which the caller answers, such as one that is removed with the program's end.
    case folder(String)

    /// How many bytes a key has.
    static let bytesCount = 32
    /// How long the kernel keeps a key that nobody asks for.
    static let unusedSecondsMax: UInt32 = 7 * 86_400
    private static let tmpfs: Int64 = 0x0102_1994
    private static let ramfs: Int64 = 0x8584_58F6

    /// The key of this name; nil when there is none, or the place is not to be had.
    func key(named name: String) -> [UInt8]? {
        switch self {
        case .kernel: Self.kernelKey(named: name)
        case .memoryFolder(let path), .folder(let path):
            Self.fileKey(path + "/\(Self.folderName)/\(name)")
        }
    }

    /// Makes a key of this name, and says what can be read back; nil when the place is of no use.
    func makeKey(named name: String) -> [UInt8]? {
        let bytes = SystemEntropy().bytes(Self.bytesCount)
        switch self {
        case .kernel:
            let number = unsafe cs_key_add(name, bytes, bytes.count)
            guard number >= 0 else { return nil }
            _ = cs_key_open_to_user(number)
            guard let kept = Self.kernelKey(named: name), kept == bytes else {
                _ = cs_key_forget(number)
                return nil
            }
        case .memoryFolder(let path):
            guard Self.isInMemory(path), Self.keep(bytes, path, name) else { return nil }
        case .folder(let path):
            guard Self.keep(bytes, path, name) else { return nil }
        }
        return key(named: name)
    }

    /// Forgets the key of this name; quiet when there is none.
    func forget(_ name: String) {
        switch self {
        case .kernel:
            let number = unsafe cs_key_find(name)
            if number >= 0 { _ = cs_key_forget(number) }
        case .memoryFolder(let path), .folder(let path):
            _ = unsafe unlink(path + "/\(Self.folderName)/\(name)")
        }
    }

    // MARK: Kernel

    private static func kernelKey(named name: String) -> [UInt8]? {
        let number = unsafe cs_key_find(name)
        guard number >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: bytesCount)
        guard unsafe cs_key_read(number, &bytes, bytes.count) == bytesCount else { return nil }
        _ = cs_key_expire(number, unusedSecondsMax)
        return bytes
    }

    // MARK: Files

    private static let folderName = "countersign"

    /// True for a folder whose files never reach a disk of their own.
    static func isInMemory(_ path: String) -> Bool {
        let folder = unsafe cs_open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return [tmpfs, ramfs].contains(cs_file_system_type(folder))
    }

    /// Reads a key's file, which must be this user's alone.
    private static func fileKey(_ path: String) -> [UInt8]? {
        let file = unsafe cs_open_at(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0, facts.st_uid == geteuid(),
            facts.st_mode & 0o777 == 0o600, facts.st_mode & S_IFMT == S_IFREG
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: bytesCount + 1)
        guard unsafe read(file, &bytes, bytes.count) == bytesCount else { return nil }
        return Array(bytes.prefix(bytesCount))
    }

    /// Writes a key's file into a folder that only this user can enter.
    private static func keep(_ bytes: [UInt8], _ path: String, _ name: String) -> Bool {
        do throws(OpeningRefusal) {
            let file = try PrivateFolder(creating: path + "/" + folderName).file(name)
            let opened = unsafe cs_open_at(
                AT_FDCWD, file, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0)
            guard opened >= 0 else { return false }
            defer { close(opened) }
            return unsafe write(opened, bytes, bytes.count) == bytes.count
        } catch {
            return false
        }
    }
}
