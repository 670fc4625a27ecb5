import Approvals
import ArgumentParser
import JSONTree
import WireAPI

/// `countersign reject`.
struct RejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject a call; the agent is told why.",
        discussion: """
              countersign reject ID --comment 'the customer was refunded yesterday'

            \(ExitStatus.discussion)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Option(name: .long, help: "Why; the agent and the record get it.")
    var comment: String

    @Option(name: .long, help: "A code of your second factor, where the risk asks for one.")
    var stepUp: String?

    @Option(name: .long, help: "Refuse unless the approval still has this revision.")
    var revision: Int?

    func run() throws {
        let desk = Desk(client: try Session.current().client())
        let view = try desk.open(id, revision: revision)
        let code = try desk.stepUp(stepUp, for: view)
        let fresh = try desk.decide(
            view, .reject, edits: JSONPatch(), comment: comment, stepUp: code)
        Approving.say(fresh, isJSON: common.json)
    }
}
