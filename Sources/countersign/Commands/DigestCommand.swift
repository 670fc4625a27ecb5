import Approvals
import ArgumentParser
import Cryptography
import JSONTree
import TextGrid

/// `countersign digest`.
struct DigestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Compute the digest of JSON from standard input.",
        discussion: """
            The digest is SHA-256 over the RFC 8785 canonical form, written sha256:<hex>. An \
            integer beyond 2^53-1 keeps its exact digits; a decimal that no double holds is \
            refused. With --canonical the canonical bytes are printed instead.

              echo '{"b": 2, "a": 1.0}' | countersign digest --canonical

            Invalid JSON exits with \(ExitStatus.badInput.rawValue) and says the line, the column \
            and the reason.

            \(ExitStatus.discussion)
            """)

    @Flag(name: .long, help: "Print the canonical bytes, without a line's end.")
    var canonical = false

    func run() throws {
        let value = try InputFile.json("-")
        do {
            let bytes = try value.canonicalBytes()
            guard !canonical else { return Output.bytes(bytes) }
            Output.line(SafeText(escaping: SHA256.hash(bytes).text))
        } catch {
            throw Complaint(
                "The input has no canonical form: \(error).",
                next: "Send numbers that a double holds exactly, or strings.", .badInput)
        }
    }
}
