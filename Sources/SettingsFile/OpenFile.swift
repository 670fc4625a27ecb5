import CLinux
import Glibc

/// An open file or folder that closes itself, checked through its descriptor and never by its
/// name, which could come to mean another file in between.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    /// Who may do what with a file, for it to be trusted.
    enum Demand {
        /// Belongs to this user or to root, and nobody else may write it.
        case writtenByOwner
        /// Belongs to this user, and nobody else may do anything with it.
        case secret
    }

    init(reading path: String, followsLinks: Bool) throws(SecretFileFailure) {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
        try self.init(at: AT_FDCWD, path, flags: flags)
    }

    init(folder path: String) throws(SecretFileFailure) {
        try self.init(at: AT_FDCWD, path, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    /// Opens a name in a folder that is open already.
    init(
        at folder: Int32, _ name: String, flags: Int32, mode: mode_t = 0
    ) throws(SecretFileFailure) {
        descriptor = unsafe cs_open_at(folder, name, flags, mode)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .absent
            case ELOOP: throw .symbolicLink
            default: throw .system(SystemFailure("open"))
            }
        }
    }

    deinit {
        close(descriptor)
    }

    func refuseUnless(_ demand: Demand) throws(SecretFileFailure) {
        let facts = try facts()
        guard facts.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
        let others: mode_t
        switch demand {
        case .writtenByOwner:
            guard [geteuid(), 0].contains(facts.st_uid) else { throw .foreignOwner }
            others = 0o022
        case .secret:
            guard facts.st_uid == geteuid() else { throw .foreignOwner }
            others = 0o077
        }
        guard facts.st_mode & others == 0 else {
            throw .tooOpen(mode: UInt16(truncatingIfNeeded: facts.st_mode & 0o7777))
        }
    }

    /// Refuses a folder in which somebody else could put a file in the place of ours.
    func refuseUnlessOwnFolder() throws(SecretFileFailure) {
        let facts = try facts()
        guard facts.st_uid == geteuid() else { throw .foreignFolder }
        guard facts.st_mode & 0o022 == 0 else { throw .openFolder }
    }

    private func facts() throws(SecretFileFailure) -> stat {
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0 else { throw .system(SystemFailure("fstat")) }
        return facts
    }

    /// All bytes, unless there are more than `most`.
    func bytes(atMost most: Int) throws(SecretFileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most + 1)
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(SystemFailure("read")) }
            guard count > 0 else { break }
            filled += count
        }
        guard filled <= most else { throw .tooLarge(bytesMax: most) }
        return Array(bytes.prefix(filled))
    }

    /// Writes all bytes and waits until they are on the disk.
    func write(_ bytes: [UInt8]) throws(SecretFileFailure) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(SystemFailure("write")) }
            written += count
        }
        try synchronize()
    }

    /// Waits until the file, or the names in the folder, are on the disk.
    func synchronize() throws(SecretFileFailure) {
        guard fsync(descriptor) == 0 else { throw .system(SystemFailure("fsync")) }
    }
}
