import SystemClock
import CLinux
import Glibc
import InboxShell

/// The MCP server behind a gateway: a program that talks over its standard input and output.
struct UpstreamProgram {
    let child: ChildProcess
    /// What the program writes.
    let output: Int32
    /// What the program reads.
    let input: Int32

    /// Starts it; it does not get the token of the control plane.
    init(_ words: [String]) throws(Complaint) {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        guard cs_pipe(&toChild) == 0, cs_pipe(&fromChild) == 0 else {
            throw Complaint("No pipes can be opened.", next: systemSentence(), .failed)
        }
        defer {
            close(toChild[0])
            close(fromChild[1])
        }
        do throws(ChildFailure) {
            child = try ChildProcess(
                words, streams: .init(input: toChild[0], output: fromChild[1]),
                without: GatedCommand.withheld, inOwnGroup: true)
        } catch {
            throw Complaint(error.sentence, next: "Look at --upstream.", .commandNotStarted)
        }
        output = fromChild[0]
        input = toChild[1]
    }

    /// The words of a command line as a shell takes them apart, without running anything.
    static func words(of text: String) throws(Complaint) -> [String] {
        var found = wordexp_t()
        let status = wordexp(text, &found, Int32(WRDE_NOCMD | WRDE_UNDEF))
        guard status == 0 else {
            throw Complaint(
                "--upstream is no plain command line.",
                next: "Quote what a shell would take for more than words, or use -- COMMAND.",
                .usage)
        }
        defer { wordfree(&found) }
        let words = (0..<Int(found.we_wordc)).compactMap { place in
            found.we_wordv[place].map { String(cString: $0) }
        }
        guard !words.isEmpty else {
            throw Complaint("--upstream names no program.", next: "", .usage)
        }
        return words
    }
}
