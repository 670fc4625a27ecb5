import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign extend`.
struct ExtendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Give a call more time before it expires.",
        discussion: "  countersign extend ID 10m --reason 'asking finance'\n\n"
            + ExitStatus.ordinary)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Argument(help: "How much more: seconds, or 90s, 5m, 2h, 1d.")
    var span: String

    @Option(name: .long, help: "Why; it is recorded.")
    var reason: String?

    func run() throws {
        let client = try Session.current().client()
        let name = try Parsed.approval(id).rawValue
        let body = ExtendBody(seconds: try Parsed.seconds(span, for: "The time"), reason: reason)
        let view: ApproverView = try client.get(.approval, naming: name)
        let fresh: ApproverView = try client.send(
            .extend, naming: name, body, revision: view.revision)
        if common.json { return Output.json(fresh.wire) }
        let left = Words.left(until: fresh.requirement.deadline, at: fresh.serverTime)
        Output.line("expires in " + SafeText(escaping: left))
    }
}
