import AuditVerifier
import Glibc

/// The lines of a file, with as much of it in memory as one line and one read need.
final class FileLines: LineSource {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Why the file could not be read to its end.
    private(set) var complaint: Complaint?

    /// The longest line that is held.
    private let bytesMax: Int
    private static let chunkBytes = 256 << 10

    /// Opens a file.
    init(_ path: String, bytesMax: Int = 8 << 20) throws(Complaint) {
        self.bytesMax = bytesMax
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else {
            throw Complaint(
                "\(path) cannot be read: \(systemSentence()).", next: "Check the path.", .usage)
        }
    }

    deinit { close(descriptor) }

    /// The next line without its line feed; nil at the end.
    func next() -> ExportLine? {
        var looked = start
        var isTooLong = false
        while true {
            if let end = buffer[looked...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                let fits = !isTooLong && end - start <= bytesMax
                return fits ? .whole(Array(buffer[start..<end])) : .tooLong
            }
            if buffer.count - start > bytesMax {
                isTooLong = true
                start = buffer.count
            }
            buffer.removeFirst(start)
            start = 0
            looked = buffer.count
            guard fill() else {
                guard looked > 0 || isTooLong else { return nil }
                defer { buffer = [] }
                return isTooLong ? .tooLong : .torn(buffer)
            }
        }
    }

    /// Reads on; false at the end of the file, or where it cannot be read further.
    private func fill() -> Bool {
        guard !isAtEnd else { return false }
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 {
                complaint = Complaint(
                    "\(path) cannot be read: \(systemSentence()).", next: "Try again.", .usage)
            }
            isAtEnd = count <= 0
            buffer += chunk.prefix(max(0, count))
            return !isAtEnd
        }
    }
}
