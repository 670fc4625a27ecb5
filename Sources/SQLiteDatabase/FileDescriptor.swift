import CLinux
import Glibc

/// An open file that closes itself.
struct FileDescriptor: ~Copyable, Sendable {
    let number: Int32

    init(opening path: String, flags: Int32, mode: mode_t = 0) throws(OpeningRefusal) {
        number = unsafe cs_open_at(AT_FDCWD, path, flags, mode)
        guard number >= 0 else {
            let isLink = errno == ELOOP || (errno == ENOTDIR && flags & O_DIRECTORY != 0)
            let reason = isLink ? "it is a link or not a folder" : systemSentence()
            throw .notUsable(path: path, reason: reason)
        }
    }

    deinit {
        close(number)
    }

    var fileSystemMagic: Int64 { cs_file_system_type(number) }

    func facts() throws(OpeningRefusal) -> FileFacts {
        var facts = stat()
        guard unsafe fstat(number, &facts) == 0 else {
            throw .notUsable(path: "descriptor \(number)", reason: systemSentence())
        }
        return FileFacts(
            mode: facts.st_mode, owner: facts.st_uid, links: UInt64(facts.st_nlink))
    }
}

/// What the kernel says about an open file.
struct FileFacts {
    let mode: UInt32
    let owner: UInt32
    let links: UInt64

    /// Refuses what others own or can reach.
    func refuseForeign(_ path: String) throws(OpeningRefusal) {
        guard owner == geteuid() else { throw .foreignOwner(path: path, owner: owner) }
        guard mode & 0o077 == 0 else { throw .tooOpen(path: path, mode: mode) }
    }

    /// Refuses what is not a plain file with one name, owned by this user and closed to others.
    func refuseUnlessPrivateFile(_ path: String) throws(OpeningRefusal) {
        guard mode & S_IFMT == S_IFREG else {
            throw .notUsable(path: path, reason: "it is not a plain file")
        }
        guard links == 1 else {
            throw .notUsable(path: path, reason: "it has \(links) names")
        }
        try refuseForeign(path)
    }
}

/// The system's sentence for the last failed call.
func systemSentence() -> String {
    unsafe String(cString: strerror(errno))
}
