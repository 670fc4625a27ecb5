import Approvals
import ArgumentParser
import WireAPI

/// `countersign show`.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one call with its arguments.",
        discussion: """
            Redacted values are shown as handles. What the agent says about its call is marked as \
            the agent's words: they are no facts.

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval, as `countersign list` prints it.")
    var id: String

    @Flag(name: .long, help: "Print what happened to it, in order, too.")
    var history = false

    func run() throws {
        let view: ApproverView = try Session.current().client().get(
            .approval, naming: try Parsed.approval(id).rawValue)
        if common.json {
            Output.json(view.wire)
        } else {
            Output.lines(ApprovalPage.lines(view, withHistory: history))
        }
    }
}
