import Glibc

/// The least that the same work can cost: a small C program on the same libraries.
final class Floor {
    private let folder: String

    /// Compiles `peer.c`.
    init(binaries: String) throws {
        var template = Array("/tmp/countersign-floor-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Trouble("no scratch folder: \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let source = String(#filePath.dropLast("Floor.swift".count)) + "peer.c"
        _ = try Child([
            "cc", "-O2", "-o", folder + "/peer", source, "-lncursesw", "-ltinfo", "-lsqlite3",
        ]).finish()
    }

    /// Two durable commits a pair, with about the rows that a pair writes, and nothing else.
    func pairsPerSecond(seconds: Double) throws -> Double {
        let said = try Child([
            folder + "/peer", "pairs", folder + "/floor.sqlite", String(Int(seconds)),
        ]).finish()
        guard let number = Double(said.filter { !$0.isWhitespace }) else {
            throw Trouble("the floor said \(said)")
        }
        return number
    }

    /// Removes what it made.
    func close() throws { _ = try Child(["rm", "-rf", folder]).finish() }
}
