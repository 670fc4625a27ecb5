import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign comment`.
struct CommentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment", abstract: "Leave a note on a call; it decides nothing.",
        discussion: ExitStatus.ordinary)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Argument(help: "The note.")
    var text: String

    func run() throws {
        let view: ApproverView = try Session.current().client().send(
            .comment, naming: try Parsed.approval(id).rawValue, CommentBody(text: text))
        if common.json { Output.json(view.wire) } else { Output.line("noted") }
    }
}
