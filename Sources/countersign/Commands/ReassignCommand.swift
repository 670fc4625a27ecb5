import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign reassign`.
struct ReassignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reassign", abstract: "Hand a call to another group or to one person.",
        discussion: """
              countersign reassign ID --group finance
              countersign reassign ID --member ada@acme.test --reason 'knows the customer'

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Option(name: .long, help: "The group that is asked instead.")
    var group: String?

    @Option(name: .long, help: "The e-mail of the one person who is asked instead.")
    var member: String?

    @Option(name: .long, help: "Why; it is recorded.")
    var reason: String?

    func validate() throws {
        guard (group == nil) != (member == nil) else {
            throw ValidationError("Name either --group or --member.")
        }
    }

    func run() throws {
        let client = try Session.current().client()
        let name = try Parsed.approval(id).rawValue
        let body = ReassignBody(
            group: try group.map { text throws(Complaint) in try Parsed.group(text) },
            member: member, reason: reason)
        let view: ApproverView = try client.get(.approval, naming: name)
        let fresh: ApproverView = try client.send(
            .reassign, naming: name, body, revision: view.revision)
        if common.json { return Output.json(fresh.wire) }
        let who = fresh.requirement.assignee ?? fresh.requirement.group.rawValue
        Output.line("now asked: " + SafeText(escaping: who))
    }
}
