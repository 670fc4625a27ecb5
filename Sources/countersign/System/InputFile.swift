import Glibc
import JSONTree

/// Input that somebody named: a file, or `-` for standard input.
enum InputFile {
    /// What is read at most.
    static let bytesMax = 1 << 20

    /// Reads a file, or standard input for `-`; refuses more than `bytesMax` bytes.
    static func bytes(_ path: String) throws(Complaint) -> [UInt8] {
        if path == "-" { return try bytes(of: STDIN_FILENO, named: "standard input") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint(
                "\(path) cannot be read: \(systemSentence()).", next: "Check the path.", .badInput)
        }
        defer { close(descriptor) }
        return try bytes(of: descriptor, named: path)
    }

    /// Reads JSON; a mistake is named by its line, column and reason.
    static func json(_ path: String) throws(Complaint) -> JSONValue {
        try json(try bytes(path), named: path == "-" ? "standard input" : path)
    }

    /// Parses JSON; a mistake is named by its line, column and reason.
    static func json(_ bytes: [UInt8], named name: String) throws(Complaint) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw Complaint(
                "\(name) is not JSON: line \(error.line), column \(error.column): \(error.reason).",
                next: "Correct it at that place.", .badInput)
        }
    }

    private static func bytes(
        of descriptor: Int32, named name: String
    ) throws(Complaint) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Complaint(
                    "\(name) cannot be read: \(systemSentence()).", next: "", .badInput)
            }
            guard count > 0 else { return all }
            all += chunk.prefix(count)
            guard all.count <= bytesMax else {
                throw Complaint(
                    "\(name) has more than \(bytesMax) bytes.", next: "Send less.", .badInput)
            }
        }
    }
}

/// The system's words for the last failed call.
func systemSentence() -> String { String(cString: strerror(errno)) }
