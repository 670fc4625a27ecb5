import Approvals
import ArgumentParser
import Cryptography
import TextGrid
import WireAPI

/// `countersign receipt`.
struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Report what happened to a claimed call.",
        discussion: """
            For callers of `countersign gate --json`, which prints the id, the fencing token and \
            the digest. With a command after --, gate sends the receipt itself.

            \(ExitStatus.discussion)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Option(name: .long, help: "The fencing token of the claim.")
    var fencingToken: String

    @Option(name: .long, help: "succeeded or failed.")
    var outcome: String

    @Option(name: .long, help: "The digest of the arguments that ran: sha256:…")
    var digest: String

    @Option(name: .long, help: "What came of it, for the record.")
    var summary: String?

    func run() throws {
        guard let digest = Digest(text: digest) else {
            throw Complaint(
                "\(digest) is no digest.", next: "It is sha256: and 64 hexadecimal digits.",
                .usage)
        }
        let body = ReceiptBody(
            fencingToken: fencingToken, outcome: try Parsed.choice(outcome, for: "--outcome"),
            effectiveDigest: digest, resultSummary: summary)
        let view: AgentView = try Session.current().client().send(
            .receipt, naming: try Parsed.approval(id).rawValue, body)
        if common.json { return Output.json(view.wire) }
        Output.line("execution: " + SafeText(escaping: view.execution.rawValue))
    }
}
