import CLinux
import Glibc

/// A text that another program may change: a file with mode 0600 in a fresh folder of mode 0700.
///
/// Both are overwritten and removed with `discard()`.
struct PrivateText {
    /// What is read back at most.
    static let bytesMax = 1 << 20

    let path: String
    private let folder: String

    private init(folder: String) {
        self.folder = folder
        path = folder + "/arguments.json"
    }

    /// How the folders are called, before the number of their process.
    private static let prefix = "countersign-edit-"

    /// Removes what processes that are gone left below `parent`; only what is our own.
    static func removeStale(below parent: String) {
        guard let handle = opendir(parent) else { return }
        var stale: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(prefix),
                let process = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }),
                process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            stale.append(parent + "/" + name)
        }
        closedir(handle)
        for folder in stale {
            var facts = stat()
            guard lstat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR,
                facts.st_uid == getuid()
            else { continue }
            PrivateText(folder: folder).discard()
        }
    }

    /// Writes the text; nil when there is no place for it.
    static func holding(_ text: String, below parent: String) -> PrivateText? {
        var template = Array((parent + "/\(prefix)\(getpid())-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        let file = PrivateText(folder: String(cString: made))
        guard write(Array(text.utf8), to: file.path, flags: O_CREAT | O_EXCL) else {
            file.discard()
            return nil
        }
        return file
    }

    /// What stands in the file now; nil when it cannot be read, is too long or is no UTF-8.
    func read() -> String? {
        let file = cs_open_at(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= Self.bytesMax {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return String(validating: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
        return nil
    }

    /// Overwrites and removes the file, what an editor left beside it, and the folder.
    func discard() {
        guard let handle = opendir(folder) else { return }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(folder + "/" + name) }
        }
        closedir(handle)
        for name in names {
            var facts = stat()
            if lstat(name, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG {
                let zeros = [UInt8](repeating: 0, count: min(Int(facts.st_size), Self.bytesMax))
                _ = Self.write(zeros, to: name, flags: 0)
            }
            unlink(name)
        }
        rmdir(folder)
    }

    private static func write(_ bytes: [UInt8], to path: String, flags: Int32) -> Bool {
        let file = cs_open_at(
            AT_FDCWD, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
