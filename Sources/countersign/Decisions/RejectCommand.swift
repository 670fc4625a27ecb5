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
              countersign reject ID ID ID --comment 'not during the freeze'

            Several ids are shown together, asked for once (unless --yes) and sent together; each \
            is answered for itself. What is of high risk is left out of them.

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval, or several.")
    var ids: [String]

    @Option(name: .long, help: "Why; the agent and the record get it.")
    var comment: String

    @Option(name: .long, help: "A code of your second factor, where the risk asks for one.")
    var stepUp: String?

    @Option(name: .long, help: "Refuse unless the approval still has this revision.")
    var revision: Int?

    @Flag(name: .long, help: "Do not ask before several are rejected.")
    var yes = false

    func run() throws {
        let desk = Desk(client: try Session.current().client())
        guard let id = ids.first, ids.count == 1 else {
            guard revision == nil, stepUp == nil else {
                throw Complaint(
                    "--revision and --step-up are for one id.", next: "Name that approval alone.",
                    .usage)
            }
            return try DecidingMany(
                desk: desk, verdict: .reject, comment: comment, isJSON: common.json
            ).finish(ids, isConfirmed: yes)
        }
        let view = try desk.open(id, revision: revision)
        let code = try desk.stepUp(stepUp, for: view)
        let fresh = try desk.decide(
            view, .reject, edits: JSONPatch(), comment: comment, stepUp: code)
        Approving.say(fresh, isJSON: common.json)
    }
}
