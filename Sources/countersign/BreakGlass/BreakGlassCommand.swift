import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign break-glass`.
struct BreakGlassCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break-glass",
        abstract: "Look at approvals that were given without the authority, and review them.",
        discussion: """
            Somebody with the role breakglass approves one call that is not theirs to decide with \
            `countersign approve ID --break-glass --reason …` and a code of their second factor. \
            Another person, a lead, reviews that within 72 hours; until then who did it cannot do \
            it again.

              countersign break-glass list
              countersign break-glass review 01a2… --note "Payroll did stand still."

            \(ExitStatus.ordinary)
            """,
        subcommands: [List.self, Review.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the uses; what nobody reviewed comes first.",
            discussion: "For the roles lead, auditor and admin.\n\n\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: BreakGlassList = try Session.current().client().get(.listBreakGlass)
            if common.json { return Output.json(list.wire) }
            if list.items.isEmpty { Output.line("Nobody broke glass.") }
            for view in list.items { BreakGlassCommand.say(view, isJSON: false) }
        }
    }

    struct Review: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "review", abstract: "Say that you looked at a use of somebody else.",
            discussion: "For the role lead.\n\n\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id of the approval.")
        var id: String

        @Option(name: .long, help: "What you found, in a sentence.")
        var note: String

        func run() throws {
            let view: BreakGlassView = try Session.current().client().send(
                .reviewBreakGlass, naming: try Parsed.approval(id).rawValue,
                BreakGlassReviewBody(note: note))
            BreakGlassCommand.say(view, isJSON: common.json)
        }
    }

    private static func say(_ view: BreakGlassView, isJSON: Bool) {
        if isJSON { return Output.json(view.wire) }
        let end = view.reviewedBy.map { "reviewed by \($0)" } ?? "review due \(view.dueAt)"
        Output.line(
            SafeText(
                escaping: "\(view.id)  \(view.state)  \(view.tool ?? "")  by \(view.by) at "
                    + "\(view.at); \(end). \(view.reason ?? "")"))
    }
}
