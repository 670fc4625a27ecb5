import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign audit erase`.
struct AuditEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase the values of one subject; two people do it.",
        discussion: """
            One lead or admin proposes it, and another one confirms it: then the salts and values \
            are gone, and the log still verifies. An approval loses all its values; an agent those \
            of all its calls until the proposal; a person who left their e-mail and what they \
            wrote. What is pending, may still run or a standing grant holds on to is refused. \
            Backups keep what they have: Docs/Audit.md.

              countersign audit erase propose --approval 01a2… --reason "Asked for by the customer."
              countersign audit erase list
              countersign audit erase confirm 01a3…

            \(ExitStatus.ordinary)
            """,
        subcommands: [Propose.self, List.self, Confirm.self])

    struct Propose: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "propose", abstract: "Propose an erasure; nothing is erased yet.",
            discussion: "\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "The id of one approval.")
        var approval: String?

        @Option(name: .long, help: "The name of an agent: all its calls until now.")
        var agent: String?

        @Option(name: .long, help: "The e-mail of somebody who is no member any more.")
        var member: String?

        @Option(name: .long, help: "Why, in a sentence; without the values themselves.")
        var reason: String

        func validate() throws {
            guard [approval, agent, member].compactMap(\.self).count == 1 else {
                throw ValidationError("Name one of --approval, --agent and --member.")
            }
        }

        func run() throws {
            let body = ErasureBody(
                approval: approval, agent: agent, member: member, reason: reason)
            let view: ErasureView = try Session.current().client().send(.proposeErasure, body)
            AuditEraseCommand.say(view, isJSON: common.json)
            guard !common.json else { return }
            Output.line(
                SafeText(
                    escaping: "Somebody else confirms it: countersign audit erase confirm "
                        + view.id))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List erasures, newest first.",
            discussion: "\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: ErasureList = try Session.current().client().get(.listErasures)
            if common.json { return Output.json(list.wire) }
            if list.items.isEmpty { Output.line("Nothing was proposed to be erased.") }
            for view in list.items { AuditEraseCommand.say(view, isJSON: false) }
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Confirm what somebody else proposed, and erase it.",
            discussion: """
                It cannot be undone. `part` means that more is left than one go erases: confirm \
                it again.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id of the erasure.")
        var id: String

        func run() throws {
            let view: ErasureView = try Session.current().client().send(
                .confirmErasure, naming: id, nil)
            AuditEraseCommand.say(view, isJSON: common.json)
        }
    }

    private static func say(_ view: ErasureView, isJSON: Bool) {
        if isJSON { return Output.json(view.wire) }
        let second = view.confirmedBy.map { ", confirmed by \($0)" } ?? ""
        let counts =
            view.confirmedBy == nil
            ? "" : ": approvals \(view.approvals), documents in the log \(view.documents)"
        Output.line(
            SafeText(
                escaping: "\(view.id)  \(view.state)  \(view.kind) \(view.subject)\(counts); "
                    + "proposed by \(view.proposedBy)\(second). \(view.reason)"))
    }
}
