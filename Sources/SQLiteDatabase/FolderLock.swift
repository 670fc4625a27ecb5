import CLinux
import Glibc

/// The right to be the only process that writes to a folder.
///
/// The kernel gives the lock back when the process ends, however it ends, so a file that a crash
/// left behind stops nobody. The file holds the process id for the refusal of the second comer.
public final class FolderLock: Sendable {
    /// The name of the lock file.
    public static let fileName = "lock"

    private let descriptor: FileDescriptor

    /// Takes the lock at once or refuses with the id of the process that holds it.
    public init(of folder: PrivateFolder) throws(OpeningRefusal) {
        let path = try folder.file(Self.fileName)
        let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC
        let opened = try FileDescriptor(opening: path, flags: flags)
        guard cs_lock_exclusively(opened.number) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw .notUsable(path: path, reason: systemSentence())
            }
            throw .held(path: folder.path, byProcess: Self.writtenProcess(opened.number))
        }
        try Self.writeProcess(to: opened.number, path: path)
        descriptor = opened
    }

    deinit {
        // Given back by name: a child that was just forked still has the descriptor open.
        cs_unlock(descriptor.number)
    }

    private static func writeProcess(to number: Int32, path: String) throws(OpeningRefusal) {
        var text = Array("\(getpid())\n".utf8)
        let written = unsafe pwrite(number, &text, text.count, 0)
        guard written == text.count, ftruncate(number, text.count) == 0 else {
            throw .notUsable(path: path, reason: systemSentence())
        }
    }

    private static func writtenProcess(_ number: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(number, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (48...57).contains($0) }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}
