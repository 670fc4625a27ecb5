import Glibc
import JSONTree

/// The file that keeps a gate's idempotency key, so that a restart asks for the same approval.
enum KeyFile {
    /// The key in the file; a new one is on disk before this returns.
    static func key(at path: String) throws(Complaint) -> String {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw failure(path)
        }
        guard facts.st_size == 0 else { return try kept(in: descriptor, path) }
        let key = SystemSource.uniqueName()
        let text = Array((JSONValue.object(["idempotency_key": .string(key)]).text() + "\n").utf8)
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw failure(path)
        }
        return key
    }

    private static func kept(in descriptor: Int32, _ path: String) throws(Complaint) -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &bytes, bytes.count)
        let value = try InputFile.json(Array(bytes.prefix(max(0, count))), named: path)
        guard let key = value["idempotency_key"]?.stringValue, !key.isEmpty else {
            throw Complaint(
                "\(path) holds no idempotency key.", next: "Name another file.", .badInput)
        }
        return key
    }

    private static func failure(_ path: String) -> Complaint {
        Complaint(
            "\(path) cannot keep the key: \(systemSentence()).", next: "Name another file.",
            .badInput)
    }
}
