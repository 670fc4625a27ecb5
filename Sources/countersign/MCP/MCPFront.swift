import Glibc
import InboxShell

/// A gateway for clients that talk over HTTP: `countersignd mcp-listen` becomes this process, and
/// starts this program, without the options that were for it, for every session.
struct MCPFront {
    let listen: String
    let tokenVariable: String?
    let origins: [String]

    /// Becomes the listener; returns only to say why it could not.
    func become() throws(Complaint) -> Never {
        let program = try DemoServer.path()
        var words = [program, "mcp-listen", "--listen", listen]
        if let tokenVariable { words += ["--token-from", tokenVariable] }
        for origin in origins { words += ["--allow-origin", origin] }
        words += ["--", DemoServer.ownPath]
        words += Self.withoutOwn(Array(CommandLine.arguments.dropFirst()))
        var copies = words.map { strdup($0) } + [nil]
        execv(program, &copies)
        throw Complaint(
            "\(program) could not be started: \(systemSentence())", next: "Install both programs.",
            .commandNotStarted)
    }

    private static let own = ["--listen", "--listen-token-from", "--allow-origin"]

    /// The arguments of the gateway of a session: those of this program, but for what is above.
    static func withoutOwn(_ arguments: [String]) -> [String] {
        var kept: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            // What stands behind is the server's own.
            if word == "--" { return kept + [word] + rest }
            if own.contains(word) {
                rest = rest.dropFirst()
            } else if !own.contains(where: { word.hasPrefix($0 + "=") }) {
                kept.append(word)
            }
        }
        return kept
    }
}
