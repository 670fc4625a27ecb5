import Inbox
import ArgumentParser
import InboxShell
import JSONTree
import SystemClock
import TextGrid
import WireAPI

/// `countersign edit`.
struct EditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change the arguments in $EDITOR, then approve.",
        discussion: """
            The arguments open as JSON in $VISUAL or $EDITOR. Leave the handles of redacted \
            values as they are. What you changed is shown, and you are asked before it is sent.

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Option(name: .long, help: "A note that is recorded with the decision.")
    var comment: String?

    @Option(name: .long, help: "Refuse unless the approval still has this revision.")
    var revision: Int?

    func run() throws {
        guard Prompt.canAsk else {
            throw Complaint(
                "There is no terminal for an editor.",
                next: "Use `countersign approve \(id) --edit /pointer=value`.", .usage)
        }
        let desk = Desk(client: try Session.current().client())
        let view = try desk.open(id, revision: revision)
        let edited = try Self.edited(view.arguments)
        let patch = Difference.patch(from: view.arguments, to: edited)
        guard !patch.isEmpty else {
            throw Complaint(
                "Nothing was changed, so nothing was decided.",
                next: "Approve it as it is with `countersign approve \(id)`.", .notDecided)
        }
        try Approving(desk: desk, view: view, patch: patch, isJSON: common.json).finish(
            Confirmation(isGiven: false, typedFact: nil), comment: comment)
    }

    /// Opens the editor until what it leaves is JSON, or the person gives up.
    private static func edited(_ arguments: JSONValue) throws(Complaint) -> JSONValue {
        var text = arguments.text(.pretty(indent: 2).inert) + "\n"
        while true {
            switch TextEditor(environment: SystemEnvironment()).edit(text) {
            case .failure(let failure):
                throw Complaint(
                    failure.sentence, next: "Set EDITOR to an editor that runs in a terminal.",
                    .failed)
            case .success(let returned): text = returned
            }
            do {
                return try JSONValue(parsing: Array(text.utf8))
            } catch {
                Output.note(
                    "Line \(error.line), column \(error.column): \(error.reason).")
                guard Prompt.line("Edit again? [Y/n] ")?.lowercased().hasPrefix("n") == false
                else {
                    throw Complaint("Nothing was decided.", next: "", .notDecided)
                }
            }
        }
    }
}
