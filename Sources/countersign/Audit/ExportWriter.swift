import CLinux
import Glibc

/// Writes one file of an export, for nobody but whoever makes it.
final class ExportWriter {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    private static let bufferMax = 1 << 18

    /// Makes a file that is not there yet.
    init(making path: String) throws(Complaint) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    /// Adds a line.
    func add(line: [UInt8]) throws(Complaint) {
        buffer += line
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferMax { try flush() }
    }

    /// Writes what is left and has it on the disk.
    func finish() throws(Complaint) {
        try flush()
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    /// Writes a whole file.
    static func write(_ bytes: [UInt8], to path: String) throws(Complaint) {
        let writer = try ExportWriter(making: path)
        writer.buffer = bytes
        try writer.finish()
    }

    /// Makes a folder that is not there yet, or takes an empty one.
    static func makeFolder(_ path: String) throws(Complaint) {
        if mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST, rmdir(path) == 0, mkdir(path, 0o700) == 0 else {
            throw Complaint(
                "\(path) is there already and not empty.", next: "Name another folder.", .badInput)
        }
    }

    private func flush() throws(Complaint) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String) -> Complaint {
        Complaint("\(path) cannot be written: \(systemSentence()).", next: "Try again.", .failed)
    }
}
