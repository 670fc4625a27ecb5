import CLinux
import Glibc

/// A folder that only its owner can enter, and the files in it that only its owner can read.
///
/// SQLite gives the log and the index of a database the mode of the database itself, so the file
/// must be there with mode 0600 before SQLite opens it.
public struct PrivateFolder: Hashable, Sendable {
    /// The folder's path without symbolic links.
    public let path: String

    /// Creates the folder, and parents that are missing, with mode 0700; checks one that is there.
    ///
    /// It must be a real folder (no link) on a local file system, owned by this user and closed to
    /// everybody else, and nobody else may be able to move it away.
    public init(
        creating path: String, kindOf: (Int64) -> FileSystemKind = FileSystemKind.init(magic:)
    ) throws(OpeningRefusal) {
        try Self.createMissing(path)
        let descriptor = try FileDescriptor(
            opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        let facts = try descriptor.facts()
        try facts.refuseForeign(path)
        if case .network(let kind) = kindOf(descriptor.fileSystemMagic) {
            throw .networkFileSystem(path: path, kind: kind)
        }
        self.path = try Self.withoutLinks(path)
        try refuseMovable()
    }

    /// The path of a file with mode 0600, created empty when it is not there.
    public func file(_ name: String) throws(OpeningRefusal) -> String {
        let filePath = path + "/" + name
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let descriptor = try FileDescriptor(opening: filePath, flags: flags, mode: 0o600)
        try descriptor.facts().refuseUnlessPrivateFile(filePath)
        try Self.makeNamesDurable(path)
        return filePath
    }

    /// The path of a database's file; its log and index, where they exist, are checked as well.
    public func databaseFile(_ name: String) throws(OpeningRefusal) -> String {
        let filePath = try file(name)
        for suffix in ["-wal", "-shm", "-journal"] where exists(name + suffix) {
            _ = try file(name + suffix)
        }
        return filePath
    }

    /// Gives a file another name, durably; what had that name is gone.
    public func move(_ name: String, to other: String) throws(OpeningRefusal) {
        guard unsafe rename(path + "/" + name, path + "/" + other) == 0 else {
            throw .notUsable(path: path + "/" + name, reason: systemSentence())
        }
        try Self.makeNamesDurable(path)
    }

    /// Removes a file, durably.
    public func remove(_ name: String) throws(OpeningRefusal) {
        guard unsafe unlink(path + "/" + name) == 0 else {
            throw .notUsable(path: path + "/" + name, reason: systemSentence())
        }
        try Self.makeNamesDurable(path)
    }

    /// True when the name is taken, by whatever.
    public func exists(_ name: String) -> Bool {
        var facts = stat()
        return unsafe lstat(path + "/" + name, &facts) == 0
    }

    private static func createMissing(_ path: String) throws(OpeningRefusal) {
        guard !path.isEmpty else { throw .notUsable(path: path, reason: "the path is empty") }
        if unsafe mkdir(path, 0o700) == 0 { return try makeNamesDurable(parent(of: path)) }
        if errno == EEXIST { return }
        guard errno == ENOENT, parent(of: path) != path else {
            throw .notUsable(path: path, reason: systemSentence())
        }
        try createMissing(parent(of: path))
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .notUsable(path: path, reason: systemSentence())
        }
        try makeNamesDurable(parent(of: path))
    }

    /// A file whose name was never written to disk is lost in a power cut, however well it is
    /// synced.
    private static func makeNamesDurable(_ folder: String) throws(OpeningRefusal) {
        let descriptor = try FileDescriptor(
            opening: folder, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fsync(descriptor.number) == 0 else {
            throw .notUsable(path: folder, reason: systemSentence())
        }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func withoutLinks(_ path: String) throws(OpeningRefusal) -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            throw .notUsable(path: path, reason: systemSentence())
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Others must not be able to put another folder in this one's place.
    private func refuseMovable() throws(OpeningRefusal) {
        let parent = Self.parent(of: path)
        var facts = stat()
        guard unsafe lstat(parent, &facts) == 0 else {
            throw .notUsable(path: parent, reason: systemSentence())
        }
        let othersWrite = facts.st_mode & 0o022 != 0
        let isSticky = facts.st_mode & 0o1000 != 0
        guard !othersWrite || isSticky else { throw .tooOpen(path: parent, mode: facts.st_mode) }
    }
}
