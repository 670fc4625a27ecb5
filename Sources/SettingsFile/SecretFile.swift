import CLinux
import Glibc

/// Small files that hold a secret: a token, a key.
///
/// They are this user's alone, mode 0600 in a folder that nobody else can write, and are checked
/// each time they are read, on the open file itself.
public enum SecretFile {
    /// The most bytes of a secret.
    public static let bytesMax = 65_536

    /// Reads a secret; refuses a link, a file of another user and one that others have access to.
    public static func read(_ path: String) throws(SecretFileFailure) -> [UInt8] {
        let file = try OpenFile(reading: path, followsLinks: false)
        try file.refuseUnless(.secret)
        return try file.bytes(atMost: bytesMax)
    }

    /// Writes a secret so that after a crash the old one or the new one is there, whole.
    ///
    /// Folders that are missing are made with mode 0700. What stood under the name is replaced,
    /// also when it was a link.
    public static func write(_ path: String, _ bytes: [UInt8]) throws(SecretFileFailure) {
        guard bytes.count <= bytesMax else { throw .tooLarge(bytesMax: bytesMax) }
        let place = try Place(path)
        try makeFolder(place.folder)
        let folder = try OpenFile(folder: place.folder)
        try folder.refuseUnlessOwnFolder()
        let draft = ".\(place.name).\(getpid()).draft"
        do throws(SecretFileFailure) {
            try writeDraft(draft, bytes, in: folder)
            guard
                unsafe renameat(folder.descriptor, draft, folder.descriptor, place.name) == 0
            else { throw SecretFileFailure.system(SystemFailure("rename")) }
        } catch {
            unsafe unlinkat(folder.descriptor, draft, 0)
            throw error
        }
        try folder.synchronize()
    }

    /// Removes a secret; it is no failure when there is none.
    public static func remove(_ path: String) throws(SecretFileFailure) {
        let place = try Place(path)
        do throws(SecretFileFailure) {
            let folder = try OpenFile(folder: place.folder)
            guard unsafe unlinkat(folder.descriptor, place.name, 0) == 0 else {
                if errno == ENOENT { return }
                throw SecretFileFailure.system(SystemFailure("unlink"))
            }
            try folder.synchronize()
        } catch .absent {
            return
        }
    }

    /// Writes a new file; one that a crash has left under this name is taken away first.
    private static func writeDraft(
        _ name: String, _ bytes: [UInt8], in folder: borrowing OpenFile
    ) throws(SecretFileFailure) {
        unsafe unlinkat(folder.descriptor, name, 0)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = try OpenFile(at: folder.descriptor, name, flags: flags, mode: 0o600)
        guard fchmod(file.descriptor, 0o600) == 0 else { throw .system(SystemFailure("fchmod")) }
        try file.write(bytes)
    }

    /// Makes the folder, and those around it that are missing, for this user alone.
    private static func makeFolder(_ path: String) throws(SecretFileFailure) {
        if try makeOneFolder(path) { return }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw .absent }
        try makeFolder(String(path[..<slash]))
        guard try makeOneFolder(path) else { throw .absent }
    }

    /// Makes one folder unless it is there; false when the one around it is missing.
    private static func makeOneFolder(_ path: String) throws(SecretFileFailure) -> Bool {
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EROFS { return true }
        guard errno == ENOENT else { throw .system(SystemFailure("mkdir")) }
        return false
    }
}

/// A path taken apart.
private struct Place {
    let folder: String
    let name: String

    init(_ path: String) throws(SecretFileFailure) {
        let trimmed = path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path
        let parts = trimmed.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = parts.last, !last.isEmpty, last != "..", last != "." else {
            throw .notPlain
        }
        name = String(last)
        let front = parts.dropLast().joined(separator: "/")
        folder = parts.count == 1 ? "." : front.isEmpty ? "/" : front
    }
}
